"""The published copy of a warehouse: what readers read, swapped in one move, so that a load never stands in their way."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError, first_line

_STATE = "SELECT (SELECT max(package) FROM packages), (SELECT count(*) FROM runs), (SELECT count(*) FROM past_codings), (SELECT max(version) FROM schema_migrations)"


def published(path: Path) -> Path:
    """The copy's file: marsad.duckdb -> marsad.published.duckdb."""
    return path.with_name(f"{path.stem}.published{path.suffix}")


def readable(path: Path) -> Path:
    """The file that a reader opens: the copy, or the warehouse itself where nothing is published yet."""
    copy = published(path)
    return copy if copy.is_file() and path.exists() else path


def is_published(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether the copy holds all that the warehouse does: nothing was loaded, pruned or entered since."""
    copy = published(path)
    if not copy.is_file():
        return False
    try:
        with duckdb.connect(str(copy), read_only=True) as reader:
            return bool(reader.execute(_STATE).fetchall() == connection.execute(_STATE).fetchall())
    except duckdb.Error:
        return False


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
