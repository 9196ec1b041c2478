"""Every code can really be coded: where no other sentence of ours holds it, one of reach_<language>.yaml does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from coders.article import code_article
from coders.assembly import Assembler
from coders.event import Actor, Event
from coders.meaning import Meaning
from coders.realis import Realis
from dictionaries import Dictionaries
from dictionaries.reach import changes
from flows.pipeline import load_parser
from flows.stats import codes, sentences_by_code

HERE = Path(__file__).parent
ROWS = {language: yaml.safe_load((HERE / f"reach_{language}.yaml").read_text(encoding="utf-8")) for language in ("ar", "en")}


@pytest.fixture(scope="module")
def coded(dictionaries: Dictionaries) -> dict[str, list[Event]]:
    """The events of all sentences by their text, parsed in one batch a language."""
    events = {}
    for language, rows in ROWS.items():
        parser = load_parser(language)
        texts = [row["text"] for row in rows]
        for text, parsed in zip(texts, parser.parse(texts), strict=True):
            events[text] = list(code_article("test", language, parsed.sentences, dictionaries, parser.version).events)
    return events


def fits(country: str | None, actor: Actor | None) -> bool:
    return country is None or (actor is not None and actor.code.startswith(country))


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{language}-{row['event'][0]}", marks=[pytest.mark.xfail(strict=True, reason="open: not reached yet")] if row.get("open") else []) for language, rows in ROWS.items() for row in rows])
def test_a_code_is_coded(coded: dict[str, list[Event]], row: dict[str, Any]) -> None:
    code, source, target = row["event"]
    said = coded[row["text"]]
    assert any(e.code == code and fits(source, e.source) and fits(target, e.target) for e in said), [(e.code, e.source, e.target, e.evidence.stack) for e in said]


def test_every_code_that_is_coded_has_a_sentence_in_both_languages(dictionaries: Dictionaries) -> None:
    columns, rows = codes(dictionaries, sentences_by_code(HERE))
    bare = [row[0] for row in rows if not row[columns.index("why_not")] and not (row[columns.index("ar_tests")] and row[columns.index("en_tests")])]
    # Those that the coder cannot reach with today's parses stay in the files, marked.
    still_open = {row["event"][0] for rows in ROWS.values() for row in rows if row.get("open")}
    assert set(bare) <= still_open


@pytest.mark.parametrize(("status", "becomes"), [(Realis.REFUSED, "refuse"), (Realis.FUTURE, "will")])
def test_reach_reasons_about_what_will_be_as_the_coder_does(dictionaries: Dictionaries, status: Realis, becomes: str) -> None:
    language = dictionaries.languages["en"]
    entry = next(iter(language.verbs.values()))[0]
    assembler = Assembler.__new__(Assembler)
    assembler.dictionaries = dictionaries
    for act in dictionaries.acts:
        for topic in (None, *dictionaries.topics):
            changed = assembler._changed(Meaning(act, topic, entry, 0), status)
            reasoned = [(name, its) for name, its in changes(dictionaries.acts, language, act, topic) if name == becomes]
            assert reasoned == ([(changed.act, changed.topic)] if changed is not None and changed.act == becomes else []), (act, topic)
