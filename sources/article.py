"""An article as a source gives it, what a source could not give, and a link to an article that is yet to be fetched."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `language` is ISO 639-1 or None where the source does not say; `date` is the day of publication; `origin` is file:line or an address.

    What the source says besides: `country` of the publisher (three letters), `byline`, `published_at` (the time in its own zone),
    `published_from` (how that was found: feed, json-ld, meta, time, page, file, gdelt, warc), `licence`.
    """

    article_id: str
    text: str
    language: str | None = None
    date: datetime.date | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    origin: str = ""
    country: str | None = None
    byline: str | None = None
    published_at: datetime.datetime | None = None
    published_from: str | None = None
    licence: str | None = None

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text, 32 hex digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was not coded: where it stood (file or address, line from 1 or 0 for the whole), its id if it has one, a reason in one word, a plain sentence."""

    origin: str
    line: int
    article_id: str | None
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Link:
    """An article's address, with what the list that holds it says of the article. `stamp` changes when the article does; `origin` and `line` are where the link stands; `is_list`: it leads to another list."""

    url: str
    origin: str
    line: int = 0
    title: str | None = None
    byline: str | None = None
    published_at: datetime.datetime | None = None
    date: datetime.date | None = None
    published_from: str | None = None
    stamp: str | None = None
    language: str | None = None
    country: str | None = None
    publisher: str | None = None
    licence: str | None = None
    is_list: bool = False
