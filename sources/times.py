"""Days and times of publication as files, feeds and pages write them."""

from __future__ import annotations

import datetime
from typing import Any


def read_day(value: Any) -> datetime.date | None:
    """A day from YYYY-MM-DD, YYYYMMDD or an ISO time stamp; None for anything else."""
    time = _read(value)
    return time.date() if time else None


def read_time(value: Any) -> datetime.datetime | None:
    """A time with its zone from ISO 8601; None for anything else, and for a time without a zone."""
    time = _read(value)
    return time if time is not None and time.tzinfo is not None else None


def _read(value: Any) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
