"""RSS and Atom: the items of a feed."""

from __future__ import annotations

import datetime
import email.utils
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import feedparser
import lxml.etree
import lxml.html

from sources.article import Article, Link, Rejected
from sources.charset import decode
from sources.cutting import cut
from sources.page import article_id
from sources.times import read_time

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_TAG = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)[A-Za-z_][^<>]*?(/?)>", re.DOTALL)
# No feed comes near it; feedparser takes half a minute for a hundred thousand.
_DEEPEST = 500
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed: its link, and the HTML that the feed itself holds of it."""

    link: Link
    html: str


def read_feed(content: bytes, content_type: str, origin: str, address: str = "") -> Iterator[Item | Rejected]:
    """The items of a feed in their order; `address` is what its relative links start from. What is no feed, declares entities or is broken gives a Rejected, after what could be read of it."""
    text = decode(content, content_type)
    if _ENTITY.search(text):
        yield Rejected(origin, 0, None, "entity-declarations", f"{origin}: declares entities, which no feed needs and which can fill the memory; it is not read")
        return
    if _depth(text) > _DEEPEST:
        yield Rejected(origin, 0, None, "xml-too-deep", f"{origin}: its XML is nested more than {_DEEPEST} deep")
        return
    # A stream: of bytes feedparser would first try whether they are the name of a file. Our own decoding: its guesses do not know windows-1256.
    stream = io.BytesIO(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": address} if address else {})}
    parsed = feedparser.parse(stream, response_headers=headers, sanitize_html=True)
    if not parsed.get("version") and not parsed.entries:
        yield Rejected(origin, 0, None, "not-a-feed", f"{origin}: neither RSS nor Atom")
        return
    licence = _one_line(parsed.feed.get("rights") or parsed.feed.get("license"))
    publisher = _one_line(parsed.feed.get("title"))
    for number, entry in enumerate(parsed.entries, 1):
        yield Item(_link(entry, origin, number, publisher, licence), _content(entry))
    error = parsed.get("bozo_exception")
    if parsed.bozo and not isinstance(error, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType):
        yield Rejected(origin, 0, None, "broken-feed", f"{origin}: not well-formed ({_one_line(str(error))}); of its items {len(parsed.entries)} could be read")


def article_in(item: Item) -> Article | Rejected:
    """The article that a feed holds whole, with its text."""
    link = item.link
    text = cut(_plain(item.html))
    if not text:
        return Rejected(link.url or link.origin, 0, None, "no-text", f"{link.origin}: item {link.line}: no text in the feed")
    return Article(
        article_id(link.url or link.origin, text), text, link.language, link.published_at.date() if link.published_at else None, link.title, link.url or None, link.publisher, link.url or link.origin,
        link.country, link.byline, link.published_at, link.published_from, link.licence,
    )  # fmt: skip


def _depth(text: str) -> int:
    """How deep the elements of a feed are nested, broken or not."""
    now = deepest = 0
    for tag in _TAG.finditer(text):
        if tag.group(1) is not None and not tag.group(2):
            now = max(0, now - 1) if tag.group(1) else now + 1
            deepest = max(deepest, now)
    return deepest


def _link(entry: Any, origin: str, number: int, publisher: str | None, licence: str | None) -> Link:
    given = entry.get("published") or entry.get("updated")
    published = _time(given, entry.get("published_parsed") or entry.get("updated_parsed"))
    title = _one_line(_plain(entry.get("title") or "", " "))
    # A change of the summary alone is none: some feeds count views in it.
    stamp = hashlib.sha256("\x1f".join(str(entry.get(name)) for name in ("title", "published", "updated")).encode("utf-8", "replace")).hexdigest()[:16]
    return Link(
        url=(entry.get("link") or "").strip(),
        origin=origin,
        line=number,
        title=title,
        byline=_one_line(entry.get("author")),
        published_at=published,
        published_from="feed" if published else None,
        stamp=stamp,
        publisher=_one_line((entry.get("source") or {}).get("title")) or publisher,
        licence=_one_line(entry.get("rights") or entry.get("license")) or licence,
    )


def _time(given: str | None, parsed: Any) -> datetime.datetime | None:
    """The time in the zone that the feed gives it in; where only feedparser understands it, in UTC."""
    if not given:
        return None
    try:
        time = email.utils.parsedate_to_datetime(given)
    except (ValueError, TypeError, IndexError, OverflowError):
        time = None
    if time is not None and time.tzinfo is None:
        time = time.replace(tzinfo=datetime.UTC)
    time = time or read_time(given)
    if time is None and parsed:
        try:
            time = datetime.datetime(*parsed[:6]).replace(tzinfo=datetime.UTC)
        except (ValueError, TypeError):
            return None
    return time


def _content(entry: Any) -> str:
    contents = [content.get("value") or "" for content in entry.get("content") or []]
    return max([*contents, entry.get("summary") or ""], key=len)


def _plain(html: str, between: str = "\n") -> str:
    """The text of a piece of HTML, its blocks on lines of their own."""
    if not html.strip():
        return ""
    if "<" not in html and "&" not in html:
        return html
    try:
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return ""
    for element in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote"):
        element.tail = between + (element.tail or "")
    text = "".join(tree.itertext(with_tail=True))
    return between.join(line for part in text.split("\n") if (line := " ".join(part.split())))


def _one_line(value: Any) -> str | None:
    return " ".join(str(value).split())[:500] or None if value else None
