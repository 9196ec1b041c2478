"""The most memory that a process has held."""

from __future__ import annotations

import re
from pathlib import Path


def peak() -> int:
    """Of this process so far, in MB, with the files that it has mapped. Not getrusage: a child's maximum there begins at what its parent held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(found.group(1)) // 1024 if found else 0
