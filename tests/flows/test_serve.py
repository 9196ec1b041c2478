"""A scheduled run really fires: a server, `marsad serve`, two ticks; then all of it is killed in mid-run and started again."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.command import app
from flows.pipeline import code_batch
from flows.turns import alone
from sources import read_sources
from warehouse import WarehouseError, connect
from warehouse.package import CodedRecord

ROOT = Path(__file__).parent.parent.parent
# On a machine that does nothing else two ticks take half a minute.
PATIENCE = 240
TEXT = "Egypt rejected the demand of Ethiopia on Thursday. Turkey threatened to impose sanctions on Syria. Gate {} opens at nine."


class Served:
    """`marsad serve --with-server` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.db, self.inbox = folder, folder / "marsad.duckdb", folder / "inbox"
        self.inbox.mkdir()
        (folder / "marsad.yaml").write_text("warehouse: marsad.duckdb\ndeployments:\n  inbox: {flow: ingest, sources: [inbox], every: 10s}\n", encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        environment |= {"PREFECT_HOME": str(self.folder / "prefect"), "PYTHONPATH": str(ROOT), "PREFECT_RUNNER_POLL_FREQUENCY": "3"}
        with (self.folder / "serve.log").open("a") as log:
            command = [sys.executable, "-m", "flows", "serve", "--with-server", "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log, text=True, start_new_session=True)

    def put(self, name: str, articles: int) -> None:
        """Put a file of articles into the watched folder, whole at once."""
        lines = [json.dumps({"id": f"{name}-{n}", "lang": "en", "date": "2024-05-02", "text": TEXT.format(f"{name} {n}")}) for n in range(articles)]
        part = self.inbox / f".{name}.jsonl"
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")
        part.rename(self.inbox / f"{name}.jsonl")

    def wait_for(self, query: str, rows: list[tuple[Any, ...]]) -> None:
        end = time.monotonic() + PATIENCE
        found: Any = None
        while time.monotonic() < end:
            assert self.process is not None and self.process.poll() is None, self.log()
            try:
                found = self.ask(query)
            except WarehouseError as error:
                found = str(error)
            if found == rows:
                return
            time.sleep(0.5)
        raise AssertionError(f"{query}: {found}\n{self.log()}")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with connect(self.db) as connection:
            return connection.execute(query).fetchall()

    def log(self) -> str:
        return (self.folder / "serve.log").read_text(encoding="utf-8")

    def kill(self) -> None:
        """Everything at once, without warning: serve, the server, the run under way."""
        assert self.process is not None
        for pid in [*family(self.process.pid), self.process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()


def family(pid: int) -> list[int]:
    """The processes below a process."""
    try:
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [member for child in children for member in (*family(child), child)]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    if served.process is not None and served.process.poll() is None:
        served.kill()


def test_ticks_fire_and_a_kill_loses_nothing_and_codes_nothing_twice(served: Served) -> None:
    served.put("first", 1)
    served.start()
    served.wait_for("SELECT article_id FROM articles ORDER BY 1", [("first-0",)])
    served.put("second", 1)
    served.wait_for("SELECT article_id FROM articles ORDER BY 1", [("first-0",), ("second-0",)])
    assert "every 10s" in served.log() and "marsad serves until Ctrl-C" in served.log()
    assert "Traceback" not in served.log()

    served.put("third", 60)
    end = time.monotonic() + PATIENCE
    while not any(int(read) > 2 for read in re.findall(r"(\d+) articles", served.log())) and time.monotonic() < end:
        time.sleep(0.1)  # until a batch of it is loaded; the run goes on
    served.kill()
    served.start()
    served.wait_for("SELECT count(*) FROM articles", [(62,)])
    assert served.process is not None
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(60) == 130, served.log()

    # Readers of the warehouse itself: no run holds it now.
    records = [r for r in code_batch(list(read_sources([str(served.inbox)]))) if isinstance(r, CodedRecord)]
    assert served.ask("SELECT mention_id FROM mentions ORDER BY 1") == sorted((event.event_id,) for record in records for event in record.events)
    assert served.ask("SELECT sum(articles) FROM packages") == [(62,)]


def test_a_tick_is_skipped_while_the_one_before_runs(tmp_path: Path) -> None:
    db = tmp_path / "marsad.duckdb"
    with alone(db, "inbox") as first, alone(db, "inbox") as second, alone(db, "feeds") as other:
        assert (first, second, other) == (True, False, True)
    with alone(db, "inbox") as again:
        assert again


def test_no_server_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inbox").mkdir()
    config = tmp_path / "marsad.yaml"
    config.write_text("deployments:\n  inbox: {flow: ingest, sources: [inbox], every: 15m}\n", encoding="utf-8")
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "flows", "serve", "--config", str(config)], capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "marsad: no Prefect server answers at http://127.0.0.1:9/api; start it, or run `marsad serve --with-server`\n"


def test_a_mistake_in_the_plan_is_one_line(tmp_path: Path) -> None:
    config = tmp_path / "marsad.yaml"
    config.write_text("deployments:\n  inbox: {flow: ingest, sources: [inbox], every: soon}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["serve", "--config", str(config)])
    assert result.exit_code == 1
    assert result.stderr == f"marsad: {config}:2:50: deployments.inbox.every: soon is no duration; write 30s, 15m, 6h or 1d\n"
