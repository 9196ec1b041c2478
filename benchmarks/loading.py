"""Mentions loaded a second: into an empty warehouse, and when all are there already; against DuckDB's own insert of the same tables without any checks.

    python -m benchmarks.loading [--mentions N]

The packages are made and written to files first, as workers write them; reading them is part of the time. Each of the two ways loads in a process of its own,
which is what its memory is measured on: the maker of the packages is no part of it. Processor time is given too: the machine may have other work.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.figures import ROOT, Figures, Row, parser, peak
from benchmarks.synthetic import packages
from dictionaries import load_dictionaries
from warehouse import open_warehouse
from warehouse.load import load_package
from warehouse.package import SCHEMAS, read_package, write_package


def main() -> None:
    """Print a table and write benchmarks/loading.json; with --one, load in this process and print the figures."""
    given = parser(__doc__)
    given.add_argument("--mentions", type=int, default=1_000_000)
    given.add_argument("--one", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    options = given.parse_args()
    if options.one:
        way, work = options.one[0], Path(options.one[1])
        folders = sorted(path for path in work.iterdir() if path.is_dir())
        print(json.dumps((_plain if way == "plain" else _marsad)(folders, work / f"{way}.duckdb")))
        return
    figures, work = Figures("loading"), Path(tempfile.mkdtemp(prefix="marsad-loading-"))
    try:
        for number, package in enumerate(packages(options.mentions, load_dictionaries())):
            write_package(package, work / f"{number:05d}")
        rows: list[Row] = []
        for way in ("plain", "marsad"):
            done = subprocess.run([sys.executable, "-m", "benchmarks.loading", "--one", way, str(work)], cwd=ROOT, check=True, capture_output=True, text=True)
            rows += json.loads(done.stdout)
        for row in rows:
            row |= {"mentions": options.mentions, "mentions_per_s": round(options.mentions / row["seconds"]), "seconds": round(row["seconds"], 2)}
        figures.tell(rows)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _marsad(folders: list[Path], path: Path) -> list[Row]:
    dictionaries = load_dictionaries()
    rows: list[Row] = []
    with open_warehouse(path) as connection:
        for run in ("into an empty warehouse", "all there already"):
            started, used = time.perf_counter(), time.process_time()
            for folder in folders:
                load_package(connection, read_package(folder), dictionaries)
            rows.append({"run": run, "seconds": time.perf_counter() - started, "processor_s": round(time.process_time() - used, 2), "peak_MB": peak()})
        rows[-1]["events"] = connection.execute("SELECT count(*) FROM events").fetchall()[0][0]
    return rows


def _plain(folders: list[Path], path: Path) -> list[Row]:
    with duckdb.connect(str(path)) as connection:
        started, used = time.perf_counter(), time.process_time()
        for folder in folders:
            tables = read_package(folder).tables
            for name in SCHEMAS:
                verb = f"CREATE TABLE {name} AS" if folder is folders[0] else f"INSERT INTO {name}"
                connection.register("given", tables[name])
                connection.execute(f"{verb} SELECT * FROM given")
        return [{"run": "DuckDB's insert, no checks, no events", "seconds": time.perf_counter() - started, "processor_s": round(time.process_time() - used, 2), "peak_MB": peak()}]


if __name__ == "__main__":
    main()
