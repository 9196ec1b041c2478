"""What an article costs from text to warehouse: seconds, CPU seconds, memory and bytes, with one process and with two. No Prefect: it adds what the note in docs/scale.md says.

    python -m benchmarks.scale [--copies N]          the sample articles N times (20), each copy with a sentence of its own

Start-up is taken off: what one copy costs is subtracted. On a busy machine read CPU seconds, not seconds.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flows.loading import Ingest
from flows.run import SAMPLES
from sources import Article, read_sources
from warehouse import open_warehouse

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Print a line for each number of processes and write benchmarks/scale.json."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--copies", type=int, default=20)
    given.add_argument("--once", nargs=2, type=int, metavar=("COPIES", "WORKERS"), help="one measurement, in this process")
    chosen = given.parse_args()
    if chosen.once:
        print(json.dumps(measure(*chosen.once)))
        return
    rows = []
    for workers in (1, 2):
        start, whole = (json.loads(subprocess.run([sys.executable, "-m", "benchmarks.scale", "--once", str(copies), str(workers)], cwd=ROOT, capture_output=True, check=True).stdout) for copies in (1, chosen.copies))
        articles, sentences, seconds, cpu = (whole[name] - start[name] for name in ("articles", "sentences", "seconds", "cpu_seconds"))
        rows.append(
            {
                "workers": workers, "articles": articles, "sentences": sentences, "articles_per_s": round(articles / seconds, 2), "sentences_per_s": round(sentences / seconds, 1), "cpu_ms_an_article": round(1000 * cpu / articles, 1),
                "cpu_ms_a_sentence": round(1000 * cpu / sentences, 2), "second_half_to_first": whole["second_half_to_first"], "peak_MB_loader": whole["loader_MB"], "peak_MB_worker": whole["worker_MB"],
                "bytes_an_article": round((whole["bytes"] - start["bytes"]) / articles), "text_bytes_an_article": whole["text_bytes"] // whole["articles"], "start_seconds": start["seconds"], "start_cpu_seconds": start["cpu_seconds"],
            }
        )  # fmt: skip
        print(rows[-1], flush=True)
    (ROOT / "benchmarks" / "scale.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def measure(copies: int, workers: int) -> dict[str, float]:
    """One ingest into a new warehouse, in this process."""
    samples = [article for article in read_sources([str(SAMPLES)]) if isinstance(article, Article)]
    articles = [dataclasses.replace(a, article_id=f"{a.article_id}-{n}", text=f"{a.text}\n{'Number' if a.language == 'en' else 'الرقم'} {n}.") for n in range(copies) for a in samples]
    laps: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "scale.duckdb"
        began = time.monotonic()
        with open_warehouse(db) as connection:
            report = Ingest(articles, connection, db, workers=workers, progress=lambda r: laps.append((r.counts.articles, time.monotonic()))).run()
        seconds, size = time.monotonic() - began, db.stat().st_size
    here, there = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    half = next(at for at, (read, _) in enumerate(laps) if read >= len(articles) / 2)
    rates = [(b[0] - a[0]) / (b[1] - a[1]) for a, b in ((laps[0], laps[half]), (laps[half], laps[-1]))] if copies > 1 else [1.0, 1.0]
    return {
        "articles": len(articles), "sentences": report.counts.sentences, "seconds": round(seconds, 2), "cpu_seconds": round(here.ru_utime + here.ru_stime + there.ru_utime + there.ru_stime, 2), "loader_MB": here.ru_maxrss // 1024,
        "worker_MB": there.ru_maxrss // 1024, "bytes": size, "text_bytes": sum(len(a.text.encode()) for a in articles), "second_half_to_first": round(rates[1] / rates[0], 2),
    }  # fmt: skip


if __name__ == "__main__":
    main()
