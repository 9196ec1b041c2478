"""Readers have the published copy while a writer holds the warehouse; the copy is swapped in one move."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dictionaries import Dictionaries
from tests.warehouse.records import record
from warehouse import WarehouseError, connect, open_warehouse
from warehouse.connect import WarehouseHeld
from warehouse.load import load_batch
from warehouse.query import ask
from warehouse.snapshot import publish, published

COUNT = "SELECT count(*) FROM articles"
ROOT = Path(__file__).parent.parent.parent
# Another process: loads article b, publishes when told to, and ends.
WRITER = """
import sys
from pathlib import Path
from dictionaries import load_dictionaries
from tests.warehouse.records import record
from warehouse import open_warehouse
from warehouse.load import load_batch
from warehouse.snapshot import publish
path = Path(sys.argv[1])
with open_warehouse(path) as connection:
    load_batch(connection, [record("b")], [], load_dictionaries())
    print("loaded", flush=True)
    sys.stdin.readline()
    publish(connection, path)
    print("published", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def one(path: Path, dictionaries: Dictionaries) -> Path:
    """A published warehouse of one article."""
    with open_warehouse(path) as connection:
        load_batch(connection, [record("a")], [], dictionaries)
        publish(connection, path)
    return path


@pytest.fixture
def writer(one: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(one)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "loaded\n"
        yield process
        process.stdin and process.stdin.close()


def go_on(writer: subprocess.Popen[str]) -> None:
    assert writer.stdin is not None
    writer.stdin.write("\n")
    writer.stdin.flush()


def test_the_copy_stands_beside_the_warehouse(one: Path) -> None:
    assert published(one) == one.with_name("news.published.duckdb")
    assert sorted(file.name for file in one.parent.iterdir()) == ["news.duckdb", "news.published.duckdb"]


def test_readers_have_the_copy_while_another_process_writes_and_the_new_one_when_it_is_published(one: Path, writer: subprocess.Popen[str]) -> None:
    with pytest.raises(WarehouseHeld):
        open_warehouse(one)
    assert ask(one, COUNT)[1] == [(1,)]
    with connect(one) as reader:
        go_on(writer)
        assert writer.stdout is not None and writer.stdout.readline() == "published\n"
        assert ask(one, COUNT)[1] == [(1,)]  # this process has the old copy open
        assert reader.execute(COUNT).fetchall() == [(1,)]
    assert ask(one, COUNT)[1] == [(2,)]
    go_on(writer)
    assert writer.wait(timeout=30) == 0
    assert ask(one, COUNT)[1] == [(2,)]


def test_a_killed_writer_leaves_the_copy_of_before_and_what_it_committed(one: Path, writer: subprocess.Popen[str]) -> None:
    writer.kill()
    writer.wait(timeout=30)
    assert ask(one, COUNT)[1] in ([(1,)], [(2,)])
    with open_warehouse(one) as connection:
        assert connection.execute(COUNT).fetchall() == [(2,)]


def test_a_warehouse_newer_than_its_copy_is_read_itself(one: Path, dictionaries: Dictionaries) -> None:
    with open_warehouse(one) as connection:
        load_batch(connection, [record("b")], [], dictionaries)
    assert ask(one, COUNT)[1] == [(2,)]


def test_opening_for_nothing_leaves_the_copy_as_new_as_the_warehouse(one: Path) -> None:
    open_warehouse(one).close()
    assert published(one).stat().st_mtime_ns >= one.stat().st_mtime_ns


def test_a_copy_that_was_cut_off_is_not_read(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = published(one).read_bytes()

    def cut_off(source: Path, target: Path) -> None:
        Path(target).write_bytes(Path(source).read_bytes()[:5000])
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "copyfile", cut_off)
    with open_warehouse(one) as connection, pytest.raises(KeyboardInterrupt):
        publish(connection, one)
    assert published(one).read_bytes() == before
    monkeypatch.undo()
    with open_warehouse(one) as connection:
        publish(connection, one)
    assert sorted(file.name for file in one.parent.iterdir()) == ["news.duckdb", "news.published.duckdb"]


def test_a_disk_without_room_for_the_copy_is_one_sentence_and_the_old_copy_stays(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = published(one).read_bytes()

    def full(source: Path, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(shutil, "copyfile", full)
    with open_warehouse(one) as connection, pytest.raises(WarehouseError, match="No space left"):
        publish(connection, one)
    assert published(one).read_bytes() == before
    assert sorted(file.name for file in one.parent.iterdir()) == ["news.duckdb", "news.published.duckdb"]


def test_the_copy_is_a_whole_warehouse(one: Path) -> None:
    with duckdb.connect(str(published(one)), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM events_with_text").fetchall() == [(1,)]
