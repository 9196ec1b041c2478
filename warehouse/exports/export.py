"""Write the chosen events to a file in the columns of a format, with a data dictionary beside it; the file appears when all is written."""

from __future__ import annotations

import itertools
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dictionaries.codes import take_apart
from warehouse.connect import WarehouseError, connect_to_write
from warehouse.exports.choice import Choice, condition
from warehouse.exports.partition import write_months
from warehouse.exports.windows import GATHERED, MENTIONS, windows
from warehouse.query import QueryError

_FOLDER = Path(__file__).parent
_TSV = "FORMAT csv, DELIMITER '\t', QUOTE ''"
_BUFFER = 1 << 20
_DATED = ("event_date IS NOT NULL", "without a date")
_PLOVER = ("code IN (SELECT code FROM codes WHERE plover IS NOT NULL)", "without a date or of a CAMEO code that PLOVER has no event for")
# The columns' comments in a format's SQL: `expression AS name,  -- meaning`.
_COLUMN = re.compile(r'^\s+(?:.*\sAS\s)?(?:"([^"]+)"|(?:\w+\.)?(\w+)),?  -- (.+)$', re.MULTILINE)
_KINDS = {"BIGINT": "integer", "INTEGER": "integer", "TINYINT": "integer", "DOUBLE": "number", "VARCHAR": "text", "DATE": "date", "VARCHAR[]": "list of texts"}


@dataclass(frozen=True, slots=True)
class _Table:
    """A file of a format: the SQL files it is made of (the last is the table, those before are the views it reads), its order, DuckDB's COPY options."""

    sql: tuple[str, ...]
    order: str
    options: str
    header: bool = False

    @property
    def sentences(self) -> bool:
        """Whether it has the sentences' texts."""
        return any("gathered_sentences" in _sql(name) for name in self.sql)


@dataclass(frozen=True, slots=True)
class _Format:
    """The files of a format by what is put before the suffix of the name, and what it demands of an event: SQL, and the words for those that lack it."""

    tables: dict[str, _Table]
    demand: tuple[str, str] | None = _DATED


_GDELT2 = _Table(("gdelt2",), "SQLDATE, GLOBALEVENTID", _TSV)
_FORMATS = {
    "gdelt1": _Format({"": _Table(("gdelt2", "gdelt1"), "SQLDATE, GLOBALEVENTID", _TSV)}),
    "gdelt2": _Format({"": _GDELT2, ".mentions": _Table(("gdelt2_mentions",), "e.event_date, e.event_id, m.mention_id", _TSV)}),
    "icews": _Format({"": _Table(("icews",), '"Event Date", "Event ID"', _TSV, header=True)}),
    "phoenix": _Format({"": _Table(("phoenix",), '"Date", EventID', _TSV)}),
    "plover": _Format({"": _Table(("plover",), '"date", id', "FORMAT json")}, (f"{_DATED[0]} AND {_PLOVER[0]}", _PLOVER[1])),
    "csv": _Format({"": _Table(("marsad", "csv"), "event_date, event_id", "FORMAT csv", header=True)}, None),
    "jsonl": _Format({"": _Table(("marsad",), "event_date, event_id", "FORMAT json")}, None),
    "parquet": _Format({"": _Table(("marsad",), "event_date, event_id", "")}, None),
}
FORMATS = tuple(_FORMATS)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: its files (not the dictionaries beside them) with their rows, and how many chosen events the format has no place for: those `lacking`."""

    files: dict[Path, int]
    left_out: int
    lacking: str


def export(path: Path, name: str, out: Path, choice: Choice | None = None) -> Exported:
    """Write the events of the warehouse `path` that `choice` picks (without it all) in format `name` to `out`, by day and event_id.

    The same data give the same bytes. Days are written one after another, so memory does not grow with their number.
    Raises QueryError for a format or choice that makes no sense, WarehouseError when the warehouse cannot be read or `out` not written.
    """
    if name not in _FORMATS:
        raise QueryError(f"unknown format {name}; there are {', '.join(FORMATS)}")
    layout = _FORMATS[name]
    wanted = condition(choice or Choice())
    targets = {out.with_name(f"{out.stem}{infix}{out.suffix}") if infix else out: table for infix, table in layout.tables.items()}
    for target in targets:
        _check_target(target, name == "parquet")
    work = out.with_name(f"{out.name}.part")
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        with connect_to_write(path, work / f"{out.name}.window", work / f"{out.name}.sorting") as connection:
            left_out = _prepare(connection, wanted, layout.demand)
            rows = {target: _write(connection, table, work / target.name, work / f"{out.name}.window") for target, table in targets.items()}
        for target in targets:
            for file in (target, target.with_name(f"{target.name}.columns.md")):
                if file.is_dir():
                    os.replace(file, work / f"{out.name}.replaced")
                os.replace(work / file.name, file)
    except OSError as error:
        raise WarehouseError(f"{out}: cannot be written ({error.strerror})") from None
    except duckdb.Error as error:
        raise WarehouseError(f"{out}: not written ({str(error).splitlines()[0]})") from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Exported(rows, left_out, layout.demand[1] if layout.demand else "")


def _check_target(target: Path, folder: bool) -> None:
    # What is replaced must be an export, never a folder of the user's.
    if target.is_dir() and (not folder or any(not entry.name.startswith("year=") for entry in target.iterdir())):
        raise QueryError(f"{target}: a folder{' with other things in it' if folder else ''}; name another path with --out")
    if folder and target.is_file():
        raise QueryError(f"{target}: a file, and parquet makes a folder; name another path with --out")


def _prepare(connection: duckdb.DuckDBPyConnection, wanted: str, demand: tuple[str, str] | None) -> int:
    """Make what told.sql reads; gives the number of wanted events that the format has no place for."""
    try:
        connection.execute(f"CREATE TEMP VIEW wanted AS SELECT * FROM events WHERE {wanted}")
    except duckdb.Error as error:
        raise QueryError(f"--where: {str(error).splitlines()[0]}") from None
    connection.execute(f"CREATE TEMP VIEW fitting AS SELECT * FROM wanted WHERE {demand[0] if demand else 'true'}")
    _gather(connection, "false", sentences=True)
    _choose(connection, "false")
    codes = connection.execute("SELECT DISTINCT unnest(roles) AS code FROM actors UNION SELECT DISTINCT place_country FROM events WHERE place_country <> '' ORDER BY code").fetchall()
    connection.execute("CREATE TEMP TABLE meanings (code VARCHAR, name VARCHAR)")
    if codes:
        connection.executemany("INSERT INTO meanings VALUES (?, ?)", [(code, take_apart(code).name) for (code,) in codes])
    connection.execute(_sql("fips"))
    connection.execute(_sql("told"))
    if demand is None:
        return 0
    return int(connection.execute(f"SELECT count(*) FROM wanted WHERE ({demand[0]}) IS NOT TRUE").fetchall()[0][0])


def _chosen(connection: duckdb.DuckDBPyConnection, sentences: bool) -> Iterator[None]:
    """Fill `chosen` with the events of one small window after another, gathering for many of them what is read with it."""
    for large in windows(connection, "fitting", GATHERED):
        _gather(connection, large, sentences)
        for small in windows(connection, "gathered_events", MENTIONS):
            _choose(connection, small)
            yield


def _gather(connection: duckdb.DuckDBPyConnection, window: str, sentences: bool) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE gathered_events AS SELECT * FROM fitting WHERE {window}")
    connection.execute(_sql("gathered"))
    if sentences:
        connection.execute(_sql("gathered_sentences"))


def _choose(connection: duckdb.DuckDBPyConnection, window: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS SELECT * FROM gathered_events WHERE {window}")


def _write(connection: duckdb.DuckDBPyConnection, table: _Table, part: Path, window_file: Path) -> int:
    """Write a table window by window; gives the number of its rows."""
    for view in table.sql[:-1]:
        connection.execute(f"CREATE TEMP VIEW {view} AS {_sql(view)}")
    query = f"{_sql(table.sql[-1])}\nORDER BY {table.order}"
    part.with_name(f"{part.name}.columns.md").write_text(_columns(connection, table, query), encoding="utf-8")
    _gather(connection, "false", table.sentences)
    _choose(connection, "false")
    if not table.options:
        batches = (batch for _ in _chosen(connection, table.sentences) for batch in connection.sql(query).to_arrow_reader())
        return write_months(connection.sql(query).to_arrow_reader().schema, batches, part)
    rows = 0
    quoted = str(window_file).replace("'", "''")
    with part.open("wb") as whole:
        # The first, empty window writes the header where there is one.
        for header in itertools.chain([table.header], (False for _ in _chosen(connection, table.sentences))):
            options = f"{table.options}, HEADER {header}" if "csv" in table.options else table.options
            rows += connection.execute(f"COPY ({query}) TO '{quoted}' ({options}, USE_TMP_FILE false)").fetchall()[0][0]
            with window_file.open("rb") as written:
                shutil.copyfileobj(written, whole, _BUFFER)
    return rows


def _columns(connection: duckdb.DuckDBPyConnection, table: _Table, query: str) -> str:
    """The data dictionary of a table: its title and one row a column, from the comments of its SQL."""
    texts = [_sql(name) for name in table.sql]
    meanings = {quoted or plain: meaning for text in texts for quoted, plain, meaning in _COLUMN.findall(text)}
    columns = connection.execute(f"DESCRIBE {query}").fetchall()
    rows = [f"| {number} | {column[0]} | {_kind(column[1])} | {meanings[column[0]].replace('|', chr(92) + '|')} |" for number, column in enumerate(columns, 1)]
    title = texts[-1].splitlines()[0].removeprefix("-- ")
    if not table.options:
        title += " Parquet, a folder a month."
    return "\n".join([title, "", "| | column | type | meaning |", "| --- | --- | --- | --- |", *rows, ""])


def _kind(duckdb_type: str) -> str:
    if duckdb_type.startswith("STRUCT"):
        return "list of objects" if duckdb_type.endswith("[]") else "object"
    return _KINDS.get(duckdb_type, "number" if duckdb_type.startswith("DECIMAL") else "integer")


def _sql(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
