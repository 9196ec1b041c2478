"""`marsad dictionaries stats` and `gaps`: their tables, and that they do without Prefect and torch."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from coders.gaps import WordGap
from dictionaries import Dictionaries
from flows.command import app
from flows.gaps import as_table, as_yaml
from flows.stats import codes, sentences_by_code, totals
from warehouse.gaps import ActorGap

GAPS = [ActorGap("en", "Front: for, Change", "---", 3, "The Front: for, Change met Egypt."), ActorGap("ar", "جبهة التغيير", "---MIL", 1, "التقت جبهة التغيير مصر.")]
WORDS = [WordGap("en", "outfox", False, 2, "Egypt outfoxed Jordan.", Counter(obj=2)), WordGap("en", "shenanigan", True, 1, "Egypt launched shenanigans on Jordan.", Counter({"on": 1}))]


def test_stats_as_csv_has_a_row_for_each_code_and_a_reason_where_there_are_no_entries() -> None:
    result = CliRunner().invoke(app, ["dictionaries", "stats", "--format", "csv"], catch_exceptions=False)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 318
    assert all((int(row["ar_entries"]) and int(row["en_entries"])) or row["why_not"] for row in rows)
    assert {row["why_not"] for row in rows if len(row["code"]) > 2} == {""}


def test_stats_as_json_is_an_object_a_line() -> None:
    result = CliRunner().invoke(app, ["dictionaries", "stats", "--format", "json"], catch_exceptions=False)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows[0]["code"] == "01" and rows[0]["label"]


def test_without_tests_the_columns_of_tests_are_empty(dictionaries: Dictionaries, tmp_path: Path) -> None:
    columns, rows = codes(dictionaries, sentences_by_code(tmp_path))
    assert {row[columns.index("ar_tests")] for row in rows} == {None}


def test_the_lexicon_is_as_large_as_it_should_be(dictionaries: Dictionaries) -> None:
    counts = {name: own for name, *own in totals(dictionaries)}
    for at in range(2):
        assert counts["topic words and phrases"][at] >= 1200
        assert counts["verbs that evoke an act"][at] + counts["nouns that evoke an act"][at] >= 600


def test_gaps_as_yaml_can_be_pasted() -> None:
    text = as_yaml(GAPS, WORDS)
    blocks = [yaml.safe_load(block) for block in text.split("\n\n") if block.strip()]
    assert {"organisations": {"front_for_change": ["Front: for, Change"]}, "front_for_change": {"code": "???", "kind": "organisation"}} in blocks
    acts = next(block for block in blocks if isinstance(block, list))
    assert acts == [
        {"act": "???", "frame": {"source": ["subj"], "target": ["obj"]}, "verbs": ["outfox"]},
        {"act": "???", "noun_frame": {"source": ["poss", "mod"], "target": ["on"]}, "nouns": ["shenanigan"]},
    ]
    assert "2 sentences: Egypt outfoxed Jordan." in text


def test_gaps_as_a_table_has_the_examples() -> None:
    text = as_table(GAPS, WORDS)
    assert "Front: for, Change" in text and "Egypt outfoxed Jordan." in text


@pytest.mark.parametrize("arguments", [["stats", "--format", "xml"], ["gaps", "--format", "csv"], ["gaps", "--db", "none.duckdb"]], ids=" ".join)
def test_a_mistake_is_one_line(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["dictionaries", *arguments], catch_exceptions=False)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["stats", "gaps"])
def test_they_start_without_prefect_and_torch(command: str) -> None:
    script = f"import sys, flows.{command}; sys.exit(bool({{'prefect', 'torch', 'stanza'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parent.parent.parent, check=False).returncode == 0
