"""Collect the articles of the feeds in a feeds file."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

from sources.address import canonical
from sources.article import Article, Rejected
from sources.feed import Item, article_in, read_feed
from sources.feeds_file import Feed, FeedsFile, read_feeds_file
from sources.fetch import Limits
from sources.ledger import Fetch, Found, Known, settled
from sources.web import Web, host_of


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
    file = read_feeds_file(feeds_file)
    return _collect(file, known, due_only, allow_loopback)


def is_due(feed: Feed, file: FeedsFile, known: Mapping[str, Known], now: datetime.datetime) -> bool:
    """Whether a feed's `every` has passed since it was asked last."""
    before = known.get(feed.url)
    return before is None or now - before.asked_at >= (feed.every or file.every)


def _collect(file: FeedsFile, known: Mapping[str, Known], due_only: bool, allow_loopback: bool) -> Iterator[Found]:
    now = datetime.datetime.now(datetime.UTC)
    feeds = [feed for feed in file.feeds if not due_only or is_due(feed, file, known, now)]
    with Web(known, file.contact, Limits(size=file.largest, seconds=file.seconds, pages=file.pages), file.pause, allow_loopback) as web:
        yield from web.side_by_side(feeds, lambda feed: host_of(feed.url), lambda feed: _ask(web, feed))
        yield from web.asides()


def _ask(web: Web, feed: Feed) -> Iterator[Found]:
    """One feed: what is new in it, and last the record of it."""
    record, answer = web.ask(feed.url, "feed", pause=feed.pause)
    if answer is None:
        yield Rejected(feed.url, 0, None, record.reason or "no-connection", record.detail or feed.url)
    if answer is None or answer.status != 200:
        yield record
        return
    read = list(itertools.islice(read_feed(answer.content, answer.content_type, feed.url, answer.url), web.limits.entries + 1))
    faults = [found for found in read if isinstance(found, Rejected)]
    items = [_described(found, feed) for found in read if isinstance(found, Item)]
    if len(items) > web.limits.entries:
        del items[web.limits.entries :]
        faults.append(Rejected(feed.url, 0, None, "too-many-entries", f"{feed.url}: more than {web.limits.entries} items; only these are read"))
    articles, whole = 0, not faults
    for found in itertools.chain(faults, _news(web, feed, items)):
        articles += isinstance(found, Article)
        whole = whole and not (isinstance(found, Fetch) and not settled(found))
        yield found
    reason, detail = (faults[-1].reason, faults[-1].detail) if faults else (None, None)
    etag, modified = (record.etag, record.last_modified) if whole else (None, None)
    yield dataclasses.replace(record, entries=len(items), articles=articles, reason=reason, detail=detail, etag=etag, last_modified=modified)


def _news(web: Web, feed: Feed, items: list[Item]) -> Iterator[Found]:
    """What the items that are new or changed lead to. A second item with the address of an earlier one is rejected, what is too much for one run is put off."""
    seen: dict[str, int] = {}
    left = feed.pages or web.limits.pages
    for item in items:
        link = item.link
        known = web.known.get(link.url)
        if not link.url and feed.text == "page":
            yield Rejected(feed.url, link.line, None, "no-link", f"{feed.url}: item {link.line}: has no link")
        elif link.url and (first := seen.setdefault(canonical(link.url) or "", link.line)) != link.line:
            yield Rejected(link.url, 0, None, "duplicate", f"{feed.url}: item {link.line}: item {first} has the same address {link.url}")
        elif known is not None and known.settled and known.stamp == link.stamp:
            continue
        elif not left:
            yield Fetch(
                link.url,
                "page",
                datetime.datetime.now(datetime.UTC),
                feed.url,
                reason="put-off",
                detail=f"{link.url}: put off to the next run, {feed.pages or web.limits.pages} pages of a feed are fetched in one",
            )
        else:
            left -= 1
            if feed.text == "page":
                yield from web.visit(link, feed.url)
            else:
                found = article_in(item)
                yield found
                yield Fetch(
                    link.url or feed.url,
                    "item",
                    datetime.datetime.now(datetime.UTC),
                    feed.url,
                    status=200,
                    size=len(item.html.encode("utf-8", "replace")),
                    stamp=link.stamp,
                    articles=int(isinstance(found, Article)),
                )


def _described(item: Item, feed: Feed) -> Item:
    """The item with what the feeds file says of its feed."""
    link = item.link
    return Item(dataclasses.replace(link, language=feed.language, country=feed.country, publisher=feed.name, licence=feed.licence or link.licence), item.html)
