"""A load package: coded articles as Arrow tables, made by whoever coded them and committed by the one loader."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from coders.event import Actor, Event
from parsers.sentence import Sentence, Skipped
from sources import Article, Rejected
from sources.address import canonical
from warehouse.signature import band_keys, signature

# Rows that DuckDB takes at once; each of its threads takes such a part.
_TOGETHER = 30_720
_TEXTS = pa.list_(pa.string())
_ACTOR = [("", pa.string()), ("_country", pa.string()), ("_text", pa.string()), ("_start", pa.int32()), ("_end", pa.int32()), ("_entries", _TEXTS)]
SCHEMAS = {
    "articles": pa.schema([(n, pa.string()) for n in ("article_id", "language")] + [("published", pa.date32())] + [(n, pa.string()) for n in ("title", "url", "canonical_url", "publisher", "origin", "text", "text_hash", "dateline", "parser_version", "digest")] + [("signature", pa.binary()), ("bands", pa.list_(pa.uint64()))]
                          + [(n, pa.string()) for n in ("country", "byline", "published_at", "published_from", "licence")] + [("language_confidence", pa.float64())]),
    "codings": pa.schema([(n, pa.string()) for n in ("article_id", "outcome", "dictionaries", "coding")]),
    "discards": pa.schema([("article_id", pa.string()), ("sentence", pa.int32()), ("discarded", pa.string())]),
    "sentences": pa.schema([("article_id", pa.string()), ("sentence", pa.int32()), ("span_start", pa.int32()), ("span_end", pa.int32()), ("text", pa.string()), ("parser_version", pa.string()), ("parse", pa.json_())]),  # as JSON it is not read again to see whether it is
    "unparsed": pa.schema([("article_id", pa.string()), ("span_start", pa.int32()), ("span_end", pa.int32()), ("reason", pa.string())]),
    "mentions": pa.schema(
        [("mention_id", pa.string()), ("article_id", pa.string()), ("sentence", pa.int32()), ("event_date", pa.date32()), ("date_precision", pa.string()), ("code", pa.string()),
         *((side + name, kind) for side in ("source", "target") for name, kind in _ACTOR), ("trigger", pa.string()), ("trigger_start", pa.int32()), ("trigger_end", pa.int32()),
         ("place", pa.string()), ("place_country", pa.string()), ("latitude", pa.float64()), ("longitude", pa.float64()),
         ("stack", pa.string()), ("entries", _TEXTS), ("confidence", pa.float64()), ("parser_version", pa.string()), ("dictionaries", pa.string())]
    ),
    "rejected": pa.schema([("origin", pa.string()), ("line", pa.int32()), ("article_id", pa.string()), ("reason", pa.string()), ("detail", pa.string())]),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodedRecord:
    """An article with its sentences, its events and what was put aside, ready to load. `language_confidence`, 0 to 1, where the source did not say which language it is in."""

    article: Article
    language: str
    dateline: str
    parser_version: str
    sentences: tuple[Sentence, ...]
    skipped: tuple[Skipped, ...]
    discarded: tuple[tuple[int, str], ...]
    events: tuple[Event, ...]
    language_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """What the dictionaries make of an article that the warehouse has with its parse: for coding again."""

    article_id: str
    parser_version: str
    discarded: tuple[tuple[int, str], ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """Arrow tables by name (SCHEMAS). One that codes again has codings, discards and mentions only."""

    tables: dict[str, pa.Table]

    @property
    def digest(self) -> str:
        """The same articles, parses, codings and rejects give the same: 16 hex digits."""
        parts = [*self.tables["articles"]["digest"].to_pylist(), *self.tables["codings"]["coding"].to_pylist(), *map(str, self.tables["rejected"].to_pylist())]
        return _hash(sorted(parts))[:16]


def pack(records: Sequence[CodedRecord], rejected: Iterable[Rejected], dictionaries: str) -> Package:
    """The package of coded records and of what was rejected with them; `dictionaries` is the hash of those that coded."""
    rows: dict[str, list[list[object]]] = {name: [] for name in SCHEMAS}
    for record in records:
        article, name = record.article, record.article.article_id
        sentences: list[list[object]] = [[name, s.number, s.start, s.end, s.text, record.parser_version, s.to_json()] for s in record.sentences]
        unparsed: list[list[object]] = [[name, s.start, s.end, s.reason] for s in record.skipped]
        described = [name, record.language, article.date, article.title, article.url, canonical(article.url), article.publisher]
        read = [article.text, article.text_hash, record.dateline, record.parser_version]
        sketch = signature(article.text, record.language)
        at = article.published_at.isoformat() if article.published_at else None
        told: list[object] = [article.country, article.byline, at, article.published_from, article.licence, record.language_confidence]
        rows["articles"].append([*described, article.origin, *read, _hash([described, read, sentences, unparsed, told]), sketch, band_keys(sketch), *told])
        rows["sentences"] += sentences
        rows["unparsed"] += unparsed
        _add_coding(rows, Coding(name, record.parser_version, record.discarded, record.events), dictionaries)
    rows["rejected"] = [[r.origin, r.line, r.article_id, r.reason, r.detail] for r in rejected]
    return _package(rows)


def pack_codings(codings: Iterable[Coding], dictionaries: str) -> Package:
    """The package of articles that were coded again."""
    rows: dict[str, list[list[object]]] = {name: [] for name in SCHEMAS}
    for coding in codings:
        _add_coding(rows, coding, dictionaries)
    return _package(rows)


def write_package(package: Package, folder: Path) -> None:
    """Write a package as Arrow files in a folder of its own, which appears when all is written."""
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name, table in package.tables.items():
        with pa.OSFile(str(part / f"{name}.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table, _TOGETHER)
    part.rename(folder)


def read_package(folder: Path) -> Package:
    """The package that write_package wrote. It is mapped, not read: what is not looked at costs nothing; the files may be deleted."""
    return Package({name: pa.ipc.open_file(pa.memory_map(str(folder / f"{name}.arrow"))).read_all() for name in SCHEMAS})


def _add_coding(rows: dict[str, list[list[object]]], coding: Coding, dictionaries: str) -> None:
    mentions = [_mention(event, coding, dictionaries) for event in coding.events]
    discards: list[list[object]] = [[coding.article_id, *discard] for discard in coding.discarded]
    rows["codings"].append([coding.article_id, "coded" if mentions else "empty", dictionaries, _hash([dictionaries, mentions, discards])])
    rows["mentions"] += mentions
    rows["discards"] += discards


def _mention(event: Event, coding: Coding, dictionaries: str) -> list[object]:
    evidence = event.evidence
    return [event.event_id, coding.article_id, event.sentence, event.date, event.date_precision, event.code, *_side(event.source), *_side(event.target), event.trigger, event.trigger_start, event.trigger_end,
            None, None, None, None, evidence.stack, list(evidence.entries), evidence.confidence, coding.parser_version, dictionaries]  # fmt: skip


def _side(actor: Actor | None) -> list[object]:
    return [None] * len(_ACTOR) if actor is None else [actor.code, actor.country, actor.text, actor.start, actor.end, list(actor.places)]


def _package(rows: dict[str, list[list[object]]]) -> Package:
    return Package({name: pa.Table.from_arrays([pa.array([row[i] for row in rows[name]], type=field.type) for i, field in enumerate(schema)], schema=schema) for name, schema in SCHEMAS.items()})


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:32]
