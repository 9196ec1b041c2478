"""The same articles in other batches, in another order and by several processes: the same warehouse."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from dictionaries import load_dictionaries
from flows import workers
from flows.pipeline import first_of_each
from flows.run import SAMPLES
from flows.workers import coded_batches
from sources import Article, Rejected, read_sources
from warehouse import open_warehouse
from warehouse.load import load_package

COLUMNS = {"articles": "* EXCLUDE (package)"}


def warehouse(path: Path, articles: list[Article | Rejected], size: int, workers: int) -> dict[str, list[tuple[Any, ...]]]:
    parts = path.with_suffix(".parts")
    batches = iter([articles[at : at + size] for at in range(0, len(articles), size)])
    with open_warehouse(path) as connection:
        for coded in coded_batches(batches, None, workers, parts):
            load_package(connection, coded(), load_dictionaries())
        assert not parts.exists()
        return {name: connection.execute(f"SELECT {COLUMNS.get(name, '*')} FROM {name} ORDER BY ALL").fetchall() for name in ("articles", "sentences", "mentions", "events", "actors", "rejected")}


@pytest.fixture(scope="module")
def articles() -> list[Article | Rejected]:
    return list(read_sources([str(SAMPLES)]))[:6]


@pytest.fixture(scope="module")
def undisturbed(articles: list[Article | Rejected], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    return warehouse(tmp_path_factory.mktemp("one") / "one.duckdb", articles, 6, 1)


@pytest.mark.parametrize(("size", "workers"), [(1, 1), (2, 2)])
def test_batches_order_and_workers_do_not_show(articles: list[Article | Rejected], undisturbed: dict[str, list[tuple[Any, ...]]], tmp_path: Path, size: int, workers: int) -> None:
    assert warehouse(tmp_path / "other.duckdb", articles[::-1], size, workers) == undisturbed


def test_a_worker_process_that_is_killed_costs_another_try(articles: list[Article | Rejected], undisturbed: dict[str, list[tuple[Any, ...]]], tmp_path: Path) -> None:
    def kill_one() -> None:
        while not multiprocessing.active_children():
            time.sleep(0.05)
        process = multiprocessing.active_children()[0]
        time.sleep(1)  # it has begun: it loads what coding needs
        process.kill()

    killer = threading.Thread(target=kill_one)
    killer.start()
    assert warehouse(tmp_path / "killed.duckdb", articles, 2, 2) == undisturbed
    killer.join()


def test_workers_that_are_always_killed_end_the_run_in_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workers, "write_coded", _die)
    with pytest.raises(workers.WorkersLost, match="fewer --workers"):
        list(coded() for coded in coded_batches(iter([[], []]), None, 2, tmp_path / "parts"))
    assert not (tmp_path / "parts").exists()


def _die(*_: object) -> None:
    os._exit(1)


def test_an_article_that_comes_twice_is_rejected_once_in_whatever_batch() -> None:
    one, other = Article("a", "x", origin="a.jsonl:1"), Article("a", "y", origin="b.jsonl:2")
    kept = list(first_of_each([one, one, other]))
    assert kept[0] is one
    assert [(r.origin, r.line, r.reason) for r in kept[1:] if isinstance(r, Rejected)] == [("a.jsonl", 1, "duplicate"), ("b.jsonl", 2, "id-taken")]
