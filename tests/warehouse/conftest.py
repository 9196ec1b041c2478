from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.records import Tables
from warehouse import open_warehouse


def rows_of(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()]
    return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names}


def state_of(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """All rows but the ledger's: which packages brought them may differ where the batches do."""
    names = [name for name in rows_of(connection) if name != "packages"]
    return {name: connection.execute(f"SELECT * {'EXCLUDE (package)' if name == 'articles' else ''} FROM {name} ORDER BY ALL").fetchall() for name in names}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.duckdb"


@pytest.fixture
def warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_warehouse(path)
    yield connection
    connection.close()


@pytest.fixture
def tables(warehouse: duckdb.DuckDBPyConnection) -> Tables:
    """All rows of all tables, of the warehouse or of another."""
    return lambda other=None: rows_of(other or warehouse)


@pytest.fixture
def state(warehouse: duckdb.DuckDBPyConnection) -> Tables:
    """As `tables`, without the ledger of packages."""
    return lambda other=None: state_of(other or warehouse)
