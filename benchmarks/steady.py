"""Whether a long `marsad run` stays as it began: memory of all its processes, and what an article costs in the second half against the first.

    python -m benchmarks.steady [--articles N] [--workers N]          5,000 articles, two workers

The articles are sentences of our own annotated news (tests/coders/news_*.jsonl) in ever new order, each with a sentence that no other has, with a name that no dictionary knows.
The halves are compared by processor time, which a busy machine leaves alone, and by the clock, which it does not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
_SENTENCES = 6
_OWN = {"en": "The sample town of {name} lies {n} kilometres from the border of {name}stan.", "ar": "وتقع بلدة {name} وهي عينة على بعد {n} كيلومترا من الحدود."}
_LETTERS = {"en": ("bdgklmnrstvz", "aeiou"), "ar": ("بتجدرسشعفقكلمن", "اوي")}
_EVERY = 1.0


def main() -> None:
    """Print what was measured and write benchmarks/steady.json."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--articles", type=int, default=5000)
    given.add_argument("--workers", type=int, default=2)
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="marsad-steady-") as folder:
        write_articles(Path(folder) / "news.jsonl", chosen.articles)
        row = measure(Path(folder), chosen.workers)
    print(json.dumps(row, indent=1))
    (ROOT / "benchmarks" / "steady.json").write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")


def write_articles(path: Path, number: int, seed: int = 7) -> None:
    """Write so many articles, Arabic and English by turns, the same for the same seed."""
    rng = random.Random(seed)
    sentences = {language: [json.loads(line)["text"] for line in (ROOT / "tests" / "coders" / f"news_{language}.jsonl").read_text(encoding="utf-8").splitlines()] for language in _OWN}
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            language = "ar" if n % 2 else "en"
            name = "".join(rng.choice(letters) for _ in range(3) for letters in _LETTERS[language])
            own = _OWN[language].format(name=name.capitalize(), n=n)
            file.write(
                json.dumps({"id": f"steady-{n:05d}", "lang": language, "date": "2024-05-02", "text": " ".join([*rng.sample(sentences[language], _SENTENCES - 1), own])}, ensure_ascii=False) + "\n"
            )


def measure(folder: Path, workers: int) -> dict[str, object]:
    """Run `marsad run` on the articles of a folder; memory is in MB, summed over its processes: RSS counts what they share each time, PSS once."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | {"PREFECT_HOME": str(folder / "prefect")}
    command = [sys.executable, "-m", "flows", "run", str(folder / "news.jsonl"), "--db", str(folder / "steady.duckdb"), "--workers", str(workers), "--log", "json"]
    load = round(os.getloadavg()[0], 1)
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
    steady = laps[workers : -3 * workers]
    half = min(range(len(steady)), key=lambda at: abs(2 * steady[at][0] - steady[0][0] - steady[-1][0]))
    halves = [half_of(*ends) for ends in ((steady[0], steady[half]), (steady[half], steady[-1]))]
    quarters = [family.between(steady[0][3] + (steady[-1][3] - steady[0][3]) * at / 4, (steady[-1][3] - steady[0][3]) / 4) for at in range(4)]
    return {
        "articles": laps[-1][0], "sentences": laps[-1][1], "workers": workers, "seconds": round(laps[-1][3] - family.began, 1), "cpu_seconds": round(laps[-1][2], 1), "first_half": halves[0], "second_half": halves[1],
        "second_half_to_first": {unit: round(halves[1][unit] / halves[0][unit], 3) for unit in halves[0]}, "peak_rss_MB": max(rss for _, rss, _ in family.memory), "peak_pss_MB": max(pss for _, _, pss in family.memory),
        "mean_rss_MB_by_quarter": quarters, "peak_rss_MB_by_process": sorted(family.peaks.values(), reverse=True),
        "warehouse_bytes_an_article": (folder / "steady.duckdb").stat().st_size // laps[-1][0], "load_average": load,
    }  # fmt: skip


def half_of(first: tuple[int, int, float, float], last: tuple[int, int, float, float]) -> dict[str, float]:
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
