"""Open a warehouse: for the one writer, with migrations; for readers, read-only and shut off from the machine."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError, WarehouseHeld, first_line
from warehouse.grouping import group_all
from warehouse.snapshot import published

__all__ = ["WarehouseError", "WarehouseHeld", "connect", "open_warehouse"]

MIGRATIONS = Path(__file__).parent / "migrations"
VIEWS = Path(__file__).parent / "views"
# The migration after which events are made of mentions.
_MENTIONS = 3
# Bytes of a DuckDB file before its blocks.
_HEADERS = 3 * 4096
# An export sorts on disk beyond this; each thread takes its part of it.
EXPORT_MEMORY, EXPORT_THREADS = "256MB", 2
DEFAULT = Path("warehouse") / "marsad.duckdb"
_Config = dict[str, str | bool | int | float | list[str]]


def open_warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    """Open (or make) a warehouse for writing, bring its schema up to date and its views.

    Raises WarehouseError when the file is no DuckDB database, is held by another process, or has a newer schema.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(f"{path}: its folder cannot be made ({error.strerror})") from None
    connection = _open(path)
    try:
        _migrate(connection, path)
        _make_views(connection)
    except duckdb.Error as error:
        connection.close()
        raise WarehouseError(f"{path}: {first_line(error)}") from None
    except BaseException:
        connection.close()
        raise
    return connection


def connect(path: Path | str = DEFAULT) -> duckdb.DuckDBPyConnection:
    """A read-only connection with the views, with no access to other files, the network or settings.

    It reads the published copy (snapshot.py) where that is as new as the warehouse or a writer holds the warehouse, so that a load and
    its readers do not wait for each other. In a notebook: `warehouse.connect("marsad.duckdb").sql("SELECT ...").df()`.
    Raises WarehouseError when the file is missing or cannot be opened.
    """
    return _connect(Path(path), {"enable_external_access": "false", "lock_configuration": "true"})


def connect_to_write(path: Path, file: Path, folder: Path) -> duckdb.DuckDBPyConnection:
    """As connect, with leave to write and read this one file (COPY ... TO), for exports; what outgrows the memory goes to `folder`."""
    connection = _connect(path, {"memory_limit": EXPORT_MEMORY, "temp_directory": str(folder), "threads": str(min(EXPORT_THREADS, os.cpu_count() or 1))})
    allowed = str(file).replace("'", "''")
    # In this order: DuckDB takes no more settings after the last.
    for setting in (f"allowed_paths = ['{allowed}']", "enable_external_access = false", "lock_configuration = true"):
        connection.execute(f"SET {setting}")
    return connection


def older(connection: duckdb.DuckDBPyConnection) -> str:
    """For messages: what to do with a warehouse of an older schema, or nothing for one that is up to date."""
    try:
        ((version,),) = connection.execute("SELECT max(version) FROM schema_migrations").fetchall()
    except duckdb.Error:
        return ""
    newest = _newest()
    return f" (made by an older Marsad, schema {version} of {newest}; the next `marsad run` or `marsad recode` brings it up to date)" if version is not None and version < newest else ""


def migrations() -> list[tuple[int, str, str]]:
    """The migrations in order: number, name, SQL."""
    found = []
    for file in sorted(MIGRATIONS.glob("*.sql")):
        number, _, name = file.stem.partition("_")
        found.append((int(number), name, file.read_text(encoding="utf-8")))
    return found


def _connect(path: Path, config: _Config) -> duckdb.DuckDBPyConnection:
    connection = _choose(path, config)
    try:
        _refuse_newer(connection, path)
    except duckdb.Error:
        pass  # no warehouse; what is asked of it will show that
    except WarehouseError:
        connection.close()
        raise
    return connection


def _choose(path: Path, config: _Config) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        raise WarehouseError(f"{path}: no such warehouse; make one with `marsad run --db {path}`")
    copy = published(path)
    if copy.is_file() and path.is_file():
        if copy.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            return _open(copy, config)
        try:
            return _open(path, config)
        except WarehouseHeld:
            return _open(copy, config)
    return _open(path, config)


def _open(path: Path, config: _Config | None = None) -> duckdb.DuckDBPyConnection:
    """For writing, or read-only with this configuration."""
    replayed = path.with_name(f"{path.name}.wal").exists()  # what a killed writer committed; blocks of it need not be in the file yet
    try:
        connection = duckdb.connect(str(path), read_only=config is not None, config=config or {})
    except duckdb.Error as error:
        message = str(error)
        holder = re.search(r"PID (\d+)", message)
        if "set lock" in message:
            held = f" (process {holder.group(1)})" if holder else ""
            raise WarehouseHeld(f"{path}: in use by another process{held}; wait until it ends, or name another file with --db") from None
        if path.is_dir():
            raise WarehouseError(f"{path}: a folder; name a file with --db") from None
        if "different configuration" in message:
            raise WarehouseError(f"{path}: open in this process already, in another way; close that connection first") from None
        if "not a valid" in message or "No magic bytes" in message:
            raise WarehouseError(f"{path}: not a DuckDB database; name another file with --db") from None
        if "Could not read enough bytes" in message:
            raise WarehouseError(_cut_off(path)) from None
        if "ermission denied" in message or "Read-only file system" in message:
            raise WarehouseError(f"{path}: may not be {'read' if config is not None else 'written to'}; change its permissions, or name another file with --db") from None
        raise WarehouseError(f"{path}: cannot be opened ({first_line(error)})") from None
    # DuckDB opens a file whose end is missing, and fails when it comes to what is gone. Free blocks at the end need not be there.
    ((blocks,),) = connection.execute("SELECT used_blocks * block_size FROM pragma_database_size() WHERE database_name = current_database()").fetchall()
    if blocks and not replayed and path.stat().st_size < blocks + _HEADERS:
        connection.close()
        raise WarehouseError(_cut_off(path))
    return connection


def _cut_off(path: Path) -> str:
    copy = published(path)
    return f"{path}: cut off, its end is missing; put a copy of yours in its place{f', or {copy}' if copy.is_file() and copy != path else ''}"


def _migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
    version = _refuse_newer(connection, path)
    for number, name, sql in migrations():
        if number > version:
            connection.execute("BEGIN")
            connection.execute(sql)
            if number == _MENTIONS:
                from warehouse.versions import keep_actors  # not above: readers start faster without the dictionaries

                group_all(connection)
                keep_actors(connection)
            connection.execute("INSERT INTO schema_migrations VALUES (?, ?)", [number, name])
            connection.execute("COMMIT")


def _refuse_newer(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The schema of a warehouse. Raises WarehouseError for one that this Marsad does not know, duckdb.Error for what is no warehouse."""
    ((version,),) = connection.execute("SELECT coalesce(max(version), 0) FROM schema_migrations").fetchall()
    newest = _newest()
    if version > newest:
        raise WarehouseError(f"{path}: made by a newer Marsad (schema {version}, this one knows {newest}); update Marsad")
    return int(version)


def _newest() -> int:
    return max(int(file.name.partition("_")[0]) for file in MIGRATIONS.glob("*.sql"))


def _make_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views anew where they have changed; a warehouse opened for nothing stays as old as its published copy."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(VIEWS.glob("*.sql")))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    if connection.execute("SELECT count(*) FROM duckdb_functions() WHERE function_name = 'views_made_of' AND contains(macro_definition, ?)", [digest]).fetchall() != [(0,)]:
        return
    connection.execute("BEGIN")
    connection.execute(text)
    connection.execute(f"CREATE OR REPLACE MACRO views_made_of() AS '{digest}'")
    connection.execute("COMMENT ON MACRO views_made_of IS 'The hash of the files that the views were made of.'")
    connection.execute("COMMIT")
