"""`marsad recode`: stored parses coded again with today's dictionaries. No parser, no torch."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

from coders.article import code_article
from dictionaries import load_dictionaries
from flows.differing import show_differences
from flows.stopping import begin_worker
from warehouse.archive import Parsed, codings, outdated, prune, read_parsed
from warehouse.connect import connect, open_warehouse
from warehouse.differences import compare, replaced
from warehouse.load import load_package
from warehouse.package import Coding, Package, pack_codings
from warehouse.snapshot import publish

# So many sentences are coded and committed together.
_BATCH = 4000


def recode(db: Path, workers: int, everything: bool, diff: str | None, out: Path | None) -> int:
    """Code again what other dictionaries coded (or all); gives the number of articles. With `diff` (table or html) the differences are shown, or written to `out`."""
    connect(db).close()  # a missing warehouse is an error, not an empty one
    dictionaries = load_dictionaries()
    started = time.monotonic()
    with open_warehouse(db) as connection:
        publish(connection, db)  # what is read is the copy, while this one is written
        version = None if everything else dictionaries.hash
        articles, sentences = outdated(db, version)
        _say(f"{articles} articles with {sentences} sentences to code with dictionaries {dictionaries.hash}")
        done = 0
        for package in _coded(_batches(read_parsed(db, version)), workers):
            load_package(connection, package, dictionaries)
            done += package.tables["codings"].num_rows
            _say(f"{time.monotonic() - started:6.0f} s  {done} of {articles} articles")
        if done < articles:
            _say(
                f"{articles - done} articles stay as they were coded before: sentences that told nothing by earlier dictionaries, and so were not parsed, may tell something now; `marsad run` on their sources parses them"
            )
        if articles:
            publish(connection, db)
        if diff is not None:
            earlier = replaced(connection, dictionaries.hash)
            show_differences([(old, compare(connection, old, dictionaries.hash)) for old in earlier], dictionaries.hash, diff, out)
        for version, coded, mentions in codings(connection):
            _say(f"{'in use' if version == dictionaries.hash else 'kept  '}  {version}  {coded} articles, {mentions} mentions")
    return articles


def prune_codings(db: Path) -> int:
    """Delete the codings of earlier dictionaries; gives the number of mentions that went."""
    connect(db).close()
    with open_warehouse(db) as connection:
        gone = prune(connection)
        publish(connection, db)
    return gone


def code_again(articles: Iterable[Parsed]) -> Package:
    """The package of articles coded with the dictionaries of this process, without those of which sentences are wanted that were not parsed."""
    dictionaries = load_dictionaries()
    codings = []
    for article in articles:
        coded = code_article(article.article_id, article.language, article.parses(), dictionaries, article.parser_version, article.published, article.dateline)
        if not coded.wanted:
            codings.append(Coding(article.article_id, article.parser_version, coded.discarded, coded.events))
    return pack_codings(codings, dictionaries.hash)


def _batches(articles: Iterable[Parsed]) -> Iterator[list[Parsed]]:
    batch: list[Parsed] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.sentences)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _coded(batches: Iterator[list[Parsed]], workers: int) -> Iterator[Package]:
    """Packages in the order of the batches, whoever coded them; at most two batches a worker are under way."""
    if workers <= 1:
        yield from map(code_again, batches)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=begin_worker, initargs=(os.getpid(),)) as pool:
        waiting: list[Future[Package]] = []
        for batch in batches:
            waiting.append(pool.submit(code_again, batch))
            if len(waiting) >= 2 * workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
