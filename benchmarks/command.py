"""A command measured from outside, as a user sees it: when its first line came, how long it took, what it used."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import ROOT, peak

_EVERY = 0.1
# Bytecode is kept, as in an installed Marsad.
_CLEAN = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock to the first line of output, or to the first that holds what was watched for (0: none), and to the end, of processors with all children; MB of the process itself and of its largest child."""

    first: float
    seconds: float
    cpu_seconds: float
    peak_MB: int
    child_MB: int
    output: str


def marsad(*arguments: str, cache: Path, watched: str = "") -> Cost:
    """The cost of `marsad ARGUMENTS` with compiled dictionaries in `cache`; see `python`."""
    return python("-m", "flows", *arguments, cache=cache, watched=watched)


def python(*arguments: str, cache: Path | None = None, watched: str = "") -> Cost:
    """The cost of `python ARGUMENTS`; where lines are `watched` for, the output has those of standard error too. Raises RuntimeError with what it said where it fails; 3 is no failure (some articles were rejected)."""
    environment = {**os.environ, **_CLEAN, "MARSAD_CACHE": str(cache) if cache else "off", "PYTHONUNBUFFERED": "1"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        started = time.monotonic()
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT if watched else said, text=True, encoding="utf-8")
        watch = _Watch(process.pid)
        assert process.stdout is not None
        first, output = 0.0, ""
        for line in process.stdout:
            if not first and watched in line:
                first = time.monotonic() - started
            output += line
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        watch.ended.set()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 3):
            said.seek(0)
            raise RuntimeError(f"{' '.join(arguments)}: {(output if watched else said.read())[-2000:]}")
    return Cost(first, seconds, used.ru_utime + used.ru_stime, watch.own, max(watch.children.values(), default=0), output)


class _Watch(threading.Thread):
    """Looks at the memory of a process and of its children until it ends."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.own, self.children, self.ended = process, 0, dict[int, int](), threading.Event()
        self.start()

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            self.own = max(self.own, peak(self.process))
            try:
                children = [child for task in Path(f"/proc/{self.process}/task").glob("*/children") for child in task.read_text(encoding="utf-8").split()]
            except OSError:
                continue
            for child in map(int, children):
                self.children[child] = max(self.children.get(child, 0), peak(child))  # of one that has ended there is no peak any more
