"""Words without entry between two known actors, in sentences parsed by hand."""

from __future__ import annotations

from coders.gaps import find_word_gaps
from dictionaries import Dictionaries
from parsers.sentence import Sentence, Token

Word = tuple[str, str, str, int, str]


def sentence(*words: Word) -> Sentence:
    """A sentence of (text, lemma, part of speech, head, relation)."""
    tokens, at = [], 0
    for index, (text, lemma, upos, head, relation) in enumerate(words):
        tokens.append(Token(index, text, lemma, upos, "", head, relation, at, at + len(text)))
        at += len(text) + 1
    return Sentence(0, 0, at - 1, " ".join(word[0] for word in words), tuple(tokens))


def english(verb: str, lemma: str, second: str = "Jordan") -> Sentence:
    return sentence(("Egypt", "Egypt", "PROPN", 1, "nsubj"), (verb, lemma, "VERB", -1, "root"), (second, second, "PROPN", 1, "obj"))


def test_a_verb_without_entry_between_two_actors_is_a_gap(dictionaries: Dictionaries) -> None:
    found = find_word_gaps([("en", english("outfoxed", "outfox", "Lebanon")), ("en", english("outfoxed", "outfox"))], dictionaries)
    assert [(gap.lemma, gap.noun, gap.sentences, dict(gap.targets)) for gap in found] == [("outfox", False, 2, {"obj": 2})]
    assert found[0].example == "Egypt outfoxed Jordan"  # the shorter of the two


def test_a_verb_with_an_entry_is_none_nor_one_with_one_actor(dictionaries: Dictionaries) -> None:
    assert find_word_gaps([("en", english("praised", "praise")), ("en", english("outfoxed", "outfox", "rivals"))], dictionaries) == []


def test_a_verb_of_saying_is_none(dictionaries: Dictionaries) -> None:
    assert find_word_gaps([("en", english("said", "say"))], dictionaries) == []


def test_a_noun_without_entry_under_a_light_verb_is_a_gap_with_the_path_of_the_second_actor(dictionaries: Dictionaries) -> None:
    words: tuple[Word, ...] = (
        ("Egypt", "Egypt", "PROPN", 1, "nsubj"), ("launched", "launch", "VERB", -1, "root"), ("shenanigans", "shenanigan", "NOUN", 1, "obj"),
        ("against", "against", "ADP", 4, "case"), ("Jordan", "Jordan", "PROPN", 2, "nmod"),
    )  # fmt: skip
    assert [(gap.lemma, gap.noun, dict(gap.targets)) for gap in find_word_gaps([("en", sentence(*words))], dictionaries)] == [("shenanigan", True, {"against": 1})]


def test_an_arabic_verb_without_entry(dictionaries: Dictionaries) -> None:
    words: tuple[Word, ...] = (("زحلقت", "زحلق", "VERB", -1, "root"), ("مصر", "مصر", "PROPN", 0, "nsubj"), ("الأردن", "أردن", "PROPN", 0, "obj"))
    assert [(gap.language, gap.lemma, gap.noun) for gap in find_word_gaps([("ar", sentence(*words))], dictionaries)] == [("ar", "زحلق", False)]
