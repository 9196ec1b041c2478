from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse import WarehouseError, connect, open_warehouse
from warehouse.connect import migrations

Opening = Callable[[Path], duckdb.DuckDBPyConnection]
HOLD = """
import sys
from pathlib import Path
from warehouse import open_warehouse
connection = open_warehouse(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def made(path: Path) -> Path:
    open_warehouse(path).close()
    return path


@pytest.fixture
def held(path: Path) -> Iterator[Path]:
    """A warehouse that another process writes to."""
    root = Path(__file__).parent.parent.parent
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield path


def plain(error: pytest.ExceptionInfo[WarehouseError], path: Path) -> str:
    message = str(error.value)
    assert str(path) in message and "\n" not in message
    return message


def schema(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    columns = connection.execute("SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL").fetchall()
    return columns + connection.execute("SELECT * FROM schema_migrations ORDER BY ALL").fetchall()


def test_a_new_warehouse_gets_its_folder_and_every_migration_once(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "news.duckdb"
    with open_warehouse(path) as connection:
        applied = connection.execute("SELECT version, name FROM schema_migrations ORDER BY version").fetchall()
    assert applied == [(number, name) for number, name, _ in migrations()]
    assert path.is_file()


def test_opening_twice_changes_nothing(path: Path) -> None:
    with open_warehouse(path) as connection:
        before = schema(connection)
        connection.execute("INSERT INTO rejected VALUES ('a.txt', 0, NULL, 'empty-file', 'a.txt: empty')")
    with open_warehouse(path) as connection:
        assert schema(connection) == before
        assert connection.execute("SELECT count(*) FROM rejected").fetchall() == [(1,)]


def test_migrations_are_numbered_without_gaps() -> None:
    assert [number for number, _, _ in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_newer_schema_is_refused_and_left_alone(made: Path) -> None:
    with duckdb.connect(str(made)) as connection:
        connection.execute("INSERT INTO schema_migrations VALUES (999, 'later')")
        before = schema(connection)
    with pytest.raises(WarehouseError) as error:
        open_warehouse(made)
    message = plain(error, made)
    assert "newer" in message and "999" in message
    with duckdb.connect(str(made)) as connection:
        assert schema(connection) == before


@pytest.mark.parametrize("name", ["news.duckdb", "blocked/news.duckdb"])
@pytest.mark.parametrize("content", [b"", b"abc", b"date,source,target\n2022-09-26,EGY,JOR\n" * 1000])
@pytest.mark.parametrize("opening", [open_warehouse, connect])
def test_a_file_that_is_no_duckdb_database_is_called_that(tmp_path: Path, name: str, content: bytes, opening: Opening) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with pytest.raises(WarehouseError) as error:
        opening(path)
    assert "not a DuckDB database" in plain(error, path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("opening", [open_warehouse, connect])
def test_a_folder_is_called_a_folder(tmp_path: Path, opening: Opening) -> None:
    with pytest.raises(WarehouseError) as error:
        opening(tmp_path)
    assert "folder" in plain(error, tmp_path)


def test_a_warehouse_below_a_file_cannot_be_made(made: Path) -> None:
    with pytest.raises(WarehouseError) as error:
        open_warehouse(made / "news.duckdb")
    plain(error, made)


def test_a_database_with_tables_of_others_is_refused_in_one_sentence(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE articles (headline VARCHAR)")
    with pytest.raises(WarehouseError) as error:
        open_warehouse(path)
    plain(error, path)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = 'articles'").fetchall() == [("headline",)]


def test_a_reader_does_not_make_a_missing_warehouse(path: Path) -> None:
    with pytest.raises(WarehouseError) as error:
        connect(path)
    assert "no such warehouse" in plain(error, path)
    assert not path.exists()


@pytest.mark.parametrize("opening", [open_warehouse, connect])
def test_a_warehouse_that_another_process_writes_to_is_in_use(held: Path, opening: Opening) -> None:
    with pytest.raises(WarehouseError) as error:
        opening(held)
    assert "in use" in plain(error, held)


def test_a_warehouse_is_free_when_its_writer_has_closed_it(made: Path) -> None:
    for _ in range(2):
        connect(made).close()
        open_warehouse(made).close()


def test_a_reader_beside_the_writer_of_the_same_process_is_not_told_that_the_file_is_no_database(path: Path) -> None:
    with open_warehouse(path), pytest.raises(WarehouseError) as error:
        connect(path)
    assert "not a DuckDB database" not in plain(error, path)


def test_two_readers_in_one_process_read_side_by_side(made: Path) -> None:
    with connect(made) as first, connect(str(made)) as second:
        assert first.execute("SELECT count(*) FROM events").fetchall() == second.execute("SELECT count(*) FROM events").fetchall() == [(0,)]


@pytest.mark.parametrize("view", ["events_with_text", "daily_dyads", "family_counts"])
def test_a_reader_has_the_views(made: Path, view: str) -> None:
    with connect(made) as connection:
        assert connection.execute(f"SELECT * FROM {view}").fetchall() == []


@pytest.mark.parametrize("statement", ["DELETE FROM events", "CREATE TABLE t (i INTEGER)", "DROP VIEW daily_dyads", "UPDATE articles SET title = ''"])
def test_a_reader_writes_nothing(made: Path, statement: str) -> None:
    with connect(made) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM read_text('{folder}/secret.csv')",
        "SELECT * FROM glob('{folder}/*')",
        "ATTACH '{folder}/other.duckdb'",
        "ATTACH '{folder}/new.duckdb'",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "SET lock_configuration = false",
    ],
)
def test_a_reader_is_shut_off_from_the_machine(made: Path, statement: str) -> None:
    folder = made.parent
    (folder / "secret.csv").write_text("word\nsesame\n", encoding="utf-8")
    duckdb.connect(str(folder / "other.duckdb")).close()
    before = sorted(folder.iterdir())
    with connect(made) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement.format(folder=folder)).fetchall()
    assert sorted(file for file in folder.iterdir() if file.is_file()) == [file for file in before if file.is_file()]
