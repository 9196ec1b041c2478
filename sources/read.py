"""Read what the user names: files, folders, "-" for standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sources.article import Article, Rejected
from sources.jsonl import read_json_lines
from sources.text import read_text

JSON_LINES = frozenset({".jsonl", ".ndjson"})
TEXT = frozenset({".txt", ".text", ".md"})
STANDARD_INPUT = "-"


class SourceError(Exception):
    """A source that is not there or cannot be opened; the message names it."""


def read_sources(sources: Sequence[str]) -> Iterator[Article | Rejected]:
    """The articles of the sources in their order, and a Rejected for each that could not be read.

    A .jsonl file holds an article a line, a .txt file is one article; a folder is read with all below it, in the order of the
    names; "-" is standard input, JSON lines if it begins with "{", else one text. Raises SourceError when a source is missing.
    """
    paths = [source for source in sources if source != STANDARD_INPUT]
    for source in paths:
        if not os.path.exists(source):
            raise SourceError(f"{source}: no such file or folder")
    for source in sources:
        if source == STANDARD_INPUT:
            content = sys.stdin.buffer.read()
            reader = read_json_lines if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" else read_text
            yield from reader(content, "standard input")
        else:
            yield from _read_path(Path(source))


def _read_path(path: Path) -> Iterator[Article | Rejected]:
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if child.is_file() and not any(part.startswith(".") for part in child.relative_to(path).parts):
                yield from _read_file(child, child.relative_to(path).as_posix())
    else:
        yield from _read_file(path, path.name)


def _read_file(path: Path, name: str) -> Iterator[Article | Rejected]:
    kind = path.suffix.lower()
    if kind not in JSON_LINES | TEXT:
        yield Rejected(name, 0, None, "unknown-format", f"{name}: not read; Marsad reads .jsonl and .txt files")
        return
    try:
        content = path.read_bytes()
    except OSError as error:
        yield Rejected(name, 0, None, "unreadable", f"{name}: cannot be read ({error.strerror})")
        return
    yield from (read_json_lines if kind in JSON_LINES else read_text)(content, name)
