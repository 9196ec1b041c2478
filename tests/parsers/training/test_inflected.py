"""Forms for the lemmatiser that a treebank does not show: they must be right, and one word's alone."""

from __future__ import annotations

import pytest

from parsers.training.inflected import inflected_words
from parsers.training.treebank import Tree

_WORDS = (("سياسة", "NOUN", "سياسة"), ("حزب", "NOUN", "حزب"), ("مجتمع", "NOUN", "مجتمع"), ("الامانة", "NOUN", "امانة"), ("مقاعد", "X", "مقاعد"))


@pytest.fixture(scope="module")
def listed() -> dict[tuple[str, str], str]:
    rows = [[str(n), form, lemma, tag, "_", "_", "0", "dep", "_", "_"] for n, (form, tag, lemma) in enumerate(_WORDS, 1)]
    return {(form, tag): lemma for form, tag, lemma in inflected_words([Tree("", rows)], 3, 2, seed=1)[1]}


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("السياسات", "NOUN", "سياسة"),
        ("سياستي", "NOUN", "سياسة"),
        ("سياستي", "PROPN", "سياسة"),
        ("مجتمعات", "NOUN", "مجتمع"),
        ("امانة", "NOUN", "امانة"),
        ("هاجموا", "NOUN", "هاجم"),
        ("المناقشات", "NOUN", "مناقشة"),
        ("انسحابا", "NOUN", "انسحاب"),
        ("استخدام", "NOUN", "استخدام"),
        ("مستخدمي", "NOUN", "مستخدم"),
        ("اقاليما", "NOUN", "اقليم"),
    ],
)
def test_forms_of_one_word_come_into_the_dictionary(listed: dict[tuple[str, str], str], form: str, tag: str, lemma: str) -> None:
    assert listed[form, tag] == lemma


@pytest.mark.parametrize(("form", "why"), [("سياسة", "the treebank has it"), ("حزبات", "a short noun takes ة more often"), ("احتال", "احتل is a doubled verb")])
def test_what_may_be_another_word_stays_out(listed: dict[tuple[str, str], str], form: str, why: str) -> None:
    assert (form, "NOUN") not in listed, why


def test_a_word_that_the_treebank_left_unanalysed_is_listed_with_its_tag(listed: dict[tuple[str, str], str]) -> None:
    assert listed["مقاعد", "NOUN"] == "مقعد"
