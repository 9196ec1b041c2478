"""`--engine dask` and `--engine ray`: batches coded on a cluster through Prefect's task runners, handed over as Parquet files in a folder that all share."""

from __future__ import annotations

import importlib
import pickle
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import pyarrow.parquet as pq

from flows.pipeline import code_package
from flows.settings import prepare_prefect
from flows.workers import Batch, Coded, in_order
from warehouse.package import SCHEMAS, Package

_RUNNERS = {"dask": ("prefect_dask", "DaskTaskRunner"), "ray": ("prefect_ray", "RayTaskRunner")}
_RETRY_SECONDS = [2.0, 10.0, 30.0]
_ANSWERS_IN = 10


class EngineError(Exception):
    """An engine that is not known, not installed or not told enough; one plain sentence."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A cluster: `scheduler` is its address, or None for one on this machine with `workers` processes; `parts` is a folder as fsspec names it."""

    name: str
    scheduler: str | None
    parts: str
    models: Path | None
    workers: int

    def task_runner(self) -> Any:
        """Prefect's task runner for it."""
        module, runner = _RUNNERS[self.name]
        make = getattr(importlib.import_module(module), runner)
        if self.scheduler:
            return make(address=self.scheduler)
        if self.name == "dask":
            return make(cluster_kwargs={"n_workers": self.workers, "threads_per_worker": 1, "dashboard_address": None})
        return make(init_kwargs={"num_cpus": self.workers, "include_dashboard": False})

    def coded(self, batches: Iterator[Batch]) -> Iterator[Coded]:
        """What gives each batch's package, in their order; to be taken inside the flow. A worker that is lost costs another try of its batch."""
        from prefect import task
        from prefect.cache_policies import NO_CACHE

        write = task(
            name="code-on-worker", cache_policy=NO_CACHE, persist_result=False, retries=len(_RETRY_SECONDS), retry_delay_seconds=_RETRY_SECONDS, retry_jitter_factor=0.5, retry_condition_fn=lost
        )(write_parts)
        system, root = _folder(self.parts)
        if system.exists(root):
            system.rm(root, recursive=True)  # what a run that was killed has left is coded again

        def submit(batch: Batch, number: int) -> Coded:
            # Pickled, so that neither Prefect nor the cluster looks for futures inside.
            future = write.submit(pickle.dumps(batch), self.models, f"{self.parts}/{number:08d}")
            return lambda: read_parts(future.result())

        try:
            yield from in_order(batches, submit, 2 * self.workers)
        finally:
            if system.exists(root):
                system.rm(root, recursive=True)


def choose(name: str | None, scheduler: str | None, parts: str | None, db: Path, models: Path | None, workers: int, no_filter: bool = False) -> Engine:
    """The engine of these options. Raises EngineError, in one sentence that says what to do."""
    if name is None:
        raise EngineError("--scheduler and --parts are for a cluster; say which with --engine dask or --engine ray")
    if name not in _RUNNERS:
        raise EngineError(f"unknown --engine {name}; use dask or ray")
    prepare_prefect()
    try:
        importlib.import_module(_RUNNERS[name][0])
    except ImportError:
        raise EngineError(
            f"--engine {name} needs {_RUNNERS[name][0].replace('_', '-')}, which is not installed; install it with: pip install 'marsad[{name}]', or in the clone: .venv/bin/pip install -c requirements.lock -e '.[{name}]'"
        ) from None
    if scheduler and not parts:
        raise EngineError("--scheduler needs --parts, a folder or address that this machine and the cluster's workers share")
    if scheduler and no_filter:
        raise EngineError("--no-filter does not reach the workers behind --scheduler; start them with MARSAD_FILTER=off in their environment, and leave it out here")
    if scheduler:
        _find(scheduler)
    return Engine(name, scheduler, (parts or str(db.resolve().with_name(f"{db.name}.parts"))).rstrip("/"), models, workers)


def _find(scheduler: str) -> None:
    """Raises EngineError where nobody listens at the scheduler's address; Ray's own client would try for minutes."""
    address = re.fullmatch(r"(?:\w+://)?([^/:]+):(\d+)/?", scheduler)
    if address is None:
        raise EngineError(f"--scheduler {scheduler}: no address; write tcp://HOST:PORT for Dask, HOST:PORT or ray://HOST:PORT for Ray")
    try:
        socket.create_connection((address[1], int(address[2])), _ANSWERS_IN).close()
    except (OSError, OverflowError) as error:
        raise EngineError(f"--scheduler {scheduler}: nobody answers there ({error}); start the cluster, or name another address") from None


def write_parts(batch: bytes, models: Path | None, folder: str) -> str:
    """What a worker does: code a batch (pickled) and write its package to a folder; a second try writes the same files."""
    system, root = _folder(folder)
    package = code_package(pickle.loads(batch), models)
    system.makedirs(root, exist_ok=True)
    for name, table in package.tables.items():
        with system.open(f"{root}/{name}.parquet", "wb") as file:
            pq.write_table(table, file, compression="zstd")
    return folder


def read_parts(folder: str) -> Package:
    """The package that a worker wrote, which goes."""
    system, root = _folder(folder)
    tables = {}
    for name, schema in SCHEMAS.items():
        with system.open(f"{root}/{name}.parquet", "rb") as file:
            tables[name] = pq.read_table(file, schema=schema)
    system.rm(root, recursive=True)
    return Package(tables)


def lost(task: Any, run: Any, state: Any) -> bool:
    """For retry_condition_fn on a worker: a shared folder or a connection that failed for a moment. (A worker that dies is seen by the cluster, which gives its batch to another.)"""
    try:
        state.result()
    except OSError:
        return True
    except BaseException:
        return False
    return False


def _folder(url: str) -> tuple[Any, str]:
    system, root = fsspec.url_to_fs(url)
    return system, str(root)
