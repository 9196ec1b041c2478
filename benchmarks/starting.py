"""How long the first article takes with Prefect and without: the samples through `marsad code`, `marsad run`, and `marsad run` again with nothing new.

    python -m benchmarks.starting

Processor seconds are those of all processes of the command, Prefect's own server among them; by the clock only a quiet machine counts.
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

from benchmarks.figures import parser
from benchmarks.steady import Family
from flows.run import SAMPLES

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Print a line for each command and write benchmarks/starting.json."""
    parser(__doc__).parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="marsad-starting-") as folder:
        run = ["run", str(SAMPLES), "--db", f"{folder}/starting.duckdb", "--log", "json"]
        for name, arguments, first in (("marsad code", ["code", str(SAMPLES)], "{"), ("marsad run", run, '{"seconds": '), ("marsad run, nothing new", run, None)):
            rows.append({"command": name, "load_average": round(os.getloadavg()[0], 1), **measure(arguments, first, Path(folder))})
            print(rows[-1], flush=True)
    (ROOT / "benchmarks" / "starting.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def measure(arguments: list[str], first: str | None, folder: Path) -> dict[str, float | None]:
    """Run a command to its end; the first article is there with the first line that begins with `first` and tells of a batch, or has events."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | {"PREFECT_HOME": str(folder / "prefect")}
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "flows", *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    family = Family(process.pid)
    watching = threading.Thread(target=_count, args=(family,), daemon=True)
    watching.start()
    there: tuple[float, float] | None = None
    assert process.stdout is not None
    for line in process.stdout:
        if there is None and first is not None and line.startswith(first) and ('"batch"' in line or '"events"' in line):
            there = (family.cpu(), time.monotonic() - began)
    process.wait()
    seconds = time.monotonic() - began
    family.over.set()
    watching.join()
    return {
        "first_cpu_seconds": round(there[0], 1) if there else None,
        "first_seconds": round(there[1], 1) if there else None,
        "cpu_seconds": round(family.cpu(), 1),
        "seconds": round(seconds, 1),
    }


def _count(family: Family) -> None:
    while not family.over.wait(0.1):
        family.cpu()


if __name__ == "__main__":
    main()
