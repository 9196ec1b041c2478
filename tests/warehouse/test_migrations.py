"""Warehouses as older versions left them, brought up to date."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dictionaries import Dictionaries
from flows.command import app
from tests.warehouse.conftest import rows_of
from tests.warehouse.records import record
from warehouse import WarehouseError, open_warehouse
from warehouse.connect import migrations
from warehouse.load import load_batch
from warehouse.query import QueryError, ask

# The module, which the package's function of the same name hides.
OPENING = sys.modules["warehouse.connect"]
DAY = "2022-09-26"
TEXTS = {"a": "Egypt praised Jordan.", "b": "أشادت مصر بالأردن.", "c": "The museum opens at nine."}
PARSE = json.dumps([["Egypt", "egypt", "PROPN", "", -1, "root", 0, 5]])
# id, article, code, target; the first two tell the same.
EVENTS = [("e1", "a", "051", "JOR"), ("e2", "b", "051", "JOR"), ("e3", "a", "010", None)]


def as_left_by(path: Path, version: int) -> None:
    """A warehouse of an older schema with rows in every table."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
        for number, name, sql in migrations()[:version]:
            connection.execute(sql)
            connection.execute("INSERT INTO schema_migrations VALUES (?, ?)", [number, name])
        for article, text in TEXTS.items():
            language, outcome = ("ar" if article == "b" else "en"), ("empty" if article == "c" else "coded")
            connection.execute(
                "INSERT INTO articles VALUES (?, ?, ?, 'Title', 'https://news.example/1', 'Agency', 'news.jsonl:1', ?, ?, '', ?)", [article, language, DAY, text, f"hash-{article}", outcome]
            )
            connection.execute("INSERT INTO sentences VALUES (?, 0, 0, ?, ?, 'models', ?, ?)", [article, len(text), text, PARSE, "sport en/discards.yaml:1" if article == "c" else None])
        connection.execute("INSERT INTO unparsed VALUES ('c', 25, 30, 'sentence-too-long')")
        connection.execute("INSERT INTO rejected VALUES ('news.jsonl', 4, NULL, 'broken-json', 'news.jsonl:4: not a JSON object')")
        connection.execute("INSERT INTO runs VALUES ('r1', '2022-09-27', '0.1.0', 'dict', 'models', 4, 2, 1, 1, 3, 3)")
        for event_id, article, code, target in EVENTS:
            columns = "(event_id, article_id, sentence, event_date, code, root, quad_class, goldstein, source, target, trigger, trigger_start, trigger_end, stack, entries, confidence, parser_version, dictionaries)"
            connection.execute(
                f"INSERT INTO events {columns} VALUES (?, ?, 0, ?, ?, left(?, 2), 1, 3.4, 'EGYGOV', ?, 'praised', 6, 13, 'praise', ['en/acts.yaml:1'], 0.9, 'models', 'dict')",
                [event_id, article, DAY, code, code, target],
            )
            connection.execute("INSERT INTO event_actors VALUES (?, 'source', 'EGYGOV', 'EGY', 'Egypt', 0, 5, ['en/names.yaml:1'])", [event_id])
            if target:
                connection.execute("INSERT INTO event_actors VALUES (?, 'target', 'JOR', 'JOR', 'Jordan', 14, 20, ['en/names.yaml:2'])", [event_id])
        if version >= 2:
            connection.execute("INSERT INTO articles VALUES ('d', 'en', NULL, NULL, NULL, NULL, 'd.txt', 'Egypt praised Jordan in May.', 'hash-d', '', 'coded')")
            connection.execute("INSERT INTO sentences VALUES ('d', 0, 0, 28, 'Egypt praised Jordan in May.', 'models', ?, NULL)", [PARSE])
            connection.execute(
                "INSERT INTO events VALUES ('e4', 'd', 0, '2022-05-01', '051', '05', 1, 3.4, 'EGYGOV', 'JOR', 'praised', 6, 13, 'praise', ['en/acts.yaml:1'], 0.9, 'models', 'dict', 'month')"
            )
            connection.execute("INSERT INTO event_actors VALUES ('e4', 'source', 'EGYGOV', 'EGY', 'Egypt', 0, 5, []), ('e4', 'target', 'JOR', 'JOR', 'Jordan', 14, 20, [])")


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_warehouse_keeps_every_row_and_its_events_are_grouped(path: Path, version: int) -> None:
    as_left_by(path, version)
    with duckdb.connect(str(path)) as connection:
        before = rows_of(connection)
        assert all(before.values())
    with open_warehouse(path) as connection:
        after = rows_of(connection)
        assert [row[:2] for row in after["schema_migrations"]] == [(number, name) for number, name, _ in migrations()]
        for table in ("unparsed", "rejected", "runs", "sentences"):
            assert after[table] == before[table]
        assert (
            connection.execute("SELECT article_id, language, published, title, url, publisher, origin, text, text_hash, dateline, outcome FROM articles ORDER BY ALL").fetchall() == before["articles"]
        )
        old = {row[0]: row for row in before["events"]}
        mentions = connection.execute(
            "SELECT mention_id, article_id, sentence, event_date, code, source, target, trigger, trigger_start, trigger_end, stack, entries, confidence, parser_version, dictionaries FROM mentions ORDER BY ALL"
        ).fetchall()
        assert mentions == [(row[0], row[1], row[2], row[3], row[4], *row[8:18]) for row in old.values()]
        sides = [
            (mention, side, *rest)
            for side in ("source", "target")
            for mention, *rest in connection.execute(
                f"SELECT mention_id, {side}, {side}_country, {side}_text, {side}_start, {side}_end, {side}_entries FROM mentions WHERE {side} IS NOT NULL"
            ).fetchall()
        ]
        assert sorted(sides, key=lambda row: row[:2]) == before["event_actors"]
        groups = connection.execute("SELECT event_date, date_precision, code, source, target, languages, mentions, articles, first_mention FROM events ORDER BY ALL").fetchall()
        day = datetime.date.fromisoformat(DAY)
        told = [(day, "article", "010", "EGYGOV", None, "en", 1, 1, "e3"), (day, "article", "051", "EGYGOV", "JOR", "ar,en", 2, 2, "e1")]
        assert groups == ([(datetime.date(2022, 5, 1), "month", "051", "EGYGOV", "JOR", "en", 1, 1, "e4")] if version == 2 else []) + told
        assert connection.execute("SELECT count(*) FROM mentions ANTI JOIN events USING (event_id)").fetchall() == [(0,)]
        assert connection.execute("SELECT code FROM actors ORDER BY ALL").fetchall() == [("EGYGOV",), ("JOR",)]


def test_events_coded_before_dates_were_read_have_the_articles(path: Path) -> None:
    as_left_by(path, 1)
    with open_warehouse(path) as connection:
        assert connection.execute("SELECT DISTINCT event_date, date_precision FROM events_with_text").fetchall() == [(datetime.date.fromisoformat(DAY), "article")]


def test_who_reads_an_older_warehouse_is_told_what_to_do(path: Path) -> None:
    as_left_by(path, 2)
    assert ask(path, "SELECT count(*) FROM events")[1] == [(4,)]
    with pytest.raises(QueryError, match=r"does not exist.*schema 2 of 4.*`marsad run`"):
        ask(path, "SELECT count(*) FROM mentions")
    result = CliRunner().invoke(app, ["doctor", "--db", str(path)], catch_exceptions=False)
    assert result.exit_code == 1
    assert "schema 2 of 4" in result.stdout and "Catalog" not in result.stdout


def test_loading_goes_on_in_a_migrated_warehouse(path: Path, dictionaries: Dictionaries) -> None:
    as_left_by(path, 2)
    with open_warehouse(path) as connection:
        load_batch(connection, [record("new")], [], dictionaries)
        assert connection.execute("SELECT mentions, goldstein FROM events WHERE code = '051' AND date_precision <> 'month'").fetchall() == [(3, dictionaries.ontology["051"].goldstein)]
        assert connection.execute("SELECT package, articles FROM packages ORDER BY package").fetchall() == [(0, 4), (1, 1)]


def test_an_old_warehouse_without_articles_has_an_empty_ledger(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
        connection.execute(migrations()[0][2])
        connection.execute("INSERT INTO schema_migrations VALUES (1, 'first')")
    with open_warehouse(path) as connection:
        assert connection.execute("SELECT count(*) FROM packages").fetchall() == [(0,)]


@pytest.mark.parametrize("broken", ["CREATE TABLE half (i INTEGER); SELECT * FROM nowhere", "CREATE TABLE half (i INTEGER); SELEC"])
def test_a_migration_that_fails_half_way_leaves_the_schema_before_it(path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    as_left_by(path, 1)
    known = migrations()
    with duckdb.connect(str(path)) as connection:
        first = rows_of(connection)
    monkeypatch.setattr(OPENING, "migrations", lambda: [known[0], known[1], (3, "mentions", known[2][2] + broken)])
    with pytest.raises(WarehouseError) as error:
        open_warehouse(path)
    assert str(path) in str(error.value) and "\n" not in str(error.value)
    with duckdb.connect(str(path)) as connection:
        left = rows_of(connection)
    assert left["schema_migrations"] == [(1, "first"), (2, "date_precision")]
    assert {name: rows for name, rows in left.items() if name not in ("schema_migrations", "events")} == {name: rows for name, rows in first.items() if name not in ("schema_migrations", "events")}
    assert [row[:18] for row in left["events"]] == first["events"]
    monkeypatch.undo()
    with open_warehouse(path) as connection:
        assert connection.execute("SELECT count(*) FROM mentions").fetchall() == [(3,)]


def test_a_failure_while_events_are_grouped_undoes_the_migration(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_left_by(path, 2)

    def fail(connection: duckdb.DuckDBPyConnection) -> None:
        raise RuntimeError("cut off")

    monkeypatch.setattr(OPENING, "group_all", fail)
    with pytest.raises(RuntimeError):
        open_warehouse(path)
    with duckdb.connect(str(path)) as connection:
        assert "event_actors" in rows_of(connection)


def test_the_ledger_of_fetches_takes_the_place_of_the_table_that_nothing_wrote(path: Path) -> None:
    as_left_by(path, 1)
    with open_warehouse(path) as connection:
        assert connection.execute("SELECT count(*) FROM feeds").fetchall() == connection.execute("SELECT count(*) FROM fetches").fetchall() == [(0,)]
        assert connection.execute("SELECT DISTINCT country, byline, published_at, published_from, language_confidence, licence FROM articles").fetchall() == [(None,) * 6]
