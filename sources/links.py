"""Lists of addresses: one a line, and sitemaps."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree

from sources.article import Link, Rejected
from sources.charset import decode
from sources.times import read_day, read_time

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


def is_list(text: str) -> bool:
    """Whether a text is a list of addresses: each line one, but for empty lines and those that begin with #."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return bool(lines) and all(_ADDRESS.fullmatch(line) for line in lines)


def read_list(content: bytes, origin: str) -> Iterator[Link | Rejected]:
    """The addresses of a list, one a line; an empty line and one that begins with # are passed over."""
    for number, line in enumerate(decode(content).splitlines(), 1):
        address = line.strip()
        if address and not address.startswith("#"):
            if _ADDRESS.fullmatch(address):
                yield Link(address, origin, number)
            else:
                yield Rejected(origin, number, None, "not-an-address", f"{origin}:{number}: no address of the web; write one a line, beginning with http:// or https://")


def read_sitemap(content: bytes, origin: str) -> Iterator[Link | Rejected]:
    """The pages of a sitemap (sitemaps.org, with Google's news elements); of an index the links to its sitemaps."""
    text = decode(content)
    if _ENTITY.search(text):
        yield Rejected(origin, 0, None, "entity-declarations", f"{origin}: declares entities, which no sitemap needs and which can fill the memory; it is not read")
        return
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    try:
        root = lxml.etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>\s*", "", text).encode("utf-8", "replace"), parser)
    except lxml.etree.LxmlError as error:
        yield Rejected(origin, 0, None, "broken-sitemap", f"{origin}: not well-formed XML ({str(error)[:200]})")
        return
    inner = lxml.etree.QName(root).localname == "sitemapindex"
    for element in root.iterchildren("{*}sitemap", "{*}url"):
        address = (element.findtext("{*}loc") or "").strip()
        changed = (element.findtext("{*}lastmod") or "").strip()
        given = (element.findtext("{*}news/{*}publication_date") or "").strip()
        published = read_time(given)
        yield Link(
            url=address,
            origin=origin,
            line=element.sourceline or 0,
            title=(element.findtext("{*}news/{*}title") or "").strip() or None,
            published_at=published,
            date=published.date() if published else read_day(given),
            published_from="sitemap" if given else None,
            stamp=changed or given or None,
            publisher=(element.findtext("{*}news/{*}publication/{*}name") or "").strip() or None,
            is_list=inner,
        )
