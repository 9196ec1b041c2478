"""Questions to the warehouse: SQL of the user's, and the evidence of one event."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connect import VIEWS, connect, older
from warehouse.errors import first_line

_EXAMPLE = re.compile(r"^-- example: (.*)$", re.MULTILINE)


class QueryError(Exception):
    """A question that cannot be answered; the message is one plain sentence."""


@dataclass(frozen=True, slots=True)
class EventEvidence:
    """One mention of an event with all that licensed it; the event has `mentions` of them. Spans are characters of `sentence`."""

    event_id: str
    mention_id: str
    mentions: int
    article_id: str
    code: str
    stack: str
    source: str | None
    target: str | None
    sentence: str
    marks: tuple[tuple[str, int, int], ...]
    entries: tuple[str, ...]
    confidence: float
    parser_version: str
    dictionaries: str


def ask(path: Path, query: str, seconds: float | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The column names and rows of a query, run read-only, in at most so many seconds.

    Raises QueryError with DuckDB's first line or when the time is over, WarehouseError when there is no warehouse.
    """
    with _asked(path, seconds) as connection:
        cursor = connection.execute(query)
        if cursor is None:
            raise QueryError("the query is empty")
        rows = cursor.fetchall()
        return [column[0] for column in cursor.description or []], rows


def ask_to_parquet(path: Path, query: str, out: Path, seconds: float | None = None) -> int:
    """Write what a query gives as a Parquet file, which appears when all is written; gives the number of rows. Raises as ask, and QueryError when it cannot be written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    part = out.with_name(f"{out.name}.part")
    try:
        with _asked(path, seconds) as connection:
            answer = connection.sql(query)
            if answer is None:
                raise QueryError("the query gives no rows to write")
            table = answer.to_arrow_table()
            pq.write_table(table, part, compression="zstd")
            os.replace(part, out)
            return int(table.num_rows)
    except OSError as error:
        raise QueryError(f"{out}: cannot be written ({error.strerror})") from None
    except pa.ArrowException as error:
        raise QueryError(f"{out}: {first_line(error)}") from None
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _asked(path: Path, seconds: float | None) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(path) as connection:
        timer = threading.Timer(seconds or 0, connection.interrupt)
        if seconds:
            timer.start()
        try:
            yield connection
        except duckdb.InterruptException:
            raise QueryError(f"no answer within {seconds:g} seconds; ask for less, or allow more with --timeout") from None
        except duckdb.Error as error:
            raise QueryError(f"{first_line(error)}{older(connection)}") from None
        finally:
            timer.cancel()


def examples() -> list[str]:
    """A question for each view, as its file gives it."""
    return [match for file in sorted(VIEWS.glob("*.sql")) for match in _EXAMPLE.findall(file.read_text(encoding="utf-8"))]


def evidence(path: Path, event_id: str) -> EventEvidence:
    """The evidence of an event (of its first mention) or of a mention, by the id or the beginning of it. Raises QueryError when none or several fit."""
    with connect(path) as connection:
        try:
            rows = connection.execute(
                """SELECT m.event_id, m.mention_id, e.mentions, m.article_id, m.code, m.stack, m.source, m.target, p.text, p.span_start, m.trigger_start, m.trigger_end,
                          m.source_start, m.source_end, m.target_start, m.target_end, m.entries, m.confidence, m.parser_version, m.dictionaries
                   FROM mentions m JOIN events e USING (event_id) JOIN sentences p USING (article_id, sentence)
                   WHERE starts_with(m.mention_id, $1) OR (starts_with(e.event_id, $1) AND m.mention_id = e.first_mention) LIMIT 2""",
                [event_id],
            ).fetchall()
        except duckdb.Error as error:
            raise QueryError(str(error).splitlines()[0]) from None
    if len(rows) != 1:
        found = "no event has" if not rows else "several events have"
        raise QueryError(f'{found} the id {event_id}; list ids with `marsad sql "SELECT event_id, code, source, target FROM events"`')
    event, mention, mentions, article, code, stack, source, target, sentence, base, *spans, entries, confidence, parser, dictionaries = rows[0]
    names = ("trigger", "source", "target")
    marks = tuple((name, start - base, end - base) for name, start, end in zip(names, spans[::2], spans[1::2], strict=True) if start is not None)
    return EventEvidence(event, mention, mentions, article, code, stack, source, target, sentence, marks, tuple(entries), confidence, parser, dictionaries)


def summary(connection: duckdb.DuckDBPyConnection) -> tuple[list[tuple[str, str, int]], list[tuple[Any, ...]]]:
    """For the end of a run: events by language and root, and a dozen events (date, source, code, target, trigger, sentence, event_id) of as many families as there are."""
    families = connection.execute("SELECT language, root, events FROM family_counts ORDER BY language, root").fetchall()
    events = connection.execute(
        """SELECT event_date, source, code, target, trigger, sentence_text, event_id
           FROM (SELECT *, row_number() OVER (PARTITION BY root ORDER BY confidence DESC, event_id) AS place FROM events_with_text WHERE source IS NOT NULL AND target IS NOT NULL)
           ORDER BY place, root LIMIT 12"""
    ).fetchall()
    return families, events
