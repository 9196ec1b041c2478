"""All benchmarks, one after the other, in sizes that end within half an hour on two quiet cores: `make bench`. Larger ones: `python -m benchmarks.NAME --help`; `python -m benchmarks.steady`, whether a run over 5,000 articles stays as it began, is not among them.

Each prints a table and writes benchmarks/NAME.json; at the end docs/scale.md is made of them. One that fails does not keep the others from running; the exit status is then 1.
"""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.figures import ROOT, parser

# The short ones first; each with what makes it short enough.
ORDER: dict[str, list[str]] = {
    "accuracy": [],
    "starting": [],
    "orchestration": [],
    "coding": [],
    "parsing": [],
    "loading": [],
    "recoding": [],
    "views": ["--events", "1000000"],
    "exporting": ["--mentions", "100000"],
    "memory": ["--articles", "500"],
    "running": ["--articles", "1000", "--plain", "60"],
    "scale": ["--articles", "100", "1000", "10000", "--one", "1000"],
    "killing": ["--kills", "2"],
    "scale_page": [],
}


def main() -> None:
    """Run them all, or those that are named."""
    given = parser(__doc__)
    given.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(ORDER)}")
    names = given.parse_args().names or ORDER
    if unknown := [name for name in names if name not in ORDER]:
        sys.exit(f"no benchmark {unknown[0]}; there are {', '.join(ORDER)}")
    failed = []
    for name in names:
        print(f"\n== {name} {' '.join(ORDER[name])}", flush=True)
        started = time.monotonic()
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *ORDER[name]], cwd=ROOT, check=False).returncode:
            failed.append(name)
        print(f"== {name}: {time.monotonic() - started:.0f} s", flush=True)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
