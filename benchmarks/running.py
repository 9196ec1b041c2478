"""End to end, Arabic and English mixed: `marsad run` on both cores, from files to the warehouse, against the plain way over the same kind of news.

    python -m benchmarks.running [--articles N] [--plain N]

The plain way (benchmarks/plain.py) is stock Stanza with the same models, an article at a time, and the same coder, with torch's own threads and no warehouse; it codes fewer
articles. Start-up is in the first rates of both and not in `without start`: there a run over the first few articles is subtracted. The articles are invented (benchmarks/news.py).
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.command import Cost, marsad, python
from benchmarks.figures import Figures, Row, parser
from benchmarks.news import write_news
from benchmarks.scale import counted

# So many articles are the start-up that is subtracted: each process gets some of both languages.
_START = 16


def main() -> None:
    """Print a table and write benchmarks/running.json."""
    given = parser(__doc__)
    given.add_argument("--articles", type=int, default=2000)
    given.add_argument("--plain", type=int, default=100, help="articles that the plain way codes")
    given.add_argument("--workers", type=int, default=os.cpu_count())
    given.add_argument("arguments", nargs="*", metavar="-- OPTION", help="further options of marsad run, after --")
    chosen = given.parse_args()
    figures, rows = Figures("running"), []
    with tempfile.TemporaryDirectory(prefix="marsad-running-") as scratch:
        folder, cache = Path(scratch), Path(scratch) / "cache"
        cache.mkdir(mode=0o700)

        def run(articles: int) -> tuple[Cost, dict[str, int]]:
            file = write_news(folder / f"{articles}.jsonl", articles)
            cost = marsad("run", str(file), "--db", str(folder / f"{articles}.duckdb"), "--workers", str(chosen.workers), *chosen.arguments, cache=cache)
            return cost, counted(cost.output)

        small, whole = run(_START), run(chosen.articles)
        rows.append(
            _row(f"marsad run, {chosen.workers} processes", *whole, whole[0].seconds - small[0].seconds, whole[0].cpu_seconds - small[0].cpu_seconds, whole[1]["sentences"] - small[1]["sentences"])
        )
        cost = python("-m", "benchmarks.plain", str(write_news(folder / "plain.jsonl", chosen.plain)), cache=cache)
        told: dict[str, Any] = json.loads(cost.output.splitlines()[-1])
        rows.append(_row("plain way", cost, told, told["seconds"], told["cpu_seconds"], told["sentences"]))
    for row in rows:
        row["times"] = round(row["without_start_per_s"] / rows[-1]["without_start_per_s"], 1)
        row["times_cpu"] = round(rows[-1]["cpu_ms_a_sentence"] / row["cpu_ms_a_sentence"], 1)
    figures.tell(rows, asked=">= 15 times the plain way and >= 150 sentences a second")


def _row(run: str, cost: Cost, counts: dict[str, Any], seconds: float, cpu_seconds: float, sentences: int) -> Row:
    return {
        "run": run, "articles": counts["articles"], "sentences": counts["sentences"], "events": counts["events"], "articles_per_s": round(counts["articles"] / cost.seconds, 1),
        "sentences_per_s": round(counts["sentences"] / cost.seconds, 1), "without_start_per_s": round(sentences / seconds, 1), "cpu_ms_a_sentence": round(1000 * cpu_seconds / sentences, 2), "peak_MB": cost.peak_MB, "child_MB": cost.child_MB,
    }  # fmt: skip


if __name__ == "__main__":
    main()
