"""Batches coded by this process or by several, in their order."""

from __future__ import annotations

import functools
import multiprocessing
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

from flows.pipeline import code_package, write_coded
from sources import Article, Rejected
from warehouse.package import Package, read_package

Batch = Sequence[Article | Rejected]


def coded_batches(batches: Iterator[Batch], models: Path | None, workers: int, parts: Path) -> Iterator[Callable[[], Package]]:
    """For each batch what gives its package. With several workers they write packages below `parts`, at most two each ahead of the loader."""
    if workers <= 1:
        for batch in batches:
            yield functools.partial(code_package, batch, models)
        return
    shutil.rmtree(parts, ignore_errors=True)  # what a run that was killed has left is coded again
    try:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            waiting: list[Future[Path]] = []
            for number, batch in enumerate(batches):
                waiting.append(pool.submit(write_coded, batch, models, parts / f"{number:08d}"))
                if len(waiting) >= 2 * workers:
                    yield functools.partial(_collected, waiting.pop(0))
            for future in waiting:
                yield functools.partial(_collected, future)
    finally:
        shutil.rmtree(parts, ignore_errors=True)


def _collected(future: Future[Path]) -> Package:
    folder = future.result()
    package = read_package(folder)
    shutil.rmtree(folder)
    return package
