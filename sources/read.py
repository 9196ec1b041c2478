"""Read what the user names: files, folders, addresses, "-" for standard input.

A source is a module with one function that gives, of its bytes and its name, Articles, Rejecteds, and Links to articles that are yet to be fetched.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sources.article import Article, Link, Rejected
from sources.errors import SourceError
from sources.gdelt import kind_of, read_gdelt
from sources.jsonl import read_json_lines
from sources.ledger import Found, Known
from sources.text import read_text
from sources.unpack import Unpackable, unpack

if TYPE_CHECKING:
    from sources.web import Web

__all__ = ["SourceError", "files_below", "is_address", "read_sources"]

JSON_LINES = frozenset({".jsonl", ".ndjson"})
TEXT = frozenset({".txt", ".text", ".md"})
TABLES = frozenset({".csv", ".tsv"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
PACKED = frozenset({".gz", ".zip"})
STANDARD_INPUT = "-"
_MARK = b"\xef\xbb\xbf"
_LOOKED_AT = 3000
_WINDOW = 256
_DEEPEST_INDEX = 2
Read = Iterable[Article | Rejected | Link]
# The modules below are imported where they are needed: the libraries under them take half a second to load, and JSON lines need none of them.


def read_sources(sources: Sequence[str], known: Mapping[str, Known] | None = None, allow_loopback: bool = False) -> Iterator[Found]:
    """The articles of the sources in their order, a Rejected for each that could not be read, and a Fetch for each address that was asked.

    By a file's name: .jsonl an article a line, .txt one article (or a list of addresses, one a line), .csv and .tsv an article a row, .html a page, .warc and .warc.gz
    the pages in it, .xml a feed or a sitemap, *.gkg.csv, *.mentions.CSV and *.export.CSV the articles that GDELT names; each may be packed as .gz or .zip.
    A folder is read with all below it, in the order of the names. An address is a feed, a sitemap, a list or a page. "-" is standard input: JSON lines if
    it begins with "{", else a list of addresses, a page, a feed or a sitemap if it looks so, else one text. `known` is what the fetch ledger knows
    (see sources.feeds.collect). Raises SourceError when a file or folder is missing.
    """
    for source in sources:
        if source != STANDARD_INPUT and not is_address(source) and not os.path.exists(source):
            raise SourceError(f"{source}: no such file or folder")
    with contextlib.ExitStack() as stack:

        @functools.cache
        def web() -> Web:
            from sources.web import Web

            return stack.enter_context(Web(known or {}, allow_loopback=allow_loopback))

        for source in sources:
            if source == STANDARD_INPUT:
                yield from _follow(web, _read_content(sys.stdin.buffer.read(), "standard input", ""), "standard input")
            elif is_address(source):
                yield from _read_address(web(), source)
            else:
                for path, name in files_below(Path(source)):
                    yield from _follow(web, _read_file(path, name), name)


def is_address(source: str) -> bool:
    """Whether a source is an address of the web and no file."""
    return source.lower().startswith(("http://", "https://"))


def files_below(path: Path) -> Iterator[tuple[Path, str]]:
    """A file, or all files below a folder, with the names that they go by; what begins with a dot is left out."""
    if not path.is_dir():
        yield path, path.name
        return
    for child in sorted(path.rglob("*")):
        name = child.relative_to(path)
        if child.is_file() and not any(part.startswith(".") for part in name.parts):
            yield child, name.as_posix()


def _read_file(path: Path, name: str) -> Read:
    plain = path.with_suffix("") if path.suffix.lower() in PACKED else path
    try:
        if plain.suffix.lower() == ".warc":
            from sources.warc import read_warc

            return read_warc(path, name)
        if plain.suffix.lower() not in JSON_LINES | TEXT | TABLES | PAGES | {".xml"}:
            return [Rejected(name, 0, None, "unknown-format", f"{name}: not read; Marsad reads .jsonl, .txt, .csv, .tsv, .html, .xml and .warc files")]
        content = path.read_bytes()
        return _read_content(content if plain == path else unpack(content), name, plain.suffix.lower())
    except OSError as error:
        return [Rejected(name, 0, None, "unreadable", f"{name}: cannot be read ({error.strerror})")]
    except Unpackable as error:
        return [Rejected(name, 0, None, error.reason, f"{name}: {error}")]


def _read_content(content: bytes, name: str, ending: str) -> Read:
    """What the content of a file is; without an ending its beginning tells."""
    kind = _kind(content)
    if ending in JSON_LINES or (not ending and kind == "json"):
        return read_json_lines(content, name)
    if kind_of(name):
        return read_gdelt(content, name)
    if ending in TABLES:
        from sources.delimited import read_delimited

        return read_delimited(content, name)
    if ending in PAGES or (not ending and kind == "page"):
        from sources.page import read_page

        return read_page(content, name)
    if ending not in TEXT and kind in ("feed", "sitemap"):
        return _read_list(content, "", name, kind)
    if ending == ".xml":
        return [Rejected(name, 0, None, "unknown-format", f"{name}: XML that is neither a feed (RSS, Atom) nor a sitemap")]
    return _read_list(content, "", name, kind) if kind == "list" else read_text(content, name)


def _kind(content: bytes) -> str | None:
    """json, feed, sitemap, page or list for a content that begins so; None for any other."""
    head = content.removeprefix(_MARK).replace(b"\0", b"").lstrip()[:_LOOKED_AT].lower()
    if head.startswith(b"{"):
        return "json"
    if head.startswith(b"<"):
        marks = {"sitemap": (b"<urlset", b"<sitemapindex"), "feed": (b"<rss", b"<feed", b"<rdf:rdf"), "page": (b"<!doctype html", b"<html")}
        return next((kind for kind, tags in marks.items() if any(tag in head for tag in tags)), None)
    if head.startswith((b"http", b"#")):
        from sources.links import is_list

        return "list" if is_list(content.removeprefix(_MARK).decode("utf-8", "replace")) else None
    return None


def _read_list(content: bytes, content_type: str, origin: str, kind: str, address: str = "") -> Read:
    """The links of a feed, a sitemap or a list of addresses."""
    from sources.links import read_list, read_sitemap

    if kind == "feed":
        from sources.feed import Item, read_feed

        return (found.link if isinstance(found, Item) else found for found in read_feed(content, content_type, origin, address))
    return read_sitemap(content, origin) if kind == "sitemap" else read_list(content, origin)


def _follow(web: Callable[[], Web], found: Read, name: str, depth: int = 0) -> Iterator[Found]:
    """What was read, and behind its links the articles."""
    links: list[Link] = []
    for one in itertools.chain(found, [None]):
        if isinstance(one, Link):
            links.append(one)
        elif one is not None:
            yield one
        if links and (one is None or len(links) >= _WINDOW):
            yield from web().visit_all([link for link in links if not link.is_list], name)
            for link in links:
                if link.is_list:
                    yield from _read_address(web(), link.url, depth + 1)
            links = []


def _read_address(web: Web, url: str, depth: int = 0) -> Iterator[Found]:
    """The page at an address, or what the feed, sitemap or list there leads to."""
    from sources.web import page_of

    record, answer = web.ask(url, "list" if depth else "page")
    yield from web.asides()
    if answer is None or depth > _DEEPEST_INDEX:
        yield Rejected(url, 0, None, record.reason or "index-too-deep", record.detail or f"{url}: a sitemap {depth} deep in others; it is not read")
    elif answer.status == 200:
        try:
            content = unpack(answer.content, web.limits.size)
        except Unpackable as error:
            content = b""
            record = dataclasses.replace(record, reason=error.reason, detail=f"{url}: {error}")
            yield Rejected(url, 0, None, error.reason, f"{url}: {error}")
        kind = _kind(content)
        gdelt = kind_of(PurePosixPath(answer.url.partition("?")[0]).name)
        if content and (gdelt or kind in ("feed", "sitemap", "list")):
            articles = entries = 0
            read = read_gdelt(content, answer.url) if gdelt else _read_list(content, answer.content_type, url, kind or "list", answer.url)
            for found in _follow(lambda: web, read, url, depth):
                articles, entries = articles + isinstance(found, Article), entries + isinstance(found, Article | Rejected)
                yield found
            # No validators: a list that has not changed may hold pages that could not be had.
            record = dataclasses.replace(record, kind="feed" if kind == "feed" else "list", articles=articles, entries=entries, etag=None, last_modified=None)
        elif content:
            page = page_of(dataclasses.replace(answer, content=content), Link(url, url), web.limits.depth)
            yield page
            record = dataclasses.replace(record, articles=int(isinstance(page, Article)))
    yield record
