"""What is worth another try."""

from __future__ import annotations

from typing import Any

import duckdb

from flows.workers import WorkersLost
from warehouse.connect import WarehouseHeld


def transient(task: Any, run: Any, state: Any) -> bool:
    """For Prefect's retry_condition_fn: a warehouse that is held or a disk that failed for a moment, a worker that is gone. The same input fails the same way."""
    try:
        state.result()
    except (duckdb.IOException, WarehouseHeld, WorkersLost, ConnectionError, TimeoutError):
        return True
    except BaseException:
        return False
    return False
