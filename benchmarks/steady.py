"""Whether a long `marsad run` stays as it began: memory of all its processes, and what an article costs in the second half against the first.

    python -m benchmarks.steady [--articles N] [--workers N]          5,000 articles, two workers

It takes some minutes, so it is not part of `make bench`. The articles are invented (benchmarks/news.py), each other than all before, with places, numbers and names of its own. The halves
are compared by processor time, which a busy machine leaves alone, and by the clock, which it does not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from benchmarks.figures import ROOT, Figures, Row, parser
from benchmarks.news import write_news

_EVERY = 1.0
_FEWEST = 100


def main() -> None:
    """Print a table and write benchmarks/steady.json."""
    given = parser(__doc__)
    given.add_argument("--articles", type=int, default=5000)
    given.add_argument("--workers", type=int, default=2)
    chosen = given.parse_args()
    if chosen.articles < _FEWEST:
        given.error(f"--articles must be {_FEWEST} at least, so that there are two halves of some batches")
    figures = Figures("steady")
    with tempfile.TemporaryDirectory(prefix="marsad-steady-") as folder:
        write_news(Path(folder) / "news.jsonl", chosen.articles)
        rows, facts = measure(Path(folder), chosen.workers)
    figures.tell(rows, **facts, asked="the second half at least as quick an article as the first, within 10 %; memory levels off")


def measure(folder: Path, workers: int) -> tuple[list[Row], Row]:
    """Run `marsad run` on the articles of a folder; a row for each half of it, and what is of the whole. Memory is in MB, summed over its processes: RSS counts what they share each time, PSS once."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | {"PREFECT_HOME": str(folder / "prefect")}
    command = [sys.executable, "-m", "flows", "run", str(folder / "news.jsonl"), "--db", str(folder / "steady.duckdb"), "--workers", str(workers), "--log", "json"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    family = Family(process.pid)
    watching = threading.Thread(target=family.watch, daemon=True)
    watching.start()
    laps: list[tuple[int, int, float, float]] = []
    assert process.stderr is not None
    for line in process.stderr:
        told = json.loads(line) if line.startswith("{") else {}
        if "batch" in told:
            laps.append((told["articles"], told["sentences"], family.cpu(), time.monotonic()))
    assert process.wait() == 0, "marsad run failed; run it by hand to see why"
    family.over.set()
    watching.join()
    # Coding is ahead of loading, but at the end it has nothing more to be ahead with; start-up is no part either.
    steady = laps[workers : -3 * workers] if len(laps) > 5 * workers else laps
    half = min(range(1, len(steady) - 1), key=lambda at: abs(2 * steady[at][0] - steady[0][0] - steady[-1][0]))
    rows = [{"run": name, **half_of(*ends)} for name, ends in (("first half", (steady[0], steady[half])), ("second half", (steady[half], steady[-1])))]
    quarters = [family.between(steady[0][3] + (steady[-1][3] - steady[0][3]) * at / 4, (steady[-1][3] - steady[0][3]) / 4) for at in range(4)]
    return rows, {
        "articles": laps[-1][0], "sentences": laps[-1][1], "workers": workers, "seconds": round(laps[-1][3] - family.began, 1), "cpu_seconds": round(laps[-1][2], 1),
        "second_half_to_first_a_cpu_second": round(rows[1]["articles_a_cpu_second"] / rows[0]["articles_a_cpu_second"], 3),
        "peak_rss_MB": max(rss for _, rss, _ in family.memory), "peak_pss_MB": max(pss for _, _, pss in family.memory), "mean_rss_MB_by_quarter": quarters, "peak_rss_MB_by_process": sorted(family.peaks.values(), reverse=True),
        "warehouse_bytes_an_article": (folder / "steady.duckdb").stat().st_size // laps[-1][0],
    }  # fmt: skip


def half_of(first: tuple[int, int, float, float], last: tuple[int, int, float, float]) -> Row:
    """Between two batches: processor milliseconds an article and a sentence, and articles a second by processor and by clock."""
    articles, sentences, cpu, seconds = (b - a for a, b in zip(first, last, strict=True))
    return {
        "cpu_ms_an_article": round(1000 * cpu / articles, 1),
        "cpu_ms_a_sentence": round(1000 * cpu / sentences, 2),
        "articles_a_cpu_second": round(articles / cpu, 2),
        "articles_a_second": round(articles / seconds, 2),
    }


class Family:
    """A process and all below it."""

    def __init__(self, pid: int) -> None:
        self.root = psutil.Process(pid)
        self.began = time.monotonic()
        self.memory: list[tuple[float, int, int]] = []  # when, RSS, PSS
        self.peaks: dict[int, int] = {}
        self._cpu: dict[int, float] = {}
        self.over = threading.Event()

    def watch(self) -> None:
        """Look at the memory now and then, until it is over."""
        while not self.over.wait(_EVERY):
            rss = pss = 0
            for process in self.members():
                try:
                    told = process.memory_full_info()
                except psutil.Error:
                    continue
                rss, pss = rss + told.rss, pss + told.pss
                self.peaks[process.pid] = max(self.peaks.get(process.pid, 0), told.rss // 1_000_000)
            self.memory.append((time.monotonic(), rss // 1_000_000, pss // 1_000_000))

    def members(self) -> list[psutil.Process]:
        """The processes that there are now."""
        try:
            return [self.root, *self.root.children(recursive=True)]
        except psutil.Error:
            return []

    def cpu(self) -> float:
        """Processor seconds of all of them so far."""
        for process in self.members():
            try:
                told = process.cpu_times()
            except psutil.Error:
                continue
            self._cpu[process.pid] = told.user + told.system
        return sum(self._cpu.values())

    def between(self, began: float, seconds: float) -> int:
        """The mean of the RSS in a time."""
        found = [rss for when, rss, _ in self.memory if began <= when <= began + seconds]
        return round(sum(found) / len(found)) if found else 0


if __name__ == "__main__":
    main()
