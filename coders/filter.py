"""Which sentences of an article can tell an event: those with a word that evokes an act and an actor to do it. The others are not worth parsing.

It reads words, tags and lemmas, which are there before the parser runs, and lets through whatever the repairs of coders/repair.py may make of them. What it
holds back tells no event, and no act to which a later sentence could look back (docs/decisions/0020-sentence-filter.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coders.tree import singular, verb_lemmas, word_keys
from dictionaries import Dictionaries
from dictionaries.acts import Entry
from dictionaries.names import NameMatch
from parsers.sentence import Sentence, Token

_NOUNS = frozenset({"NOUN", "PROPN", "X"})
_MOST_WORDS = 40_000
# English pronouns that stand for nobody outside their sentence, whatever their features say.
_WITHIN = frozenset({"who", "which", "that", "what", "there"})
_BY_THE_WAY = frozenset({"Rel", "Int", "Ind", "Art"})


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word may be to the coder: the keys that it is looked up by, those under which it evokes acts, and those under which it does after a word that `leads` (to, an auxiliary; an Arabic comma or conjunction).

    `refers`: it may mean somebody named before. `changes`: what it stands with may be negated, demanded or yet to come.
    """

    keys: tuple[str, ...]
    evoking: tuple[str, ...]
    led: tuple[str, ...]
    leads: bool
    refers: bool
    changes: bool


_FILTERS: dict[tuple[str, str], SentenceFilter] = {}


def sentence_filter(dictionaries: Dictionaries, language: str) -> SentenceFilter:
    """The filter of a language by these dictionaries, made once a process."""
    key = (dictionaries.hash, language)
    if key not in _FILTERS:
        _FILTERS[key] = SentenceFilter(dictionaries, language)
    return _FILTERS[key]


class SentenceFilter:
    """Of one language. It remembers words, no articles."""

    def __init__(self, dictionaries: Dictionaries, language: str) -> None:
        self._acts, self._composition = dictionaries.acts, dictionaries.composition
        self._language = lexicon = dictionaries.languages[language]
        self._words: dict[tuple[str, str, str, str], _Word] = {}
        # Each entry with whether it tells an event where nothing else in its sentence says what is done.
        self._entries = {key: [(entry, self._tells_alone(entry)) for entry in (*lexicon.verbs.get(key, ()), *lexicon.nouns.get(key, ()))] for key in {*lexicon.verbs, *lexicon.nouns}}
        self._changing = {*lexicon.grammar.negators, *lexicon.grammar.nominal_negators, *lexicon.grammar.auxiliaries, *lexicon.grammar.reported_future}
        self._intending = {key for key, rows in lexicon.grammar.verb_classes.items() if any(kind == "intend" for kind, _ in rows)}

    def choose(self, sentences: Sequence[Sentence]) -> set[int]:
        """The numbers of the sentences of an article that may tell an event."""
        chosen, named = set(), False
        for sentence in sentences:
            words = [self._word(token) for token in sentence.tokens]
            entries = self._evoked(words)
            back = named and bool(entries) and self._looks_back(words, entries)
            own = not named or (bool(entries) and not back)
            own = own and self._names_somebody(words, sentence)
            if entries and (own or back or any(entry.by for entry in entries)):
                chosen.add(sentence.number)
            named = named or own
        return chosen

    def told(self, sentence: Sentence) -> list[NameMatch] | None:
        """The names in a sentence; None for one of which the coder remembers nothing: it has no name, no role, and no word that evokes an act."""
        words = [self._word(token) for token in sentence.tokens]
        found = self._language.names.find(sentence.text)
        return found if found or any(self._evoking(words)) or self._role(words) else None

    def roles(self, sentence: Sentence) -> frozenset[str]:
        """The roles that a sentence may speak of."""
        return frozenset(match.value for match in self._language.roles.find([self._word(token).keys for token in sentence.tokens]))

    def _names_somebody(self, words: Sequence[_Word], sentence: Sentence) -> bool:
        return self._role(words) or bool(self._language.names.find(sentence.text))

    def _role(self, words: Sequence[_Word]) -> bool:
        """Whether there is a role or a crowd."""
        keys = [word.keys for word in words]
        return bool(self._language.roles.find(keys)) or any(not self._language.grammar.crowds.isdisjoint(k) for k in keys)

    def _looks_back(self, words: Sequence[_Word], entries: Sequence[Entry]) -> bool:
        """Whether a sentence may mean somebody named before: by a pronoun, a description ("the bloc"), the subject that an Arabic verb leaves out; whose duty or fault is told, the last subject may have said."""
        language = self._language
        return (
            any(word.refers for word in words)
            or (language.code == "ar" and not all(entry.noun for entry in entries))
            or any(key in language.descriptions or key in language.grammar.obligation or key in language.grammar.necessity for word in words for key in word.keys)
            or any(self._acts[entry.act].alleges for entry in entries)
        )

    def _evoked(self, words: Sequence[_Word]) -> list[Entry]:
        """The entries that the words of a sentence may mean, if they can tell an event there."""
        evoking = list(self._evoking(words))
        if not evoking:
            return []
        there = self._language.grammar.settlement.union(*[word.keys for word in words])  # a town stands for the word "city"
        found = [fitting for keys in evoking if (fitting := [given for key in keys for given in self._entries[key] if _fits(given[0], there)])]
        if len(found) == 1 and not any(alone for _, alone in found[0]) and not any(word.changes for word in words) and not self._language.topics.find([word.keys for word in words]):
            return []
        return [entry for fitting in found for entry, _ in fitting]

    def _evoking(self, words: Sequence[_Word]) -> Iterator[tuple[str, ...]]:
        led = False
        for word in words:
            keys = word.led if led else word.evoking
            led = word.leads
            if keys:
                yield keys

    def _tells_alone(self, entry: Entry) -> bool:
        act, composition = self._acts[entry.act], self._composition
        asks = (entry.needs or act.needs) == "topic" and not composition.names(entry.act, entry.topic or "")
        return bool(act.alleges) or (composition.find(entry.act, entry.topic) is not None and not asks)

    def _word(self, token: Token) -> _Word:
        given = (token.text, token.lemma, token.upos, token.feats)
        word = self._words.get(given)
        if word is None:
            if len(self._words) > _MOST_WORDS:
                self._words.clear()
            word = self._words[given] = self._arabic(token) if self._language.code == "ar" else self._english(token)
        return word

    def _arabic(self, token: Token) -> _Word:
        language, text, tag = self._language, token.text, token.upos
        keys = word_keys(text.rstrip("؛،") or text, token.lemma, "ar")
        # As in Tree, where heads and neighbours tell which of them hold.
        cut = word_keys(text[:-1] + "ة" if text.endswith("ت") else text, singular(text), "ar")
        attached = (text[1:], text[0]) if text[0] in "بلك" and len(text) > 4 else ()
        keys = tuple(key for key in dict.fromkeys([*keys, "ل" + text, "ب" + text, *cut, *attached]) if key)
        lemmas = verb_lemmas(keys, token.feature("Person") == "1", language)
        verbs = [key for key in lemmas if key in language.verbs]
        if keys[0][:1] in ("و", "ف"):
            verbs += [key for key in language.verb_forms.get(keys[0][1:], ()) if key in language.verbs]
        nouns = [key for key in keys if key in language.nouns]
        evokes = tag in _NOUNS or tag in ("VERB", "AUX", "NUM", "ADJ") or text.endswith("وا")
        evoking = [*verbs, *nouns] if evokes else nouns if tag == "ADP" and len(text) > 2 else []
        participles = [key for key in language.participles.get(text, ()) if evokes and key in language.verbs]
        if text.endswith(("ين", "ا")):
            evoking += participles
        led = [*evoking, *participles]
        return _Word(keys, tuple(dict.fromkeys(evoking)), tuple(dict.fromkeys(led)), text in ("،", ",") or tag == "CCONJ", tag in ("PRON", "DET"), self._changes(keys, lemmas))

    def _english(self, token: Token) -> _Word:
        language, tag = self._language, token.upos
        keys = word_keys(token.text, token.lemma, "en")
        if keys[0][-1:] == "s" and len(keys) == 1 and tag in ("NOUN", "PROPN"):
            keys = (*keys, keys[0][:-1], keys[0][:-2])  # as in Tree
        lemmas = verb_lemmas(keys, False, language)
        verbs, nouns = [key for key in lemmas if key in language.verbs], [key for key in keys if key in language.nouns]
        evoking: list[str] = []
        led: list[str] = []
        if tag == "VERB":
            evoking = led = [*verbs, *nouns]
        elif tag in _NOUNS or tag == "ADJ":
            form = keys[0] in language.verb_forms or (tag == "ADJ" and token.feature("VerbForm") == "Part")
            evoking, led = [*(nouns if tag in _NOUNS else ()), *(verbs if form else ())], [*nouns, *verbs]
        kind = token.feature("PronType")
        within = keys[0] in _WITHIN or kind in _BY_THE_WAY or (kind == "Dem" and token.feature("Number") != "Plur")
        first = token.feature("Person") == "1" or any(key in language.grammar.first_person for key in keys)
        refers = tag in ("PRON", "DET") and (first or keys[0] == "it" or not within)
        leads = keys[0] == "to" or keys[0] in language.grammar.auxiliaries
        return _Word(keys, tuple(dict.fromkeys(evoking)), tuple(dict.fromkeys(led)), leads, refers, "be" in keys or self._changes(keys, lemmas))

    def _changes(self, keys: Sequence[str], lemmas: Sequence[str]) -> bool:
        return any(key in self._changing for key in keys) or any(key in self._intending for key in (*keys, *lemmas))


def _fits(entry: Entry, there: frozenset[str]) -> bool:
    return entry.words <= there and (not entry.any_words or not entry.any_words.isdisjoint(there))
