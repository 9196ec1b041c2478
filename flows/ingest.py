"""The ingest as a Prefect flow: a task a batch, one writer, a report at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed
from prefect.utilities.annotations import quote

from dictionaries import load_dictionaries
from flows.loading import Ingest
from flows.report import Report
from flows.retrying import transient
from flows.workers import Coded
from sources import Rejected
from warehouse.load import RunCounts, load_package
from warehouse.package import Package

# No batch takes that long but one that hangs.
_CODED_IN, _LOADED_IN = 3600, 900
_BATCH: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False, "retry_jitter_factor": 0.5, "retry_condition_fn": transient}


@task(name="code-batch", retries=2, retry_delay_seconds=[2.0, 10.0], timeout_seconds=_CODED_IN, **_BATCH)
def code_task(coded: Coded) -> Package:
    """Wait for a batch that is parsed and coded ahead."""
    return coded()


@task(name="load-batch", retries=3, retry_delay_seconds=[1.0, 3.0, 9.0], timeout_seconds=_LOADED_IN, **_BATCH)
def load_task(connection: duckdb.DuckDBPyConnection, package: Package) -> tuple[RunCounts, list[Rejected]]:
    """Load one coded batch in one transaction."""
    return load_package(connection, package, load_dictionaries())


@flow(name="ingest", validate_parameters=False)
def ingest(sources: list[str], db: Path, work: Ingest) -> Any:
    """An ingest that was begun, as a flow: `sources` and `db` are for whoever looks at the run. Gives the report, or the state Stopped where Ctrl-C ended it."""
    return orchestrate(work)


def orchestrate(work: Ingest) -> Any:
    """The body of a flow that ingests: the batches as tasks, then the report as artifacts. quote: Prefect need not look for futures inside."""

    def code(coded: Coded) -> Package:
        given: Any = quote(coded)
        return code_task(given)

    def load(connection: duckdb.DuckDBPyConnection, package: Package) -> tuple[RunCounts, list[Rejected]]:
        warehouse: Any = quote(connection)
        packed: Any = quote(package)
        return load_task(warehouse, packed)

    report = work.run(code, load)
    tell(report)
    return Completed(name="Stopped", message="stopped at a batch boundary; the next run goes on") if report.stopped else report


def tell(report: Report) -> None:
    """The report as artifacts of the flow run: one in Markdown, one for each table that has rows."""
    create_markdown_artifact(report.markdown(), key="run-report", description="What the run read, coded and rejected")
    for name, rows in report.tables().items():
        if rows:
            create_table_artifact(list(rows), key=name.replace(" ", "-"), description=name)
