"""The records of the fetch ledger: what was asked and answered, and what a ledger knows of an address from before."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sources.article import Article, Rejected


@dataclass(frozen=True, slots=True)
class Fetch:
    """One thing asked, or meant to be asked, of the web, and what came back; times are UTC.

    `kind` is feed, page, list or robots; `feed` the address of the feed or list that led there. `status` is None where there was no answer, and
    `reason` (one word) and `detail` then say why. `size` is bytes after decompression. `stamp` is what the feed said of the item's last change.
    `wait_until`: the host asked to be left alone until then. Of a feed or list: `entries` in it, `articles` that it gave now. A feed of which
    not everything could be had keeps no etag and last_modified, so that the next fetch gets it whole.
    """

    url: str
    kind: str
    asked_at: datetime.datetime
    feed: str | None = None
    seconds: float = 0.0
    status: int | None = None
    size: int = 0
    etag: str | None = None
    last_modified: str | None = None
    final_url: str | None = None
    stamp: str | None = None
    wait_until: datetime.datetime | None = None
    entries: int = 0
    articles: int = 0
    reason: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of an address: when it was asked last, whether that settled it, the validators and stamp of its last good answer, until when its host wants to be left alone."""

    asked_at: datetime.datetime
    settled: bool = False
    etag: str | None = None
    last_modified: str | None = None
    stamp: str | None = None
    wait_until: datetime.datetime | None = None


# What is not to be had at another time either.
_FINAL = frozenset(["robots", "address-not-public", "scheme-not-http", "not-an-address", "too-large", "too-many-redirects", "unknown-encoding"])


def settled(fetch: Fetch) -> bool:
    """Whether a fetch need not be tried again: the page was had, or is not to be had."""
    if fetch.status is not None:
        return fetch.status < 500 and fetch.status != 429
    return fetch.reason in _FINAL


Found = Article | Rejected | Fetch


def set_aside(found: Iterable[Found], fetches: list[Fetch]) -> Iterator[Article | Rejected]:
    """The articles and rejects; the fetches among them go to the list, to be entered in the ledger when the articles are loaded, and not before."""
    for one in found:
        if isinstance(one, Fetch):
            fetches.append(one)
        else:
            yield one
