"""A real Dask cluster on this machine, two worker processes: the same events as one process, and a worker that is killed costs a retry."""

from __future__ import annotations

import importlib.util
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows import engines
from flows.command import app
from flows.engines import EngineError, choose, read_parts, write_parts
from flows.pipeline import code_package
from flows.run import SAMPLES
from sources import read_sources
from warehouse import connect

ROOT = Path(__file__).parent.parent.parent
COLUMNS = {"articles": "* EXCLUDE (package)"}
needs_dask = pytest.mark.skipif(importlib.util.find_spec("prefect_dask") is None, reason="prefect-dask is not installed: pip install 'marsad[dask]'")


def contents(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    with connect(db) as connection:
        return {name: connection.execute(f"SELECT {COLUMNS.get(name, '*')} FROM {name} ORDER BY ALL").fetchall() for name in ("articles", "sentences", "mentions", "events", "actors", "rejected")}


def marsad(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")} | {"PREFECT_HOME": str(home / "prefect"), "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-m", "flows", *arguments], capture_output=True, text=True, env=environment, cwd=home, timeout=400, check=False)


@needs_dask
def test_a_cluster_gives_the_same_events_though_a_worker_is_killed(tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    one = tmp_path / "one.duckdb"
    assert marsad(tmp_path, "run", str(SAMPLES), "--db", str(one)).returncode == 0
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, Client(cluster) as client:
        killed: list[int] = []

        def kill_one() -> None:
            end = time.monotonic() + 300
            while time.monotonic() < end and not killed:
                if any(client.processing().values()):
                    time.sleep(1)  # the batch is under way: its models are being loaded
                    busy = next((worker for worker, tasks in client.processing().items() if tasks), None)
                    if busy is not None:
                        pid = next(w.pid for w in cluster.workers.values() if w.worker_address == busy)
                        os.kill(pid, signal.SIGKILL)
                        killed.append(pid)
                time.sleep(0.1)

        killer = threading.Thread(target=kill_one)
        killer.start()
        db, parts = tmp_path / "dask.duckdb", tmp_path / "parts"
        done = marsad(tmp_path, "run", str(SAMPLES), "--db", str(db), "--engine", "dask", "--scheduler", cluster.scheduler_address, "--parts", str(parts), "--workers", "2")
        killer.join()
    assert done.returncode == 0, done.stderr
    assert killed
    assert contents(db) == contents(one)
    assert not parts.exists()


def test_a_package_goes_through_a_shared_folder_unchanged() -> None:
    batch = list(read_sources([str(SAMPLES)]))[:2]
    folder = write_parts(pickle.dumps(batch), None, "memory://parts/0")
    assert read_parts(folder).tables == code_package(batch).tables
    assert not engines.fsspec.filesystem("memory").exists("/parts/0")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--engine", "spark"], "unknown --engine spark; use dask or ray"),
        (["--scheduler", "tcp://127.0.0.1:8786"], "say which with --engine dask or --engine ray"),
    ],
)
def test_options_that_make_no_sense_are_one_line(tmp_path: Path, arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(app, ["run", *arguments, "--db", str(tmp_path / "a.duckdb")])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert told in result.stderr
    assert not (tmp_path / "a.duckdb").exists()


def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prefect_ray", None)
    with pytest.raises(EngineError, match=r"needs prefect-ray, which is not installed; install it with: pip install 'marsad\[ray\]'"):
        choose("ray", None, None, Path("a.duckdb"), None, 2)


@needs_dask
def test_a_far_cluster_needs_a_shared_folder() -> None:
    with pytest.raises(EngineError, match="--scheduler needs --parts"):
        choose("dask", "tcp://10.0.0.5:8786", None, Path("a.duckdb"), None, 2)


@needs_dask
@pytest.mark.parametrize(("scheduler", "told"), [("tcp://127.0.0.1:9", "nobody answers there"), ("127.0.0.1", "no address"), ("tcp://127.0.0.1:99999", "nobody answers there")])
def test_a_cluster_that_is_not_there_is_one_line(tmp_path: Path, scheduler: str, told: str) -> None:
    result = CliRunner().invoke(app, ["run", "--engine", "dask", "--scheduler", scheduler, "--parts", str(tmp_path), "--db", str(tmp_path / "a.duckdb")])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert f"--scheduler {scheduler}: {told}" in result.stderr
    assert not (tmp_path / "a.duckdb").exists()
