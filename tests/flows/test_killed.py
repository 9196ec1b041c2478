"""Killed anywhere and run again, the warehouse is as if nothing had happened; the benchmark benchmarks/killing.py does this more often."""

from __future__ import annotations

from pathlib import Path

from benchmarks.killing import OWN, disturbed
from dictionaries import load_dictionaries
from tests.flows.test_recode import serenade
from warehouse import open_warehouse
from warehouse.load import load_batch


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
