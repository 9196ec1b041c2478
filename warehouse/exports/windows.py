"""Windows of days with about so many mentions each, so that an export holds only one of them in memory.

Large ones are gathered from the whole warehouse, one pass over its tables each; small ones are put in order and written.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import duckdb

GATHERED, MENTIONS = 500_000, 50_000
# event_ids are hashes: parts of their range hold equal parts of a day.
_IDS = 16**4


def windows(connection: duckdb.DuckDBPyConnection, table: str, most: int) -> Iterator[str]:
    """Conditions that part the rows of `table` (columns of events) by event_date and event_id, in this order, those without a date last.

    A window holds the days that have at most `most` mentions together; a day that alone has more is parted by event_id.
    """
    first = last = None
    held = 0
    days = connection.execute(f"SELECT event_date, sum(mentions) FROM {table} GROUP BY event_date ORDER BY event_date NULLS LAST").fetchall()
    for day, size in days:
        if first is not None and (day is None or held + size > most):
            yield f"event_date BETWEEN DATE '{first}' AND DATE '{last}'"
            first, held = None, 0
        if day is None or size > most:
            yield from _parts("event_date IS NULL" if day is None else f"event_date = DATE '{day}'", math.ceil(size / most))
        else:
            first, last, held = first or day, day, held + size
    if first is not None:
        yield f"event_date BETWEEN DATE '{first}' AND DATE '{last}'"


def _parts(day: str, parts: int) -> Iterator[str]:
    parts = min(parts, _IDS)
    bounds = [f"{_IDS * part // parts:04x}" for part in range(parts)]
    for low, high in zip(bounds, [*bounds[1:], "g"], strict=True):
        yield f"{day} AND event_id >= '{low}' AND event_id < '{high}'"
