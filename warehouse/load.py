"""Load coded articles: a batch in one transaction, the same batch twice the same rows."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from coders.event import Actor, Event
from dictionaries import Dictionaries
from parsers.sentence import Sentence, Skipped
from sources import Article, Rejected

_TEXTS = pa.list_(pa.string())
_ARTICLES = pa.schema([(n, pa.string()) for n in ("article_id", "language")] + [("published", pa.date32())] + [(n, pa.string()) for n in ("title", "url", "publisher", "origin", "text", "text_hash", "dateline", "outcome")])
_SENTENCES = pa.schema([("article_id", pa.string()), ("sentence", pa.int32()), ("span_start", pa.int32()), ("span_end", pa.int32()), ("text", pa.string()), ("parser_version", pa.string()), ("parse", pa.string()), ("discarded", pa.string())])  # fmt: skip
_UNPARSED = pa.schema([("article_id", pa.string()), ("span_start", pa.int32()), ("span_end", pa.int32()), ("reason", pa.string())])
_EVENTS = pa.schema(
    [("event_id", pa.string()), ("article_id", pa.string()), ("sentence", pa.int32()), ("event_date", pa.date32()), ("date_precision", pa.string()), ("code", pa.string()), ("root", pa.string()),
     ("quad_class", pa.int8()), ("goldstein", pa.float64()), ("source", pa.string()), ("target", pa.string()), ("trigger", pa.string()), ("trigger_start", pa.int32()),
     ("trigger_end", pa.int32()), ("stack", pa.string()), ("entries", _TEXTS), ("confidence", pa.float64()), ("parser_version", pa.string()), ("dictionaries", pa.string())]
)  # fmt: skip
_ACTORS = pa.schema([("event_id", pa.string()), ("side", pa.string()), ("code", pa.string()), ("country", pa.string()), ("text", pa.string()), ("span_start", pa.int32()), ("span_end", pa.int32()), ("entries", _TEXTS)])  # fmt: skip
_REJECTED = pa.schema([("origin", pa.string()), ("line", pa.int32()), ("article_id", pa.string()), ("reason", pa.string()), ("detail", pa.string())])

# What the articles of the batch had and have no longer goes; a key is never deleted and inserted in one transaction, which DuckDB refuses.
_STALE = (
    "DELETE FROM event_actors WHERE event_id IN (SELECT event_id FROM events WHERE article_id IN (SELECT article_id FROM batch_ids)) AND (event_id, side) NOT IN (SELECT (event_id, side) FROM new_event_actors)",
    "DELETE FROM events WHERE article_id IN (SELECT article_id FROM batch_ids) AND event_id NOT IN (SELECT event_id FROM new_events)",
    "DELETE FROM sentences WHERE article_id IN (SELECT article_id FROM batch_ids) AND (article_id, sentence) NOT IN (SELECT (article_id, sentence) FROM new_sentences)",
    "DELETE FROM rejected WHERE article_id IN (SELECT article_id FROM batch_ids) AND reason NOT IN ('duplicate', 'id-taken')",
    "DELETE FROM unparsed WHERE article_id IN (SELECT article_id FROM batch_ids) AND (article_id, span_start) NOT IN (SELECT (article_id, span_start) FROM new_unparsed)",
)
_INSERTS = (
    """INSERT INTO articles BY NAME SELECT * FROM new_articles ON CONFLICT DO UPDATE SET outcome = excluded.outcome, language = excluded.language,
       published = excluded.published, title = excluded.title, url = excluded.url, publisher = excluded.publisher, origin = excluded.origin, dateline = excluded.dateline""",
    """INSERT INTO sentences BY NAME SELECT * FROM new_sentences ON CONFLICT DO UPDATE SET span_start = excluded.span_start, span_end = excluded.span_end,
       text = excluded.text, parser_version = excluded.parser_version, parse = excluded.parse, discarded = excluded.discarded""",
    "INSERT INTO unparsed BY NAME SELECT * FROM new_unparsed ON CONFLICT DO UPDATE SET span_end = excluded.span_end, reason = excluded.reason",
    """INSERT INTO events BY NAME SELECT * FROM new_events ON CONFLICT DO UPDATE SET sentence = excluded.sentence, event_date = excluded.event_date, date_precision = excluded.date_precision, quad_class = excluded.quad_class,
       goldstein = excluded.goldstein, trigger = excluded.trigger, trigger_end = excluded.trigger_end, stack = excluded.stack, entries = excluded.entries, confidence = excluded.confidence""",
    """INSERT INTO event_actors BY NAME SELECT * FROM new_event_actors ON CONFLICT DO UPDATE SET code = excluded.code, country = excluded.country, text = excluded.text,
       span_start = excluded.span_start, span_end = excluded.span_end, entries = excluded.entries""",
    "INSERT INTO rejected BY NAME SELECT * FROM new_rejected ON CONFLICT DO NOTHING",
)


@dataclass(frozen=True, slots=True)
class CodedRecord:
    """An article with its sentences, its events and what was put aside, ready to load."""

    article: Article
    language: str
    dateline: str
    parser_version: str
    sentences: tuple[Sentence, ...]
    skipped: tuple[Skipped, ...]
    discarded: tuple[tuple[int, str], ...]
    events: tuple[Event, ...]


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
    """Load a batch and what was rejected with it, in one transaction.

    An article that is there already is replaced, sentences and events with it, so that the warehouse holds one coding of each.
    An id that another text already has is rejected. Gives the counts, and all that was rejected.
    """
    refused = list(rejected)
    taken = _taken(connection, records)
    fresh: dict[str, CodedRecord] = {}
    for record in records:
        article = record.article
        other = fresh[article.article_id].article.text_hash if article.article_id in fresh else taken.get(article.article_id)
        if article.article_id in fresh or (other is not None and other != article.text_hash):
            same = other == article.text_hash
            reason, what = ("duplicate", "the article stands twice in what was read") if same else ("id-taken", "another text has this id already")
            file, _, line = article.origin.rpartition(":")
            refused.append(Rejected(file or article.origin, int(line) if file and line.isdigit() else 0, article.article_id, reason, f"{article.origin}: article {article.article_id}: {what}"))
        else:
            fresh[article.article_id] = record
    kept = list(fresh.values())
    cursor = connection.cursor()
    cursor.execute("BEGIN")
    try:
        ids = pa.table({"article_id": pa.array([r.article.article_id for r in kept], pa.string())})
        cursor.register("batch_ids", ids)
        tables = _tables(kept, refused, dictionaries)
        for table, rows in tables.items():
            cursor.register(f"new_{table}", rows)
        for statement in (*_STALE, *_INSERTS):
            cursor.execute(statement)
        cursor.execute("COMMIT")
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    finally:
        cursor.close()
    coded = sum(1 for record in kept if record.events)
    counts = RunCounts(len(kept) + len(refused), coded, len(kept) - coded, len(refused), sum(len(r.sentences) for r in kept), sum(len(r.events) for r in kept))
    return counts, refused


def record_run(connection: duckdb.DuckDBPyConnection, article_ids: Iterable[str], counts: RunCounts, version: str, dictionaries: Dictionaries, parsers: Sequence[str]) -> str:
    """Enter a run that has ended. Its id is made from what it read and the versions, so the same run again changes nothing."""
    versions = ",".join(sorted(parsers))
    digest = hashlib.sha256("\x1f".join([version, dictionaries.hash, versions, str(counts), *sorted(article_ids)]).encode()).hexdigest()[:16]
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    row = [digest, now, version, dictionaries.hash, versions, *(getattr(counts, name) for name in counts.__slots__)]
    connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row)
    return digest


def _taken(connection: duckdb.DuckDBPyConnection, records: Sequence[CodedRecord]) -> dict[str, str]:
    cursor = connection.cursor()
    cursor.register("asked", pa.table({"article_id": pa.array([r.article.article_id for r in records], pa.string())}))
    rows = cursor.execute("SELECT article_id, text_hash FROM articles WHERE article_id IN (SELECT article_id FROM asked)").fetchall()
    cursor.close()
    return dict(rows)


def _tables(records: Sequence[CodedRecord], rejected: Sequence[Rejected], dictionaries: Dictionaries) -> dict[str, pa.Table]:
    articles: list[list[object]] = []
    sentences: list[list[object]] = []
    unparsed: list[list[object]] = []
    events: list[list[object]] = []
    actors: list[list[object]] = []
    for record in records:
        article = record.article
        articles.append([article.article_id, record.language, article.date, article.title, article.url, article.publisher, article.origin, article.text, article.text_hash, record.dateline, "coded" if record.events else "empty"])
        discarded = dict(record.discarded)
        sentences += [[article.article_id, s.number, s.start, s.end, s.text, record.parser_version, s.to_json(), discarded.get(s.number)] for s in record.sentences]
        unparsed += [[article.article_id, s.start, s.end, s.reason] for s in record.skipped]
        for event in record.events:
            events.append(_event_row(event, article, record.parser_version, dictionaries))
            actors += [_actor_row(event.event_id, side, actor) for side, actor in (("source", event.source), ("target", event.target)) if actor is not None]
    refused: list[list[object]] = [[r.origin, r.line, r.article_id, r.reason, r.detail] for r in rejected]
    rows: dict[str, tuple[list[list[object]], pa.Schema]] = {"articles": (articles, _ARTICLES), "sentences": (sentences, _SENTENCES), "unparsed": (unparsed, _UNPARSED), "events": (events, _EVENTS), "event_actors": (actors, _ACTORS), "rejected": (refused, _REJECTED)}
    return {table: pa.Table.from_arrays([pa.array([row[i] for row in given], type=field.type) for i, field in enumerate(schema)], schema=schema) for table, (given, schema) in rows.items()}


def _event_row(event: Event, article: Article, parser_version: str, dictionaries: Dictionaries) -> list[object]:
    code = dictionaries.ontology[event.code]
    evidence = event.evidence
    return [event.event_id, article.article_id, event.sentence, event.date, event.date_precision, event.code, event.code[:2], code.quad, code.goldstein, event.source.code if event.source else None,
            event.target.code if event.target else None, event.trigger, event.trigger_start, event.trigger_end, evidence.stack, list(evidence.entries), evidence.confidence, parser_version, dictionaries.hash]  # fmt: skip


def _actor_row(event_id: str, side: str, actor: Actor) -> list[object]:
    return [event_id, side, actor.code, actor.country, actor.text, actor.start, actor.end, list(actor.places)]
