from __future__ import annotations

import pytest

from benchmarks.news import Told, news

SIZE = 300


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return list(news(SIZE))


def test_the_same_seed_gives_the_same_articles_however_many(told: list[Told]) -> None:
    assert list(news(20)) == told[:20]
    assert next(news(1, seed=8)).article.text != told[0].article.text


def test_both_languages_come_in_turn(told: list[Told]) -> None:
    assert [t.article.language for t in told] == ["ar", "en"] * (SIZE // 2)
    for one in told:
        arabic = sum("\u0621" <= character <= "\u064a" for character in one.article.text)
        assert (arabic > len(one.article.text) / 2) == (one.article.language == "ar")


def test_most_sentences_tell_of_no_act(told: list[Told]) -> None:
    for language in ("ar", "en"):
        sentences = [eventful for one in told if one.article.language == language for eventful in one.eventful]
        assert 0.6 <= 1 - sum(sentences) / len(sentences) <= 0.75


def test_no_slot_is_left_and_words_go_on_to_be_new(told: list[Told]) -> None:
    words = [set(one.article.text.split()) for one in told]
    assert not any("{" in one.article.text or "}" in one.article.text for one in told)
    half = set[str]().union(*words[: SIZE // 2])
    assert len(half.union(*words)) > 1.3 * len(half)
