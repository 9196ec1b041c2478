from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dictionaries import Dictionaries
from parsers.sentence import Sentence, Skipped
from sources import Rejected
from tests.warehouse.records import DAY, TEXT, Tables, event, record
from warehouse import open_warehouse
from warehouse.load import RunCounts, load_batch, record_run

BATCH = [
    record("a1", origin="news.jsonl:1"),
    record("a2", events=(), origin="news.jsonl:2", discarded=((0, "history en/discards.yaml:1"),)),
    record("a3", events=(event("a3-051"), event("a3-010", "010", "say", None)), origin="news.jsonl:3", skipped=(Skipped(21, 30, "sentence-too-long"),)),
]
BROKEN = Rejected("news.jsonl", 4, None, "broken-json", "news.jsonl:4: not a JSON object")


def column(warehouse: duckdb.DuckDBPyConnection, query: str) -> list[object]:
    return [row[0] for row in warehouse.execute(query).fetchall()]


def test_a_batch_fills_the_tables_and_its_counts_add_up(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    counts, rejected = load_batch(warehouse, BATCH, [BROKEN], dictionaries)
    assert counts == RunCounts(articles=4, coded=2, empty=1, rejected=1, sentences=3, events=3)
    assert counts.articles == counts.coded + counts.empty + counts.rejected
    assert rejected == [BROKEN]
    sizes = {name: len(rows) for name, rows in tables().items() if rows and name not in ("schema_migrations", "codes", "dictionary_files", "dictionary_texts")}
    assert sizes == {"articles": 3, "sentences": 3, "unparsed": 1, "mentions": 3, "events": 2, "actors": 2, "rejected": 1, "packages": 1}


def test_what_was_loaded_stands_in_the_rows(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    load_batch(warehouse, BATCH, [BROKEN], dictionaries)
    assert warehouse.execute("SELECT article_id, outcome FROM articles ORDER BY ALL").fetchall() == [("a1", "coded"), ("a2", "empty"), ("a3", "coded")]
    row = warehouse.execute("SELECT article_id, sentence, event_date, code, source, target, trigger, stack, dictionaries FROM mentions WHERE mention_id = 'a1-051'").fetchall()
    assert row == [("a1", 0, DAY, "051", "EGYGOV", "JOR", "praised", "praise", dictionaries.hash)]
    for side, expected in (("source", ("EGY", "Egypt", 0, 5)), ("target", ("JOR", "Jordan", 14, 20))):
        assert warehouse.execute(f"SELECT {side}_country, {side}_text, {side}_start, {side}_end FROM mentions WHERE mention_id = 'a1-051'").fetchall() == [expected]
    act = dictionaries.ontology["051"]
    event_row = warehouse.execute("SELECT event_date, code, root, quad_class, goldstein, source, target, mentions, articles, stories, publishers, languages, first_mention FROM events WHERE code = '051'").fetchall()
    assert event_row == [(DAY, "051", "05", act.quad, act.goldstein, "EGYGOV", "JOR", 2, 2, 2, 1, "en", "a1-051")]
    assert warehouse.execute("SELECT code, name, country, roles FROM actors ORDER BY code").fetchall() == [("EGYGOV", "Egypt, government", "EGY", ["GOV"]), ("JOR", "Jordan", "JOR", [])]
    assert column(warehouse, "SELECT discarded FROM sentences ORDER BY article_id") == [None, "history en/discards.yaml:1", None]
    assert warehouse.execute("SELECT * FROM rejected").fetchall() == [("news.jsonl", 4, None, "broken-json", "news.jsonl:4: not a JSON object")]


def test_an_event_is_dated_as_its_words_tell(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    old = replace(event("e1"), date=datetime.date(2014, 1, 1), date_precision="year")
    load_batch(warehouse, [record("a1", (old, event("e2")))], [], dictionaries)
    rows = "SELECT mention_id, event_date, date_precision FROM mentions ORDER BY mention_id"
    assert warehouse.execute(rows).fetchall() == [("e1", datetime.date(2014, 1, 1), "year"), ("e2", DAY, "article")]
    assert warehouse.execute("SELECT event_date, date_precision FROM events ORDER BY ALL").fetchall() == [(datetime.date(2014, 1, 1), "year"), (DAY, "article")]
    load_batch(warehouse, [record("a1", (event("e1"), event("e2")))], [], dictionaries)
    assert warehouse.execute(rows).fetchall() == [("e1", DAY, "article"), ("e2", DAY, "article")]


def test_a_parse_comes_back_out_of_the_warehouse_as_it_went_in(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    load_batch(warehouse, BATCH[:1], [], dictionaries)
    (row,) = warehouse.execute("SELECT sentence, span_start, span_end, text, parse FROM sentences").fetchall()
    assert Sentence.from_json(*row) == BATCH[0].sentences[0]


def test_the_same_batch_twice_changes_nothing(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    first = load_batch(warehouse, BATCH, [BROKEN], dictionaries)
    before = tables()
    assert load_batch(warehouse, BATCH, [BROKEN], dictionaries) == first
    assert tables() == before


def test_one_batch_or_several_give_the_same_rows_and_the_same_sum(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, state: Tables, tmp_path: Path) -> None:
    whole, _ = load_batch(warehouse, BATCH, [BROKEN], dictionaries)
    with open_warehouse(tmp_path / "parts.duckdb") as parts:
        total = RunCounts()
        for member in reversed(BATCH):
            counts, _ = load_batch(parts, [member], [], dictionaries)
            total += counts
        counts, _ = load_batch(parts, [], [BROKEN], dictionaries)
        assert total + counts == whole
        assert state(parts) == state()
        assert parts.execute("SELECT count(*) FROM packages").fetchall() == [(4,)]


def test_an_article_coded_again_has_its_new_events_only(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    load_batch(warehouse, BATCH, [], dictionaries)
    load_batch(warehouse, [record("a3", events=(event("a3-112", "112", "accuse"),), origin="news.jsonl:3")], [], dictionaries)
    assert column(warehouse, "SELECT mention_id FROM mentions ORDER BY ALL") == ["a1-051", "a3-112"]
    assert warehouse.execute("SELECT code, mentions FROM events ORDER BY ALL").fetchall() == [("051", 1), ("112", 1)]
    assert tables()["unparsed"] == tables()["past_mentions"] == []


def test_an_article_coded_again_without_events_becomes_empty_and_back(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, state: Tables) -> None:
    load_batch(warehouse, [record("a1")], [], dictionaries)
    before = state()
    load_batch(warehouse, [record("a1", events=())], [], dictionaries)
    assert column(warehouse, "SELECT outcome FROM articles") == ["empty"]
    assert state()["events"] == state()["mentions"] == []
    load_batch(warehouse, [record("a1")], [], dictionaries)
    assert state() == before


def test_an_event_that_loses_its_target_loses_the_actor_too(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    load_batch(warehouse, [record("a1")], [], dictionaries)
    load_batch(warehouse, [record("a1", events=(event("a1-051-", target=None),))], [], dictionaries)
    assert warehouse.execute("SELECT source_text, target, target_text FROM mentions").fetchall() == [("Egypt", None, None)]
    assert warehouse.execute("SELECT source, target FROM events").fetchall() == [("EGYGOV", None)]


@pytest.mark.parametrize(
    "later",
    [
        {"day": DAY + datetime.timedelta(days=1)},
        {"day": None},
        {"title": "Praise for Jordan"},
        {"skipped": (Skipped(21, 60, "sentence-too-long"),)},
        {"discarded": ((0, "history en/discards.yaml:1"),)},
        {"events": (event("a1-051", stack="appeal(praise)"),)},
    ],
    ids=lambda later: next(iter(later)),
)
def test_an_article_loaded_again_stands_as_if_it_had_been_loaded_once(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, state: Tables, tmp_path: Path, later: dict[str, Any]) -> None:
    load_batch(warehouse, [record("a1", skipped=(Skipped(21, 30, "sentence-too-long"),))], [], dictionaries)
    load_batch(warehouse, [record("a1", **later)], [], dictionaries)
    with open_warehouse(tmp_path / "once.duckdb") as once:
        load_batch(once, [record("a1", **later)], [], dictionaries)
        assert state() == state(once)


def test_an_id_that_another_text_has_is_rejected_and_the_first_stays(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    load_batch(warehouse, [record("a1")], [], dictionaries)
    before = tables()
    counts, (refused,) = load_batch(warehouse, [record("a1", text=TEXT + " Talks ended.", origin="other.jsonl:7")], [], dictionaries)
    assert (refused.origin, refused.line, refused.article_id, refused.reason) == ("other.jsonl", 7, "a1", "id-taken")
    assert counts == RunCounts(articles=1, rejected=1)
    assert len(tables()["rejected"]) == len(tables()["packages"]) - 1 == 1
    assert tables() | {"rejected": [], "packages": before["packages"]} == before


@pytest.mark.parametrize(("text", "reason"), [(TEXT, "duplicate"), (TEXT + " Talks ended.", "id-taken")])
def test_an_id_that_stands_twice_in_a_batch_is_loaded_once(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, text: str, reason: str) -> None:
    counts, (refused,) = load_batch(warehouse, [record("a1", text=TEXT), record("a1", text=text, origin="news.jsonl:2")], [], dictionaries)
    assert (refused.origin, refused.line, refused.reason) == ("news.jsonl", 2, reason)
    assert counts == RunCounts(articles=2, coded=1, rejected=1, sentences=1, events=1)
    assert column(warehouse, "SELECT text FROM articles") == [TEXT]
    assert column(warehouse, "SELECT reason FROM rejected") == [reason]


def test_a_failure_in_the_middle_of_a_batch_leaves_the_tables_as_they_were(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    load_batch(warehouse, BATCH[:1], [], dictionaries)
    before = tables()
    unheard_of = record("a4", events=(event("a4-999", "999"),))
    with pytest.raises(ValueError, match="the ontology has no code 999"):
        load_batch(warehouse, [record("a1", events=()), BATCH[1], unheard_of], [BROKEN], dictionaries)
    assert tables() == before


def test_a_row_that_the_schema_refuses_undoes_the_batch_and_the_next_one_loads(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    load_batch(warehouse, BATCH[:1], [], dictionaries)
    before = tables()
    nameless = Rejected("news.jsonl", 9, None, None, "no reason given")  # type: ignore[arg-type]
    with pytest.raises(duckdb.Error):
        load_batch(warehouse, [record("a1", events=()), *BATCH[1:]], [nameless], dictionaries)
    assert tables() == before
    counts, _ = load_batch(warehouse, BATCH, [], dictionaries)
    assert counts.coded == 2


def test_an_empty_batch_counts_nothing_and_changes_nothing(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    before = tables()
    assert load_batch(warehouse, [], [], dictionaries) == (RunCounts(), [])
    assert tables() == before


def test_a_run_entered_twice_is_one_row(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    counts = RunCounts(articles=2, coded=1, empty=1, sentences=2, events=1)
    first = record_run(warehouse, ["a1", "a2"], counts, "0.1.0", dictionaries, ["ar-models", "en-models"])
    before = tables()
    assert record_run(warehouse, ["a2", "a1"], counts, "0.1.0", dictionaries, ["en-models", "ar-models"]) == first
    assert tables() == before
    assert warehouse.execute("SELECT run_id, marsad_version, parsers, articles, coded, empty, rejected, sentences, events FROM runs").fetchall() == [
        (first, "0.1.0", "ar-models,en-models", 2, 1, 1, 0, 2, 1)
    ]


def test_a_run_of_other_articles_or_versions_is_another_run(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    counts = RunCounts(articles=1, empty=1)
    runs = [(["a1"], "0.1.0", ["en-1"]), (["a2"], "0.1.0", ["en-1"]), (["a1"], "0.2.0", ["en-1"]), (["a1"], "0.1.0", ["en-2"])]
    assert len({record_run(warehouse, articles, counts, version, dictionaries, parsers) for articles, version, parsers in runs}) == len(runs)
    assert column(warehouse, "SELECT count(*) FROM runs") == [len(runs)]
