"""What can be wrong with a warehouse as a whole."""

from __future__ import annotations


class WarehouseError(Exception):
    """A warehouse that cannot be opened, asked or written; the message is one plain sentence."""


class WarehouseHeld(WarehouseError):
    """A warehouse that another process writes to."""


def first_line(error: Exception) -> str:
    """DuckDB's own words, without the lines that show the query."""
    return str(error).splitlines()[0]


def is_full(error: Exception) -> bool:
    """Whether DuckDB says that it could not write for want of room."""
    return any(words in str(error) for words in ("No space left", "File too large", "Disk quota exceeded"))
