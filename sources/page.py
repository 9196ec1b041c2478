"""The article of an HTML page: its text, and what the page says of itself. HTML is read as text and never run."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

from sources.address import canonical
from sources.article import Article, Link, Rejected
from sources.charset import decode
from sources.cutting import cut
from sources.times import read_day, read_time

_DEEPEST = 500
# Less is a caption or a notice that asks to log in.
_SHORTEST = 120
_DATES = ("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dcterms.created", "pubdate", "publishdate", "parsely-pub-date", "sailthru.date", "dc.date.issued")
_LICENCES = ("dcterms.license", "dc.rights", "dcterms.rights", "copyright", "rights")


def read_page(content: bytes, origin: str) -> Iterator[Article | Rejected]:
    """The article of an HTML file."""
    yield article_of(content, "", Link("", origin), origin)


def article_of(content: bytes, content_type: str, link: Link, origin: str, deepest: int = _DEEPEST) -> Article | Rejected:
    """The article of a page. What the list that led here says (`link`) goes before what the page says, but for the text and the canonical address.

    Its id is made from the canonical address and the text: a page that has changed is another article of the same story.
    """

    def reject(reason: str, detail: str) -> Rejected:
        return Rejected(origin, 0, None, reason, f"{origin}: {detail}")

    html = decode(content, content_type).replace("\0", "")
    if not html.strip():
        return reject("empty-file", "empty")
    if depth(html) > deepest:
        return reject("html-too-deep", f"its HTML is nested more than {deepest} deep")
    try:
        tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", html), parser=lxml.html.HTMLParser(no_network=True, huge_tree=False))
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return reject("broken-html", "no HTML that can be read")
    described = _describe(tree)
    found = _extract(html, link.url or None)
    text = cut((found.text if found else None) or "")
    if len(text) < _SHORTEST:
        return reject("no-text", f"no article text was found on the page ({len(text)} characters)" if text else "no article text was found on the page")
    published_at, day, how = _published(link, described, found)
    address = _address(tree, link.url)
    return Article(
        article_id=article_id(address or origin, text),
        text=text,
        language=link.language,
        date=day,
        title=link.title or _clean(found.title),
        url=address,
        publisher=link.publisher or _clean(found.sitename),
        origin=origin,
        country=link.country,
        byline=link.byline or _clean(found.author),
        published_at=published_at,
        published_from=how,
        licence=link.licence or _clean(found.license) or described.get("licence"),
    )


def article_id(address: str, text: str) -> str:
    """The id of an article that has none: its canonical address and its text, hashed to 16 hex digits."""
    return hashlib.sha256(f"{canonical(address)}\x1f{text}".encode("utf-8", "replace")).hexdigest()[:16]


def depth(html: str) -> int:
    """How deep the elements of a page are nested, as the parser would build them; nothing is built."""
    counter = _Depth()
    parser = lxml.etree.HTMLParser(target=counter, no_network=True)
    try:
        parser.feed(html)
        parser.close()
    except (lxml.etree.LxmlError, AssertionError, ValueError):
        pass
    return counter.deepest


class _Depth:
    def __init__(self) -> None:
        self.now = self.deepest = 0

    def start(self, tag: str, attributes: Any) -> None:
        self.now += 1
        self.deepest = max(self.deepest, self.now)

    def end(self, tag: str) -> None:
        self.now -= 1

    def data(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass


def _extract(html: str, url: str | None) -> Any:
    from trafilatura import bare_extraction  # half a second

    return bare_extraction(
        html, url=url, include_comments=False, include_tables=False, favor_precision=True, with_metadata=True, date_extraction_params={"original_date": True, "extensive_search": False}
    )


def _describe(tree: Any) -> dict[str, str]:
    """The time of publication, and how the page tells it, and the licence, from its meta elements, JSON-LD and time elements."""
    described: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if name in _DATES:
            described.setdefault("meta", element.get("content") or "")
        if name in _LICENCES:
            described.setdefault("licence", (element.get("content") or "").strip()[:200])
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            try:
                described.setdefault("json-ld", _date_in(json.loads(script.text or "")) or "")
            except (ValueError, RecursionError):
                continue
    for element in tree.iter("time"):
        if element.get("datetime"):
            described.setdefault("time", element.get("datetime"))
    return {name: value for name, value in described.items() if value}


def _date_in(value: Any) -> str | None:
    if isinstance(value, list):
        return next((date for one in value if (date := _date_in(one))), None)
    if isinstance(value, dict):
        date = value.get("datePublished")
        return date if isinstance(date, str) else _date_in(value.get("@graph") or value.get("mainEntity"))
    return None


def _published(link: Link, described: dict[str, str], found: Any) -> tuple[datetime.datetime | None, datetime.date | None, str | None]:
    if link.published_at is not None:
        return link.published_at, link.published_at.date(), link.published_from
    for how in ("json-ld", "meta", "time"):
        if day := read_day(described.get(how)):
            return read_time(described.get(how)), day, how
    if link.date is not None:
        return None, link.date, link.published_from
    try:
        day = datetime.date.fromisoformat(found.date or "")
    except ValueError:
        return None, None, None
    return None, day, "page"


def _address(tree: Any, url: str) -> str | None:
    """The page's own canonical address where it is on the same host, else the one that was asked."""
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and (given := (element.get("href") or "").strip()).startswith(("http://", "https://")):
            if not url or _host(given) == _host(url):
                return given
            break
    return url or None


def _host(url: str) -> str:
    return url.split("/", 3)[2].lower().removeprefix("www.") if url.count("/") >= 2 else ""


def _clean(value: str | None) -> str | None:
    return " ".join(value.split())[:500] or None if value else None
