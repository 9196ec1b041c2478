"""Collect the articles of the feeds in a feeds file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sources.ledger import Found, Known


def collect(feeds_file: Path, known: Mapping[str, Known], *, due_only: bool = False, allow_loopback: bool = False) -> Iterator[Found]:
    """Ask the feeds of a feeds file, and fetch what is new in them: articles, rejects and fetch records, as they come.

    `known` is what the ledger knows by address (warehouse.fetches.known(connection); {} for a first time): it makes requests conditional,
    and items that are known and unchanged are not fetched again. With `due_only` a feed is asked only when its `every` has passed
    since it was asked last (for a scheduler that ticks more often); a missed tick is thereby caught up at the next.
    The fetch records must be entered (warehouse.fetches.record) AFTER the articles are loaded: a run that is killed then loses nothing, it asks again.
    `sources.ledger.set_aside(collect(...), fetches)` parts them. `allow_loopback` lets tests use 127.0.0.1; no other address that is not public.
    Whatever goes wrong with a feed or page is a reject or a fetch record with its reason. Raises SourceError (one sentence, file:line)
    before anything is fetched when the feeds file is wrong.
    """
    raise NotImplementedError
