"""The flows that `marsad serve` and work pools run. Their parameters are plain values; the work is done by the modules that the commands use."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import httpx
from prefect import flow, runtime, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.concurrency.sync import concurrency
from prefect.states import Completed, Failed

from flows import maintain as maintaining
from flows import recode as recoding
from flows.asking import Asking
from flows.code import code_file, uncoded
from flows.ingest import orchestrate
from flows.loading import Ingest
from flows.options import sentence
from flows.retrying import transient
from flows.server import quiet, quiet_exit
from flows.stopping import Stop
from flows.turns import alone
from warehouse.connect import open_warehouse
from warehouse.exports.choice import Choice
from warehouse.exports.export import export as write_export

quiet_exit()
WRITER = "duckdb-writer"
# Another writer may be at it for long: try for about an hour.
_WAITS = [1.0, 2.0, 5.0, 15.0, 30.0, *[60.0] * 45]
_QUEUES = 120
_DAY = 24 * 3600
_PLAIN: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False, "retries": len(_WAITS), "retry_delay_seconds": _WAITS, "retry_jitter_factor": 0.5, "retry_condition_fn": transient}


def plainly(run: Callable[..., Any]) -> Callable[..., Any]:
    """Around a flow: what is the user's to mend ends it in a sentence, as failed, and not in a traceback. The next tick tries again."""

    @functools.wraps(run)
    def told(*arguments: Any, **named: Any) -> Any:
        quiet()  # Prefect has set up its logging anew since this module was imported
        try:
            return run(*arguments, **named)
        except Exception as error:
            lost = "the Prefect server does not answer; what was loaded is kept" if isinstance(error, httpx.TransportError) else None
            if (said := lost or sentence(error)) is None:
                raise
            _say(f"failed: {said}")
            return Failed(message=said)

    return told


@flow(name="ingest", timeout_seconds=_DAY)
@plainly
def ingest(db: str, sources: list[str] | None = None, feeds: str | None = None, models: str | None = None, workers: int = 1, dictionaries: str | None = None, allow_loopback: bool = False) -> Any:
    """Read what is new in files and folders, or in feeds, code and load it. What the warehouse has is left out, so a missed or broken run is made good by the next."""
    with _turn(db, dictionaries) as mine:
        if not mine:
            return _skipped()
        # Taken out of the list that the task gave: what Prefect remembers of the task must not hold the warehouse at exit.
        with Stop(_say) as stop, open_task(db).pop() as connection:
            asking = Asking(sources or [], Path(feeds) if feeds else None, connection, due_only=True, allow_loopback=allow_loopback)
            work = Ingest(asking, connection, Path(db), Path(models) if models else None, workers, stop=stop, progress=lambda report: _say(report.line), enter=asking.enter)
            done = orchestrate(work)
        _say(f"{work.report.line}; {work.report.known} were there already{'; stopped' if work.report.stopped else ''}")
        return done if isinstance(done, State) else None


@flow(name="code", timeout_seconds=_DAY)
@plainly
def code(source: str, out: str, models: str | None = None, dictionaries: str | None = None) -> Any:
    """Code what is new in a folder without a warehouse, each file to one of its own below `out`: `marsad code` as a flow."""
    _lay_over(dictionaries)
    with alone(Path(out), _name()) as mine:
        if not mine:
            return _skipped()
        done = {file.name: code_task(str(file), str(made), models) for file, made in uncoded(Path(source), Path(out))}
        _tell("\n".join([f"{len(done)} files coded.", *(f"- {name}: {rejected} articles rejected" for name, rejected in done.items() if rejected)]))
        return None


@flow(name="recode", timeout_seconds=_DAY)
@plainly
def recode(db: str, everything: bool = False, workers: int = 1, dictionaries: str | None = None) -> Any:
    """Code again what other dictionaries coded."""
    with _turn(db, dictionaries) as mine:
        if not mine:
            return _skipped()
        articles = recode_task(db, workers, everything)
        _tell(f"{articles} articles coded again.")
        return None


@flow(name="export", timeout_seconds=_DAY)
@plainly
def export(db: str, format: str, out: str, since: str | None = None, until: str | None = None) -> Any:
    """Export events, from the copy that readers read."""
    _tell("\n".join(f"- {file}: {rows:,} rows" for file, rows in export_task(db, format, out, since, until).items()))


@flow(name="maintain", timeout_seconds=_DAY)
@plainly
def maintain(db: str, snapshots: str | None = None, keep: int = 7, prune: bool = False) -> Any:
    """Checkpoint, prune, publish, snapshot."""
    with _turn(db, None) as mine:
        if not mine:
            return _skipped()
        done = maintain_task(db, snapshots, keep, prune)
        _tell(f"{done.size:,} bytes; {done.pruned} mentions of earlier codings deleted; snapshot {done.snapshot or 'none'}; {len(done.gone)} old snapshots deleted.")
        return None


@task(name="open-warehouse", **_PLAIN)
def open_task(db: str) -> list[duckdb.DuckDBPyConnection]:
    """The warehouse, open for writing when whoever else writes has ended."""
    return [open_warehouse(Path(db))]


@task(name="code-file", **_PLAIN)
def code_task(file: str, made: str, models: str | None) -> int:
    """Code one file."""
    return code_file(Path(file), Path(made), Path(models) if models else None)


@task(name="recode-all", **_PLAIN)
def recode_task(db: str, workers: int, everything: bool) -> int:
    """Code again."""
    return recoding.recode(Path(db), workers, everything, None, None)


@task(name="write-export", **_PLAIN)
def export_task(db: str, format: str, out: str, since: str | None, until: str | None) -> dict[str, int]:
    """Write the files."""
    return {str(file): rows for file, rows in write_export(Path(db), format, Path(out), Choice(since, until)).files.items()}


@task(name="maintain-warehouse", **_PLAIN)
def maintain_task(db: str, snapshots: str | None, keep: int, prune: bool) -> maintaining.Maintained:
    """Maintain."""
    return maintaining.maintain(Path(db), Path(snapshots) if snapshots else None, keep, prune, datetime.datetime.now(datetime.UTC).date())


@contextmanager
def _turn(db: str, dictionaries: str | None) -> Iterator[bool]:
    """The writer's turn, or False while the deployment's tick before this still runs."""
    _lay_over(dictionaries)
    with alone(Path(db), _name()) as mine:
        if mine:
            with ExitStack() as held:
                # Writers queue here. A slot can outlive a run and a server that were killed; then the warehouse's own lock, which cannot, goes on to decide.
                with suppress(TimeoutError):
                    held.enter_context(concurrency(WRITER, occupy=1, lease_duration=60, timeout_seconds=_QUEUES))
                yield True
        else:
            yield False


def _name() -> str:
    return str(runtime.deployment.name or runtime.flow_run.flow_name or "flow")


def _lay_over(dictionaries: str | None) -> None:
    if dictionaries:
        os.environ["MARSAD_DICTIONARIES"] = dictionaries


def _skipped() -> Any:
    _say("skipped, the tick before this one still runs")
    return Completed(name="Skipped", message="the tick before this one still runs; what it leaves the next one takes up")


def _tell(text: str) -> None:
    _say(text)
    create_markdown_artifact(text, key="run-report", description="What the run did")


def _say(text: str) -> None:
    """A line for who watches `marsad serve`."""
    print(f"{datetime.datetime.now():%H:%M:%S}  {_name()}: {text}", flush=True)
