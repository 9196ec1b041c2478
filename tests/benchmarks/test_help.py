from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import ORDER
from benchmarks.figures import ROOT

# No part of `make bench`: what others use, and what takes long.
APART = {"news", "plain", "steady"}
NAMES = sorted({*ORDER, *APART})


@pytest.mark.parametrize("name", NAMES)
def test_each_benchmark_explains_itself(name: str) -> None:
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout and len(done.stdout) > 200


def test_make_bench_runs_all_that_measure() -> None:
    modules = {path.stem for path in Path(ROOT / "benchmarks").glob("*.py") if "def main()" in path.read_text(encoding="utf-8")}
    assert modules - {"__main__", *APART} == set(ORDER)
