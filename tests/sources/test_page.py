from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from sources import Article, Link, Rejected
from sources.charset import decode
from sources.cutting import cut
from sources.page import article_of, depth, read_page
from tests.sources.site import ARABIC, ENGLISH, page

ADDRESS = "https://news.example/1"


def article(html: str | bytes, content_type: str = "text/html; charset=utf-8", link: Link | None = None) -> Article:
    found = article_of(html.encode() if isinstance(html, str) else html, content_type, link or Link(ADDRESS, "feed"), ADDRESS)
    assert isinstance(found, Article), found
    return found


def test_the_text_of_an_article_is_what_stands_in_it(tmp_path: Path) -> None:
    for paragraphs in (ENGLISH, ARABIC):
        found = article(page("Sample", paragraphs))
        assert all(paragraph in found.text for paragraph in paragraphs)
        assert not any(word in found.text for word in ("Home", "World", "document.title", "Sample site"))


def test_what_the_page_says_of_itself_is_kept() -> None:
    head = (
        '<link rel="canonical" href="https://www.news.example/world/1"><meta property="article:published_time" content="2024-05-02T18:30:00+03:00"><meta name="author" content="Sample Desk">'
        '<meta property="og:site_name" content="Sample News"><meta name="dc.rights" content="CC BY 4.0">'
    )
    found = article(page("Sample title", ENGLISH, head))
    assert (found.url, found.title, found.byline, found.publisher, found.licence) == ("https://www.news.example/world/1", "Sample title", "Sample Desk", "Sample News", "CC BY 4.0")
    assert found.date == datetime.date(2024, 5, 2) and found.published_from == "meta"
    assert found.published_at == datetime.datetime(2024, 5, 2, 15, 30, tzinfo=datetime.UTC)
    assert found.published_at.utcoffset() == datetime.timedelta(hours=3)


@pytest.mark.parametrize(
    ("head", "more", "how", "zoned"),
    [
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-05-02T23:30:00-05:00"}]}</script>', "", "json-ld", True),
        ("", '<time datetime="2024-05-02T10:00:00Z">2 May</time>', "time", True),
        ('<meta name="date" content="2024-05-02">', "", "meta", False),
        ('<script type="application/ld+json">{broken</script>', "", "page", False),
    ],
)
def test_how_the_time_was_found_is_told(head: str, more: str, how: str, zoned: bool) -> None:
    link = Link("https://news.example/2024/05/02/talks" if how == "page" else ADDRESS, "list")
    found = article(page("Sample", ENGLISH, head, more), link=link)
    assert (found.date, found.published_from, found.published_at is not None) == (datetime.date(2024, 5, 2), how, zoned)


def test_what_the_feed_says_goes_before_what_the_page_says() -> None:
    at = datetime.datetime(2024, 5, 3, 1, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))
    link = Link(ADDRESS, "feed", 1, "Feed title", "Feed author", at, None, "feed", None, "en", "EGY", "The feed", "CC0")
    found = article(page("Page title", ENGLISH, '<meta name="date" content="2024-05-02">'), link=link)
    assert (found.title, found.byline, found.date, found.published_from, found.language, found.country, found.publisher, found.licence) == (
        "Feed title", "Feed author", datetime.date(2024, 5, 3), "feed", "en", "EGY", "The feed", "CC0",
    )  # fmt: skip


def test_a_canonical_address_on_another_host_is_not_believed() -> None:
    assert article(page("Sample", ENGLISH, '<link rel="canonical" href="https://other.example/1">')).url == ADDRESS


def test_a_page_that_has_changed_is_another_article_and_an_unchanged_one_the_same() -> None:
    first, same = article(page("Sample", ENGLISH)), article(page("Sample", ENGLISH, "<meta name='author' content='Sample Desk'>"), link=Link(ADDRESS + "?utm_source=feed", "feed"))
    changed = article(page("Sample", (*ENGLISH, "The sample ministry added that talks would go on.")))
    assert first.article_id == same.article_id != changed.article_id


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("cp1256", "windows-1256", "text/html"),
        ("cp1256", "", "text/html; charset=windows-1256"),
        ("cp1256", "", "text/html"),
        ("cp1256", "iso-8859-1", "text/html"),
        ("cp1256", "", "text/html; charset=ISO-8859-1"),
        ("cp1256", "utf-8", "text/html; charset=utf-8"),
        ("utf-8", "windows-1256", "text/html; charset=iso-8859-1"),
        ("utf-8", "no-such-charset", "text/html"),
        ("iso8859-6", "iso-8859-6", "text/html"),
        ("utf-16", "", "text/html"),
    ],
)
def test_arabic_is_read_whatever_the_page_says_of_its_encoding(encoding: str, declared: str, content_type: str) -> None:
    html = page("عينة", ARABIC, f'<meta charset="{declared}">' if declared else "")
    assert all(paragraph in article(html.encode(encoding), content_type).text for paragraph in ARABIC)


@pytest.mark.parametrize(
    ("text", "encoding", "content_type"),
    [("Le président a été élu à Évian, où la fête s’achève.", "cp1252", "text/html"), ("Österreich prüft die Maßnahmen über Äcker", "latin-1", "text/html; charset=iso-8859-1")],
)
def test_western_pages_are_not_taken_for_arabic(text: str, encoding: str, content_type: str) -> None:
    assert decode(text.encode(encoding), content_type) == text


def test_a_broken_byte_does_not_spoil_a_page_in_utf8() -> None:
    assert ARABIC[1] in decode(ARABIC[0].encode() * 5 + b"\xff" + ARABIC[1].encode())


@pytest.mark.parametrize("deep", [100_000, 600])
def test_html_nested_too_deep_is_rejected(deep: int) -> None:
    html = "<html><body>" + "<div>" * deep + "".join(ENGLISH) + "</div>" * deep
    found = article_of(html.encode(), "text/html", Link(ADDRESS, "feed"), ADDRESS)
    assert isinstance(found, Rejected) and found.reason == "html-too-deep"


def test_elements_that_close_themselves_do_not_count_as_deep() -> None:
    assert depth("<p>a<br><img src=a>" * 5000 + "<ul>" + "<li>x" * 5000) < 10


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"", "empty-file"),
        (b" \n", "empty-file"),
        (b"<html></html>", "no-text"),
        (page("Sample", ("Short.",)).encode(), "no-text"),
        (b"\0\0\0", "empty-file"),
        (b"<!-- nothing -->", None),
        (b"<![CDATA[ <x", None),
    ],
)
def test_a_page_without_an_article_is_rejected(html: bytes, reason: str | None) -> None:
    (found,) = read_page(html, "a.html")
    assert isinstance(found, Rejected) and found.origin == "a.html" and found.detail.startswith("a.html: ")
    assert reason is None or found.reason == reason


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضا: مصر ترفض الطلب", "اقرأ أيضًا.. الأردن يدعو إلى وقف الهجمات", "شاهد أيضا", "قد يهمك: عينة", "إعلان", "آخر تحديث: 2 مايو 2024، 18:30", "منذ 5 دقائق", "قبل ساعة",
        "Read also: Egypt rejects the demand", "READ MORE: Talks go on in Geneva", "Advertisement", "Share", "Related: A sample", "Last updated: 2 May 2024 at 18:30", "3 hours ago", "10:30 GMT", "18:05 بتوقيت غرينتش",
    ],
)  # fmt: skip
def test_lines_that_are_no_part_of_the_article_are_cut(line: str) -> None:
    assert cut(f"{ENGLISH[0]}\n{line}\n{ARABIC[0]}") == f"{ENGLISH[0]}\n{ARABIC[0]}"


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ الوزير البيان أمام البرلمان", "أعلن الوزير منذ ساعة وقف الهجمات", "Egypt shared the draft with Jordan.", "The source: a sample official, said talks went on.", "Talks were updated on 2 May.",
        "Advertisement revenue fell, the sample ministry said.", "Two hours ago Egypt rejected the demand.", "مصر تدعو إلى قراءة الإعلان",
    ],
)  # fmt: skip
def test_their_neighbours_stay(line: str) -> None:
    assert cut(line) == line


def test_the_time_of_a_live_entry_is_cut_from_the_line_and_its_sentence_stays() -> None:
    assert cut("10:30 GMT - Egypt rejected the demand.") == "Egypt rejected the demand."
    assert cut("18:05 بتوقيت غرينتش: رفضت مصر الطلب.") == "رفضت مصر الطلب."
