"""A scheduled run really fires: a server, `marsad serve`, two ticks; then all of it is killed in mid-run and started again."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.client.schemas.objects import StateType
from typer.testing import CliRunner

from flows import deployed
from flows.command import app
from flows.pipeline import code_batch
from flows.turns import alone
from sources import read_sources
from tests.flows.served import ROOT, Served
from warehouse import WarehouseError
from warehouse.package import CodedRecord

# Several batches of them.
MANY = 120
TEXT = "Egypt rejected the demand of Ethiopia on Thursday. Turkey threatened to impose sanctions on Syria. Gate {} opens at nine."


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    (tmp_path / "inbox").mkdir()
    served.plan("inbox: {flow: ingest, sources: [inbox], every: 10s}")
    yield served
    served.end()


def put(served: Served, name: str, articles: int) -> None:
    """Put a file of articles into the watched folder, whole at once."""
    inbox = served.folder / "inbox"
    lines = [json.dumps({"id": f"{name}-{n}", "lang": "en", "date": "2024-05-02", "text": TEXT.format(f"{name} {n}")}) for n in range(articles)]
    part = inbox / f".{name}.jsonl"
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.rename(inbox / f"{name}.jsonl")


def test_ticks_fire_and_whatever_is_killed_loses_nothing_and_codes_nothing_twice(served: Served) -> None:
    put(served, "first", MANY)
    served.start()
    served.wait_until(lambda: re.search(r"inbox: \d+ articles", served.log()))
    served.kill_one("prefect.engine")  # a batch of it is loaded; the loader is killed in the middle of the next, and the next tick goes on
    served.wait_for("SELECT count(*) FROM articles", [(MANY,)])
    assert "every 10s" in served.log() and "marsad serves until Ctrl-C" in served.log()
    assert "Traceback" not in served.log()

    served.kill_one("server start")
    served.wait_until(lambda: "starting it again" in served.log())
    told = len(served.log())
    put(served, "second", MANY)
    served.wait_until(lambda: any(MANY < int(read) < 2 * MANY for read in re.findall(r"inbox: (\d+) articles", served.log()[told:])))
    served.kill()
    served.start()
    served.wait_for("SELECT count(*) FROM articles", [(2 * MANY,)])
    assert served.process is not None
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(60) == 130, served.log()

    # Readers of the warehouse itself: no run holds it now.
    records = [r for r in code_batch(list(read_sources([str(served.folder / "inbox")]))) if isinstance(r, CodedRecord)]
    assert served.ask("SELECT mention_id FROM mentions ORDER BY 1") == sorted((event.event_id,) for record in records for event in record.events)
    assert served.ask("SELECT sum(articles) FROM packages") == [(2 * MANY,)]


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


def test_a_mistake_in_a_feeds_file_is_one_line_before_anything_starts(tmp_path: Path) -> None:
    config = tmp_path / "marsad.yaml"
    config.write_text("deployments:\n  news: {flow: ingest, feeds: feeds.yaml, every: 15m}\n", encoding="utf-8")
    (tmp_path / "feeds.yaml").write_text("feeds:\n- {url: x, name: A}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["serve", "--with-server", "--config", str(config)])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert f"{tmp_path / 'feeds.yaml'}:2:9: " in result.stderr


def test_a_port_that_something_else_has_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inbox").mkdir()
    config = tmp_path / "marsad.yaml"
    config.write_text("deployments:\n  inbox: {flow: ingest, sources: [inbox], every: 15m}\n", encoding="utf-8")
    monkeypatch.setenv("PREFECT_API_URL", "")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setattr("flows.serve._answers", lambda address: False)
        result = CliRunner().invoke(app, ["serve", "--with-server", "--config", str(config), "--port", str(port)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"marsad: port {port} is in use, and not by a Prefect server; name another with --port\n"


def test_a_flow_that_cannot_do_its_work_says_so_in_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> None:
        raise WarehouseError("news.duckdb: is no DuckDB database")

    state = deployed.plainly(run)()
    assert (state.type, state.message) == (StateType.FAILED, "news.duckdb: is no DuckDB database")
    assert "failed: news.duckdb: is no DuckDB database" in capsys.readouterr().out
    with pytest.raises(ZeroDivisionError):
        deployed.plainly(lambda: 1 / 0)()
