"""Ask each feed of a feeds file once and tell what it answered; no article is fetched and nothing is remembered."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sources.article import Rejected
from sources.feed import Item, read_feed
from sources.feeds_file import Feed, read_feeds_file
from sources.fetch import Limits
from sources.web import Web


@dataclass(frozen=True, slots=True)
class Probed:
    """What a feed answered: the number of its items and the day of the newest, None where no item tells its day, or the fault in a sentence."""

    feed: Feed
    items: int = 0
    newest: datetime.date | None = None
    fault: str | None = None


def probe(feeds_file: Path, allow_loopback: bool = False) -> Iterator[Probed]:
    """Ask the feeds one after the other, as politely as a run does. Raises SourceError before anything is asked when the file is wrong."""
    file = read_feeds_file(feeds_file)
    with Web({}, file.contact, Limits(size=file.largest, seconds=file.seconds), file.pause, allow_loopback) as web:
        for feed in file.feeds:
            record, answer = web.ask(feed.url, "feed", pause=feed.pause)
            if answer is None:
                yield Probed(feed, fault=record.detail or f"{feed.url}: {record.reason}")
                continue
            read = list(itertools.islice(read_feed(answer.content, answer.content_type, feed.url, answer.url), web.limits.entries))
            faults = [found.detail for found in read if isinstance(found, Rejected)]
            links = [found.link for found in read if isinstance(found, Item)]
            newest = max((day for link in links if (day := link.date or (link.published_at.date() if link.published_at else None))), default=None)
            yield Probed(feed, len(links), newest, faults[0] if faults else None if links else f"{feed.url}: an answer without any item")
