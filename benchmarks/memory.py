"""The most memory that `marsad run` in one process holds while it loads both languages' news; against the plain way.

    python -m benchmarks.memory [--articles N]

Prefect's temporary API is a process of its own and is given beside it. The articles are invented (benchmarks/news.py), with one of many sentences in each hundred.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.command import marsad, python
from benchmarks.figures import Figures, parser
from benchmarks.news import write_news


def main() -> None:
    """Print a table and write benchmarks/memory.json."""
    given = parser(__doc__)
    given.add_argument("--articles", type=int, default=1000)
    articles = given.parse_args().articles
    figures, rows = Figures("memory"), []
    with tempfile.TemporaryDirectory(prefix="marsad-memory-") as scratch:
        cache = Path(scratch) / "cache"
        cache.mkdir(mode=0o700)
        for size in (articles // 10, articles):
            file = write_news(Path(scratch) / f"{size}.jsonl", size, long=100)
            found = marsad("run", str(file), "--db", str(Path(scratch) / f"{size}.duckdb"), cache=cache)
            rows.append(
                {
                    "run": "marsad run, one process",
                    "articles": size,
                    "peak_MB": found.peak_MB,
                    "prefect_MB": found.child_MB,
                    "seconds": round(found.seconds, 1),
                    "cpu_seconds": round(found.cpu_seconds, 1),
                }
            )
        file = write_news(Path(scratch) / "plain.jsonl", articles // 10, long=100)
        found = python("-m", "benchmarks.plain", str(file), cache=cache)
        rows.append({"run": "plain way", "articles": articles // 10, "peak_MB": found.peak_MB, "prefect_MB": 0, "seconds": round(found.seconds, 1), "cpu_seconds": round(found.cpu_seconds, 1)})
    figures.tell(rows, asked="one process <= 900 MB")


if __name__ == "__main__":
    main()
