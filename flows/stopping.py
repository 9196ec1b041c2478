"""Ctrl-C: the first ends a run at the next batch boundary, the second at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType


class Stop:
    """Within it (`with Stop(say) as stop`) Ctrl-C is noted and not raised, once `gently` is set; calling it tells whether it was pressed. Outside the main thread nothing is caught."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.gently = False
        self._say = say
        self._pressed = threading.Event()

    def __call__(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._pressed.is_set()

    def __enter__(self) -> Stop:
        self._before = signal.signal(signal.SIGINT, self._note) if threading.current_thread() is threading.main_thread() else None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _note(self, number: int, frame: FrameType | None) -> None:
        again = self._pressed.is_set()
        self._pressed.set()
        if again or not self.gently:
            raise KeyboardInterrupt
        self._say("stopping when the batch under way is loaded; Ctrl-C again stops at once")


def leave_interrupts_alone() -> None:
    """For worker processes: Ctrl-C in a terminal reaches every process of it, and only the loader decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
