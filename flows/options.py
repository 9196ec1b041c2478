"""What the commands share: their options, and errors told in one plain line."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_DB = Path("warehouse") / "marsad.duckdb"
Db = Annotated[Path, typer.Option("--db", help="The warehouse, a DuckDB file.", metavar="FILE")]


def _lay_over(folder: Path | None) -> Path | None:
    # The loader reads the variable, so that every stage of a run sees the same dictionaries.
    if folder is not None:
        os.environ["MARSAD_DICTIONARIES"] = str(folder)
    return folder


Overlay = Annotated[
    Path | None,
    typer.Option("--dictionaries", envvar="MARSAD_DICTIONARIES", callback=_lay_over, help="A folder of your own dictionaries, laid over those that ship (see dictionaries/README.md).", metavar="DIR"),
]


def _parse_all(off: bool) -> bool:
    if off:
        os.environ["MARSAD_FILTER"] = "off"  # the worker processes read it too
    return off


NoFilter = Annotated[
    bool,
    typer.Option("--no-filter", callback=_parse_all, help="Parse every sentence, also those without a word that evokes an act or without an actor. The events are the same, in about twice the time."),
]
Log = Annotated[str, typer.Option("--log", help="auto (a display in a terminal, else lines), plain or json (lines), on standard error.", metavar="auto|plain|json")]
Models = Annotated[Path | None, typer.Option("--models", help="A folder of Stanza models to use instead of those that ship.", metavar="DIR")]

Feeds = Annotated[Path | None, typer.Option("--feeds", help="A feeds file; sources/feeds.yaml is one, with every field explained.", metavar="FILE")]
# For tests: a web site on this machine. No other address that is not public is ever asked.
Loopback = Annotated[bool, typer.Option("--allow-loopback", hidden=True)]


# Errors whose message is for the user.
_PLAIN = {"WarehouseError", "DictionaryError", "SourceError", "ModelError", "TreebankError", "QueryError", "WorkersLost", "PlanError", "ServeError", "EngineError"}
# What DuckDB raises for a file with a broken block, or for want of memory.
_OF_THE_FILE = {"IOException", "FatalException", "OutOfMemoryException"}


@contextmanager
def plain_errors() -> Iterator[None]:
    """A user's mistake is one line on standard error and exit status 1, never a traceback."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("marsad: stopped; what was loaded before is kept, run the same command to go on", err=True)
        raise typer.Exit(130) from None
    except BrokenPipeError:
        # The reader of our output has gone (| head): nothing more to say, and Python must not complain at exit.
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115
        raise typer.Exit(0) from None
    except Exception as error:
        told = sentence(error)
        if told is None:
            raise
        typer.echo(f"marsad: {told}", err=True)
        raise typer.Exit(1) from None


def sentence(error: Exception) -> str | None:
    """What an error says to the user in one sentence; None for one that is no mistake of theirs but of Marsad."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
    if not full and not kinds & {*_PLAIN, *_OF_THE_FILE}:
        return None
    return str(error).splitlines()[0] if kinds & _OF_THE_FILE else str(error)
