"""A parsed sentence as the coder walks it: children, keys of words, prepositions, clauses."""

from __future__ import annotations

from collections.abc import Iterator

from dictionaries import Language
from dictionaries.folding import word_key
from parsers.sentence import Sentence

# Relations that begin a clause or phrase of its own and so end a noun phrase.
CLAUSAL = frozenset({"acl", "acl:relcl", "advcl", "advcl:relcl", "ccomp", "csubj", "xcomp", "parataxis", "csubj:pass", "csubj:outer"})
_CASES = frozenset({"case", "mark", "fixed"})
_MARKS = frozenset({"mark", "aux", "advmod", "case", "cc"})


class Tree:
    """One sentence. Tokens are named by their index; every list is indexed by it."""

    def __init__(self, sentence: Sentence, language: Language) -> None:
        self.sentence, self.language, self.tokens = sentence, language, sentence.tokens
        code = language.code
        self.keys = [tuple(dict.fromkeys((word_key(t.text, code), word_key(t.lemma, code)))) for t in self.tokens]
        if code == "ar":
            known = (language.nouns, language.descriptions, language.entry_words)
            for t in self.tokens[1:]:  # ل + افتات: the tokeniser took a letter off
                before = self.tokens[t.index - 1]
                if before.text == "ل" and before.upos == "ADP" and before.head == t.index and ("ل" + t.text) in language.entry_words and t.text not in language.nouns:
                    self.keys[t.index] = (*self.keys[t.index], "ل" + t.text)
            for t in self.tokens:  # بدولة, لدعم: the tokeniser left the preposition on
                if t.text[0] in "بلك" and t.lemma == t.text and len(t.text) > 4 and t.upos in ("NOUN", "X", "PROPN") and not any(t.text in table for table in known) and any(t.text[1:] in table for table in known):
                    self.keys[t.index] = (*self.keys[t.index], t.text[1:])
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                self.children[token.head].append(token.index)
        self.cases = [self._cases_of(i) for i in range(len(self.tokens))]
        self._passive: dict[int, bool] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def _cases_of(self, index: int) -> tuple[str, ...]:
        """The keys of the prepositions of a token, in their order; a preposition's own words (من قبل) come with it."""
        found = []
        for child in self.children[index]:
            token = self.tokens[child]
            if token.relation.split(":")[0] in _CASES and (token.upos in ("ADP", "SCONJ", "ADV") or token.relation == "case"):
                found += [child, *(g for g in self.children[child] if self.tokens[g].relation == "fixed")]
        return tuple(self.keys[i][0] for i in sorted(found))

    def relation(self, index: int) -> str:
        """The universal part of a token's relation (nsubj of nsubj:pass)."""
        return self.tokens[index].relation.split(":")[0]

    def head(self, index: int) -> int:
        """The head of a token, -1 for the root."""
        return self.tokens[index].head

    def verb_keys(self, index: int) -> list[str]:
        """The lemmas that a verb may have: the tagger's where its form can have it, else all that the table of forms gives, and the tagger's.

        First-person forms are unvocalised like many third-person ones of other verbs (نشأ), so only the tagger lets them in.
        """
        lexicon, form = self.language, self.keys[index][0]
        if lexicon.code == "ar" and form[:1] in ("و", "ف") and (form not in lexicon.verb_forms or form.startswith("وو")) and form[1:] in lexicon.verb_forms:
            form = form[1:]  # ووجهت: the tokeniser left the conjunction on
        lemmas = lexicon.verb_forms.get(form, ())
        if self.tokens[index].feature("Person") == "1":
            lemmas = (*lexicon.first_person_forms.get(form, ()), *lemmas)
        agreed = [key for key in self.keys[index] if key in lemmas]
        return agreed or list(dict.fromkeys([*lemmas, *self.keys[index]]))

    def is_verb(self, index: int) -> bool:
        """Whether the tagger took a token for a verb."""
        return self.tokens[index].upos == "VERB"

    def related(self, index: int, *relations: str) -> list[int]:
        """The children of a token that stand in one of the (universal) relations."""
        return [child for child in self.children[index] if self.relation(child) in relations]

    def subtree(self, index: int, clauses: bool = True) -> Iterator[int]:
        """A token and all below it, nearest first; with clauses=False not into clauses of their own."""
        queue = [index]
        for at in queue:
            yield at
            queue.extend(c for c in self.children[at] if clauses or self.tokens[c].relation not in CLAUSAL)

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        seen = {index}
        while (index := self.tokens[index].head) >= 0 and index not in seen:
            seen.add(index)
            yield index

    def marks(self, index: int) -> list[int]:
        """The function words that hang on a token: markers, auxiliaries, adverbs, prepositions."""
        return [child for child in self.children[index] if self.relation(child) in _MARKS]

    def passive(self, index: int) -> bool:
        """Whether a verb is passive: by its subject or auxiliary, by its form, or as a past participle that modifies a noun."""
        if index not in self._passive:
            self._passive[index] = self._is_passive(index)
        return self._passive[index]

    def _is_passive(self, index: int) -> bool:
        token = self.tokens[index]
        relations = [self.tokens[c].relation for c in self.children[index]]
        if self.language.code == "ar" and "obj" in relations:
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

    def region_end(self, index: int) -> int:
        """Where the stretch of words that may belong to a trigger ends: before the next finite verb that is not below it, or a strong stop."""
        below = set(self.subtree(index))
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
