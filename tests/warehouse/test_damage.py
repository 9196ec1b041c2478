"""Full disks, files that may not be written, files that are cut off: one plain sentence, and the old data stays."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dictionaries import Dictionaries
from flows.command import app
from tests.warehouse.conftest import state_of
from tests.warehouse.records import TEXT, record
from warehouse import WarehouseError, connect, open_warehouse
from warehouse.check import check
from warehouse.load import load_batch
from warehouse.package import CodedRecord
from warehouse.snapshot import publish, published

Opening = Callable[[Path], duckdb.DuckDBPyConnection]
COUNT = "SELECT count(*) FROM articles"


def articles(batch: int) -> list[CodedRecord]:
    """Two hundred articles whose text cannot be compressed."""
    rng = random.Random(batch)
    return [record(f"{batch}-{n}", text=f"{TEXT} {' '.join(str(rng.random()) for _ in range(40))}") for n in range(200)]


def mount(folder: Path, options: str) -> None:
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of five megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount(folder, "size=5m")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def loaded(path: Path, dictionaries: Dictionaries) -> Path:
    """A warehouse of a few blocks."""
    with open_warehouse(path) as connection:
        for batch in range(4):
            load_batch(connection, articles(batch), [], dictionaries)
    return path


def plain(message: str, *parts: str) -> None:
    assert "\n" not in message.strip()
    for part in parts:
        assert part in message


def test_a_full_disk_keeps_what_was_loaded_and_the_same_again_goes_on(small_disk: Path, path: Path, dictionaries: Dictionaries) -> None:
    loaded = 0
    with open_warehouse(small_disk / "news.duckdb") as connection:
        with pytest.raises(WarehouseError) as error:
            for batch in range(50):
                load_batch(connection, articles(batch), [], dictionaries)
                loaded += 1
        plain(str(error.value), "no room on the disk", "what was loaded before is kept")
        assert connection.execute(COUNT).fetchall() == [(200 * loaded,)]
    with connect(small_disk / "news.duckdb") as connection:
        assert connection.execute(COUNT).fetchall() == [(200 * loaded,)]
        assert check(connection) == []
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    with open_warehouse(small_disk / "news.duckdb") as again, open_warehouse(path) as undisturbed:
        for batch in range(loaded + 2):
            for connection in (again, undisturbed):
                load_batch(connection, articles(batch), [], dictionaries)
        assert state_of(again) == state_of(undisturbed)


def test_a_disk_without_room_for_a_new_warehouse_is_one_line(small_disk: Path) -> None:
    with (small_disk / "fill").open("wb", buffering=0) as fill, pytest.raises(OSError):
        while True:
            fill.write(b"x" * 4096)
    with pytest.raises(WarehouseError) as error:
        open_warehouse(small_disk / "new.duckdb")
    plain(str(error.value), str(small_disk / "new.duckdb"))


def test_a_disk_without_room_for_the_copy_keeps_the_old_one(small_disk: Path, dictionaries: Dictionaries) -> None:
    path = small_disk / "news.duckdb"
    with open_warehouse(path) as connection:
        publish(connection, path)
        before = published(path).read_bytes()
        load_batch(connection, articles(0), [], dictionaries)
        room = os.statvfs(small_disk)
        (small_disk / "fill").write_bytes(b"x" * (room.f_bavail * room.f_frsize - 100_000))
        with pytest.raises(WarehouseError) as error:
            publish(connection, path)
        plain(str(error.value), "cannot be written", "No space left", "keep the copy of before")
        assert published(path).read_bytes() == before
    (small_disk / "fill").unlink()
    with open_warehouse(path) as connection:
        assert connection.execute(COUNT).fetchall() == [(200,)]
        assert check(connection) == []


@pytest.fixture
def unwritable(loaded: Path) -> Iterator[Path]:
    """A warehouse that may be read and not written, root or not."""
    if os.geteuid():
        loaded.chmod(0o444)
        yield loaded
        return
    folder = loaded.parent / "locked"
    folder.mkdir()
    mount(folder, "size=64m")
    shutil.copy(loaded, folder / loaded.name)
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    yield folder / loaded.name
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_file_that_may_not_be_written_is_read_and_not_written(unwritable: Path) -> None:
    before = unwritable.read_bytes()
    with pytest.raises(WarehouseError) as error:
        open_warehouse(unwritable)
    plain(str(error.value), str(unwritable), "may not be written to")
    with connect(unwritable) as connection:
        assert connection.execute(COUNT).fetchall() == [(800,)]
    assert unwritable.read_bytes() == before


@pytest.mark.parametrize("opening", [open_warehouse, connect])
@pytest.mark.parametrize("left", [100, 4096, 12_288, 100_000, 0.5, -4096, -1], ids=str)
def test_a_file_that_is_cut_off_is_called_that_and_left_alone(loaded: Path, opening: Opening, left: float) -> None:
    size = loaded.stat().st_size
    os.truncate(loaded, size + int(left) if left < 0 else int(size * left) if left < 1 else int(left))
    before = loaded.read_bytes()
    with pytest.raises(WarehouseError) as error:
        opening(loaded)
    plain(str(error.value), str(loaded), "cut off")
    assert loaded.read_bytes() == before
    assert [file.name for file in loaded.parent.iterdir()] == [loaded.name]


def test_the_copy_is_named_where_the_warehouse_is_cut_off(loaded: Path) -> None:
    with open_warehouse(loaded) as connection:
        publish(connection, loaded)
    os.truncate(loaded, loaded.stat().st_size // 2)
    with pytest.raises(WarehouseError, match=str(published(loaded))):
        open_warehouse(loaded)


def test_what_a_killed_writer_left_is_not_called_cut_off(loaded: Path, dictionaries: Dictionaries) -> None:
    """The log has what the file lacks."""
    with open_warehouse(loaded) as connection:
        load_batch(connection, articles(9), [], dictionaries)
        for file in (loaded, loaded.with_name(f"{loaded.name}.wal")):
            shutil.copy(file, file.with_name(f"killed{file.name.removeprefix('news')}"))
    with open_warehouse(loaded.with_name("killed.duckdb")) as connection:
        assert connection.execute(COUNT).fetchall() == [(1000,)]


def test_a_file_that_has_shrunk_is_not_called_cut_off(loaded: Path) -> None:
    """DuckDB counts blocks at the end that are free and that it has cut off itself."""
    for table in ("bands", "mentions", "sentences", "articles", "events"):
        with open_warehouse(loaded) as connection:
            connection.execute(f"DELETE FROM {table}")
            publish(connection, loaded)
            connection.execute("CHECKPOINT")
        connect(loaded).close()
        connect(published(loaded)).close()


COMMANDS = [["sql", "SELECT count(*) FROM articles"], ["explain", "00"], ["run"], ["recode"], ["dictionaries", "gaps"], ["export", "csv", "--out", "out.csv"]]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("kind", ["cut off", "newer", "folder"])
def test_every_command_says_it_in_one_line(loaded: Path, command: list[str], kind: str) -> None:
    if kind == "cut off":
        os.truncate(loaded, loaded.stat().st_size // 2)
    elif kind == "newer":
        with duckdb.connect(str(loaded)) as connection:
            connection.execute("INSERT INTO schema_migrations VALUES (999, 'later')")
    else:
        loaded.unlink()
        loaded.mkdir()
    before = loaded.read_bytes() if loaded.is_file() else b""
    result = CliRunner().invoke(app, [*command, "--db", str(loaded)], catch_exceptions=False)
    assert result.exit_code == 1
    plain(result.stderr, "marsad: ", str(loaded), kind)
    assert (loaded.read_bytes() if loaded.is_file() else b"") == before
