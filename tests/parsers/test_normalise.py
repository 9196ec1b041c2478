from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictionaries.folding import fold
from parsers.normalise import normalise

LANGUAGES = st.sampled_from(["ar", "en"])
# What news is made of, the awkward part of it over-represented.
TEXTS = st.text(st.sampled_from("وقعت مصر أإآىیکپة ًٌَُِّْٰـ٣۴«»“”‘’–—…•\u200f\u200c\ufeff\u00a0\\.?!؟؛: \n\r\tTalks in Cairo 12😀")) | st.text()


@given(TEXTS, LANGUAGES)
def test_every_folded_character_leads_back_to_what_it_was_made_from(text: str, language: str) -> None:
    found = normalise(text, language)
    for at, character in enumerate(found.text):
        start, end = found.original(at, at + 1)
        assert 0 <= start < end <= len(text)
        # A backslash is read as white space.
        assert character in fold(text[start:end].replace("\\", " "), language)


@given(TEXTS, LANGUAGES)
def test_offsets_never_go_back_and_end_with_the_text(text: str, language: str) -> None:
    found = normalise(text, language)
    assert list(found.offsets) == sorted(found.offsets)
    assert len(found.offsets) == len(found.text) + 1
    assert found.offsets[-1] == len(text)


@given(TEXTS, LANGUAGES)
def test_nothing_but_white_space_is_added_to_the_folding(text: str, language: str) -> None:
    assert normalise(text, language).text.split() == fold(text.replace("\\", " "), language).split()


@given(TEXTS, LANGUAGES)
def test_the_whole_is_the_whole_but_for_marks_before_the_first_letter(text: str, language: str) -> None:
    found = normalise(text, language)
    start, end = found.original(0, len(found.text))
    assert end == len(text)
    assert fold(text[:start], language) == ""


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("رَفَضَتِ الحُكومةُ", "رفضت الحكومة"),
        ("ســلام", "سلام"),
        ("إلى أن آتى", "الي ان اتي"),
        ("گفتگو پاکستان", "كفتكو باكستان"),
        ("«نعم» “لا” ‘قد’", '"نعم" "لا" \'قد\''),
        ("انتظر…", "انتظر."),
        ("٢٠٢٢ ۱۲", "2022 12"),
        ("نسبة ٪٥ — نعم", "نسبة %5 - نعم"),
        ("مصر\u00a0والأردن\u200f", "مصر والاردن"),
    ],
)
def test_arabic_is_folded_for_the_models(text: str, folded: str) -> None:
    assert normalise(text, "ar").text == folded


def test_english_keeps_its_letters_and_gets_plain_marks() -> None:
    assert normalise("“We don’t” — they said…", "en").text == '"We don\'t" - they said.'


def test_marks_dropped_after_a_letter_belong_to_it() -> None:
    text = "رَفَضَ ذلك"
    found = normalise(text, "ar")
    start, end = found.original(0, 3)
    assert text[start:end] == "رَفَضَ"


def test_a_tatweel_inside_a_word_is_inside_its_span() -> None:
    text = "قال: ســـلام."
    found = normalise(text, "ar")
    at = found.text.index("سلام")
    start, end = found.original(at, at + 4)
    assert text[start:end] == "ســـلام"


def test_lines_that_are_paragraphs_are_parted_by_an_empty_line() -> None:
    assert normalise("مصر تستضيف المحادثات\nوصل الوفد اليوم.\nبدأت الجلسة.", "ar").text == "مصر تستضيف المحادثات\n\nوصل الوفد اليوم.\n\nبدات الجلسة."


def test_lines_that_are_wrapped_are_parted_after_a_stop_only() -> None:
    text = "Egypt and Jordan\nsigned an\nagreement in Cairo.\nThe talks\nend today"
    assert normalise(text, "en").text == "Egypt and Jordan\nsigned an\nagreement in Cairo.\n\nThe talks\nend today"


def test_a_backslash_left_by_markdown_is_white_space() -> None:
    assert normalise("Talks end.\\\nEgypt hosts.", "en").text.split() == ["Talks", "end.", "Egypt", "hosts."]


@pytest.mark.parametrize("text", ["", "\u200f", "ًـ"])
def test_a_text_of_nothing_but_dropped_marks_is_empty(text: str) -> None:
    assert normalise(text, "ar").text == ""
