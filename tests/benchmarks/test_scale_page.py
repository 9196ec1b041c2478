"""docs/scale.md says what the figures in benchmarks/*.json say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmarks.figures import ROOT, Row
from benchmarks.scale import counted
from benchmarks.scale_page import MADE_OF, PAGE, page


def row(run: str, articles: int, rate: float) -> Row:
    """Ten sentences an article, half of them not parsed, 4 CPU ms each."""
    return {
        "run": run, "articles": articles, "sentences": 10 * articles, "not_parsed": 5 * articles, "articles_per_s": rate / 10, "sentences_per_s": rate, "ms_an_article": 10_000 / rate, "cpu_ms_an_article": 40.0, "cpu_ms_a_sentence": 4.0,
        "start_s": 5.0, "start_cpu_s": 9.0, "peak_MB": 500, "child_MB": 800, "warehouse_bytes_an_article": 8_000,
    }  # fmt: skip


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    for name in MADE_OF[1:]:
        shutil.copy(ROOT / "benchmarks" / f"{name}.json", tmp_path)
    sizes = {"text": 2000.0, "in_memory": 30000.0, "parquet": 10000.0, "parquet_parses": 6000.0, "parquet_articles": 2500.0, "parquet_mentions": 1500.0, "mentions": 5.0}
    rows = [row("1 process", 1000, 250.0), row("2 processes", 100, 300.0), row("2 processes", 1000, 500.0)]
    (tmp_path / "scale.json").write_text(json.dumps({"machine": {"cores": 2, "processor": "any"}, "commit": "abc", "quiet": True, "bytes_an_article": sizes, "rows": rows}), encoding="utf-8")
    return tmp_path


def test_the_page_is_made_of_the_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m benchmarks.scale_page"


def test_a_day_is_worked_out_from_sentences_read(figures: Path) -> None:
    made = page(figures)
    # 500,000 articles of 10 sentences, read at 4 CPU ms each, and by two processes at 500 a second.
    assert "a day is 5.0 million sentences **read**, 50% of them not parsed" in made
    assert "250 sentences read a second and core) that is **5.6 core hours**" in made
    assert "these two processes read 500.0 sentences a second: **2.8 h**" in made
    assert "Eight cores: 0.7 h, with 8 × 0.80 + 0.50 = 6.9 GB" in made
    assert "the warehouse, 8.0 KB an article: 4.0 GB a day, 1.5 TB a year" in made


def test_what_is_missing_is_said_with_its_command(figures: Path) -> None:
    (figures / "scale.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"scale\.json is missing; run: python -m benchmarks\.scale$"):
        page(figures)


def test_the_summary_of_a_run_is_counted() -> None:
    said = "articles   3 = 2 coded + 1 without events + 0 rejected\nsentences  30, 14 of them not parsed: no word that evokes an act, or no actor\nevents     5\n"
    assert counted(said) == {"articles": 3, "sentences": 30, "not_parsed": 14, "events": 5}
    assert counted(said.replace(", 14 of them not parsed: no word that evokes an act, or no actor", ""))["not_parsed"] == 0
