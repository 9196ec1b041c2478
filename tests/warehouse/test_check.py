from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from dictionaries import Dictionaries
from tests.warehouse.records import record
from warehouse.check import CHECKS, check
from warehouse.load import RunCounts, load_batch, record_run

# A corruption for each check.
BROKEN = {
    "orphans": [
        "DELETE FROM sentences WHERE article_id = 'a1'",
        "DELETE FROM events",
        "INSERT INTO bands VALUES (1, NULL, 'nobody')",
        "DELETE FROM articles",
        "UPDATE events SET first_mention = 'none'",
        "DELETE FROM packages",
        "DELETE FROM dictionary_texts",
        "DELETE FROM mentions",
        "INSERT INTO past_codings VALUES ('nobody', 'old', 'new')",
        "INSERT INTO unparsed VALUES ('nobody', 0, 1, 'sentence-too-long')",
    ],
    "twice": [
        "INSERT INTO articles SELECT * FROM articles LIMIT 1",
        "INSERT INTO actors SELECT * FROM actors LIMIT 1",
        "INSERT INTO sentences SELECT * FROM sentences LIMIT 1",
        "INSERT INTO mentions SELECT * FROM mentions LIMIT 1",
        "INSERT INTO events SELECT * FROM events",
    ],
    "spans": ["UPDATE mentions SET trigger_end = trigger_end - 1", "UPDATE mentions SET target_text = 'Sudan'", "UPDATE mentions SET source_start = 1", "UPDATE sentences SET span_start = 1"],
    "codes": ["UPDATE mentions SET code = '999'", "DELETE FROM actors WHERE code = 'JOR'", "DELETE FROM actors WHERE code = 'EGYGOV'"],
    "counts": [
        "UPDATE events SET mentions = 7",
        "UPDATE events SET publishers = 7",
        "UPDATE events SET languages = 'ar'",
        "UPDATE events SET target = 'EGYGOV'",
        "UPDATE events SET goldstein = 9",
        "UPDATE runs SET empty = 9",
        "UPDATE articles SET outcome = 'empty'",
    ],
    "stories": ["UPDATE articles SET story = 'nobody'", "UPDATE articles SET story_day = DATE '1999-01-01'"],
}


@pytest.fixture
def sound(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> duckdb.DuckDBPyConnection:
    counts, _ = load_batch(warehouse, [record("a1"), record("a2", origin="news.jsonl:2")], [], dictionaries)
    record_run(warehouse, ["a1", "a2"], counts or RunCounts(), "0", dictionaries, ["en"])
    return warehouse


def test_a_sound_warehouse_has_no_fault(sound: duckdb.DuckDBPyConnection) -> None:
    assert check(sound) == []


def test_spans_count_characters_in_both_scripts(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    """Code points: a letter with its vowel sign is two, a flag is two, and neither moves what comes after."""
    for article, heading in (("ar", "🇪🇬 قَالَتْ مِصْرُ. "), ("en", "🇪🇬 Café. ")):
        plain = record(article)
        sentence, praise, base = plain.sentences[0], plain.events[0], len(heading)
        assert praise.source is not None and praise.target is not None
        source, target = (replace(side, start=side.start + base, end=side.end + base) for side in (praise.source, praise.target))
        moved = replace(praise, source=source, target=target, trigger_start=praise.trigger_start + base, trigger_end=praise.trigger_end + base)
        made = replace(plain, article=replace(plain.article, text=heading + plain.article.text), sentences=(replace(sentence, start=base, end=base + sentence.end),), events=(moved,))
        load_batch(warehouse, [made], [], dictionaries)
    assert check(warehouse) == []


def test_each_check_is_tested() -> None:
    assert {file.stem for file in CHECKS.glob("*.sql")} == BROKEN.keys()


@pytest.mark.parametrize(("name", "corruption"), [(name, corruption) for name, several in BROKEN.items() for corruption in several])
def test_a_corruption_is_found(sound: duckdb.DuckDBPyConnection, name: str, corruption: str) -> None:
    sound.execute(corruption)
    faults = {fault.check: fault for fault in check(sound)}
    assert name in faults
    assert faults[name].rows >= 1 and faults[name].sentence and faults[name].example
