from __future__ import annotations

import duckdb
import pytest

from dictionaries import Dictionaries
from tests.warehouse.records import record
from warehouse.check import CHECKS, check
from warehouse.load import RunCounts, load_batch, record_run

# A corruption for each check.
BROKEN = {
    "orphans": ["DELETE FROM sentences WHERE article_id = 'a1'", "DELETE FROM events", "INSERT INTO bands VALUES (1, NULL, 'nobody')"],
    "twice": ["INSERT INTO articles SELECT * FROM articles LIMIT 1", "INSERT INTO actors SELECT * FROM actors LIMIT 1"],
    "spans": ["UPDATE mentions SET trigger_end = trigger_end - 1", "UPDATE mentions SET target_text = 'Sudan'", "UPDATE sentences SET span_start = 1"],
    "codes": ["UPDATE mentions SET code = '999'", "DELETE FROM actors WHERE code = 'JOR'"],
    "counts": ["UPDATE events SET mentions = 7", "UPDATE runs SET empty = 9", "UPDATE articles SET outcome = 'empty'"],
    "stories": ["UPDATE articles SET story = 'nobody'", "UPDATE articles SET story_day = DATE '1999-01-01'"],
}


@pytest.fixture
def sound(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> duckdb.DuckDBPyConnection:
    counts, _ = load_batch(warehouse, [record("a1"), record("a2", origin="news.jsonl:2")], [], dictionaries)
    record_run(warehouse, ["a1", "a2"], counts or RunCounts(), "0", dictionaries, ["en"])
    return warehouse


def test_a_sound_warehouse_has_no_fault(sound: duckdb.DuckDBPyConnection) -> None:
    assert check(sound) == []


def test_each_check_is_tested() -> None:
    assert {file.stem for file in CHECKS.glob("*.sql")} == BROKEN.keys()


@pytest.mark.parametrize(("name", "corruption"), [(name, corruption) for name, several in BROKEN.items() for corruption in several])
def test_a_corruption_is_found(sound: duckdb.DuckDBPyConnection, name: str, corruption: str) -> None:
    sound.execute(corruption)
    faults = {fault.check: fault for fault in check(sound)}
    assert name in faults
    assert faults[name].rows >= 1 and faults[name].sentence and faults[name].example
