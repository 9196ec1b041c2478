"""What a run reads: files, addresses and feeds, with what the fetch ledger knows of the web."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from sources import Article, Fetch, Rejected, SourceError, read_sources, set_aside
from sources.read import STANDARD_INPUT, is_address
from warehouse import fetches as ledger


def check_sources(sources: Sequence[str], feeds: Path | None = None) -> None:
    """Raises SourceError, before anything slow begins, for a file that is missing and a feeds file that is wrong."""
    for source in sources:
        if source != STANDARD_INPUT and not is_address(source) and not Path(source).exists():
            raise SourceError(f"{source}: no such file or folder")
    if feeds is not None:
        from sources.feeds_file import read_feeds_file

        read_feeds_file(feeds)


class Asking:
    """The articles of sources and feeds, in one pass. `enter` writes what was asked of the web into the ledger: when all articles are loaded, so that a run that is killed asks again."""

    def __init__(self, sources: Sequence[str], feeds: Path | None, connection: duckdb.DuckDBPyConnection, due_only: bool = False, allow_loopback: bool = False) -> None:
        known = ledger.known(connection)
        self._fetches: list[Fetch] = []
        self._found = [set_aside(read_sources(sources, known, allow_loopback), self._fetches)]
        if feeds is not None:
            from sources.feeds import collect

            self._found.append(set_aside(collect(feeds, known, due_only=due_only, allow_loopback=allow_loopback), self._fetches))

    def __iter__(self) -> Iterator[Article | Rejected]:
        for found in self._found:
            yield from found

    def enter(self, connection: duckdb.DuckDBPyConnection) -> int:
        """Enter in the ledger what was asked; gives the number of requests."""
        entered = ledger.record(connection, self._fetches)
        self._fetches.clear()
        return entered
