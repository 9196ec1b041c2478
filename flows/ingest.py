"""The ingest flow: read, parse, code, load; a task a batch, one writer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from dictionaries import load_dictionaries
from flows.asking import Asking
from flows.pipeline import batches, first_of_each
from flows.version import VERSION
from flows.workers import coded_batches
from sources import Rejected
from warehouse.connect import open_warehouse
from warehouse.load import RunCounts, load_package, record_run
from warehouse.package import Package
from warehouse.snapshot import publish

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
def code_task(coded: Callable[[], Package]) -> Package:
    """Parse and code one batch, or wait for the worker that does."""
    return coded()


@task(name="load-batch", cache_policy=NO_CACHE, persist_result=False, retries=3, retry_delay_seconds=[1.0, 3.0, 9.0], retry_jitter_factor=0.5, retry_condition_fn=_transient)
def load_task(connection: duckdb.DuckDBPyConnection, package: Package) -> tuple[RunCounts, list[Rejected]]:
    """Load one coded batch in one transaction."""
    return load_package(connection, package, load_dictionaries())


@flow(name="ingest", validate_parameters=False)
def ingest(
    sources: list[str], db: Path, models: Path | None = None, progress: Progress | None = None, workers: int = 1, feeds: Path | None = None, allow_loopback: bool = False
) -> tuple[RunCounts, list[Rejected]]:
    """Read the sources and feeds, code them and load the events into the warehouse at `db`; gives the counts and all that was rejected."""
    return ingest_articles(lambda connection: Asking(sources, feeds, connection, allow_loopback=allow_loopback), db, models, progress, workers)


def ingest_articles(ask: Callable[[duckdb.DuckDBPyConnection], Asking], db: Path, models: Path | None, progress: Progress | None, workers: int = 1) -> tuple[RunCounts, list[Rejected]]:
    """The body of the flow, inside its run: each batch is loaded when it is coded, by the one writer; at the end the ledger of the web is entered, and readers get the new copy."""
    counts = RunCounts()
    rejected: list[Rejected] = []
    ids: list[str] = []
    parsers: set[str] = set()
    with open_warehouse(db) as connection:
        articles = ask(connection)
        for coded in coded_batches(batches(first_of_each(articles)), models, workers, db.with_name(f"{db.name}.parts")):
            # quote: Prefect need not look for futures inside.
            given: Any = quote(coded)
            package = code_task(given)
            warehouse: Any = quote(connection)
            packed: Any = quote(package)
            loaded, refused = load_task(warehouse, packed)
            counts, rejected = counts + loaded, rejected + refused
            read = package.tables["articles"].select(["article_id", "text_hash", "parser_version"]).to_pylist()
            ids += [f"{row['article_id']}:{row['text_hash']}" for row in read]
            ids += [f"{row['origin']}:{row['line']}:{row['reason']}" for row in package.tables["rejected"].select(["origin", "line", "reason"]).to_pylist()]
            parsers |= {row["parser_version"] for row in read}
            if progress is not None:
                progress(counts)
        articles.enter(connection)
        record_run(connection, ids, counts, VERSION, load_dictionaries(), sorted(parsers))
        publish(connection, db)
    return counts, rejected
