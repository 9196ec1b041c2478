"""docs/scale.md of the figures in benchmarks/*.json.

    python -m benchmarks.scale_page [--measure]          --measure: scale, steady and starting first, anew; best on a machine that does nothing else
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "scale.md"
_DAY = 500_000
_LONG = 30
# Above it others had a part of the processors.
_QUIET = 1.0


def main() -> None:
    """Write docs/scale.md."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--measure", action="store_true")
    if given.parse_args().measure:
        for name in ("scale", "steady", "starting"):
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=True)
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The page as the figures have it now."""
    scale, steady, starting, loading = (json.loads((ROOT / "benchmarks" / f"{name}.json").read_text(encoding="utf-8")) for name in ("scale", "steady", "starting", "loading"))
    one, two, size = scale["runs"][0], scale["runs"][1], scale["bytes"]
    load = max(scale["load_average"], steady["load_average"], *(row["load_average"] for row in starting))
    seconds = one["cpu_ms_an_article"] / 1000
    hours, sentences = _DAY * seconds / 3600, one["sentences"] / one["articles"]
    long = hours * _LONG / sentences
    loaded = next(row["mentions_per_s"] for row in loading["runs"] if row["run"] == "into an empty warehouse")
    worker, loader = two["peak_MB_worker"] / 1000, two["peak_MB_loader"] / 1000
    figures: dict[str, Any] = {
        "quiet": "The machine had two cores and did nothing else." if load <= _QUIET else f"Others used the two cores meanwhile (load average up to {load}): **CPU seconds hold, what the clock says does not**.",
        "one": one, "two": two, "steady": steady, "first": steady["first_half"], "second": steady["second_half"], "sentences": sentences, "text": size["text"], "one_seconds": seconds, "hours": hours, "loaded": loaded,
        "one_rate": 1 / seconds, "one_sentences": 1000 / one["cpu_ms_a_sentence"], "two_rate": 2000 / two["cpu_ms_an_article"], "two_sentences": 2000 / two["cpu_ms_a_sentence"],
        "one_memory": one["peak_MB_loader"] / 1000, "loader_memory": loader, "worker_memory": worker, "text_KB": size["text"] / 1000,
        **{name: size[name] / 1000 for name in ("in_memory", "parquet", "parquet_parses", "parquet_articles", "parquet_mentions")},
        "ratio": steady["second_half_to_first"]["articles_a_cpu_second"], "pss": steady["peak_pss_MB"] / 1000, "rss": steady["peak_rss_MB"] / 1000, "quarters": ", ".join(f"{MB / 1000:.2f}" for MB in steady["mean_rss_MB_by_quarter"]),
        "processes": ", ".join(str(MB) for MB in steady["peak_rss_MB_by_process"]), "warehouse": round((steady["warehouse_bytes_an_article"] or 0) / 1000, 1) or "(not measured yet)",
        "starting": "\n".join(f"| `{row['command'].partition(',')[0]}` of the samples{', nothing new' if 'nothing' in row['command'] else ''} | {_or_none(row['first_cpu_seconds'])} | {_or_none(row['first_seconds'])} | {row['cpu_seconds']} | {row['seconds']} |" for row in starting),
        "hours_two": hours / 2, "minutes_eight": hours / 8 * 60, "memory_eight": 8 * worker + loader, "hours_long": long, "hours_long_eight": long / 8, "day_GB": _DAY * size["parquet"] / 1e9, "year_TB": 365 * _DAY * size["parquet"] / 1e12,
        "text_GB": _DAY * size["text"] / 1e9, "mentions": size["mentions"], "day_mentions": _DAY * size["mentions"] / 1e6, "load_minutes": _DAY * size["mentions"] / loaded / 60, "loader_cores": hours * 3600 / (_DAY * size["mentions"] / loaded),
        "mention_bytes": size["parquet_mentions"] / size["mentions"], "year_mentions": 365 * _DAY * size["mentions"] / 1e9, "lake_GB": 365 * _DAY * size["parquet_mentions"] / 1e9, "lake_month": 365 * _DAY * size["parquet_mentions"] / 12e9,
        "parses_TB": 365 * _DAY * size["parquet_parses"] / 1e12,
    }  # fmt: skip
    return (ROOT / "benchmarks" / "scale_page.md").read_text(encoding="utf-8").format(**figures)


def _or_none(value: float | None) -> str:
    return "" if value is None else str(value)


if __name__ == "__main__":
    main()
