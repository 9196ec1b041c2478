"""Stored parses for coding again, and the codings of earlier dictionaries."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from parsers.sentence import Sentence
from warehouse.connect import connect

_ROWS = 2000  # sentences fetched at once


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article as the warehouse keeps it: what coding it again needs. `sentences`: number, start, end, text, parse as sentences.parse."""

    article_id: str
    language: str
    published: datetime.date | None
    dateline: str
    parser_version: str
    sentences: tuple[tuple[int, int, int, str, str], ...]

    def parses(self) -> tuple[Sentence, ...]:
        """The sentences with their tokens."""
        return tuple(Sentence.from_json(*row) for row in self.sentences)


def outdated(path: Path, dictionaries: str | None) -> tuple[int, int]:
    """Articles and sentences that other dictionaries coded, or all where `dictionaries` is None."""
    with connect(path) as connection:
        (counts,) = connection.execute("SELECT count(DISTINCT article_id), count(*) FROM sentences JOIN articles USING (article_id) WHERE dictionaries IS DISTINCT FROM $1", [dictionaries]).fetchall()
    return counts


def read_parsed(path: Path, dictionaries: str | None) -> Iterator[Parsed]:
    """Those articles from the published copy, in the order of their ids; never all in memory."""
    with connect(path) as connection:
        cursor = connection.execute(
            """SELECT a.article_id, a.language, a.published, a.dateline, a.parser_version, s.sentence, s.span_start, s.span_end, s.text, s.parse
               FROM articles a JOIN sentences s USING (article_id) WHERE a.dictionaries IS DISTINCT FROM $1 ORDER BY a.article_id, s.sentence""",
            [dictionaries],
        )
        head: tuple[str, str, datetime.date | None, str, str] | None = None
        sentences: list[tuple[int, int, int, str, str]] = []
        while rows := cursor.fetchmany(_ROWS):
            for row in rows:
                if head is not None and row[0] != head[0]:
                    yield Parsed(*head, tuple(sentences))
                    sentences = []
                head = row[:5]
                sentences.append(row[5:])
        if head is not None:
            yield Parsed(*head, tuple(sentences))


def codings(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int, int]]:
    """The dictionaries whose codings are kept, with the number of articles and mentions of each, the present ones first."""
    return connection.execute(
        """SELECT dictionaries, count(*), (SELECT count(*) FROM mentions m WHERE m.dictionaries = a.dictionaries) FROM articles a GROUP BY dictionaries
           UNION ALL SELECT dictionaries, count(*), (SELECT count(*) FROM past_mentions m WHERE m.dictionaries = p.dictionaries) FROM past_codings p GROUP BY dictionaries"""
    ).fetchall()


def prune(connection: duckdb.DuckDBPyConnection) -> int:
    """Delete the codings of earlier dictionaries and the texts of these; gives the number of mentions that went."""
    cursor = connection.cursor()
    cursor.execute("BEGIN")
    (gone,) = cursor.execute("SELECT count(*) FROM past_mentions").fetchall()[0]
    cursor.execute("DELETE FROM past_mentions")
    cursor.execute("DELETE FROM past_codings")
    cursor.execute("DELETE FROM dictionary_files WHERE dictionaries NOT IN (SELECT dictionaries FROM articles)")
    cursor.execute("DELETE FROM dictionary_texts WHERE text_hash NOT IN (SELECT text_hash FROM dictionary_files)")
    cursor.execute("COMMIT")
    cursor.close()
    return int(gone)
