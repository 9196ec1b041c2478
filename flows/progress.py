"""How a run tells of itself on standard error: a display in a terminal, plain lines in a log, JSON lines for machines."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from types import TracebackType

from flows.report import Report
from flows.show import isolate
from warehouse.query import QueryError

LOGS = ("auto", "plain", "json")


class Progress:
    """Plain lines, a line a batch. Used as `with progress_for(log) as progress`; `say` gives a sentence, calling it the report so far."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return

    def __call__(self, report: Report) -> None:
        """A batch was loaded."""
        print(f"{self.seconds:6.0f} s  {report.line}", file=sys.stderr, flush=True)

    def say(self, text: str) -> None:
        """A sentence for the user."""
        print(isolate(text) if sys.stderr.isatty() else text, file=sys.stderr, flush=True)

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began


class JsonLines(Progress):
    """A JSON object a line: time (seconds), and message or the counts."""

    def __call__(self, report: Report) -> None:
        """A batch was loaded."""
        self._write({"batch": report.batches, **asdict(report.counts), "known": report.known})

    def say(self, text: str) -> None:
        """A sentence for the user."""
        self._write({"message": text.strip()})

    def _write(self, fields: dict[str, object]) -> None:
        print(json.dumps({"seconds": round(self.seconds, 1), **fields}, ensure_ascii=False), file=sys.stderr, flush=True)


class Display(Progress):
    """A line in a terminal that changes: counts, articles a second, time."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import Progress as Bars
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bars = Bars(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True), transient=True)
        self._line = self._bars.add_task("starting")

    def __enter__(self) -> Progress:
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bars.stop()

    def __call__(self, report: Report) -> None:
        """A batch was loaded."""
        fresh = report.counts.articles - report.known
        self._bars.update(self._line, description=f"{report.line}; {fresh / max(self.seconds, 0.001):.1f} new articles a second")

    def say(self, text: str) -> None:
        """A sentence for the user, above the line."""
        self._bars.console.print(isolate(text), markup=False, highlight=False)


def progress_for(log: str) -> Progress:
    """What `--log` names: plain, json, or auto, a display where standard error is a terminal. QueryError for another name."""
    if log not in LOGS:
        raise QueryError(f"unknown --log {log}; use {', '.join(LOGS)}")
    if log == "json":
        return JsonLines()
    return Display() if log == "auto" and sys.stderr.isatty() else Progress()
