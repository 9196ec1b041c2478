"""The Prefect API that a flow of this process talks to: the one that is configured, or a temporary one of our own."""

from __future__ import annotations

import atexit
import logging
import os
import signal
import threading

from flows.settings import prepare_prefect
from flows.stopping import end_with_us

_MACHINERY = (
    "prefect._internal", "prefect._internal.concurrency", "prefect.events", "prefect.FlowRunCancellingObserver", "prefect.FlowRunSuspendingObserver", "prefect.concurrency", "httpx", "websockets", "uvicorn", "prefect.server", "asyncio",
)  # fmt: skip


def connect_to_prefect() -> str:
    """Import Prefect and start a temporary API where no other is configured; gives the API's address. Raises RuntimeError when it does not start."""
    prepare_prefect()
    from prefect.settings import PREFECT_API_URL, temporary_settings

    configured = PREFECT_API_URL.value()
    if configured:
        return str(configured)
    from prefect.server.api.server import SubprocessASGIServer

    server = SubprocessASGIServer()
    failed: list[Exception] = []

    def start() -> None:
        # Ctrl-C in a terminal reaches every process of it; the API must outlive it until the batch under way is loaded. A blocked signal stays blocked in a child.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            server.start()
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=start, daemon=True)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    if server.server_process is not None:
        atexit.register(end_with_us(server.server_process.pid).kill)  # done before the API is ended, which registered itself earlier
    # For processes that the flow's tasks run in, and for what else asks where the API is.
    os.environ["PREFECT_API_URL"] = server.api_url
    temporary_settings({PREFECT_API_URL: server.api_url}).__enter__()
    return str(server.api_url)


def quiet() -> None:
    """Keep from the user what Prefect's own machinery tells with tracebacks: a server that does not answer for a while, most of all."""
    for name in _MACHINERY:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def quiet_exit() -> None:
    """Keep from the user what is printed when all is over and well: Prefect 3.8 can log "Error flushing" with a traceback while its temporary API stops, and DuckDB's client lists what it had not yet let go of."""
    quiet()
    # Registered before others, so done after them: from here on Python itself is coming down.
    atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))
