"""docs/scale.md of the figures in benchmarks/*.json.

python -m benchmarks.scale_page [--measure]          --measure: scale, orchestration, loading and steady first, anew (half an hour); best on a machine that does nothing else

What a day of GDELT needs is worked out from the run with two processes, by what a sentence costs that was read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.figures import ROOT, Row, parser

PAGE = ROOT / "docs" / "scale.md"
MADE_OF = ("scale", "orchestration", "loading", "steady")
_DAY = 500_000
_LONG = 30


def main() -> None:
    """Write docs/scale.md."""
    given = parser(__doc__)
    given.add_argument("--measure", action="store_true")
    if given.parse_args().measure:
        for name in MADE_OF:
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=True)
    try:
        PAGE.write_text(page(), encoding="utf-8")
    except FileNotFoundError as error:
        sys.exit(str(error))
    print(f"{PAGE.relative_to(ROOT)} is written")


def page(folder: Path = ROOT / "benchmarks") -> str:
    """The page as the figures in a folder have it. Raises FileNotFoundError, which says what to run, where figures are missing."""
    scale, orchestration, loading, steady = given = [_read(folder / f"{name}.json") for name in MADE_OF]
    ones, twos = ([row for row in scale["rows"] if row["run"] == run] for run in ("1 process", "2 processes"))
    one, size = ones[-1], scale["bytes_an_article"]
    two = next((row for row in twos if row["articles"] == one["articles"]), twos[-1])
    seconds, sentences = two["cpu_ms_a_sentence"] / 1000, two["sentences"] / two["articles"]
    hours = _DAY * sentences * seconds / 3600
    long = hours * _LONG / sentences
    loaded = next(row["mentions_per_s"] for row in loading["rows"] if row["run"] == "into an empty warehouse")
    worker, loader = two["child_MB"] / 1000, two["peak_MB"] / 1000
    first, second = steady["rows"]
    figures: dict[str, Any] = {
        "quiet": _quiet(given), "scale": scale, "one": one, "two": two, "steady": steady, "first": first, "second": second, "sentences": sentences, "text": size["text"], "hours": hours, "loaded": loaded,
        "day_sentences": _DAY * sentences / 1e6, "core_rate": 1 / seconds,
        # The clock is believed on a quiet machine only; figures of before 25 November 2026, 16:00, have no not_parsed and no bytes of the warehouse.
        "clock": f" By the clock these two processes read {two['sentences_per_s']} sentences a second: **{_DAY * sentences / two['sentences_per_s'] / 3600:.1f} h**." if scale["quiet"] else "",
        "not_parsed": f", {two['not_parsed'] / two['sentences']:.0%} of them not parsed because they can tell no event" if "not_parsed" in two else "",
        "warehouse": f"{two['warehouse_bytes_an_article'] / 1000:.1f} KB an article: {_DAY * two['warehouse_bytes_an_article'] / 1e9:.1f} GB a day, {365 * _DAY * two['warehouse_bytes_an_article'] / 1e12:.1f} TB a year" if "warehouse_bytes_an_article" in two else "of the same order",
        "one_rate": 1000 / one["cpu_ms_an_article"], "one_sentences": 1000 / one["cpu_ms_a_sentence"], "two_rate": 2000 / two["cpu_ms_an_article"], "two_sentences": 2000 / two["cpu_ms_a_sentence"],
        "sizes": ", ".join(f"{row['articles']:,}" for row in twos), "costs": ", ".join(str(row["cpu_ms_a_sentence"]) for row in twos),
        "one_memory": one["peak_MB"] / 1000, "prefect_memory": one["child_MB"] / 1000, "loader_memory": loader, "worker_memory": worker, "text_KB": size["text"] / 1000,
        **{name: size[name] / 1000 for name in ("in_memory", "parquet", "parquet_parses", "parquet_articles", "parquet_mentions")},
        "steady_sentences": steady["sentences"] / steady["articles"], "pss": steady["peak_pss_MB"] / 1000, "rss": steady["peak_rss_MB"] / 1000, "quarters": ", ".join(f"{MB / 1000:.2f}" for MB in steady["mean_rss_MB_by_quarter"]),
        "processes": ", ".join(str(MB) for MB in steady["peak_rss_MB_by_process"]),
        "starting": "\n".join(f"| `{row['run'].partition(',')[0]}` of the samples{', nothing new' if 'nothing' in row['run'] else ''} | {row['first_article_s']} | {row['seconds']} | {row['cpu_seconds']} |" for row in orchestration["rows"]),
        "hours_two": hours / 2, "hours_eight": hours / 8, "memory_eight": 8 * worker + loader, "hours_long": long, "hours_long_eight": long / 8, "day_GB": _DAY * size["parquet"] / 1e9,
        "text_GB": _DAY * size["text"] / 1e9, "mentions": size["mentions"], "day_mentions": _DAY * size["mentions"] / 1e6, "load_minutes": _DAY * size["mentions"] / loaded / 60, "loader_cores": hours * 3600 / (_DAY * size["mentions"] / loaded),
        "mention_bytes": size["parquet_mentions"] / size["mentions"], "year_mentions": 365 * _DAY * size["mentions"] / 1e9, "lake_GB": 365 * _DAY * size["parquet_mentions"] / 1e9, "lake_month": 365 * _DAY * size["parquet_mentions"] / 12e9,
        "parses_TB": 365 * _DAY * size["parquet_parses"] / 1e12,
    }  # fmt: skip
    return (ROOT / "benchmarks" / "scale_page.md").read_text(encoding="utf-8").format(**figures)


def _read(file: Path) -> Row:
    try:
        given: Row = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(f"{file} is missing; run: python -m benchmarks.{file.stem}") from None
    return given


def _quiet(measured: list[Row]) -> str:
    busy = [f"{one['benchmark']} {one['cores_that_others_used']}" for one in measured if not one["quiet"]]
    if not busy:
        return "The machine did nothing else."
    return f"Others used the machine meanwhile (so many cores: {', '.join(busy)}): **CPU seconds of these hold, what the clock says does not**."


if __name__ == "__main__":
    main()
