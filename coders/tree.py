"""A parsed sentence as the coder walks it: children, keys of words, prepositions, clauses."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from dictionaries import Language
from dictionaries.folding import word_key
from parsers.sentence import Sentence

# Relations that begin a clause or phrase of its own and so end a noun phrase.
CLAUSAL = frozenset({"acl", "acl:relcl", "advcl", "advcl:relcl", "ccomp", "csubj", "xcomp", "parataxis", "csubj:pass", "csubj:outer"})
_CASES = frozenset({"case", "mark", "fixed"})
_MARKS = frozenset({"mark", "aux", "advmod", "case", "cc"})
QUOTES = frozenset('"«»“”')

Moves = dict[int, tuple[int, str]]
"""New heads and relations of tokens that a repair moves."""


class Tree:
    """One sentence. Tokens are named by their index; every list is indexed by it.

    A tree does not change: what the rules ask of a token again and again is worked out once.
    """

    # The universal part of a token's relation (nsubj of nsubj:pass); its head, -1 for the root; whether the tagger took it for a verb.
    relation: Callable[[int], str]
    head: Callable[[int], int]
    is_verb: Callable[[int], bool]

    def __init__(self, sentence: Sentence, language: Language) -> None:
        self.sentence, self.language, self.tokens = sentence, language, sentence.tokens
        code = language.code
        self.keys = [word_keys(t.text.rstrip("؛،") or t.text, t.lemma, code) for t in self.tokens]  # شخصا؛
        self.attached: dict[int, str] = {}  # prepositions that the tokeniser left on, by their token
        detached: list[int] = []
        if code == "ar":
            known = (language.nouns, language.descriptions, language.entry_words, language.grammar.transparent)
            for t in self.tokens[1:]:  # ل + افتات: the tokeniser took a letter off
                before = self.tokens[t.index - 1]
                whole = before.text + t.text
                taken = before.text in ("ل", "ب") and before.upos == "ADP" and before.head == t.index and t.text not in language.nouns
                if taken and ((before.text == "ل" and whole in language.entry_words) or (t.lemma == t.text and whole in language.grammar.lands)):  # ب + لدات
                    self.keys[t.index] = (*self.keys[t.index], whole)
                    detached.append(t.index)
            for t in self.tokens[:-1]:  # مدفعيته: before a pronoun ة is written ت
                after = self.tokens[t.index + 1]
                if t.text.endswith("ت") and t.lemma == t.text and t.upos in ("NOUN", "X", "PROPN") and after.upos == "PRON" and after.head == t.index:
                    self.keys[t.index] = (*self.keys[t.index], word_keys(t.text[:-1] + "ة", "", code)[0])
            for t in self.tokens:  # صاروخين, اعتصامي: what the lemmatiser left in the dual or the plural
                stem = singular(t.text) if t.lemma == t.text and t.upos in ("NOUN", "PROPN", "X", "ADJ") else ""
                if stem and any(stem in table for table in (language.nouns, language.entry_words, language.topics.first, language.roles.first)):
                    self.keys[t.index] = (*self.keys[t.index], stem)
            for t in self.tokens:  # بدولة, لدعم: the tokeniser left the preposition on
                if (
                    t.text[0] in "بلك"
                    and t.lemma == t.text
                    and len(t.text) > 4
                    and t.upos in ("NOUN", "X", "PROPN")
                    and not any(t.text in table for table in known)
                    and any(t.text[1:] in table for table in known)
                ):
                    self.keys[t.index] = (*self.keys[t.index], t.text[1:])
                    self.attached[t.index] = t.text[0]
        elif code == "en":
            for t in self.tokens:  # Talks: at the head of a sentence the lemmatiser leaves the plural
                key = self.keys[t.index][0]
                if key[-1:] == "s" and len(self.keys[t.index]) == 1 and t.upos in ("NOUN", "PROPN") and key not in language.nouns:
                    self.keys[t.index] += tuple(single for single in (key[:-1], key[:-2]) if single in language.nouns or (t.upos == "NOUN" and single in language.entry_words))[:1]
        heads, self._relations = [t.head for t in self.tokens], [_universal(t.relation) for t in self.tokens]
        self.relation, self.head, self.is_verb = self._relations.__getitem__, heads.__getitem__, [t.upos == "VERB" for t in self.tokens].__getitem__
        self.children: list[list[int]] = [[] for _ in heads]
        for index, head in enumerate(heads):
            if head >= 0:
                self.children[head].append(index)
        self.cases = self._prepositions()
        for index, letter in self.attached.items():
            self.cases[index] = (letter, *self.cases[index])
        for index in detached:  # the letter is no preposition
            self.cases[index] = tuple(case for case in self.cases[index] if case != self.tokens[index - 1].text)
        self._standing: dict[str, list[int]] = {}
        self._passive: dict[int, bool] = {}
        self._verb_keys: dict[int, Sequence[str]] = {}
        self._marks: dict[int, Sequence[int]] = {}
        self._ancestors: dict[int, Sequence[int]] = {}
        self._subtrees: dict[tuple[int, bool], Sequence[int]] = {}
        self._region_ends: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    @functools.cached_property
    def words(self) -> frozenset[str]:
        """The keys of all words."""
        return frozenset(self.attached.values()).union(*self.keys)

    def _prepositions(self) -> list[tuple[str, ...]]:
        """The keys of the prepositions of each token, in their order; a preposition's own words (من قبل) come with it."""
        found: dict[int, list[int]] = {}
        for index, relation in enumerate(self._relations):
            token = self.tokens[index]
            if relation in _CASES and token.head >= 0 and (token.relation == "case" or token.upos in ("ADP", "SCONJ", "ADV")):
                found.setdefault(token.head, []).extend([index, *(c for c in self.children[index] if self.tokens[c].relation == "fixed")])
        cases: list[tuple[str, ...]] = [()] * len(self.tokens)
        for index, words in found.items():
            cases[index] = tuple([self.keys[i][0] for i in sorted(words)])
        return cases

    def standing(self, *relations: str) -> Sequence[int]:
        """The tokens that stand in one of the (universal) relations, in their order."""
        if not self._standing:
            for index, relation in enumerate(self._relations):
                self._standing.setdefault(relation, []).append(index)
        if len(relations) == 1:
            return self._standing.get(relations[0], [])
        return sorted(index for relation in relations for index in self._standing.get(relation, ()))

    def verb_keys(self, index: int) -> Sequence[str]:
        """The lemmas that a verb may have: the tagger's where its form can have it, else all that the table of forms gives, and the tagger's.

        First-person forms are unvocalised like many third-person ones of other verbs (نشأ), so only the tagger lets them in.
        """
        if index not in self._verb_keys:
            self._verb_keys[index] = self._lemmas(index)
        return self._verb_keys[index]

    def _lemmas(self, index: int) -> Sequence[str]:
        return verb_lemmas(self.keys[index], self.tokens[index].feature("Person") == "1", self.language)

    def related(self, index: int, *relations: str) -> list[int]:
        """The children of a token that stand in one of the (universal) relations."""
        children = self.children[index]
        return [child for child in children if self._relations[child] in relations] if children else []

    def subtree(self, index: int, clauses: bool = True) -> Sequence[int]:
        """A token and all below it, nearest first; with clauses=False not into clauses of their own."""
        found = self._subtrees.get((index, clauses))
        if found is None:
            queue = [index]
            for at in queue:
                if self.children[at]:
                    queue += self.children[at] if clauses else [c for c in self.children[at] if self.tokens[c].relation not in CLAUSAL]
            found = self._subtrees[index, clauses] = tuple(queue)
        return found

    def ancestors(self, index: int) -> Sequence[int]:
        """The heads above a token, nearest first."""
        found = self._ancestors.get(index)
        if found is None:
            way, at = [index], index
            while (at := self.head(at)) >= 0 and at not in way:
                way.append(at)
            found = self._ancestors[index] = tuple(way[1:])
        return found

    def marks(self, index: int) -> Sequence[int]:
        """The function words that hang on a token: markers, auxiliaries, adverbs, prepositions."""
        if index not in self._marks:
            self._marks[index] = tuple(child for child in self.children[index] if self._relations[child] in _MARKS)
        return self._marks[index]

    def passive(self, index: int) -> bool:
        """Whether a verb is passive: by its subject or auxiliary, by its form, or as a past participle that modifies a noun."""
        if index not in self._passive:
            self._passive[index] = self._is_passive(index)
        return self._passive[index]

    def _is_passive(self, index: int) -> bool:
        token = self.tokens[index]
        relations = [self.tokens[c].relation for c in self.children[index]]
        if self.language.code == "ar" and ("obj" in relations or self._takes_no_object(index)):
            return False
        if any(relation in ("nsubj:pass", "aux:pass", "csubj:pass") for relation in relations):
            return True
        if self.language.code == "en":
            bare = token.feature("VerbForm") == "Part" and token.feature("Tense") == "Past"
            if token.relation == "acl" and bare and any(self.keys[c][-1] in self.language.grammar.predicatives for c in self.related(index, "obj", "xcomp")):
                return True  # a citizen held hostage
            if token.relation == "acl" and not {"nsubj", "obj", "aux", "mark"} & {r.split(":")[0] for r in relations} and not token.text.endswith("ing"):
                return True  # a warship attacked near the port: no finite clause hangs on a noun so
            has_auxiliary = any(self.tokens[c].upos == "AUX" for c in self.related(index, "aux"))
            if bare and not has_auxiliary and "nsubj" not in relations and "obj" not in relations:
                return self.relation(index) in ("acl", "advcl", "root") or token.feature("Voice") == "Pass"
            return False
        return token.feature("Voice") == "Pass"

    def _takes_no_object(self, index: int) -> bool:
        """Whether an Arabic verb is known, and only with phrases under prepositions: it has no passive with a subject (حكمت محكمة على ...)."""
        entries = [e for key in self.verb_keys(index) for e in self.language.verbs.get(key, ())]
        return bool(entries) and all({"obj", "iobj", "clause"}.isdisjoint((*e.target, *e.content)) and "subj" in e.source for e in entries)

    def region_end(self, index: int) -> int:
        """Where the stretch of words that may belong to a trigger ends: before the next finite verb that is not below it, or a strong stop."""
        if index not in self._region_ends:
            self._region_ends[index] = self._region_end(index)
        return self._region_ends[index]

    def _region_end(self, index: int) -> int:
        below = self.subtree(index)
        for at in range(index + 1, len(self.tokens)):
            token = self.tokens[at]
            if token.upos == "PUNCT" and token.text in (";", "؛", ":"):
                return at
            if token.upos == "VERB" and at not in below and token.feature("VerbForm") not in ("Inf", "Part", "Ger"):
                # The conjunction and markers before the verb are that clause's.
                start = at
                while start - 1 > index and self.tokens[start - 1].upos in ("CCONJ", "SCONJ", "PART", "AUX", "PUNCT"):
                    start -= 1
                return start
        return len(self.tokens)


# The same words come again and again, in a text and in its repaired trees.
@functools.lru_cache(maxsize=50_000)
def word_keys(text: str, lemma: str, language: str) -> tuple[str, ...]:
    """The keys of a word as it is written and of its lemma, one where they are the same."""
    return tuple(dict.fromkeys((word_key(text, language), word_key(lemma, language))))


@functools.lru_cache(maxsize=20_000)
def singular(text: str) -> str:
    """The key of the singular of an oblique dual or sound plural, "" for a word that is none."""
    if text.endswith(("تين", "تان")) and len(text) > 6:
        return word_key(text[:-3] + "ة", "ar")
    ending = 2 if text.endswith(("ين", "ون")) else 1 if text.endswith("ي") else 0
    return word_key(text[:-ending], "ar") if ending and len(text) > 5 else ""


@functools.lru_cache(maxsize=50_000)
def verb_lemmas(keys: tuple[str, ...], first_person: bool, lexicon: Language) -> Sequence[str]:
    """The lemmas that a verb with these keys may have; see Tree.verb_keys."""
    form = keys[0]
    if lexicon.code == "ar" and form[:1] in ("و", "ف") and (form not in lexicon.verb_forms or form.startswith("وو")) and form[1:] in lexicon.verb_forms:
        form = form[1:]  # ووجهت: the tokeniser left the conjunction on
    lemmas = lexicon.verb_forms.get(form, ())
    if first_person:
        lemmas = (*lexicon.first_person_forms.get(form, ()), *lemmas)
    if not lemmas:
        return keys
    return tuple(key for key in keys if key in lemmas) or tuple(dict.fromkeys([*lemmas, *keys]))


@functools.lru_cache(maxsize=1_000)
def _universal(relation: str) -> str:
    return relation.split(":", maxsplit=1)[0]
