from __future__ import annotations

import datetime
from dataclasses import replace

import duckdb
import pytest

from dictionaries import Dictionaries
from tests.warehouse.records import DAY, TEXT, event, record
from warehouse.connect import VIEWS
from warehouse.load import load_batch
from warehouse.package import CodedRecord
from warehouse.query import examples


def told(number: int, code: str, source: str, target: str, day: datetime.date) -> CodedRecord:
    """An article of its own that tells one event."""
    one = event(f"e{number}", code)
    assert one.source is not None and one.target is not None
    made = replace(one, source=replace(one.source, code=source), target=replace(one.target, code=target), date=day, date_precision="day")
    article = record(f"a{number}", (made,), day=day, text=f"{TEXT} {number}", origin=f"n.jsonl:{number}")
    return replace(article, article=replace(article.article, url=f"https://news.example/{number}"))


def days(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


@pytest.mark.parametrize("example", examples())
def test_the_example_of_each_view_runs(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, example: str) -> None:
    load_batch(warehouse, [told(1, "051", "EGY", "JOR", DAY)], [], dictionaries)
    warehouse.execute(example).fetchall()


def test_each_view_has_an_example() -> None:
    assert len(examples()) == len(list(VIEWS.glob("*.sql")))


def test_outcomes_tell_whether_the_addressee_granted_or_refused_in_time(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    load_batch(
        warehouse,
        [
            told(1, "023", "EGY", "JOR", days(0)), told(2, "071", "JOR", "EGY", days(5)),  # granted
            told(3, "023", "SDN", "TCD", days(0)), told(4, "122", "TCD", "SDN", days(3)), told(5, "071", "TCD", "SDN", days(9)),  # refused first
            told(6, "023", "ETH", "KEN", days(0)), told(7, "071", "KEN", "ETH", days(40)),  # too late
        ],
        [],
        dictionaries,
    )  # fmt: skip
    found = dict(warehouse.execute("SELECT source_country, outcome FROM outcomes WHERE root = '02'").fetchall())
    assert found == {"EGY": "granted", "SDN": "refused", "ETH": "unanswered"}
    assert warehouse.execute("SELECT outcome FROM outcomes_within(60) WHERE source_country = 'ETH' AND root = '02'").fetchall() == [("granted",)]


def test_escalation_compares_four_weeks_with_the_year_before(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    conflicts = [told(n, "112", "EGY", "JOR", days(n)) for n in range(3)]
    before = [told(10, "112", "EGY", "JOR", days(-70))]
    load_batch(warehouse, [*before, *conflicts], [], dictionaries)
    rows = warehouse.execute("SELECT week, conflict, conflict_recent, conflict_baseline FROM escalation ORDER BY week").fetchall()
    assert [row[1:] for row in rows] == [(1, 0.25, None), (3, 0.75, 1 / 52)]


def test_profiles_count_both_sides(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    load_batch(warehouse, [told(1, "051", "EGY", "JOR", days(0)), told(2, "112", "JOR", "EGY", days(1))], [], dictionaries)
    rows = warehouse.execute("SELECT code, name, as_source, as_target, cooperation, conflict FROM actor_profiles ORDER BY code").fetchall()
    assert rows == [("EGY", "Egypt", 1, 1, 1, 1), ("JOR", "Jordan", 1, 1, 1, 1)]
