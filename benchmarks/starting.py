"""Cold start without Prefect: `marsad code` to its first line of events, and dictionaries until they are ready; against the plain way. What Prefect adds: orchestration.py.

    python -m benchmarks.starting [--rounds N]

Each round is a process of its own, over one article with events; the best of the rounds counts. What the operating system keeps of files is warm.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.command import Cost, marsad, python
from benchmarks.figures import ROOT, Figures, Row, parser

_LOAD = "from dictionaries import load_dictionaries; load_dictionaries(); print('ready')"


def main() -> None:
    """Print a table and write benchmarks/starting.json."""
    given = parser(__doc__)
    given.add_argument("--rounds", type=int, default=3)
    rounds = given.parse_args().rounds
    figures, rows = Figures("starting"), []
    samples = (ROOT / "sources" / "samples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory(prefix="marsad-starting-") as scratch:
        cache, files = Path(scratch) / "cache", {}
        cache.mkdir(mode=0o700)
        for language in ("ar", "en"):
            files[language] = Path(scratch) / f"{language}.jsonl"
            files[language].write_text(next(line for line in samples if json.loads(line)["lang"] == language) + "\n", encoding="utf-8")
        files["ar and en"] = Path(scratch) / "both.jsonl"
        files["ar and en"].write_text(files["ar"].read_text(encoding="utf-8") + files["en"].read_text(encoding="utf-8"), encoding="utf-8")
        rows.append(_best("dictionaries, compiled before", rounds + 1, partial(python, "-c", _LOAD, cache=cache)))
        rows.append(_best("dictionaries, from YAML", 1, partial(python, "-c", _LOAD)))
        rows += [_best(f"marsad code, {name}", rounds, partial(marsad, "code", str(file), cache=cache)) for name, file in files.items()]
        rows += [_best(f"plain way, {name}", rounds, partial(python, "-m", "benchmarks.plain", str(file), cache=cache)) for name, file in files.items()]
    figures.tell(rows, asked="marsad code <= 4 s to the first event; dictionaries compiled before <= 0.5 s")


def _best(run: str, rounds: int, cost: Callable[[], Cost]) -> Row:
    found = min((cost() for _ in range(rounds)), key=lambda one: one.first)
    return {"run": run, "first_line_s": round(found.first, 2), "seconds": round(found.seconds, 2), "cpu_seconds": round(found.cpu_seconds, 2), "peak_MB": found.peak_MB}


if __name__ == "__main__":
    main()
