"""Visits to the web: ask politely, enter what was asked, make an article of a page."""

from __future__ import annotations

import dataclasses
import datetime
import queue
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any, TypeVar

import httpx

from sources.article import Article, Link, Rejected
from sources.fetch import Answer, Fetcher, Limits, Refused
from sources.ledger import Fetch, Found, Known
from sources.page import article_of
from sources.politeness import AGENT, Politeness

# Seconds between two requests to a host, where nobody says.
PAUSE = 1.0
_HOSTS = 8
_NO_ROBOTS = 500
_HTML = ("html", "text/plain", "xml")
_Job = TypeVar("_Job")


@dataclass(slots=True)
class Web:
    """The web in one run. `known` is what the ledger knows by address; `contact` stands in the User-Agent; used by several threads."""

    known: Mapping[str, Known] = field(default_factory=dict)
    contact: str | None = None
    limits: Limits = field(default_factory=Limits)
    pause: float | None = None
    allow_loopback: bool = False
    _fetcher: Fetcher = field(init=False)
    _manners: Politeness = field(init=False)
    _visited: set[str] = field(init=False, default_factory=set)
    _asides: queue.SimpleQueue[Fetch] = field(init=False, default_factory=queue.SimpleQueue)

    def __post_init__(self) -> None:
        self._fetcher = Fetcher(user_agent(self.contact), self.limits, self.allow_loopback)
        self._manners = Politeness(self._robots, PAUSE if self.pause is None else self.pause)
        for url, known in self.known.items():
            if known.wait_until is not None:
                self._manners.leave_alone(host_of(url), known.wait_until)

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *error: object) -> None:
        self._manners.stop.set()
        self._fetcher.close()

    def ask(self, url: str, kind: str, feed: str | None = None, stamp: str | None = None, pause: float | None = None) -> tuple[Fetch, Answer | None]:
        """Ask for an address, if it has changed where the ledger has its validators; gives the record, and the answer unless it was refused."""
        known = self.known.get(url)
        began, clock = datetime.datetime.now(datetime.UTC), time.monotonic()
        record = Fetch(url, kind, began, feed, stamp=stamp)
        host = host_of(url)
        try:
            if pause is not None:
                self._manners.slow_down(host, pause)
            answer = self._fetcher.get(url, known.etag if known else None, known.last_modified if known else None, self._manners.admit)
        except Refused as refused:
            if refused.wait_until is not None:
                self._manners.leave_alone(host, refused.wait_until)
            return dataclasses.replace(record, seconds=time.monotonic() - clock, status=refused.status, wait_until=refused.wait_until, reason=refused.reason, detail=str(refused)), None
        # What has not changed keeps the validators that it had.
        etag, modified = (answer.etag, answer.last_modified) if answer.status == 200 or known is None else (answer.etag or known.etag, answer.last_modified or known.last_modified)
        return dataclasses.replace(record, seconds=time.monotonic() - clock, status=answer.status, size=len(answer.content), etag=etag, last_modified=modified, final_url=answer.url), answer

    def visit(self, link: Link, feed: str | None = None) -> Iterator[Found]:
        """The article behind a link, or why there is none, and the record of the visit."""
        record, answer = self.ask(link.url, "page", feed, link.stamp)
        found: Article | Rejected | None = None
        if answer is None:
            found = Rejected(link.url, 0, None, record.reason or "no-connection", record.detail or link.url)
        elif answer.status == 200:
            found = page_of(answer, link, self.limits.depth)
            reason, detail = (found.reason, found.detail) if isinstance(found, Rejected) else (None, None)
            record = dataclasses.replace(record, articles=int(isinstance(found, Article)), reason=reason, detail=detail)
        if found is not None:
            yield found
        yield record

    def visit_all(self, links: Iterable[Link], feed: str | None = None) -> Iterator[Found]:
        """The articles behind links, several hosts at a time and each host in turn. An address that was visited in this run is rejected, one that is known and has the stamp that it had is left."""
        fresh = []
        for link in links:
            known = self.known.get(link.url)
            if link.url in self._visited:
                yield Rejected(link.origin, link.line, None, "duplicate", f"{link.origin}:{link.line}: {link.url} stands above already")
            elif known is None or not known.settled or link.stamp is None or known.stamp != link.stamp:
                self._visited.add(link.url)
                fresh.append(link)
        yield from self.side_by_side(fresh, lambda link: host_of(link.url), lambda link: self.visit(link, feed))
        yield from self.asides()

    def side_by_side(self, jobs: Iterable[_Job], host: Callable[[_Job], str], work: Callable[[_Job], Iterable[Found]]) -> Iterator[Found]:
        """Do jobs, those of one host in turn, those of several hosts at a time; the results in the order of the hosts."""
        by_host: dict[str, list[_Job]] = {}
        for job in jobs:
            by_host.setdefault(host(job), []).append(job)
        pool = ThreadPoolExecutor(_HOSTS, thread_name_prefix="web")
        try:
            for results in pool.map(lambda several: [found for job in several for found in work(job)], by_host.values()):
                yield from results
        except BaseException:
            self._manners.stop.set()  # who waits for a turn gives up
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def asides(self) -> Iterator[Fetch]:
        """The records of what was asked by the way (robots.txt) since this was called last."""
        while not self._asides.empty():
            yield self._asides.get()

    def _robots(self, site: str) -> str:
        url = f"{site}/robots.txt"
        record = Fetch(url, "robots", datetime.datetime.now(datetime.UTC))
        clock = time.monotonic()
        try:
            answer = self._fetcher.get(url, before=self._manners.await_turn)
        except Refused as refused:
            self._asides.put(dataclasses.replace(record, seconds=time.monotonic() - clock, status=refused.status, wait_until=refused.wait_until, reason=refused.reason, detail=str(refused)))
            absent = refused.status is not None and 400 <= refused.status < _NO_ROBOTS and not refused.passing
            if absent or refused.reason == "too-many-redirects":
                return ""  # RFC 9309, 2.3.1.2 and 2.3.1.3: a site without robots.txt allows everything
            raise
        self._asides.put(dataclasses.replace(record, seconds=time.monotonic() - clock, status=answer.status, size=len(answer.content), final_url=answer.url))
        return answer.content.decode("utf-8", "replace")


def page_of(answer: Answer, link: Link, deepest: int) -> Article | Rejected:
    """The article of a page that was fetched."""
    kind = answer.content_type.partition(";")[0].strip().lower()
    if kind and not any(name in kind for name in _HTML):
        return Rejected(link.url, 0, None, "not-html", f"{link.url}: comes as {kind[:60]}, which holds no article")
    return article_of(answer.content, answer.content_type, dataclasses.replace(link, url=answer.url), link.url, deepest)


def user_agent(contact: str | None) -> str:
    """How Marsad names itself to the hosts it asks."""
    try:
        version = metadata.version("marsad")
    except metadata.PackageNotFoundError:
        version = "0"
    return f"{AGENT}/{version} (news event coder{f'; +{contact}' if contact else ''})".encode("ascii", "ignore").decode()


def host_of(url: Any) -> str:
    """The host of an address, in lower case; "" where it has none."""
    try:
        return httpx.URL(str(url)).host
    except (httpx.InvalidURL, ValueError):
        return ""
