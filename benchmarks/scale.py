"""What an article costs with one process and with two, and with few articles and with many: `marsad run` as it is, from files to the warehouse.

    python -m benchmarks.scale [--articles N ...] [--one N ...]

docs/scale.md is made of it (benchmarks/scale_page.py).
For each number of processes the run over the first few articles is start-up and is subtracted from the others; the last row says how costs compare: two processes with one over the
same articles, and the most articles with the fewest. The articles are invented (benchmarks/news.py), each other than all before. Sentences are those read; `not_parsed` are those of them that the sentence filter kept from the parser.
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.command import marsad
from benchmarks.figures import Figures, Row, parser
from benchmarks.news import news, write_news
from flows.pipeline import BATCH_ARTICLES, code_package

# Each process gets some of both languages.
_START = 16
_COUNT = re.compile(r"^(articles|sentences|events) +(\d+)", re.MULTILINE)
_NOT_PARSED = re.compile(r"(\d+) of them not parsed")


def main() -> None:
    """Print a table and write benchmarks/scale.json."""
    given = parser(__doc__)
    given.add_argument("--articles", type=int, nargs="+", default=[100, 1_000, 10_000], help="numbers of articles for two processes")
    given.add_argument("--one", type=int, nargs="+", default=[1_000], help="numbers of articles for one process")
    chosen = given.parse_args()
    figures, rows = Figures("scale"), list[Row]()
    with tempfile.TemporaryDirectory(prefix="marsad-scale-") as scratch:
        folder = Path(scratch)
        (cache := folder / "cache").mkdir(mode=0o700)
        _run(folder, cache, _START, 1)  # compiles the dictionaries and warms the disk
        for workers, sizes in ((1, chosen.one), (2, chosen.articles)):
            start = _run(folder, cache, _START, workers)
            for size in sizes:
                whole = _run(folder, cache, size, workers)
                articles, sentences, seconds, cpu, grown = (whole[key] - start[key] for key in ("articles", "sentences", "seconds", "cpu_seconds", "bytes"))
                rows.append({
                    "run": f"{workers} process{'es' * (workers > 1)}", "articles": size, "sentences": whole["sentences"], "not_parsed": whole["not_parsed"], "articles_per_s": round(articles / seconds, 1), "sentences_per_s": round(sentences / seconds, 1),
                    "ms_an_article": round(1000 * seconds / articles, 2), "cpu_ms_an_article": round(1000 * cpu / articles, 2), "cpu_ms_a_sentence": round(1000 * cpu / sentences, 2), "start_s": round(start["seconds"], 1), "start_cpu_s": round(start["cpu_seconds"], 1),
                    "peak_MB": whole["peak_MB"], "child_MB": whole["child_MB"], "warehouse_bytes_an_article": round(grown / articles),
                })  # fmt: skip
                print(rows[-1], flush=True)
    by_size = {(row["run"], row["articles"]): row for row in rows}
    facts = {}
    for size in chosen.one:
        if size in chosen.articles:
            facts[f"two_processes_to_one_at_{size}"] = round(by_size["2 processes", size]["articles_per_s"] / by_size["1 process", size]["articles_per_s"], 2)
    first, last = (by_size["2 processes", size]["cpu_ms_a_sentence"] for size in (min(chosen.articles), max(chosen.articles)))
    figures.tell(rows, **facts, cpu_a_sentence_most_to_fewest=round(last / first, 2), bytes_an_article=package_sizes(), asked="2 processes >= 1.8 x one; cost flat within 10 %")


def counted(output: str) -> dict[str, int]:
    """The counts in the summary of `marsad run`: articles, sentences, events, and of the sentences those not parsed."""
    held_back = _NOT_PARSED.search(output)
    return {**{name: int(number) for name, number in _COUNT.findall(output)}, "not_parsed": int(held_back[1]) if held_back else 0}


def package_sizes() -> dict[str, float]:
    """Of a package of such articles, bytes an article: their text, the package in memory, as Parquet, and of that parses, articles, mentions; and mentions an article."""
    package = code_package([told.article for told in news(BATCH_ARTICLES)])
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


def _run(folder: Path, cache: Path, articles: int, workers: int) -> dict[str, float]:
    """One run into a new warehouse."""
    file, db = write_news(folder / "news.jsonl", articles), folder / f"{articles}-{workers}.duckdb"
    cost = marsad("run", str(file), "--db", str(db), "--workers", str(workers), cache=cache)
    size = db.stat().st_size
    for path in folder.glob(f"{db.stem}*"):
        path.unlink()
    return {**counted(cost.output), "seconds": cost.seconds, "cpu_seconds": cost.cpu_seconds, "peak_MB": cost.peak_MB, "child_MB": cost.child_MB, "bytes": size}


if __name__ == "__main__":
    main()
