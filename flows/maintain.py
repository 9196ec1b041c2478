"""Keep a warehouse in order: checkpoint, prune, the copy for readers, dated snapshots."""

from __future__ import annotations

import datetime
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from warehouse.archive import prune
from warehouse.connect import WarehouseError, open_warehouse
from warehouse.snapshot import publish, published


@dataclass(frozen=True, slots=True)
class Maintained:
    """What was done: bytes of the warehouse, mentions of earlier codings deleted, the snapshot made, old ones deleted."""

    size: int
    pruned: int
    snapshot: Path | None
    gone: tuple[Path, ...]


def maintain(db: Path, snapshots: Path | None, keep: int, prune_codings: bool, day: datetime.date) -> Maintained:
    """Maintain the warehouse at `db`; a snapshot of the day replaces one of the same day, and the newest `keep` stay. Raises WarehouseError."""
    with open_warehouse(db) as connection:
        gone = prune(connection) if prune_codings else 0
        publish(connection, db)
    made, old = (None, ()) if snapshots is None else _snapshot(db, snapshots, keep, day)
    return Maintained(db.stat().st_size, gone, made, old)


def _snapshot(db: Path, folder: Path, keep: int, day: datetime.date) -> tuple[Path, tuple[Path, ...]]:
    made = folder / f"{db.stem}-{day.isoformat()}{db.suffix}"
    part = made.with_name(f".{made.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(published(db), part)
        os.replace(part, made)
        old = tuple(sorted(folder.glob(f"{db.stem}-????-??-??{db.suffix}"))[:-keep])
        for path in old:
            path.unlink()
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WarehouseError(f"{made}: cannot be written ({error.strerror}); the warehouse is complete") from None
    return made, old
