"""How processes end: Ctrl-C ends a run at the next batch boundary, a second one at once; what a run has started ends with it, even where it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
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


def begin_worker(loader: int) -> None:
    """For worker processes. Ctrl-C in a terminal reaches every process of it, and only the loader decides what it means; a loader that is killed tells nobody, so that its end is looked for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == loader:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def end_with_us(pid: int) -> subprocess.Popen[bytes]:
    """Have another process terminated when this one ends, however it ends: a shell waits for the end of a pipe that only we hold. Gives the shell; kill it where the other process has ended before."""
    return subprocess.Popen(["/bin/sh", "-c", 'read -r _; kill "$0"', str(pid)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
