"""What every benchmark prints and writes: a table, and benchmarks/NAME.json with the machine, the date and the commit.

Rows are measured in one run, the reference last or named as such. Seconds of processors are to be trusted on any machine; seconds of the clock only where `others` is near 0.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import resource
import subprocess
import time
from pathlib import Path
from typing import Any

from flows.show import table

ROOT = Path(__file__).parent.parent
# Cores that other work may take before the figures are marked.
_QUIET = 0.2
Row = dict[str, Any]


class Figures:
    """The figures of one benchmark, from its start on: `name` is that of its module."""

    def __init__(self, name: str) -> None:
        self._name, self._started, self._before = name, time.monotonic(), _busy() - processors()

    def tell(self, rows: list[Row], **facts: Any) -> None:
        """Print the rows and the facts, and write them."""
        columns = list(dict.fromkeys(key for row in rows for key in row))
        print(table(columns, [tuple(_shown(row.get(column, "")) for column in columns) for row in rows]))
        for name, value in facts.items():
            print(f"{name}: {_shown(value)}")
        others = max(0.0, (_busy() - processors() - self._before) / (time.monotonic() - self._started))
        given = {
            "benchmark": self._name,
            "machine": machine(),
            "date": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
            "commit": commit(),
            "cores_that_others_used": round(others, 2),
            "quiet": others <= _QUIET,
        }
        if not given["quiet"]:
            print(f"busy machine ({others:.1f} cores were others'): only seconds of processors are to be trusted")
        (ROOT / "benchmarks" / f"{self._name}.json").write_text(json.dumps({**given, **facts, "rows": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def parser(doc: str | None) -> argparse.ArgumentParser:
    """A command line whose help is the module's own text."""
    return argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)


def processors() -> float:
    """Seconds of processors that this process and its children, as far as they ended, have used."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def peak(process: int | str = "self") -> int:
    """The most memory that a process has held, in MB. Not getrusage: a child's maximum there begins at what its parent held."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="utf-8"))
    except OSError:
        return 0
    return int(found[1]) // 1024 if found else 0


def machine() -> Row:
    """The machine in a few words."""
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return {
        "processor": model[1] if model else platform.machine(),
        "cores": os.cpu_count(),
        "memory_GB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def commit() -> str:
    """The commit that was measured, with + where files differed from it."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    return git("rev-parse", "--short=10", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no", "--", "*.py", "*.yaml", "*.sql") else "")


def _busy() -> float:
    """Seconds that all processors of the machine have worked."""
    fields = Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0].split()[1:]
    user, nice, system, _, _, irq, softirq = map(int, fields[:7])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
