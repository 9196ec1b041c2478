"""Which of the articles that are read the warehouse has already, so that they are not parsed and coded again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from sources import Article
from warehouse.load import RunCounts

_GIVEN = pa.schema([("article_id", pa.string()), ("language", pa.string()), ("published", pa.date32()), *((name, pa.string()) for name in ("title", "url", "publisher", "origin", "text_hash"))])
_LOOKUP = """
WITH found AS (SELECT a.*, g.text_hash = a.text_hash AS same_text,
    (g.language IS NULL OR g.language = a.language) AND (g.published, g.title, g.url, g.publisher, g.origin) IS NOT DISTINCT FROM (a.published, a.title, a.url, a.publisher, a.origin) AS same_given
    FROM articles a JOIN given g USING (article_id))
SELECT article_id, same_text, same_text AND same_given, language, parser_version, dictionaries, outcome = 'coded',
    (SELECT count(*) FROM sentences s WHERE s.article_id = found.article_id), (SELECT count(*) FROM mentions m WHERE m.article_id = found.article_id) FROM found"""


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the warehouse under an id that was given: whether its text is the same, and all else that a source gives; what coded it; what came of it."""

    article_id: str
    same_text: bool
    same: bool
    language: str
    parser_version: str
    dictionaries: str
    coded: bool
    sentences: int
    mentions: int

    @property
    def counts(self) -> RunCounts:
        """What it adds to a run that reads it."""
        return RunCounts(1, int(self.coded), int(not self.coded), 0, self.sentences, self.mentions)


def find_known(connection: duckdb.DuckDBPyConnection, articles: Sequence[Article]) -> dict[str, Known]:
    """What the warehouse has under the ids of these articles."""
    rows = [(a.article_id, a.language, a.date, a.title, a.url, a.publisher, a.origin, a.text_hash) for a in articles]
    cursor = connection.cursor()
    try:
        cursor.register("given", pa.Table.from_pylist([dict(zip(_GIVEN.names, row, strict=True)) for row in rows], schema=_GIVEN))
        return {row[0]: Known(*row) for row in cursor.execute(_LOOKUP).fetchall()}
    finally:
        cursor.close()
