"""Quick parses are stock Stanza's own, token for token; what each quicker step must keep is tested alone as well."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dictionaries import Dictionaries
from flows.run import SAMPLES
from parsers import haste
from parsers import parser as parser_module
from parsers.models import find_models
from parsers.parser import Parsed, Parser
from sources import Article, read_sources

NEWS = Path(__file__).parent.parent / "coders"


class Plain(haste.Stock):
    """Stanza as it comes."""

    def __init__(self, pipeline: Any) -> None:
        self._processors = pipeline.processors


def news(language: str) -> list[str]:
    """The sample articles and the annotated sentences."""
    sentences = [json.loads(line)["text"] for line in (NEWS / f"news_{language}.jsonl").open(encoding="utf-8")]
    articles = [article.text for article in read_sources([str(SAMPLES)]) if isinstance(article, Article) and article.language == language]
    assert articles and sentences
    return [*articles, *sentences]


def parse(parser: Parser, texts: Sequence[str]) -> list[Parsed]:
    return [parsed for at in range(0, len(texts), 32) for parsed in parser.parse(texts[at : at + 32])]


@pytest.fixture(scope="module")
def parsers(dictionaries: Dictionaries) -> dict[tuple[str, str], Parser]:
    """Our parser and stock Stanza, by language."""
    built: dict[tuple[str, str], Parser] = {}
    with pytest.MonkeyPatch.context() as patch:
        for name, steps in (("quick", haste.steps), ("patched", haste.Stock), ("stock", Plain)):
            patch.setattr(parser_module, "steps", steps)
            built |= {(language, name): Parser(find_models(language), dictionaries.languages[language]) for language in ("ar", "en")}
    return built


@pytest.fixture(autouse=True)
def no_sure_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stock Stanza is told of no ends of sentences; the comparison is of the networks' own."""
    monkeypatch.setattr(parser_module, "sure_ends", lambda text: ())
    monkeypatch.setattr(parser_module, "open_ends", lambda text, ends, language: ())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_quick_parses_are_stock_stanzas(language: str, parsers: dict[tuple[str, str], Parser]) -> None:
    texts = news(language)
    stock = parse(parsers[language, "stock"], texts)
    assert parse(parsers[language, "quick"], texts) == stock
    # What was seen before comes from memory.
    assert parse(parsers[language, "quick"], texts) == stock


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_paragraph_that_is_read_piece_by_piece_is_parsed_as_stock_stanza_does(language: str, parsers: dict[tuple[str, str], Parser]) -> None:
    texts = [" ".join(news(language)[-60:]), "\n".join(news(language)[-30:])]
    for text in texts:
        assert parsers[language, "quick"].parse([text]) == parsers[language, "stock"].parse([text])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Write to press.office@minfa.example.org or see https://www.un.example.org/news?id=3, the ministry said!!! Egypt agreed ?!"),
        ("en", "  Two   spaces,\ttabs \u00a0 and\u0085controls.  \n \n The next paragraph ... \n"),
        ("en", "\U0001d54f met 😀 in Cairo: " + "w" * 500 + " said so."),
        ("ar", "زار الوفد موقع www.example.org ،  ثم\tغادر؟! " + "وا" * 300 + " .\n\n وعاد."),
    ],
)
def test_odd_writing_is_parsed_as_stock_stanza_does(language: str, text: str, parsers: dict[tuple[str, str], Parser]) -> None:
    assert parsers[language, "quick"].parse([text, "A.", text]) == parsers[language, "stock"].parse([text, "A.", text])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_stock_steps_with_fewer_labels_change_nothing(language: str, parsers: dict[tuple[str, str], Parser]) -> None:
    texts = news(language)[:20]
    assert parsers[language, "patched"].parse(texts) == parsers[language, "stock"].parse(texts)


def test_models_that_ship_are_parsed_quickly_and_others_by_stock_steps(parsers: dict[tuple[str, str], Parser]) -> None:
    assert isinstance(parsers["ar", "quick"]._steps, haste.Quick)
    assert isinstance(parsers["en", "quick"]._steps, haste.Quick)
    processors = dict(parsers["en", "stock"]._steps._processors)  # type: ignore[attr-defined]
    assert haste._is_known(processors)
    del processors["mwt"]
    assert not haste._is_known(processors)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_memory_of_forms_and_expansions_has_a_bound(language: str, parsers: dict[tuple[str, str], Parser], monkeypatch: pytest.MonkeyPatch) -> None:
    from parsers import forms, lemmas, splitting, tagging

    monkeypatch.setattr(forms, "_MOST_FORMS", 200)
    monkeypatch.setattr(lemmas, "_MOST_LEMMAS", 50)
    monkeypatch.setattr(splitting, "_MOST_EXPANSIONS", 10)
    monkeypatch.setattr(tagging, "_MOST_SETS", 10)
    quick, texts = parsers[language, "quick"], news(language)[:6]
    expected = quick.parse(texts)
    for text, parsed in zip(texts, expected, strict=True):
        assert quick.parse([text]) == [parsed]
