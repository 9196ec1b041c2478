"""Batches coded ahead of the loader, in their order: by a thread of this process, by several processes, or by a cluster."""

from __future__ import annotations

import functools
import multiprocessing
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from flows.pipeline import code_package, write_coded
from flows.stopping import begin_worker
from sources import Article, Rejected
from warehouse.package import Package, read_package

Batch = Sequence[Article | Rejected]
Coded = Callable[[], Package]
# Whoever takes a batch with its number and gives at once what will give its package.
Submit = Callable[[Batch, int], Coded]
# So often a batch may take its worker process down before the run ends with an error.
_DEATHS = 3


class WorkersLost(Exception):
    """Worker processes that died again and again."""


def coded_batches(batches: Iterator[Batch], models: Path | None, workers: int, parts: Path, stopping: Callable[[], bool] = lambda: False) -> Iterator[Coded]:
    """For each batch, in order, what gives its package; coding is under way when the first is given. Once `stopping`, no other is begun in this process.

    One process codes in a thread beside the loader; several write packages below `parts`, at most two each ahead of the loader.
    """
    if workers <= 1:
        with ThreadPoolExecutor(1) as thread:
            try:
                yield from in_order(batches, lambda batch, number: thread.submit(_unless, stopping, batch, models).result, 2)
            finally:
                thread.shutdown(wait=True, cancel_futures=True)
        return
    shutil.rmtree(parts, ignore_errors=True)  # what a run that was killed has left is coded again
    pool = _Processes(workers, models, parts)
    try:
        yield from in_order(batches, pool.submit, 2 * workers)
    finally:
        pool.end()
        shutil.rmtree(parts, ignore_errors=True)


def in_order(batches: Iterator[Batch], submit: Submit, ahead: int) -> Iterator[Coded]:
    """What gives each package, in the order of the batches; at most `ahead` batches are under way."""
    waiting: deque[Coded] = deque()
    for number, batch in enumerate(batches):
        waiting.append(submit(batch, number))
        if len(waiting) >= ahead:
            yield waiting.popleft()
    yield from waiting


def collect(folder: Path) -> Package:
    """The package that a worker left in a folder, which goes."""
    package = read_package(folder)
    shutil.rmtree(folder)
    return package


def _unless(stopping: Callable[[], bool], batch: Batch, models: Path | None) -> Package:
    if stopping():
        raise CancelledError
    return code_package(batch, models)


class _Processes:
    """A pool that is made anew when one of its processes is killed; the batches under way are coded again."""

    def __init__(self, workers: int, models: Path | None, parts: Path) -> None:
        self.workers, self.models, self.parts = workers, models, parts
        self.pool = self._start()
        self.futures: dict[int, tuple[Batch, Future[Path]]] = {}

    def submit(self, batch: Batch, number: int) -> Coded:
        self._send(batch, number)
        return functools.partial(self._result, number)

    def end(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, mp_context=multiprocessing.get_context("spawn"), initializer=begin_worker, initargs=(os.getpid(),))

    def _send(self, batch: Batch, number: int) -> None:
        try:
            future = self.pool.submit(write_coded, batch, self.models, self.parts / f"{number:08d}")
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self.futures[number] = (batch, future)

    def _result(self, number: int) -> Package:
        for _ in range(_DEATHS):
            try:
                folder = self.futures[number][1].result()
            except BrokenProcessPool:
                self._again()
                continue
            del self.futures[number]
            return collect(folder)
        raise WorkersLost(f"worker processes were killed {_DEATHS} times at one batch (out of memory?); run again with fewer --workers, what was loaded before is kept")

    def _again(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.pool = self._start()
        for number, (batch, future) in self.futures.items():
            if future.exception() is not None:
                self._send(batch, number)
