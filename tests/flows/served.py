"""`marsad serve` in a folder of its own, for tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from warehouse import WarehouseError, connect

ROOT = Path(__file__).parent.parent.parent
# On a machine that does nothing else two ticks take half a minute.
PATIENCE = 240


class Served:
    """`marsad serve --with-server` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.db = folder, folder / "marsad.duckdb"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[str] | None = None

    def plan(self, *deployments: str) -> None:
        """Write marsad.yaml with these deployments."""
        (self.folder / "marsad.yaml").write_text("warehouse: marsad.duckdb\ndeployments:\n" + "".join(f"  {deployment}\n" for deployment in deployments), encoding="utf-8")

    def start(self, *options: str) -> None:
        """Start `marsad serve`; its log is serve.log."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        environment |= {"PREFECT_HOME": str(self.folder / "prefect"), "PYTHONPATH": str(ROOT), "PREFECT_RUNNER_POLL_FREQUENCY": "2"}
        with (self.folder / "serve.log").open("a") as log:
            command = [sys.executable, "-m", "flows", "serve", "--with-server", "--port", str(self.port), *options]
            self.process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log, text=True, start_new_session=True)

    def wait_for(self, query: str, rows: list[tuple[Any, ...]]) -> None:
        """Wait until a question to the warehouse has this answer."""

        def answered() -> bool:
            try:
                return self.ask(query) == rows
            except WarehouseError:
                return False

        self.wait_until(answered)

    def wait_until(self, there: Callable[[], object]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not there():
            assert self.process is not None and self.process.poll() is None, self.log()
            assert time.monotonic() < end, self.log()
            time.sleep(0.1)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with connect(self.db) as connection:
            return connection.execute(query).fetchall()

    def log(self) -> str:
        return (self.folder / "serve.log").read_text(encoding="utf-8")

    def kill_one(self, named: str) -> None:
        """Kill the processes below it whose command line has these words, and nothing else."""
        assert self.process is not None
        pids = [pid for pid in family(self.process.pid) if named in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")]
        assert pids, self.log()
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        """For the end of a test: kill what still runs."""
        if self.process is not None and self.process.poll() is None:
            self.kill()

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
