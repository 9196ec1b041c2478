"""`marsad export` as a user has it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dictionaries import Dictionaries
from flows.command import app
from tests.warehouse.records import event, record
from warehouse import open_warehouse
from warehouse.exports.export import FORMATS
from warehouse.load import load_batch

LIGHT = """
import sys
from flows.command import app
app(["export", "csv", "--db", sys.argv[1], "--out", sys.argv[2]], standalone_mode=False)
assert not {"prefect", "torch", "stanza"} & sys.modules.keys(), sorted(sys.modules)
"""


@pytest.fixture
def db(tmp_path: Path, dictionaries: Dictionaries) -> Path:
    path = tmp_path / "news.duckdb"
    with open_warehouse(path) as connection:
        load_batch(connection, [record("a1"), record("a2", (event("a2", "010"),), text="Egypt praised Jordan. It said so.")], [], dictionaries)
    return path


def marsad(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written_and_told(db: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "new" / "events.out"
    result = marsad("export", name, "--db", db, "--out", out)
    assert result.exit_code == 0 and out.exists() and out.with_name("events.out.columns.md").is_file()
    rows = 1 if name == "plover" else 2
    assert f"{out}: {rows} row{'s' if rows > 1 else ''}; what the columns mean: events.out.columns.md\n" in result.stdout
    assert ("left out: 1 event without a date or of a CAMEO code that PLOVER has no event for" in result.stdout) == (name == "plover")


def test_options_may_be_repeated(db: Path, tmp_path: Path) -> None:
    result = marsad(
        "export", "csv", "--db", db, "--out", tmp_path / "o.csv", "--code", "05", "--code", "19", "--actor", "SYR", "--actor", "EGY", "--since", "2022-01-01", "--where", "confidence > 0.5"
    )
    assert result.exit_code == 0 and ": 1 row;" in result.stdout


@pytest.mark.parametrize("arguments", [["xls", "--out", "o"], ["csv", "--out", "o", "--since", "yesterday"], ["csv", "--out", "o", "--where", "1; 2"], ["csv", "--out", "."]])
def test_a_mistake_is_one_line(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    result = marsad("export", *arguments, "--db", db)
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.startswith("marsad: ") and result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == [db]


def test_the_help_has_examples() -> None:
    result = marsad("export", "--help")
    assert result.exit_code == 0 and all(f"marsad export {name} " in result.stdout for name in ("gdelt2", "icews", "csv", "parquet"))


def test_nothing_heavy_is_imported(db: Path, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT, str(db), str(tmp_path / "o.csv")], cwd=Path(__file__).parent.parent.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
