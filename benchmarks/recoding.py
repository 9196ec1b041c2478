"""Sentences coded again a second and core, reading and writing included; against the plain way: an article at a time, rows one by one.

    python -m benchmarks.recoding [--sentences N]

The sentences are our own annotated news (tests/coders/news_*.jsonl), parsed once and stored again and again under other ids.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import duckdb

from benchmarks.figures import ROOT, Figures, Row, parser
from coders.article import code_article
from dictionaries import load_dictionaries
from flows.pipeline import code_batch
from flows.recode import recode
from sources import Article
from warehouse import open_warehouse
from warehouse.archive import read_parsed
from warehouse.load import load_package
from warehouse.package import CodedRecord, pack
from warehouse.snapshot import publish

_PLAIN = 60  # articles that the plain way codes; it is too slow for all


def main() -> None:
    """Print a table and write benchmarks/recoding.json."""
    given = parser(__doc__)
    given.add_argument("--sentences", type=int, default=20_000)
    wanted = given.parse_args().sentences
    figures, dictionaries = Figures("recoding"), load_dictionaries()
    with tempfile.TemporaryDirectory(prefix="marsad-recoding-") as scratch:
        db = Path(scratch) / "marsad.duckdb"
        records = _records()
        size = sum(len(record.sentences) for record in records)
        with open_warehouse(db) as connection:
            for copy in range(max(1, wanted // size)):
                again = [replace(r, article=replace(r.article, article_id=f"{r.article.article_id}-{copy}", text=f"{r.article.text} {copy}")) for r in records]
                load_package(connection, pack(again, [], dictionaries.hash), dictionaries)
            publish(connection, db)
            (sentences,) = connection.execute("SELECT count(*) FROM sentences").fetchall()[0]
        started = time.process_time()
        with contextlib.redirect_stderr(io.StringIO()):
            recode(db, 1, True, None, None)
        rows: list[Row] = [{"run": "marsad recode", "sentences": sentences, "sentences_per_s": round(sentences / (time.process_time() - started))}, _plain(db)]
    figures.tell([{**row, "times": round(row["sentences_per_s"] / rows[-1]["sentences_per_s"], 2)} for row in rows])


def _records() -> list[CodedRecord]:
    articles: list[Article] = []
    for language in ("ar", "en"):
        lines = (ROOT / "tests" / "coders" / f"news_{language}.jsonl").read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines]
        articles += [Article(f"{language}-{at}", " ".join(texts[at : at + 8]), language, origin="news") for at in range(0, len(texts), 8)]
    return [record for record in code_batch(articles) if isinstance(record, CodedRecord)]


def _plain(db: Path) -> Row:
    dictionaries = load_dictionaries()
    started, sentences = time.process_time(), 0
    articles = [article for article, _ in zip(read_parsed(db, None), range(_PLAIN), strict=False)]
    with duckdb.connect(str(db)) as connection:
        for article in articles:
            name = article.article_id
            connection.execute("SELECT sentence, span_start, span_end, text, parse FROM sentences WHERE article_id = ? ORDER BY sentence", [name]).fetchall()
            parses = article.parses()
            sentences += len(parses)
            coded = code_article(name, article.language, parses, dictionaries, article.parser_version, article.published, article.dateline)
            connection.execute("DELETE FROM mentions WHERE article_id = ?", [name])
            for event in coded.events:
                connection.execute(
                    "INSERT INTO mentions (mention_id, event_id, article_id, sentence, date_precision, code, trigger, trigger_start, trigger_end, stack, entries, confidence, parser_version, dictionaries) VALUES (?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        event.event_id,
                        name,
                        event.sentence,
                        event.date_precision,
                        event.code,
                        event.trigger,
                        event.trigger_start,
                        event.trigger_end,
                        event.evidence.stack,
                        list(event.evidence.entries),
                        event.evidence.confidence,
                        article.parser_version,
                        dictionaries.hash,
                    ],
                )
    return {"run": "an article at a time, rows one by one", "sentences": sentences, "sentences_per_s": round(sentences / (time.process_time() - started))}


if __name__ == "__main__":
    main()
