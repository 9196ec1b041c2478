"""Kill a command at random moments, run it again, and compare the warehouse (or the export) with one that nobody disturbed.

    python -m benchmarks.killing [--kills N] [--only run|recode|export]          ingest, recode and export, N kills each (50)

Each kill and the run after it take about one and a half runs: on a quiet machine some 15 minutes for 50 of ingest, 10 for recode and 5 for export. After each
command its row stands in benchmarks/killing.json; rows of other commands stay there. It runs the code as it stands: change nothing meanwhile, or run it in a copy.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.figures import ROOT, Figures, Row, commit, parser

OWN = "- act: praise\n  frame: {source: [subj], target: [obj]}\n  verbs: [serenade, outdance]\n"
# Clock times and the ledger's numbers are not part of what was loaded.
_COLUMNS = {"articles": "* EXCLUDE (package)", "runs": "* EXCLUDE (finished_at)", "packages": "digest"}


def main() -> None:
    """Print a table after each command and write benchmarks/killing.json."""
    given = parser(__doc__)
    given.add_argument("--kills", type=int, default=50)
    given.add_argument("--only", choices=["run", "recode", "export"])
    options, figures = given.parse_args(), Figures("killing")
    work = Path(tempfile.mkdtemp(prefix="marsad-killing-"))
    try:
        own = work / "own" / "en"
        own.mkdir(parents=True)
        (own / "acts.yaml").write_text(OWN, encoding="utf-8")
        samples, db = str(ROOT / "sources" / "samples"), work / "marsad.duckdb"
        ingest = ["run", samples, "--db", str(db)]
        if options.only in (None, "run"):
            _record(figures, "run", disturbed(ingest, db, None, options.kills))
        else:
            _marsad(ingest).wait()
        if options.only in (None, "recode"):
            _record(figures, "recode", disturbed(["recode", "--db", str(db), "--dictionaries", str(work / "own")], db, _kept(db, work), options.kills))
        if options.only in (None, "export"):
            _record(figures, "export", disturbed(["export", "gdelt1", "--db", str(db), "--out", str(work / "events.tsv")], work / "events.tsv", None, options.kills))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _record(figures: Figures, command: str, found: dict[str, int]) -> None:
    file = ROOT / "benchmarks" / "killing.json"
    rows: dict[str, Row] = {row["run"]: row for row in (json.loads(file.read_text(encoding="utf-8"))["rows"] if file.exists() else [])}
    rows[command] = {"run": command, **found, "commit": commit()}
    figures.tell([rows[name] for name in ("run", "recode", "export") if name in rows])


def disturbed(arguments: Sequence[str], result: Path, start: Path | None, kills: int, seed: int = 3) -> dict[str, int]:
    """Run `marsad` undisturbed, then killed so often (in at most three times as many tries) and run again; how often the result differs.

    Each time begins with the file `start` in the place of `result`, or with none.
    """
    rng = random.Random(seed)
    _begin(result, start)
    began = time.monotonic()
    _marsad(arguments).wait()
    whole, right = time.monotonic() - began, contents(result)
    killed = different = tries = 0
    while killed < kills and tries < 3 * kills:
        tries += 1
        _begin(result, start)
        process = _marsad(arguments)
        try:
            process.wait(rng.random() * whole)
        except subprocess.TimeoutExpired:
            killed += 1
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        _marsad(arguments).wait()
        different += contents(result) != right
    return {"tries": tries, "kills": killed, "different": different}


def contents(path: Path) -> object:
    """What a warehouse holds, table by table, or the hash of another file."""
    if path.suffix != ".duckdb":
        return hashlib.sha256(path.read_bytes()).hexdigest()
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {name: connection.execute(f"SELECT {_COLUMNS.get(name, '*')} FROM {name} ORDER BY ALL").fetchall() for name in names}


def _begin(result: Path, start: Path | None) -> None:
    for path in result.parent.glob(f"{result.stem}*"):
        if path != start:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if start is not None:
        shutil.copyfile(start, result)


def _kept(db: Path, work: Path) -> Path:
    return Path(shutil.copyfile(db, work / "kept"))


def _marsad(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "flows", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


if __name__ == "__main__":
    main()
