"""What an article costs from text to warehouse: seconds, CPU seconds, memory and bytes, with one process and with two. No Prefect: it adds what the note in docs/scale.md says.

    python -m benchmarks.scale [--copies N]          the sample articles N times (20), each copy with a sentence of its own

Start-up is taken off: what one copy costs is subtracted. On a busy machine read CPU seconds, not seconds.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.loading import Ingest
from flows.pipeline import code_package
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
    rows: list[dict[str, float]] = []
    load = round(os.getloadavg()[0], 1)
    for workers in (1, 2):
        start, whole = (json.loads(subprocess.run([sys.executable, "-m", "benchmarks.scale", "--once", str(copies), str(workers)], cwd=ROOT, capture_output=True, check=True).stdout) for copies in (1, chosen.copies))
        articles, sentences, seconds, cpu = (whole[name] - start[name] for name in ("articles", "sentences", "seconds", "cpu_seconds"))
        rows.append(
            {
                "workers": workers, "articles": articles, "sentences": sentences, "articles_per_s": round(articles / seconds, 2), "sentences_per_s": round(sentences / seconds, 1), "cpu_ms_an_article": round(1000 * cpu / articles, 1),
                "cpu_ms_a_sentence": round(1000 * cpu / sentences, 2), "second_half_to_first": whole["second_half_to_first"], "peak_MB_loader": whole["loader_MB"], "peak_MB_worker": whole["worker_MB"],
                "start_seconds": start["seconds"], "start_cpu_seconds": start["cpu_seconds"],
            }
        )  # fmt: skip
        print(rows[-1], flush=True)
    (ROOT / "benchmarks" / "scale.json").write_text(json.dumps({"load_average": load, "runs": rows, "bytes": sizes()}, indent=1) + "\n", encoding="utf-8")


def sizes() -> dict[str, float]:
    """Of the package of all samples, bytes an article: their text, the package in memory, as Parquet, and of that parses, articles, mentions; and mentions an article."""
    package = code_package([article for article in read_sources([str(SAMPLES)]) if isinstance(article, Article)])
    articles = package.tables["articles"].num_rows
    parquet = {name: _parquet(table) for name, table in package.tables.items()}
    found = {
        "text": sum(len(text.encode()) for text in package.tables["articles"]["text"].to_pylist()), "in_memory": sum(table.nbytes for table in package.tables.values()), "parquet": sum(parquet.values()),
        "parquet_parses": parquet["sentences"], "parquet_articles": parquet["articles"], "parquet_mentions": parquet["mentions"], "mentions": package.tables["mentions"].num_rows,
    }  # fmt: skip
    return {name: round(value / articles, 1) for name, value in found.items()}


def _parquet(table: pa.Table) -> int:
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.tell()


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
        seconds = time.monotonic() - began
    here, there = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    half = next(at for at, (read, _) in enumerate(laps) if read >= len(articles) / 2)
    rates = [(b[0] - a[0]) / (b[1] - a[1]) for a, b in ((laps[0], laps[half]), (laps[half], laps[-1]))] if copies > 1 else [1.0, 1.0]
    return {
        "articles": len(articles), "sentences": report.counts.sentences, "seconds": round(seconds, 2), "cpu_seconds": round(here.ru_utime + here.ru_stime + there.ru_utime + there.ru_stime, 2), "loader_MB": here.ru_maxrss * 1024 // 1_000_000,
        "worker_MB": there.ru_maxrss * 1024 // 1_000_000, "second_half_to_first": round(rates[1] / rates[0], 2),
    }  # fmt: skip


if __name__ == "__main__":
    main()
