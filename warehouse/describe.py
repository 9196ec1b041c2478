"""docs/schema.md, made of the comments in the migrations and views.

    python -m warehouse.describe > docs/schema.md
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from warehouse.connect import open_warehouse

PAGE = Path(__file__).parent.parent / "docs" / "schema.md"
_HEAD = """# The warehouse's tables and views
Made by `python -m warehouse.describe` from the comments in `warehouse/migrations` and `warehouse/views`; edit those. Spans are characters (code points) of `articles.text`, the end excluded.
"""
_COLUMNS = "SELECT column_name, data_type, is_nullable, coalesce(comment, '') FROM duckdb_columns() WHERE NOT internal AND table_name = ? ORDER BY column_index"


def describe() -> str:
    """The whole page, from a new warehouse."""
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder) / "new.duckdb") as connection:
        parts = [_HEAD, "## Tables"]
        for name, comment in connection.execute("SELECT table_name, coalesce(comment, '') FROM duckdb_tables() WHERE NOT internal ORDER BY 1").fetchall():
            rows = connection.execute(_COLUMNS, [name]).fetchall()
            parts += [f"### {name}", comment, "", "| column | type | |", "| --- | --- | --- |"]
            parts += [f"| `{column}` | {kind}{'' if nullable else ', never NULL'} | {meaning} |" for column, kind, nullable, meaning in rows]
            parts.append("")
        parts.append("## Views")
        for name, comment in connection.execute("SELECT view_name, coalesce(comment, '') FROM duckdb_views() WHERE NOT internal ORDER BY 1").fetchall():
            columns = ", ".join(f"`{column}`" for column, *_ in connection.execute(_COLUMNS, [name]).fetchall())
            parts += [f"### {name}", comment, "", columns, ""]
    return "\n".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    print(describe(), end="")
