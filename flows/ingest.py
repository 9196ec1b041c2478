"""The ingest flow: read, parse, code, load; a task a batch, one writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from dictionaries import load_dictionaries
from flows.pipeline import batches, code_batch
from flows.version import VERSION
from sources import Article, Rejected, read_sources
from warehouse.connect import open_warehouse
from warehouse.load import RunCounts, load_batch, record_run
from warehouse.package import CodedRecord

Progress = Callable[[RunCounts], None]


def _transient(task: Any, run: Any, state: Any) -> bool:
    """Only a warehouse that is held for a moment is worth another try; the same input fails the same way."""
    try:
        state.result()
    except duckdb.IOException:
        return True
    except BaseException:
        return False
    return False


@task(name="code-batch", cache_policy=NO_CACHE, persist_result=False)
def code_task(batch: list[Article | Rejected], models: Path | None) -> list[CodedRecord | Rejected]:
    """Parse and code one batch."""
    return code_batch(batch, models)


@task(name="load-batch", cache_policy=NO_CACHE, persist_result=False, retries=3, retry_delay_seconds=[1.0, 3.0, 9.0], retry_jitter_factor=0.5, retry_condition_fn=_transient)
def load_task(connection: duckdb.DuckDBPyConnection, results: list[CodedRecord | Rejected]) -> tuple[RunCounts, list[Rejected]]:
    """Load one coded batch in one transaction."""
    records = [result for result in results if isinstance(result, CodedRecord)]
    rejected = [result for result in results if isinstance(result, Rejected)]
    return load_batch(connection, records, rejected, load_dictionaries())


@flow(name="ingest", validate_parameters=False)
def ingest(sources: list[str], db: Path, models: Path | None = None, progress: Progress | None = None) -> tuple[RunCounts, list[Rejected]]:
    """Read the sources, code them and load the events into the warehouse at `db`; gives the counts and all that was rejected."""
    return ingest_articles(read_sources(sources), db, models, progress)


def ingest_articles(articles: Iterable[Article | Rejected], db: Path, models: Path | None, progress: Progress | None) -> tuple[RunCounts, list[Rejected]]:
    """The body of the flow, inside its run: each batch is coded and loaded before the next is read."""
    counts = RunCounts()
    rejected: list[Rejected] = []
    ids: list[str] = []
    parsers: set[str] = set()
    with open_warehouse(db) as connection:
        for batch in batches(articles):
            # quote: Prefect need not look for futures inside.
            given: Any = quote(batch)
            results = code_task(given, models)
            coded: Any = quote(results)
            warehouse: Any = quote(connection)
            loaded, refused = load_task(warehouse, coded)
            counts, rejected = counts + loaded, rejected + refused
            ids += [f"{r.article.article_id}:{r.article.text_hash}" if isinstance(r, CodedRecord) else f"{r.origin}:{r.line}:{r.reason}" for r in results]
            parsers |= {r.parser_version for r in results if isinstance(r, CodedRecord)}
            if progress is not None:
                progress(counts)
        record_run(connection, ids, counts, VERSION, load_dictionaries(), sorted(parsers))
    return counts, rejected
