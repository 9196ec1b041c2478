"""Whose turn it is: a tick of a deployment is skipped while the one before still runs, and writers wait for each other."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(db: Path, name: str) -> Iterator[bool]:
    """Whether nobody else is in here with this name and warehouse. The lock is the operating system's: it goes with a process that is killed."""
    db.parent.mkdir(parents=True, exist_ok=True)
    with db.with_name(f"{db.name}.{re.sub(r'[^A-Za-z0-9_-]', '_', name)}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
