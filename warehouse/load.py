"""Load packages: each in one transaction with its row in the ledger, the same package twice the same rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dictionaries import Dictionaries
from sources import Rejected
from warehouse import versions
from warehouse.errors import WarehouseError, first_line, is_full
from warehouse.grouping import EVENT_ID, regroup
from warehouse.package import CodedRecord, Package, pack
from warehouse.stories import SKETCH, assign, left_behind

# The given articles whose text stands here under the same id, and of these the ones that are here as they are given.
_KNOWN = "SELECT g.article_id, g.text_hash = a.text_hash, g.digest = a.digest, c.coding = a.coding AND c.dictionaries = a.dictionaries, CASE WHEN g.origin <> a.origin THEN least(g.origin, a.origin) END FROM given_articles g JOIN articles a USING (article_id) JOIN given_codings c USING (article_id)"
_OLD_EVENTS = "INSERT INTO touched SELECT event_id FROM mentions WHERE article_id IN (SELECT article_id FROM recoded)"
# What earlier dictionaries made of the same parse is kept; coming back to dictionaries that coded before takes their old coding's place.
_CHANGED = "articles a JOIN recoded r USING (article_id) JOIN given_codings c USING (article_id) WHERE r.same_parse AND a.dictionaries <> c.dictionaries"
_ARCHIVE = (
    f"CREATE OR REPLACE TEMP TABLE outdated AS SELECT a.article_id, a.dictionaries, c.dictionaries AS replaced_by FROM {_CHANGED}",
    "DELETE FROM past_mentions WHERE (article_id, dictionaries) IN (SELECT (article_id, dictionaries) FROM outdated UNION ALL SELECT (article_id, replaced_by) FROM outdated)",
    "DELETE FROM past_codings WHERE (article_id, dictionaries) IN (SELECT (article_id, dictionaries) FROM outdated UNION ALL SELECT (article_id, replaced_by) FROM outdated)",
    "INSERT INTO past_mentions BY NAME SELECT m.*, o.replaced_by FROM mentions m JOIN outdated o USING (article_id)",
    "INSERT INTO past_codings SELECT * FROM outdated",
    "DROP TABLE outdated",
)
_REMOVE = (
    "DELETE FROM mentions WHERE article_id IN (SELECT article_id FROM recoded)",
    *(f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM recoded WHERE NOT same_parse)" for table in ("sentences", "unparsed", "bands", "articles")),
    *(f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM recoded WHERE NOT same_parse)" for table in ("past_mentions", "past_codings")),
    "DELETE FROM rejected WHERE article_id IN (SELECT article_id FROM recoded) AND reason NOT IN ('duplicate', 'id-taken')",
)
_INSERT = (
    """INSERT INTO articles BY NAME SELECT g.* EXCLUDE (bands), c.outcome, c.dictionaries, c.coding, s.story, s.story_day, $package AS package
       FROM given_articles g JOIN fresh USING (article_id) JOIN given_codings c USING (article_id) JOIN stories s USING (article_id)""",
    "INSERT INTO bands SELECT unnest(bands), published, article_id FROM given_articles SEMI JOIN fresh USING (article_id)",
    "INSERT INTO sentences BY NAME SELECT g.*, d.discarded FROM given_sentences g SEMI JOIN fresh USING (article_id) LEFT JOIN given_discards d USING (article_id, sentence)",
    "INSERT INTO unparsed BY NAME SELECT * FROM given_unparsed SEMI JOIN fresh USING (article_id)",
)
_RECODE = (
    "UPDATE articles SET outcome = c.outcome, dictionaries = c.dictionaries, coding = c.coding, package = $package FROM given_codings c JOIN recoded r USING (article_id) WHERE articles.article_id = c.article_id AND r.same_parse",
    """UPDATE sentences SET discarded = n.discarded FROM
       (SELECT p.article_id, p.sentence, d.discarded FROM sentences p JOIN recoded r USING (article_id) LEFT JOIN given_discards d USING (article_id, sentence) WHERE r.same_parse AND p.discarded IS DISTINCT FROM d.discarded) n
       WHERE sentences.article_id = n.article_id AND sentences.sentence = n.sentence""",
)
_IDS = f"""SELECT m.place_in_package, {EVENT_ID} AS event_id FROM numbered m JOIN articles a USING (article_id)
    WHERE article_id IN (SELECT article_id FROM fresh UNION ALL SELECT article_id FROM recoded)"""
_TOLD = ["article_id", "source", "source_text", "target", "target_text", "code", "date_precision", "event_date", "place_country", "place"]  # what EVENT_ID reads
_TAKEN = "another text has this id already"
_REJECTED = "INSERT INTO rejected BY NAME SELECT DISTINCT ON (origin, line, reason) * FROM refused ANTI JOIN rejected USING (origin, line, reason) ORDER BY origin, line, reason, detail"


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What a run read: articles = coded + empty + rejected."""

    articles: int = 0
    coded: int = 0
    empty: int = 0
    rejected: int = 0
    sentences: int = 0
    events: int = 0

    def __add__(self, other: RunCounts) -> RunCounts:
        return RunCounts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def load_batch(connection: duckdb.DuckDBPyConnection, records: Sequence[CodedRecord], rejected: Iterable[Rejected], dictionaries: Dictionaries) -> tuple[RunCounts, list[Rejected]]:
    """Pack a coded batch with what was rejected, and load it. Of records with the same id the first is loaded, the others are rejected."""
    kept: dict[str, CodedRecord] = {}
    refused = list(rejected)
    for record in records:
        article = record.article
        first = kept.setdefault(article.article_id, record).article
        if first is not article:
            same = first.text_hash == article.text_hash
            refused.append(_rejected(article.origin, article.article_id, "duplicate" if same else "id-taken", "the article stands twice in what was read" if same else _TAKEN))
    return load_package(connection, pack(list(kept.values()), refused, dictionaries.hash), dictionaries)


def load_package(connection: duckdb.DuckDBPyConnection, package: Package, dictionaries: Dictionaries) -> tuple[RunCounts, list[Rejected]]:
    """Load a package in one transaction; gives what it held, and all that was rejected: what came so, and each id that another text has.

    An article that is here in the same state is left, one in another state is replaced, so that the warehouse has one coding of each;
    mentions coded by other dictionaries from the same parse move to past_mentions. Raises WarehouseError when the disk is full.
    """
    cursor = connection.cursor()
    try:
        cursor.execute("BEGIN")
        for name, table in package.tables.items():
            cursor.register(f"given_{name}", table)
        counts, refused = _load(cursor, package, dictionaries)
        cursor.execute("COMMIT")
    except BaseException as error:
        with suppress(duckdb.Error):  # a COMMIT that failed has ended the transaction
            cursor.execute("ROLLBACK")
        if isinstance(error, duckdb.Error) and is_full(error):
            raise WarehouseError(f"no room on the disk ({first_line(error)}); what was loaded before is kept, make room and run the same command again") from None
        raise
    finally:
        cursor.close()
    return counts, refused


def _load(cursor: duckdb.DuckDBPyConnection, package: Package, dictionaries: Dictionaries) -> tuple[RunCounts, list[Rejected]]:
    articles, codings = package.tables["articles"], package.tables["codings"]
    names = articles["article_id"].to_pylist()
    outcomes = dict(zip(codings["article_id"].to_pylist(), codings["outcome"].to_pylist(), strict=True))
    refused = [Rejected(*row.values()) for row in package.tables["rejected"].to_pylist()]
    if names:
        if len(set(names)) < len(names):
            raise ValueError("an article stands twice in a package")
        rows = cursor.execute(_KNOWN).fetchall()
        known = {name: (same_text, same_parse, same_coding) for name, same_text, same_parse, same_coding, _ in rows}
        origins = {name: origin for name, same_text, *_, origin in rows if same_text and origin is not None}
        taken = {name for name, (same_text, _, _) in known.items() if not same_text}
        refused += [_rejected(row["origin"], row["article_id"], "id-taken", _TAKEN) for row in articles.select(["article_id", "origin"]).to_pylist() if row["article_id"] in taken]
        recoded = [(name, same_parse) for name, (same_text, same_parse, same_coding) in known.items() if same_text and not (same_parse and same_coding)]
        fresh = [name for name in names if name not in known] + [name for name, same_parse in recoded if not same_parse]
    else:  # coded again
        known = {
            name: (True, True, same)
            for name, same in cursor.execute("SELECT article_id, c.coding = a.coding AND c.dictionaries = a.dictionaries FROM given_codings c JOIN articles a USING (article_id)").fetchall()
        }
        taken, fresh, origins = set(), [], {}
        recoded = [(name, True) for name, (_, _, same) in known.items() if not same]
    cursor.register(
        "refused",
        pa.Table.from_pylist([{"origin": r.origin, "line": r.line, "article_id": r.article_id, "reason": r.reason, "detail": r.detail} for r in refused], schema=package.tables["rejected"].schema),
    )
    if fresh or recoded:
        _replace(cursor, package, fresh, recoded, dictionaries)
    news = bool(origins) and _keep_first_origins(cursor, origins)
    news |= cursor.execute(_REJECTED).fetchall() != [(0,)]
    if fresh or recoded or news:
        chosen = {*fresh, *(name for name, _ in recoded)}
        others = outcomes.keys() - chosen
        sizes = [_count(package.tables[table], others) for table in ("sentences", "mentions")]
        cursor.execute("INSERT INTO packages SELECT coalesce(max(package), 0) + 1, ?, ?, ?, ?, ? FROM packages", [package.digest, len(chosen), *sizes, len(refused)])
    coded = sum(1 for name, outcome in outcomes.items() if outcome == "coded" and name not in taken)
    kept = len(outcomes) - len(taken)
    sentences, mentions = (_count(package.tables[table], taken) for table in ("sentences", "mentions"))
    return RunCounts(kept + len(refused), coded, kept - coded, len(refused), sentences, mentions), refused


def _replace(cursor: duckdb.DuckDBPyConnection, package: Package, fresh: list[str], recoded: list[tuple[str, bool]], dictionaries: Dictionaries) -> None:
    number = cursor.execute("SELECT coalesce(max(package), 0) + 1 FROM packages").fetchall()[0][0]
    cursor.register("fresh", pa.table({"article_id": pa.array(fresh, pa.string())}))
    cursor.register("recoded", pa.table({"article_id": pa.array([name for name, _ in recoded], pa.string()), "same_parse": pa.array([same for _, same in recoded], pa.bool_())}))
    cursor.execute("CREATE OR REPLACE TEMP TABLE touched (event_id VARCHAR)")
    replaced = [name for name, same_parse in recoded if not same_parse]
    again = left_behind(cursor, replaced)
    if recoded:
        for statement in (_OLD_EVENTS, *_ARCHIVE, *_REMOVE):
            cursor.execute(statement)
    if fresh:
        sketches = package.tables["articles"].select(SKETCH.names)
        if len(fresh) < sketches.num_rows:
            sketches = sketches.filter(pc.is_in(sketches["article_id"], pa.array(fresh, pa.string())))
        cursor.register("stories", assign(cursor, sketches, again))
        for statement in _INSERT:
            cursor.execute(statement, {"package": number} if "$package" in statement else None)
    if recoded:
        for statement in _RECODE:
            cursor.execute(statement, {"package": number} if "$package" in statement else None)
    versions.keep(cursor, dictionaries)
    cursor.register("coded", _identified(cursor, package.tables["mentions"]))
    cursor.execute("INSERT INTO mentions BY NAME SELECT * FROM coded")
    regroup(cursor)
    cursor.execute("DROP TABLE touched")


def _identified(cursor: duckdb.DuckDBPyConnection, mentions: pa.Table) -> pa.Table:
    """The mentions of the fresh and the recoded articles with the ids of their events."""
    cursor.register("numbered", mentions.select(_TOLD).append_column("place_in_package", pa.array(np.arange(mentions.num_rows))))
    ids = cursor.sql(_IDS).to_arrow_table()
    if not ids["place_in_package"].equals(pa.chunked_array([np.arange(mentions.num_rows)])):  # only some are loaded, or they come in another order
        ids = ids.sort_by("place_in_package")
        mentions = mentions.take(ids["place_in_package"])
    return mentions.append_column("event_id", ids["event_id"])


def _keep_first_origins(cursor: duckdb.DuckDBPyConnection, origins: dict[str, str]) -> bool:
    """An article that came from several places keeps the first of these in the order of the alphabet, whichever came first; gives whether that changed any."""
    cursor.register("origins", pa.table({"article_id": pa.array(origins, pa.string()), "origin": pa.array(origins.values(), pa.string())}))
    return cursor.execute("UPDATE articles SET origin = o.origin FROM origins o WHERE articles.article_id = o.article_id AND articles.origin <> o.origin").fetchall() != [(0,)]


def record_run(connection: duckdb.DuckDBPyConnection, article_ids: Iterable[str], counts: RunCounts, version: str, dictionaries: Dictionaries, parsers: Sequence[str]) -> str:
    """Enter a run that has ended. Its id is made from what it read and the versions, so the same run again changes nothing."""
    parsed_by = ",".join(sorted(parsers))
    digest = hashlib.sha256("\x1f".join([version, dictionaries.hash, parsed_by, str(counts), *sorted(article_ids)]).encode()).hexdigest()[:16]
    row = [digest, version, dictionaries.hash, parsed_by, *(getattr(counts, name) for name in counts.__slots__)]
    connection.execute("INSERT INTO runs SELECT $1, date_trunc('second', current_timestamp AT TIME ZONE 'UTC'), $2, $3, $4, $5, $6, $7, $8, $9, $10 ON CONFLICT DO NOTHING", row)
    return digest


def _rejected(origin: str, name: str, reason: str, what: str) -> Rejected:
    file, _, line = origin.rpartition(":")
    numbered = bool(file) and line.isdigit()
    return Rejected(file if numbered else origin, int(line) if numbered else 0, name, reason, f"{origin}: article {name}: {what}")


def _count(table: pa.Table, without: set[str]) -> int:
    return table.num_rows if not without else sum(1 for name in table["article_id"].to_pylist() if name not in without)
