"""What a warehouse shows to be missing from the dictionaries: actor phrases without a code, and sentences that told no event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.connect import connect
from warehouse.query import QueryError

_BATCH = 1000  # rows; an archive need not stand in memory


@dataclass(frozen=True, slots=True)
class ActorGap:
    """An actor phrase of events that no entry covers (code ---), or of which only the role is known (---MIL): how many events name it, and one sentence."""

    language: str
    text: str
    code: str
    events: int
    example: str


@dataclass(frozen=True, slots=True)
class SilentSentence:
    """A stored sentence without event, as the warehouse keeps it (`parse`: sentences.parse)."""

    language: str
    number: int
    start: int
    end: int
    text: str
    parse: str


def unknown_actors(path: Path, limit: int) -> list[ActorGap]:
    """The actor phrases without a code in the order of the events that name them, at most `limit` a language. Raises QueryError, WarehouseError."""
    with connect(path) as connection:
        try:
            rows = connection.execute(
                """WITH named AS (
                       SELECT article_id, sentence, event_id, unnest([source, target]) AS code, unnest([source_text, target_text]) AS text FROM mentions)
                   SELECT a.language, arg_max(t.text, length(t.text)), t.code, count(DISTINCT t.event_id) AS events, arg_min(p.text, length(p.text))
                   FROM named t JOIN articles a USING (article_id) JOIN sentences p USING (article_id, sentence)
                   WHERE starts_with(t.code, '---') AND trim(t.text) <> ''
                   GROUP BY a.language, t.code, lower(trim(t.text))
                   QUALIFY row_number() OVER (PARTITION BY a.language ORDER BY count(DISTINCT t.event_id) DESC, min(lower(trim(t.text)))) <= ?
                   ORDER BY a.language, events DESC, lower(arg_max(t.text, length(t.text)))""",
                [limit],
            ).fetchall()
        except duckdb.Error as error:
            raise QueryError(str(error).splitlines()[0]) from None
    return [ActorGap(*row) for row in rows]


def silent_sentences(path: Path) -> Iterator[SilentSentence]:
    """The parsed sentences that told no event and that no discard phrase put aside, article by article. Raises QueryError, WarehouseError."""
    with connect(path) as connection:
        try:
            cursor = connection.execute(
                """SELECT a.language, p.sentence, p.span_start, p.span_end, p.text, p.parse
                   FROM sentences p JOIN articles a USING (article_id) ANTI JOIN mentions m USING (article_id, sentence)
                   WHERE p.discarded IS NULL ORDER BY p.article_id, p.sentence"""
            )
            while rows := cursor.fetchmany(_BATCH):
                yield from (SilentSentence(*row) for row in rows)
        except duckdb.Error as error:
            raise QueryError(str(error).splitlines()[0]) from None
