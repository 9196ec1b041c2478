"""Memory that a batch has used and freed, given back to the system."""

from __future__ import annotations

import contextlib
import ctypes


def give_back() -> None:
    """Give back what is free. glibc keeps the holes between what stays: some 60 MB after the tensors of a batch; this takes milliseconds. Other C libraries keep what they keep."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
