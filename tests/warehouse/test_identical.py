"""Exports are byte-identical whatever the order of the articles, the size of the batches and the seed that Python hashes with."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from dictionaries import load_dictionaries
from tests.warehouse.test_exports import RECORDS, load
from warehouse.exports.choice import Choice
from warehouse.exports.export import export

TEXT_FORMATS = ("gdelt1", "gdelt2", "icews", "phoenix", "plover", "csv", "jsonl")
ROOT = Path(__file__).parent.parent.parent


def checksums(folder: Path, order: int, size: int) -> list[str]:
    """What each format writes of RECORDS, loaded in an order of its own and in batches of a size."""
    records = random.Random(order).sample(RECORDS, len(RECORDS))
    made = load(folder / "news.duckdb", records, load_dictionaries(), size)
    found = []
    for name in TEXT_FORMATS:
        export(made, name, folder / f"{name}.out", Choice())
        found.append(f"{name} {hashlib.sha256((folder / f'{name}.out').read_bytes()).hexdigest()}")
    return found


@pytest.mark.parametrize(("seed", "order", "size"), [("1", 1, 100), ("2", 2, 3), ("3", 3, 1)])
def test_exports_are_the_same_bytes(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, seed: str, order: int, size: int) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.warehouse.test_identical", str(tmp_path), str(order), str(size)], env=os.environ | {"PYTHONHASHSEED": seed}, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert told == checksums(tmp_path_factory.mktemp("here"), 0, 100)


if __name__ == "__main__":
    print("\n".join(checksums(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
