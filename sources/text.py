"""Plain text: one article a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from sources.article import Article, Rejected


def read_text(content: bytes, origin: str) -> Iterator[Article | Rejected]:
    """The article that a text file is; its id is the file's name without the ending (with the folders below the one named), for standard input a hash of the text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Rejected(origin, 0, None, "not-utf-8", f"{origin}: not UTF-8; save the file as UTF-8")
        return
    if not text.strip():
        yield Rejected(origin, 0, None, "empty-file", f"{origin}: empty")
        return
    named = PurePosixPath(origin).with_suffix("").as_posix()
    yield Article(article_id=named if PurePosixPath(origin).suffix else hashlib.sha256(text.encode()).hexdigest()[:16], text=text, origin=origin)
