"""`marsad export`: write events in a format of the field and say what was written."""

from __future__ import annotations

from pathlib import Path

from warehouse.exports.choice import Choice
from warehouse.exports.export import export


def export_events(db: Path, name: str, out: Path, choice: Choice) -> None:
    """Export, then print each file with its rows, and what the format has no place for. Raises as warehouse.exports.export."""
    done = export(db, name, out, choice)
    for file, rows in done.files.items():
        print(f"{file}: {rows:,} {'row' if rows == 1 else 'rows'}; what the columns mean: {file.name}.columns.md")
    if done.left_out:
        print(f"left out: {done.left_out:,} {'event' if done.left_out == 1 else 'events'} {done.lacking}; {name} has no place for such")
