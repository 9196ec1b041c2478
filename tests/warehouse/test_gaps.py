"""What a warehouse shows to be missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from coders.event import Actor, Event
from dictionaries import load_dictionaries
from tests.warehouse.records import event, record
from warehouse import WarehouseError
from warehouse.gaps import silent_sentences, unknown_actors
from warehouse.load import load_batch


def unknown(event_id: str, text: str, code: str = "---") -> Event:
    return replace(event(event_id), target=Actor(code, text, 14, 20))


@pytest.fixture
def path_with_gaps(path: Path, warehouse: duckdb.DuckDBPyConnection) -> Path:
    events = (unknown("a1", "The Front"), replace(unknown("a2", "the front"), code="112"), unknown("a3", "Officers", "---MIL"), event("a4"))
    load_batch(warehouse, [record("a", events), record("b", ()), record("c", (), discarded=((0, "sport en/discards.yaml:1"),))], [], load_dictionaries())
    warehouse.close()
    return path


def test_phrases_without_a_code_come_by_the_events_that_name_them(path_with_gaps: Path) -> None:
    found = unknown_actors(path_with_gaps, 10)
    assert [(gap.text.lower(), gap.code, gap.events) for gap in found] == [("the front", "---", 2), ("officers", "---MIL", 1)]
    assert all(gap.language == "en" and gap.example == "Egypt praised Jordan." for gap in found)


def test_the_limit_holds_for_each_language(path_with_gaps: Path) -> None:
    assert len(unknown_actors(path_with_gaps, 1)) == 1


def test_sentences_without_event_come_and_those_put_aside_do_not(path_with_gaps: Path) -> None:
    assert [(s.language, s.number, s.text) for s in silent_sentences(path_with_gaps)] == [("en", 0, "Egypt praised Jordan.")]


def test_a_missing_warehouse_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError):
        unknown_actors(tmp_path / "none.duckdb", 10)
