"""Mentions loaded a second: into an empty warehouse, and when all are there already; against DuckDB's own insert of the same tables without any checks.

    python -m benchmarks.loading [--mentions N]

The packages are made and written to files first, as workers write them; reading them is part of the time. Processor time is given too: the machine may have other work.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.figures import Figures, Row, parser, peak
from benchmarks.synthetic import packages
from dictionaries import load_dictionaries
from warehouse import open_warehouse
from warehouse.load import load_package
from warehouse.package import SCHEMAS, read_package, write_package


def main() -> None:
    """Print a table and write benchmarks/loading.json."""
    given = parser(__doc__)
    given.add_argument("--mentions", type=int, default=1_000_000)
    mentions = given.parse_args().mentions
    figures, dictionaries = Figures("loading"), load_dictionaries()
    work = Path(tempfile.mkdtemp(prefix="marsad-loading-"))
    try:
        folders = []
        for number, package in enumerate(packages(mentions, dictionaries)):
            folders.append(work / f"{number:05d}")
            write_package(package, folders[-1])
        rows: list[Row] = [{"run": "DuckDB's insert, no checks, no events", **_plain(folders, work / "plain.duckdb")}]
        with open_warehouse(work / "marsad.duckdb") as connection:
            for run in ("into an empty warehouse", "all there already"):
                started, used = time.perf_counter(), time.process_time()
                for folder in folders:
                    load_package(connection, read_package(folder), dictionaries)
                rows.append({"run": run, "seconds": time.perf_counter() - started, "processor_s": round(time.process_time() - used, 2)})
            events = connection.execute("SELECT count(*) FROM events").fetchall()[0][0]
        for row in rows:
            row |= {"mentions": mentions, "mentions_per_s": round(mentions / row["seconds"]), "seconds": round(row["seconds"], 2)}
        figures.tell(rows, events=events, peak_MB=peak())
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _plain(folders: list[Path], path: Path) -> dict[str, float]:
    with duckdb.connect(str(path)) as connection:
        started, used = time.perf_counter(), time.process_time()
        for folder in folders:
            tables = read_package(folder).tables
            for name in SCHEMAS:
                verb = f"CREATE TABLE {name} AS" if folder is folders[0] else f"INSERT INTO {name}"
                connection.register("given", tables[name])
                connection.execute(f"{verb} SELECT * FROM given")
        return {"seconds": time.perf_counter() - started, "processor_s": round(time.process_time() - used, 2)}


if __name__ == "__main__":
    main()
