from __future__ import annotations

import pytest

from dictionaries import Dictionaries
from parsers.dateline import dateline_end
from parsers.normalise import normalise


def body(dictionaries: Dictionaries, language: str, text: str) -> str:
    folded = normalise(text, language)
    return text[folded.offsets[dateline_end(folded.text, dictionaries.languages[language])] :]


@pytest.mark.parametrize(
    ("language", "dateline"),
    [
        ("ar", "القاهرة، 26 سبتمبر 2022 - "),
        ("ar", "يريفان، ٢٦ أيلول ٢٠٢٢ — "),
        ("ar", "بغداد (وكالات) – "),
        ("ar", "القاهِرة — "),
        ("en", "NAIROBI, Sept 3 (Agency) - "),
        ("en", "CAIRO, Egypt (AFP) — "),
        ("en", "BERLIN: "),
    ],
)
def test_a_dateline_ends_where_the_article_begins(dictionaries: Dictionaries, language: str, dateline: str) -> None:
    rest = {"ar": "وقعت مصر اتفاقا مع الأردن.", "en": "Kenya signed an agreement with Uganda."}[language]
    assert body(dictionaries, language, dateline + rest) == rest


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "وقعت مصر اتفاقا مع الأردن."),
        ("ar", "قالت مصر إن الاتفاق - وهو الأول من نوعه - مهم."),
        ("ar", "المحادثات — كما أعلن — تنتهي في القاهرة."),
        ("en", "Egypt signed an agreement with Jordan."),
        ("en", "Egypt said that the talks - the first since May - end today."),
        ("en", "Talks in Cairo: what comes next"),
        ("en", "The agreement, which Egypt and Jordan signed after two days of long talks in the capital Cairo, holds - for now."),
        ("en", ""),
        ("en", " - "),
    ],
)
def test_a_text_without_a_dateline_loses_nothing(dictionaries: Dictionaries, language: str, text: str) -> None:
    assert body(dictionaries, language, text) == text
