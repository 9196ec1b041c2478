"""The published copy of a warehouse: what readers read, swapped in one move, so that a load never stands in their way."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError, first_line


def published(path: Path) -> Path:
    """The copy's file: marsad.duckdb -> marsad.published.duckdb."""
    return path.with_name(f"{path.stem}.published{path.suffix}")


def readable(path: Path) -> Path:
    """The file that a reader opens: the copy, or the warehouse itself where nothing is published yet."""
    copy = published(path)
    return copy if copy.is_file() and path.exists() else path


def publish(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copy the warehouse as it is now, with the writer's connection open, and put the copy in the old one's place.

    Raises WarehouseError where there is no room for it; the old copy stays then.
    """
    copy = published(path)
    part = copy.with_name(f"{copy.name}.part")
    try:
        connection.execute("CHECKPOINT")
        shutil.copyfile(path, part)
        os.replace(part, copy)
    except (OSError, duckdb.Error) as error:
        part.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else first_line(error)
        raise WarehouseError(f"{copy}: cannot be written ({reason}); the warehouse is complete, and those who read keep the copy of before") from None
