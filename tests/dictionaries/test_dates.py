"""The loader of dates.yaml: what is wrong is said with its place, and the rest is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictionaries.dates import read_dates
from dictionaries.problems import Problems


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("months: {march: third}", "en/dates.yaml:1:10: march needs a number"),
        ("units: {season: [spring]}", "en/dates.yaml:1:9: unknown unit season"),
        ('patterns: {sometimes: ["{month}"]}', "en/dates.yaml:1:12: unknown kind of date sometimes"),
        ('patterns: {absolute: ["on {saint}"]}', "en/dates.yaml:1:23: unknown slot {saint}"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "dates.yaml").write_text(line + "\n", encoding="utf-8")
    problems = Problems()
    read_dates(tmp_path, "en", problems)
    assert len(problems) == 1
    assert problems[0].startswith(message)


def test_a_language_without_dates_has_none_and_is_no_mistake(tmp_path: Path) -> None:
    problems = Problems()
    assert not read_dates(tmp_path, "en", problems).labels
    assert not problems
