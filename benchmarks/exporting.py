"""Events exported a second and the memory that it takes, by format; against all rows fetched and written by the csv module.

    python -m benchmarks.exporting [--mentions N]

The warehouse is made first; each export runs in a process of its own, which is what its memory is measured on.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.figures import ROOT, Figures, parser, peak
from benchmarks.synthetic import packages
from dictionaries import load_dictionaries
from warehouse import open_warehouse
from warehouse.exports.export import FORMATS, export
from warehouse.load import load_package

PLAIN = "fetchall and csv.writer"
_QUERY = "SELECT e.*, m.*, a.title, a.url, a.publisher, p.text FROM events e JOIN mentions m ON m.mention_id = e.first_mention JOIN articles a USING (article_id) JOIN sentences p USING (article_id, sentence) ORDER BY e.event_date, e.event_id"


def main() -> None:
    """Print a table and write benchmarks/exporting.json; with --one, run one export and print its figures."""
    given = parser(__doc__)
    given.add_argument("--mentions", type=int, default=1_000_000)
    given.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    arguments = given.parse_args()
    if arguments.one:
        name, db, out = arguments.one
        print(json.dumps(_one(name, Path(db), Path(out))))
        return
    figures, work = Figures("exporting"), Path(tempfile.mkdtemp(prefix="marsad-exporting-"))
    try:
        db = work / "marsad.duckdb"
        dictionaries = load_dictionaries()
        with open_warehouse(db) as connection:
            for package in packages(arguments.mentions, dictionaries):
                load_package(connection, package, dictionaries)
        rows = []
        for name in (PLAIN, *FORMATS):
            done = subprocess.run([sys.executable, "-m", "benchmarks.exporting", "--one", name, str(db), str(work / "out")], cwd=ROOT, check=True, capture_output=True, text=True)
            rows.append(json.loads(done.stdout))
            shutil.rmtree(work / "out")
        figures.tell(rows, mentions=arguments.mentions)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _one(name: str, db: Path, out: Path) -> dict[str, object]:
    started, used = time.perf_counter(), time.process_time()
    rows = _plain(db, out / name) if name == PLAIN else sum(export(db, name, out / name).files.values())
    seconds, used = time.perf_counter() - started, time.process_time() - used
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    return {"format": name, "rows": rows, "seconds": round(seconds, 2), "rows_per_s": round(rows / seconds), "processor_us_a_row": round(used / rows * 1e6, 2), "MB": size // 2**20, "peak_MB": peak()}


def _plain(db: Path, out: Path) -> int:
    out.parent.mkdir(parents=True)
    with duckdb.connect(str(db), read_only=True) as connection, out.open("w", encoding="utf-8", newline="") as file:
        rows = connection.execute(_QUERY).fetchall()
        csv.writer(file).writerows(rows)
    return len(rows)


if __name__ == "__main__":
    main()
