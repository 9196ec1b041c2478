from __future__ import annotations

import duckdb

from warehouse.describe import PAGE, describe


def test_the_page_of_the_schema_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == describe(), "run: python -m warehouse.describe > docs/schema.md"


def test_every_table_column_and_view_says_what_it_is(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.execute("SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() USING (table_name) WHERE NOT duckdb_tables.internal AND duckdb_columns.comment IS NULL").fetchall() == []
    assert warehouse.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal AND comment IS NULL UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL").fetchall() == []
