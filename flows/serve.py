"""`marsad serve`: the deployments of marsad.yaml on a Prefect server, and the process that runs them when they are due."""

from __future__ import annotations

import datetime
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.asking import check_sources
from flows.plan import STARTER, CodeJob, ExportJob, IngestJob, Job, MaintainJob, Plan, PlanError, RecodeJob, read_plan
from flows.settings import prepare_prefect
from flows.show import table
from flows.stopping import end_with_us

FEEDS = Path(__file__).parent.parent / "sources" / "feeds.yaml"
_STARTS_IN = 120
# Seconds before a server that ended is started again.
_AGAIN = 2


class ServeError(Exception):
    """No server where one is needed; one plain sentence."""


def write_starter(config: Path) -> None:
    """Write a marsad.yaml to edit, a feeds.yaml unless there is one, and the folder that is watched. Raises PlanError rather than write over a plan."""
    if config.exists():
        raise PlanError(f"{config}: is here already; edit it, or name another with --config")
    try:
        (config.parent / "inbox").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(STARTER, config)
        if not (config.parent / FEEDS.name).exists():
            shutil.copyfile(FEEDS, config.parent / FEEDS.name)
    except OSError as error:
        raise PlanError(f"{config}: cannot be written ({error.strerror})") from None
    print(f"{config} and {config.parent / FEEDS.name} written, and the folder {config.parent / 'inbox'} made; edit {config}, then run `marsad serve --with-server`")


def serve(config: Path, with_server: bool, port: int, allow_loopback: bool = False) -> None:
    """Run the deployments of the plan until Ctrl-C. Raises PlanError, SourceError (a feeds file) and ServeError before anything is started."""
    plan = read_plan(config)
    for job in plan.deployments.values():
        check_sources([], job.feeds if isinstance(job, IngestJob) else None)
    prepare_prefect()
    os.environ["PREFECT_LOGGING_TO_API_ENABLED"] = "true"  # who looks at a run on the server reads its log there
    with _server(with_server, port) as address:
        print(f"Prefect server: {address}", flush=True)
        _run(plan, config, allow_loopback)


def _run(plan: Plan, config: Path, allow_loopback: bool) -> None:
    import prefect
    from prefect.client.orchestration import get_client
    from prefect.schedules import Cron, Interval
    from prefect.types.entrypoint import EntrypointType

    from flows import deployed

    made = []
    for name, job in plan.deployments.items():
        schedule = Interval(job.every, timezone=plan.timezone) if job.every else Cron(str(job.cron), timezone=plan.timezone)
        flow = getattr(deployed, job.flow)
        given = parameters(plan, job) | ({"allow_loopback": True} if allow_loopback and isinstance(job, IngestJob) else {})
        made.append(flow.to_deployment(name=name, schedule=schedule, parameters=given, description=f"from {config}", entrypoint_type=EntrypointType.MODULE_PATH))
    names = [f"{job.flow}/{name}" for name, job in plan.deployments.items()]
    with get_client(sync_client=True) as client:
        free_writer(client)
        late = sum(_skip_missed(client, name) for name in names)
    print(
        table(
            ["deployment", "runs", "what"],
            [(name, f"every {_span(job.every)}" if job.every else f"{job.cron} {plan.timezone}", _what(job)) for name, job in zip(names, plan.deployments.values(), strict=True)],
        )
    )
    if late:
        print(f"{late} ticks were missed; the newest of each deployment runs now and takes up what they left")
    print(f"warehouse: {plan.warehouse}\nmarsad serves until Ctrl-C", flush=True)
    prefect.serve(*made, pause_on_shutdown=False, print_starting_message=False, limit=len(made) + 1)
    raise KeyboardInterrupt  # Prefect ends without a word when it is stopped


def parameters(plan: Plan, job: Job) -> dict[str, Any]:
    """What the flow of a job is called with."""
    given: dict[str, Any] = {"db": str(plan.warehouse)}
    coding = {"workers": plan.workers, "dictionaries": _text(plan.dictionaries)}
    if isinstance(job, IngestJob):
        return {**given, **coding, "models": _text(plan.models), "sources": [str(source) for source in job.sources], "feeds": _text(job.feeds)}
    if isinstance(job, CodeJob):
        return {"source": str(job.source), "out": str(job.out), "models": _text(plan.models), "dictionaries": _text(plan.dictionaries)}
    if isinstance(job, RecodeJob):
        return {**given, **coding}
    if isinstance(job, ExportJob):
        return {**given, "format": job.format, "out": str(job.out), "since": _text(job.since), "until": _text(job.until)}
    return {**given, "snapshots": _text(job.snapshots), "keep": job.keep, "prune": job.prune}


def free_writer(client: Any) -> None:
    """Give back what runs hold that were killed, or that lost their server."""
    from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate

    from flows.deployed import WRITER

    client.upsert_global_concurrency_limit_by_name(WRITER, 1)
    client.update_global_concurrency_limit(WRITER, GlobalConcurrencyLimitUpdate(active_slots=0))


def _skip_missed(client: Any, name: str) -> int:
    """Cancel the runs of a deployment that were due while nobody served it, but for the newest; gives their number."""
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
    from prefect.client.schemas.objects import StateType
    from prefect.client.schemas.sorting import FlowRunSort
    from prefect.exceptions import ObjectNotFound
    from prefect.states import Cancelled

    try:
        deployment = client.read_deployment_by_name(name)
    except ObjectNotFound:
        return 0
    runs = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id])),
        sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        limit=200,
    )
    due = [run for run in runs if run.expected_start_time and run.expected_start_time <= datetime.datetime.now(datetime.UTC)]
    for run in due[1:]:
        client.set_flow_run_state(run.id, Cancelled(message="missed; a later tick takes up what it would have read"), force=True)
    return len(due)


@contextmanager
def _server(own: bool, port: int) -> Iterator[str]:
    """The address of a server that answers: the one that is configured, or with `own` one that is started here and ends with us."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    if not own:
        configured = PREFECT_API_URL.value()
        if not configured:
            raise ServeError("no Prefect server is named; run `marsad serve --with-server`, or start one with `prefect server start` and set PREFECT_API_URL=http://127.0.0.1:4200/api")
        if not _answers(configured):
            raise ServeError(f"no Prefect server answers at {configured}; start it, or run `marsad serve --with-server`")
        yield configured
        return
    address = f"http://127.0.0.1:{port}/api"
    os.environ["PREFECT_API_URL"] = address
    server = None
    if _answers(address):
        print(f"a Prefect server is there already at {address}; it is used, and stays when marsad ends", flush=True)
    else:
        if _taken(port):
            raise ServeError(f"port {port} is in use, and not by a Prefect server; name another with --port")
        server = _Server(port)
        print(f"starting a Prefect server, which ends with marsad; it keeps its runs in {server.log.parent} and its log in {server.log}", flush=True)
        server.start()
    try:
        began = time.monotonic()
        while not _answers(address):
            if server is None or server.process.poll() is not None or time.monotonic() - began > _STARTS_IN:
                raise ServeError(f"the Prefect server did not start on port {port}; its log says why, or name another with --port")
            time.sleep(0.2)
        if server is not None:
            threading.Thread(target=server.keep, daemon=True).start()
        with temporary_settings({PREFECT_API_URL: address}):
            yield address
    finally:
        if server is not None:
            server.end()


class _Server:
    """A Prefect server of our own. While it is kept it is started again when it ends, with what it knew; runs under way lose it for a while, and what they leave the next tick takes up."""

    def __init__(self, port: int) -> None:
        from prefect.settings import get_current_settings

        self.address = f"http://127.0.0.1:{port}/api"
        self.log = Path(str(get_current_settings().home)) / "marsad-server.log"
        self._command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
        self._over = threading.Event()

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as file:
            self.process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True)  # Ctrl-C is for marsad, which ends it
        self._guard = end_with_us(self.process.pid)

    def keep(self) -> None:
        while not self._over.wait(1):
            if self.process.poll() is not None:
                self._guard.kill()
                print(f"the Prefect server has ended, {self.log} may say why; starting it again", flush=True)
                if not self._over.wait(_AGAIN):
                    self.start()
                    self._await()

    def _await(self) -> None:
        from prefect.client.orchestration import get_client

        while not self._over.wait(0.5) and self.process.poll() is None:
            if _answers(self.address):
                with get_client(sync_client=True) as client:
                    free_writer(client)
                return

    def end(self) -> None:
        self._over.set()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._guard.kill()


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(address: str) -> bool:
    import httpx

    try:
        return httpx.get(f"{address}/health", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _what(job: Job) -> str:
    if isinstance(job, IngestJob):
        return f"reads {job.feeds or ' '.join(str(source) for source in job.sources)}"
    if isinstance(job, CodeJob):
        return f"codes {job.source} to {job.out}"
    if isinstance(job, ExportJob):
        return f"writes {job.format} to {job.out}"
    if isinstance(job, MaintainJob):
        return f"snapshots in {job.snapshots}" if job.snapshots else "checkpoint and published copy"
    return "codes again what the dictionaries changed"


def _span(every: datetime.timedelta) -> str:
    seconds = int(every.total_seconds())
    return next(f"{seconds // size}{unit}" for unit, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)) if seconds % size == 0)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
