"""WARC files, also Common Crawl's news: the articles of the HTML pages in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from sources.article import Article, Link, Rejected
from sources.page import article_of
from sources.times import read_time

LARGEST_PAGE = 10_000_000


def read_warc(path: Path, origin: str, largest: int = LARGEST_PAGE) -> Iterator[Article | Rejected]:
    """The article of each HTML page that was answered with status 200, one page in memory at a time; other records, images and the like, are passed over.

    The origin of an article is file:number of the record. A page without a date of its own has the day on which it was crawled (`published_from` warc).
    """
    number = pages = 0
    try:
        with path.open("rb") as file:
            for number, record in enumerate(ArchiveIterator(file), 1):
                headers = record.http_headers
                if record.rec_type != "response" or headers is None:
                    continue
                kind = headers.get_header("Content-Type") or ""
                if headers.get_statuscode() != "200" or "html" not in kind.lower():
                    continue
                pages += 1
                content = record.content_stream().read(largest + 1)
                if len(content) > largest:
                    yield Rejected(origin, number, None, "too-large", f"{origin}:{number}: a page of more than {largest:,} bytes")
                    continue
                crawled = read_time(record.rec_headers.get_header("WARC-Date"))
                link = Link(record.rec_headers.get_header("WARC-Target-URI") or "", origin, number, date=crawled.date() if crawled else None, published_from="warc")
                found = article_of(content, kind, link, f"{origin}:{number}")
                yield dataclasses.replace(found, origin=origin, line=number) if isinstance(found, Rejected) else found
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        yield Rejected(origin, number, None, "broken-archive", f"{origin}:{number}: the archive cannot be read on from here ({' '.join(str(error).split())[:200]})")
        return
    if not pages:
        yield Rejected(origin, 0, None, "empty-file", f"{origin}: holds no HTML page that was answered with status 200")
