"""Whether a warehouse holds together: checks/*.sql, each a query for rows that should not be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

CHECKS = Path(__file__).parent / "checks"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in a sentence; how many rows; the first of them."""

    check: str
    sentence: str
    rows: int
    example: str


def check(connection: duckdb.DuckDBPyConnection) -> list[Fault]:
    """The faults of a warehouse; none when all is well."""
    faults = []
    for file in sorted(CHECKS.glob("*.sql")):
        comment, _, query = file.read_text(encoding="utf-8").partition("\n")
        rows = connection.execute(f"SELECT what, id, count(*) OVER () FROM ({query}) ORDER BY what, id LIMIT 1").fetchall()
        faults += [Fault(file.stem, comment.removeprefix("-- ").strip().rstrip("."), count, f"{what} {identity}") for what, identity, count in rows]
    return faults
