"""`marsad dictionaries import` and --dictionaries, from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECK = """
import sys
from flows.command import app
try:
    app(sys.argv[1:])
finally:
    assert not {"prefect", "torch", "stanza"} & sys.modules.keys()
"""


def marsad(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own; it fails if anything heavy is loaded."""
    return subprocess.run([sys.executable, "-c", CHECK, *map(str, arguments)], capture_output=True, text=True, check=False, env={**os.environ, **environment})


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("import")
    (folder / "actors.txt").write_text("REEF_PILOTS_ [YEMLAB]\nREEF_OFFICE_ [YEM?]\n", encoding="utf-8")
    result = marsad("dictionaries", "import", "actors", folder / "actors.txt", "--out", folder / "mine")
    assert result.returncode == 0, result.stderr
    assert "2 lines = 0 blank or comment + 0 headings + 1 written + 1 reported" in result.stdout
    assert "0 problems" in result.stdout
    assert f"{folder / 'actors.txt'}:2: YEM? is no code" in result.stderr
    return folder / "mine"


def test_what_was_imported_lints_clean_from_option_and_variable(overlay: Path) -> None:
    option = marsad("dictionaries", "lint", "--dictionaries", overlay)
    assert option.returncode == 0 and "0 problems" in option.stdout
    assert marsad("dictionaries", "lint", MARSAD_DICTIONARIES=str(overlay)).stdout == option.stdout != marsad("dictionaries", "lint").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("dictionaries", "lint", "--dictionaries", "nowhere"), "nowhere: no such folder of dictionaries"),
        (("dictionaries", "import", "nouns", "x.txt", "--out", "out"), "nouns: no kind of dictionary; use actors"),
        (("dictionaries", "import", "actors", "gone.txt", "--out", "out"), "gone.txt: cannot be read"),
    ],
)
def test_a_mistake_is_one_line(arguments: tuple[str, ...], message: str) -> None:
    result = marsad(*arguments)
    assert result.returncode == 1 and result.stderr.startswith("marsad: ") and message in result.stderr
    assert result.stderr.count("\n") == 1
