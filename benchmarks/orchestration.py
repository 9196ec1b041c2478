"""What Prefect adds to a start: the samples through `marsad run`, again with nothing new, and `marsad code` to compare. Where a start without Prefect goes: starting.py.

    python -m benchmarks.orchestration [--rounds N]

`marsad run` shows the first article with its first batch. Processor seconds are those of all processes, Prefect's own server among them; the best of the rounds counts.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.command import Cost, marsad
from benchmarks.figures import Figures, Row, parser
from flows.run import SAMPLES


def main() -> None:
    """Print a table and write benchmarks/orchestration.json."""
    given = parser(__doc__)
    given.add_argument("--rounds", type=int, default=3)
    rounds = given.parse_args().rounds
    figures, costs = Figures("orchestration"), dict[str, list[Cost]]()
    with tempfile.TemporaryDirectory(prefix="marsad-orchestration-") as scratch:
        cache = Path(scratch) / "cache"
        cache.mkdir(mode=0o700)
        marsad("code", str(SAMPLES), cache=cache)  # compiles the dictionaries and warms the disk
        for number in range(rounds):
            run = ["run", str(SAMPLES), "--db", str(Path(scratch) / f"{number}.duckdb"), "--log", "json"]
            for name, arguments, first in (("marsad code", ["code", str(SAMPLES)], '"events"'), ("marsad run", run, '"batch"'), ("marsad run, nothing new", run, '"batch"')):
                costs.setdefault(name, []).append(marsad(*arguments, cache=cache, watched=first))
    figures.tell([_row(name, min(found, key=lambda one: one.first or one.seconds)) for name, found in costs.items()])


def _row(run: str, found: Cost) -> Row:
    return {
        "run": run,
        "first_article_s": round(found.first, 2) or "",
        "seconds": round(found.seconds, 2),
        "cpu_seconds": round(found.cpu_seconds, 2),
        "peak_MB": found.peak_MB,
        "prefect_MB": found.child_MB,
    }


if __name__ == "__main__":
    main()
