from __future__ import annotations

import datetime

import pytest

from sources import Article, Rejected
from sources.feed import Item, article_in, read_feed
from tests.sources.site import ARABIC, ENGLISH, item, rss

ORIGIN = "https://news.example/rss"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Sample</title><rights>CC BY</rights><entry><title>عينة</title><link href="/1"/><author><name>Sample Desk</name></author>
<published>2024-05-02T18:30:00+03:00</published><updated>2024-05-02T20:00:00+03:00</updated><content type="html">&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</content></entry></feed>"""


def read(content: str | bytes, content_type: str = "application/rss+xml") -> list[Item | Rejected]:
    return list(read_feed(content.encode() if isinstance(content, str) else content, content_type, ORIGIN, ORIGIN))


def one(content: str | bytes, content_type: str = "application/rss+xml") -> Item:
    (found,) = read(content, content_type)
    assert isinstance(found, Item)
    return found


def test_an_item_of_rss_has_its_link_title_and_time_in_its_zone() -> None:
    link = one(rss(item("https://news.example/1", "Sample &amp; title"))).link
    assert (link.url, link.title, link.line, link.publisher, link.published_from) == ("https://news.example/1", "Sample & title", 1, "Sample feed", "feed")
    assert link.published_at is not None and link.published_at.isoformat() == "2024-05-02T18:30:00+03:00"


def test_an_entry_of_atom_has_its_author_and_rights_and_an_absolute_link() -> None:
    found = one(ATOM)
    assert (found.link.url, found.link.byline, found.link.licence) == ("https://news.example/1", "Sample Desk", "CC BY")
    article = article_in(found)
    assert isinstance(article, Article) and article.text == "First.\nSecond."
    assert article.date == datetime.date(2024, 5, 2)


def test_a_changed_item_has_another_stamp() -> None:
    first, same, changed = (one(rss(item("https://news.example/1", title))).link.stamp for title in ("Sample", "Sample", "Sample: updated"))
    assert first == same != changed


@pytest.mark.parametrize(("encoding", "declared"), [("cp1256", "windows-1256"), ("cp1256", "utf-8"), ("cp1256", "iso-8859-1"), ("utf-8", "windows-1256"), ("utf-16", "utf-16")])
def test_arabic_is_read_whatever_the_feed_says_of_its_encoding(encoding: str, declared: str) -> None:
    content = rss(item("https://news.example/1", ARABIC[0]), declaration=f'<?xml version="1.0" encoding="{declared}"?>').encode(encoding)
    assert one(content, "text/xml").link.title == ARABIC[0]


def test_the_entity_bomb_is_not_read() -> None:
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    for content in (
        f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]>' + rss(item("https://news.example/1", "&j;"), declaration=""),
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item("/1", "&x;"), declaration=""),
    ):
        for encoded in (content.encode(), content.encode("utf-16")):
            (found,) = read(encoded)
            assert isinstance(found, Rejected) and found.reason == "entity-declarations"


@pytest.mark.parametrize("content", ["<html><body>no feed</body></html>", "words", "", "/etc/passwd", "{}"])
def test_what_is_no_feed_is_rejected(content: str) -> None:
    (found,) = read(content)
    assert isinstance(found, Rejected) and found.reason == "not-a-feed"


def test_of_a_broken_feed_what_can_be_read_is_read_and_the_rest_is_told() -> None:
    first, broken = read(rss(item("https://news.example/1"))[:-30] + "<item><title>cut")[:1], read(rss(item("https://news.example/1"))[:-25])[-1]
    assert isinstance(first[0], Item)
    assert isinstance(broken, Rejected) and broken.reason == "broken-feed" and "\n" not in broken.detail


@pytest.mark.parametrize("close", ["</a>", ""])
def test_a_feed_nested_without_end_is_not_read(close: str) -> None:
    (found,) = read(rss(item("https://news.example/1", more="<a>" * 100_000 + close * 100_000)))
    assert isinstance(found, Rejected) and found.reason == "xml-too-deep"


def test_an_item_whose_text_the_feed_holds_is_an_article_without_scripts() -> None:
    more = f"<description>&lt;script&gt;run()&lt;/script&gt;&lt;p&gt;{ENGLISH[0]}&lt;/p&gt;&lt;p&gt;Read also: Talks&lt;/p&gt;&lt;p&gt;{ENGLISH[1]}&lt;/p&gt;</description>"
    article = article_in(one(rss(item("https://news.example/1", more=more))))
    assert isinstance(article, Article) and article.text == f"{ENGLISH[0]}\n{ENGLISH[1]}"


def test_an_item_without_text_is_rejected() -> None:
    found = article_in(one(rss(item("https://news.example/1"))))
    assert isinstance(found, Rejected) and found.reason == "no-text"
