"""Killed anywhere and run again, the warehouse is as if nothing had happened; the benchmark benchmarks/killing.py does this more often."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from benchmarks.killing import OWN, disturbed
from dictionaries import load_dictionaries
from flows.pipeline import code_batch
from sources import read_sources
from tests.flows.served import ROOT, family
from tests.flows.test_recode import serenade
from warehouse import connect, open_warehouse
from warehouse.load import load_batch
from warehouse.package import CodedRecord


def test_recoding_that_is_killed_and_run_again_ends_as_if_undisturbed(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "en"
    folder.mkdir(parents=True)
    (folder / "acts.yaml").write_text(OWN, encoding="utf-8")
    start = tmp_path / "start"
    with open_warehouse(start) as connection:
        for n in range(40):
            load_batch(connection, [serenade(f"a{n}")], [], load_dictionaries())
    db = tmp_path / "news.duckdb"
    done = disturbed(["recode", "--db", str(db), "--dictionaries", str(tmp_path / "own")], db, start, 4)
    assert done["kills"] >= 1 and done["different"] == 0


def test_a_loader_that_is_killed_takes_its_workers_along_and_the_next_run_goes_on(tmp_path: Path) -> None:
    news, db = tmp_path / "news.jsonl", tmp_path / "news.duckdb"
    texts = [f"Egypt rejected the demand of Ethiopia on Thursday. Gate {n} opens at nine." for n in range(200)]
    news.write_text("".join(json.dumps({"id": f"a{n:03d}", "lang": "en", "text": text}) + "\n" for n, text in enumerate(texts)), encoding="utf-8")
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path / "prefect"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "flows", "run", str(news), "--db", str(db), "--workers", "2", "--log", "json"]
    loader = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert loader.stderr is not None
    next(line for line in loader.stderr if '"batch"' in line)
    workers = [psutil.Process(pid) for pid in family(loader.pid)]
    os.kill(loader.pid, signal.SIGKILL)  # it alone
    loader.wait()
    _, alive = psutil.wait_procs(workers, timeout=30)
    assert [process.cmdline() for process in alive] == []
    with open_warehouse(db) as connection:
        (loaded,) = connection.execute("SELECT count(*) FROM articles").fetchall()[0]
    assert 0 < loaded < len(texts)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert f"known      {loaded} of the articles" in done.stdout
    records = [record for record in code_batch(list(read_sources([str(news)]))) if isinstance(record, CodedRecord)]
    with connect(db) as connection:
        assert connection.execute("SELECT mention_id FROM mentions ORDER BY 1").fetchall() == sorted((event.event_id,) for record in records for event in record.events)
        assert connection.execute("SELECT sum(articles) FROM packages").fetchall() == [(len(texts),)]
    assert not list(tmp_path.glob("*.parts"))
