"""The ledger of the web."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import duckdb
from typer.testing import CliRunner

from dictionaries import Dictionaries
from flows.command import app
from sources import Article, Fetch, Known
from tests.warehouse.records import record as coded
from warehouse import open_warehouse
from warehouse.fetches import known, quiet_feeds, record
from warehouse.load import load_batch

NOW = datetime.datetime(2024, 5, 2, 12, tzinfo=datetime.UTC)
FEED = "https://news.example/rss"


def fetch(hours: float = 0, **fields: object) -> Fetch:
    made = Fetch(FEED, "feed", NOW + datetime.timedelta(hours=hours), status=200, size=10, etag='"1"', articles=1)
    return dataclasses.replace(made, **fields)  # type: ignore[arg-type]


def test_a_fetch_is_entered_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    for _ in range(2):
        record(warehouse, [fetch(), fetch(), fetch(1, status=None, reason="too-slow", detail="not answered")])
    assert warehouse.execute("SELECT asked_at, status, bytes, settled, reason FROM fetches ORDER BY asked_at").fetchall() == [
        (datetime.datetime(2024, 5, 2, 12), 200, 10, True, None),
        (datetime.datetime(2024, 5, 2, 13), None, 10, False, "too-slow"),
    ]
    record(warehouse, [])


def test_what_is_known_of_an_address_is_its_last_good_answer(warehouse: duckdb.DuckDBPyConnection) -> None:
    later = NOW + datetime.timedelta(days=1)
    record(
        warehouse,
        [
            fetch(stamp="a"),
            fetch(1, status=503, etag=None, wait_until=later, reason="http-503", stamp="b"),
            fetch(2, url="https://news.example/1", kind="page"),
            fetch(3, url="https://news.example/robots.txt", kind="robots"),
        ],
    )
    assert known(warehouse, later) == {
        FEED: Known(NOW + datetime.timedelta(hours=1), False, '"1"', None, "a", later),
        "https://news.example/1": Known(NOW + datetime.timedelta(hours=2), True, '"1"', None, None, None),
    }
    assert known(warehouse, NOW + datetime.timedelta(days=90)) == {}


def test_a_feed_that_could_not_be_had_whole_has_no_validators(warehouse: duckdb.DuckDBPyConnection) -> None:
    record(warehouse, [fetch(), fetch(1, etag=None)])
    assert known(warehouse, NOW)[FEED].etag is None


def test_feeds_that_went_quiet_are_told(warehouse: duckdb.DuckDBPyConnection) -> None:
    record(warehouse, [fetch(hour, articles=int(hour == 0)) for hour in (0, 24, 47)])
    assert quiet_feeds(warehouse) == []
    record(warehouse, [fetch(49, articles=0)])
    (sentence,) = quiet_feeds(warehouse)
    assert sentence.startswith(f"feed {FEED}: quiet for 2 days, the last article came at 2024-05-02 12:00 UTC")
    record(warehouse, [fetch(50)])
    assert quiet_feeds(warehouse) == []


def test_feeds_that_fail_again_and_again_are_told(warehouse: duckdb.DuckDBPyConnection) -> None:
    record(warehouse, [fetch(hour, status=404, articles=0, reason="http-404", detail="answered 404") for hour in (0, 1)])
    assert quiet_feeds(warehouse) == []
    record(warehouse, [fetch(2, status=None, articles=0, reason="too-slow")])
    (sentence,) = quiet_feeds(warehouse)
    assert "no good answer to the last 3 requests" in sentence and "gave too-slow" in sentence and "never brought" in sentence


def test_doctor_tells_of_quiet_feeds(path: Path) -> None:
    with open_warehouse(path) as connection:
        record(connection, [fetch(), fetch(72, articles=0)])
    result = CliRunner().invoke(app, ["doctor", "--db", str(path)], catch_exceptions=False)
    assert result.exit_code == 1 and f"wrong: feed {FEED}: quiet for 3 days" in result.stdout


def test_what_a_source_says_of_an_article_is_kept(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    one = coded("a")
    at = datetime.datetime(2024, 5, 2, 18, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))
    article: Article = dataclasses.replace(one.article, country="EGY", byline="Sample Desk", published_at=at, published_from="feed", licence="CC0")
    load_batch(warehouse, [dataclasses.replace(one, article=article, language_confidence=0.9)], [], dictionaries)
    kept = warehouse.execute("SELECT country, byline, published_at, published_from, licence, language_confidence FROM articles").fetchall()
    assert kept == [("EGY", "Sample Desk", "2024-05-02T18:30:00+03:00", "feed", "CC0", 0.9)]
