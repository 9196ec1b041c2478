"""The house: a room imports only rooms to its left; names say what is inside."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ["dictionaries", "sources", "parsers", "coders", "warehouse", "desk", "flows"]
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LONGEST = 350


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_room_imports_only_rooms_to_its_left(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    right = {other for other in ROOMS[ROOMS.index(room) + 1 :]}
    assert not imported(path) & right


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_module_is_short_and_its_name_says_something(path: Path) -> None:
    assert not re.fullmatch(r"(utils?|helpers?|common|misc|core|managers?)", path.stem)
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST


def test_only_the_flows_know_prefect_and_only_the_parser_knows_stanza() -> None:
    for path in MODULES:
        room = path.relative_to(ROOT).parts[0]
        if "prefect" in imported(path):
            assert room == "flows"
        if imported(path) & {"stanza", "torch"}:
            assert room == "parsers"
