"""Copies of a text are one story, mentions of the same are one event, in whatever order and batches they come."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dictionaries import Dictionaries, load_dictionaries
from tests.warehouse.conftest import state_of
from tests.warehouse.records import DAY, TEXT, Tables, event, record
from warehouse import open_warehouse
from warehouse.load import load_batch
from warehouse.package import CodedRecord

# Forty words; a copy changes a few at the end.
LONG = (
    f"{TEXT} The statement followed two days of talks in Cairo on the shared water project, and officials of both governments said that they would meet again "
    "in Amman next month to settle what is still open between the two sides before the summer."
)
OTHER = (
    f"{TEXT} A spokesman told reporters on the margin of the summit that the rescue teams from Amman had arrived within hours of the flood and had stayed for three weeks "
    "although their own valley was under water as well."
)


def day(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def stories(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return warehouse.execute("SELECT article_id, story, story_day FROM articles ORDER BY article_id").fetchall()


def load(warehouse: duckdb.DuckDBPyConnection, *records: CodedRecord) -> None:
    load_batch(warehouse, records, [], load_dictionaries())


def test_mentions_of_two_articles_are_one_event(warehouse: duckdb.DuckDBPyConnection) -> None:
    load(warehouse, record("a", publisher="One"), record("b", publisher="Two"), record("c", publisher="Two", day=day(1)))
    events = warehouse.execute("SELECT event_date, mentions, articles, stories, publishers, first_mention FROM events ORDER BY event_date").fetchall()
    assert events == [(DAY, 2, 2, 2, 2, "a-051"), (day(1), 1, 1, 1, 1, "c-051")]


def test_a_dated_mention_and_one_of_that_day_are_one_event(warehouse: duckdb.DuckDBPyConnection) -> None:
    told = replace(event("told"), date=DAY, date_precision="day")
    of_the_week = replace(event("week"), date=DAY, date_precision="week")
    load(warehouse, record("a"), record("b", (told,), day=day(2)), record("c", (of_the_week,), day=day(2)))
    assert warehouse.execute("SELECT event_date, date_precision, mentions FROM events ORDER BY mentions").fetchall() == [(DAY, "week", 1), (DAY, "day", 2)]


def test_unknown_actors_are_told_apart_by_their_words(warehouse: duckdb.DuckDBPyConnection) -> None:
    def unknown(name: str, words: str) -> CodedRecord:
        praise = event(name)
        assert praise.target is not None
        return record(name, (replace(praise, target=replace(praise.target, code="---", text=words)),))

    load(warehouse, unknown("a", "the Front"), unknown("b", "The Front "), unknown("c", "the Union"))
    assert warehouse.execute("SELECT mentions FROM events ORDER BY ALL").fetchall() == [(1,), (2,)]


def test_what_has_no_day_happened_in_its_story(warehouse: duckdb.DuckDBPyConnection) -> None:
    load(warehouse, record("a", day=None, text=LONG), record("b", day=None, text=LONG), record("c", day=None))
    assert warehouse.execute("SELECT event_date, mentions, stories FROM events ORDER BY mentions").fetchall() == [(None, 1, 1), (None, 2, 1)]


def test_the_same_text_is_one_story_whenever_it_comes(warehouse: duckdb.DuckDBPyConnection) -> None:
    load(warehouse, record("b", text=TEXT, day=day(300)), record("a", text=TEXT), record("c"))
    assert stories(warehouse) == [("a", "a", DAY), ("b", "a", DAY), ("c", "c", DAY)]
    assert warehouse.execute("SELECT event_date, mentions, articles, stories FROM events").fetchall() == [(DAY, 3, 3, 2)]


def test_the_same_address_is_one_story(warehouse: duckdb.DuckDBPyConnection) -> None:
    load(warehouse, record("a", url="https://news.example/1?utm_source=x"), record("b", url="http://www.news.example/1#top", day=day(9)), record("c", url="https://news.example/2"))
    assert [story for _, story, _ in stories(warehouse)] == ["a", "a", "c"]


def test_a_near_copy_is_of_the_same_story_and_another_text_is_not(warehouse: duckdb.DuckDBPyConnection) -> None:
    load(warehouse, record("a", text=LONG), record("b", text=LONG + " (Agencies)"), record("c", text=OTHER))
    assert [story for _, story, _ in stories(warehouse)] == ["a", "a", "c"]


def test_texts_under_25_words_are_compared_for_equality_only(warehouse: duckdb.DuckDBPyConnection) -> None:
    short = " ".join(LONG.split()[:20])
    load(warehouse, record("a", text=short), record("b", text=short + " again"))
    assert [story for _, story, _ in stories(warehouse)] == ["a", "b"]


@pytest.mark.parametrize(("later", "name"), [(3, "a"), (4, "b")])
def test_a_near_copy_comes_within_three_days(warehouse: duckdb.DuckDBPyConnection, later: int, name: str) -> None:
    load(warehouse, record("a", text=LONG))
    load(warehouse, record("b", text=LONG + " (Agencies)", day=day(later)))
    assert stories(warehouse)[1][1] == name


def test_a_near_copy_without_day_is_one_of_those_without(warehouse: duckdb.DuckDBPyConnection) -> None:
    load(warehouse, record("a", text=LONG), record("b", text=LONG + " (Agencies)", day=None), record("c", text=LONG + " (Staff)", day=None))
    assert [story for _, story, _ in stories(warehouse)] == ["a", "b", "b"]


def test_a_chain_of_copies_is_one_story(warehouse: duckdb.DuckDBPyConnection) -> None:
    chain = [record(name, text=f"{LONG} ({name})", day=day(3 * at)) for at, name in enumerate("abcd")]
    for member in (chain[0], chain[3], chain[1]):
        load(warehouse, member)
    assert [story for _, story, _ in stories(warehouse)] == ["a", "a", "d"]
    load(warehouse, chain[2])  # what joins two stories
    assert stories(warehouse) == [(name, "a", DAY) for name in "abcd"]
    assert warehouse.execute("SELECT event_date, mentions, stories FROM events").fetchall() == [(DAY, 4, 1)]


def test_an_earlier_copy_that_comes_later_moves_the_day(warehouse: duckdb.DuckDBPyConnection) -> None:
    load(warehouse, record("a", text=LONG, day=day(2)), record("x", day=day(2)))
    assert warehouse.execute("SELECT event_date, mentions FROM events").fetchall() == [(day(2), 2)]
    load(warehouse, record("b", text=LONG + " (Agencies)", day=day(1)))
    assert stories(warehouse)[:2] == [("a", "b", day(1)), ("b", "b", day(1))]
    assert warehouse.execute("SELECT event_date, mentions, first_mention FROM events ORDER BY ALL").fetchall() == [(day(1), 2, "b-051"), (day(2), 1, "x-051")]


@pytest.mark.parametrize("name", ["a", "b", "c"])
@pytest.mark.parametrize("later", [{"url": "https://news.example/9"}, {"day": day(20)}, {"day": day(-20)}, {"day": None}], ids=str)
def test_a_story_whose_copy_is_replaced_stands_as_if_that_had_come_so(warehouse: duckdb.DuckDBPyConnection, state: Tables, tmp_path: Path, name: str, later: dict[str, object]) -> None:
    """a and c are copies through b only: five days lie between them."""
    days = {"a": 0, "b": 2, "c": 5}
    members = {key: record(key, text=f"{LONG} ({key})", day=day(number)) for key, number in days.items()}
    load(warehouse, *members.values())
    members[name] = record(name, text=f"{LONG} ({name})", **({"day": day(days[name])} | later))  # type: ignore[arg-type]
    load(warehouse, members[name])
    with open_warehouse(tmp_path / "once.duckdb") as once:
        load(once, *members.values())
        assert state() == state(once)


ARTICLES = st.lists(
    st.tuples(
        st.sampled_from([LONG, LONG + " (Agencies)", f"Update. {LONG}", OTHER, TEXT]),
        st.one_of(st.none(), st.integers(0, 8)),
        st.sampled_from([None, "https://news.example/1", "https://news.example/2?ref=x"]),
    ),
    min_size=2,
    max_size=6,
)


def load_in_parts(path: Path, records: Sequence[CodedRecord], sizes: Sequence[int], dictionaries: Dictionaries) -> dict[str, list[tuple[object, ...]]]:
    with open_warehouse(path) as connection:
        rest = iter(records)
        for size in itertools.cycle(sizes):
            batch = list(itertools.islice(rest, size))
            if not batch:
                return state_of(connection)
            load_batch(connection, batch, [], dictionaries)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=ARTICLES, data=st.data())
def test_articles_in_any_order_and_in_any_batches_give_identical_tables(
    tmp_path_factory: pytest.TempPathFactory, dictionaries: Dictionaries, articles: list[tuple[str, int | None, str | None]], data: st.DataObject
) -> None:
    records = [record(f"a{at}", text=text, day=None if number is None else day(number), url=url, publisher=f"P{at % 2}") for at, (text, number, url) in enumerate(articles)]
    folder = tmp_path_factory.mktemp("order")
    once = load_in_parts(folder / "once.duckdb", records, [len(records)], dictionaries)
    order = data.draw(st.permutations(records))
    sizes = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    assert load_in_parts(folder / "parts.duckdb", order, sizes, dictionaries) == once


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("later", [{}, {"title": "Praise for Jordan"}], ids=str)
def test_an_article_from_two_places_is_from_the_first_of_them_whichever_came_first(warehouse: duckdb.DuckDBPyConnection, first: int, later: dict[str, str]) -> None:
    origins = ["a/news.jsonl:1", "b/news.jsonl:1"]
    load(warehouse, record("a1", origin=origins[first]))
    load(warehouse, record("a1", origin=origins[1 - first], **later))  # type: ignore[arg-type]
    assert warehouse.execute("SELECT origin, title FROM articles").fetchall() == [(origins[0], later.get("title"))]
    assert warehouse.execute("SELECT count(*) FROM mentions").fetchall() == [(1,)]
