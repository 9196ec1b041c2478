"""The Prefect API that a flow of this process talks to: the one that is configured, or a temporary one of our own."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from flows.settings import prepare_prefect
from flows.stopping import end_with_us

# Of a temporary API: no page, and nothing of it outlives the process (as Prefect's own SubprocessASGIServer sets them).
_TEMPORARY = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
# uvicorn's exit status where something else has taken the port.
_TAKEN = 3
_MACHINERY = (
    "prefect._internal", "prefect._internal.concurrency", "prefect.events", "prefect.FlowRunCancellingObserver", "prefect.FlowRunSuspendingObserver", "prefect.concurrency", "httpx", "websockets", "uvicorn", "prefect.server", "asyncio",
)  # fmt: skip


def connect_to_prefect() -> str:
    """Import Prefect and start a temporary API where no other is configured; gives the API's address. Raises RuntimeError when it does not start."""
    prepare_prefect()
    from prefect.context import refresh_global_settings_context
    from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS, get_current_settings

    configured = PREFECT_API_URL.value()
    if configured:
        return str(configured)
    settings = {**os.environ, **_TEMPORARY, **get_current_settings().to_environment_variables(exclude_unset=True)}
    address = _start(settings, PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS.value())
    # For processes that the flow's tasks run in, and for all threads of this one: to one that does not find it, Prefect gives another API, which it does not end when we are killed.
    os.environ["PREFECT_API_URL"] = address
    refresh_global_settings_context()
    return address


def _start(environment: dict[str, str], seconds: float) -> str:
    """Start an API that ends with this process, however it ends, and wait until it answers. Prefect can do so too, but imports the whole server for it (2 s, 80 MB)."""
    import httpx
    import prefect

    process: subprocess.Popen[bytes] | None = None
    until, address = time.monotonic() + seconds, ""
    with httpx.Client(timeout=5, verify=False, trust_env=False) as client:
        while time.monotonic() < until:
            if process is None or process.poll() == _TAKEN:
                port = _free_port()
                address = f"http://127.0.0.1:{port}/api"
                command = [sys.executable, "-m", "uvicorn", "--app-dir", str(Path(prefect.__file__).parent.parent), "--factory", "prefect.server.api.server:create_app"]
                process = _without_interrupts([*command, "--host", "127.0.0.1", "--port", str(port), "--log-level", "error", "--lifespan", "on"], environment)
                atexit.register(_end, process, end_with_us(process.pid))
            elif process.poll() is not None:
                raise RuntimeError(f"Prefect's temporary API ended at once (exit status {process.returncode}); what it said stands above")
            with contextlib.suppress(httpx.HTTPError):
                if client.get(f"{address}/health").status_code == httpx.codes.OK:
                    return address
            time.sleep(0.1)
    raise RuntimeError(f"Prefect's temporary API did not answer within {seconds:.0f} s")


def _without_interrupts(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Ctrl-C in a terminal reaches every process of it; the API must outlive it until the batch under way is loaded. A blocked signal stays blocked in a child."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        started.append(subprocess.Popen(command, env=environment))

    thread = threading.Thread(target=start, daemon=True)
    thread.start()
    thread.join()
    return started[0]


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _end(process: subprocess.Popen[bytes], guard: subprocess.Popen[bytes]) -> None:
    guard.kill()  # first: what it watches ends now, and its number may be another's then
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def quiet() -> None:
    """Keep from the user what Prefect's own machinery tells with tracebacks: a server that does not answer for a while, most of all."""
    for name in _MACHINERY:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def quiet_exit() -> None:
    """Keep from the user what is printed when all is over and well: Prefect 3.8 can log "Error flushing" with a traceback while its temporary API stops, and DuckDB's client lists what it had not yet let go of."""
    quiet()
    # Registered before others, so done after them: from here on Python itself is coming down.
    atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))
