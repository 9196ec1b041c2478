"""Files, lists and archives of every kind that is read, and addresses on a loopback site."""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sources import Article, Fetch, Known, Rejected, read_sources
from sources.gdelt import kind_of
from tests.sources.site import ARABIC, ENGLISH, Site, bomb, item, page, rss

Got = tuple[list[Article], dict[str, str], list[Fetch]]


def read(*sources: Path | str, known: dict[str, Known] | None = None) -> Got:
    """Articles, reasons by where they stand, fetches but robots.txt."""
    found = list(read_sources([str(source) for source in sources], known, allow_loopback=True))
    rejected = {f"{one.origin.rpartition('/')[2]}:{one.line}": one.reason for one in found if isinstance(one, Rejected)}
    return [a for a in found if isinstance(a, Article)], rejected, [f for f in found if isinstance(f, Fetch) and f.kind != "robots"]


@pytest.fixture
def pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with two pages, asked without pause."""
    monkeypatch.setattr("sources.web.PAUSE", 0.0)
    site.put("/en", page("Sample", ENGLISH))
    site.put("/ar", page("عينة", ARABIC))
    return site


def test_a_folder_of_pages_is_read(tmp_path: Path) -> None:
    (tmp_path / "en.html").write_text(page("Sample", ENGLISH), encoding="utf-8")
    (tmp_path / "ar.HTM").write_bytes(page("عينة", ARABIC).encode("cp1256"))
    (tmp_path / "deep.html").write_text("<div>" * 100_000, encoding="utf-8")
    articles, rejected, _ = read(tmp_path)
    assert [article.origin for article in articles] == ["ar.HTM", "en.html"]
    assert all(paragraph in articles[0].text for paragraph in ARABIC)
    assert rejected == {"deep.html:0": "html-too-deep"}


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "cp1256")])
def test_a_row_of_a_table_is_an_article(tmp_path: Path, delimiter: str, encoding: str) -> None:
    file = io.StringIO()
    rows = csv.writer(file, delimiter=delimiter)
    rows.writerows(
        [["ID", "Lang", "Date", "Text", "byline", "other"], ["a1", "ar", "2024-05-02", "\n".join(ARABIC), "عينة", "x"], ["a2", "en", "2 May", ENGLISH[0], "", ""], ["a3", "en", "", "", "", ""]]
    )
    (tmp_path / "t.csv").write_bytes(file.getvalue().encode(encoding))
    articles, rejected, _ = read(tmp_path / "t.csv")
    assert [(a.article_id, a.language, str(a.date), a.byline, a.text) for a in articles] == [("a1", "ar", "2024-05-02", "عينة", "\n".join(ARABIC))]
    assert list(rejected.values()) == ["bad-date", "no-text"]


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty-file"), (b"a,b\n1,2\n", "no-header"), (b'text\n"open', None)])
def test_a_table_that_cannot_be_read_is_rejected(tmp_path: Path, content: bytes, reason: str | None) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    articles, rejected, _ = read(tmp_path / "t.csv")
    assert list(rejected.values()) == ([reason] if reason else []) and len(articles) == (reason is None)


def warc(*pages: tuple[str, str, bytes, str]) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, status, body, kind in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict={"WARC-Date": "2024-05-02T10:00:00Z"}))
    return out.getvalue()


def test_the_pages_of_a_warc_are_articles(tmp_path: Path) -> None:
    content = warc(
        ("https://news.example/en", "200 OK", page("Sample", ENGLISH).encode(), "text/html"), ("https://news.example/logo", "200 OK", b"png", "image/png"),
        ("https://news.example/none", "404 Not Found", b"no", "text/html"), ("https://news.example/ar", "200 OK", page("عينة", ARABIC).encode("cp1256"), "text/html; charset=windows-1256"),
        ("https://news.example/short", "200 OK", b"<p>x</p>", "text/html"),
    )  # fmt: skip
    (tmp_path / "news.warc.gz").write_bytes(content)
    articles, rejected, _ = read(tmp_path)
    assert [(a.url, a.origin, str(a.date), a.published_from) for a in articles] == [
        ("https://news.example/en", "news.warc.gz:1", "2024-05-02", "warc"),
        ("https://news.example/ar", "news.warc.gz:4", "2024-05-02", "warc"),
    ]
    assert rejected == {"news.warc.gz:5": "no-text"}
    (tmp_path / "cut.warc.gz").write_bytes(content[: len(content) // 2])
    (tmp_path / "not.warc").write_bytes(b"words\n" * 10)
    assert set(read(tmp_path / "cut.warc.gz", tmp_path / "not.warc")[1].values()) <= {"broken-archive", "empty-file"}
    assert read(tmp_path / "not.warc")[1]


def test_a_list_of_addresses_is_followed(pages: Site, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(f"# sample\n{pages.url}/en\n\n{pages.url}/none\n{pages.url}/ar\n{pages.url}/en\nhttp://10.0.0.1/\n", encoding="utf-8")
    articles, rejected, fetches = read(tmp_path / "list.txt")
    assert [article.url for article in articles] == [f"{pages.url}/en", f"{pages.url}/ar"]
    assert rejected == {"none:0": "http-404", "list.txt:6": "duplicate", ":0": "address-not-public"}
    assert {fetch.feed for fetch in fetches} == {"list.txt"} and len(fetches) == 4


def test_a_text_that_begins_with_an_address_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"https://news.example/1\n{ENGLISH[0]}\n", encoding="utf-8")
    assert len(read(tmp_path / "a.txt")[0]) == 1


def test_a_sitemap_and_an_index_are_followed(pages: Site) -> None:
    news = "<url><loc>{0}/en</loc><news:news><news:publication><news:name>Sample News</news:name><news:language>en</news:language></news:publication><news:publication_date>2024-05-02T18:30:00+03:00</news:publication_date><news:title>Sample title</news:title></news:news></url>"
    head = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    pages.put("/news.xml.gz", gzip.compress((head + news.format(pages.url) + f"<url><loc>{pages.url}/ar</loc><lastmod>2024-05-02</lastmod></url></urlset>").encode()), Content_Type="application/gzip")
    index = pages.put(
        "/index.xml",
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{pages.url}/news.xml.gz</loc></sitemap><sitemap><loc>{pages.url}/index.xml</loc></sitemap></sitemapindex>',
    )
    articles, rejected, fetches = read(index)
    first = articles[0]
    assert (first.title, first.publisher, first.published_from, first.published_at and first.published_at.isoformat()) == ("Sample title", "Sample News", "sitemap", "2024-05-02T18:30:00+03:00")
    assert [a.url for a in articles] == [f"{pages.url}/en", f"{pages.url}/ar"]
    assert "index-too-deep" in rejected.values()  # it names itself
    assert {fetch.kind for fetch in fetches} == {"page", "list"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<urlset><url>", "broken-sitemap"), (b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset/>', "entity-declarations"), (b"<other/>", "unknown-format"),
        (b"<urlset>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</urlset>", "broken-sitemap"),
    ],
)  # fmt: skip
def test_xml_that_is_no_list_is_rejected(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "s.xml").write_bytes(content)
    assert list(read(tmp_path / "s.xml")[1].values()) == [reason]


def test_addresses_may_be_a_page_a_feed_or_a_list(pages: Site) -> None:
    pages.put("/rss", rss(item("/ar")))
    pages.put("/list", f"{pages.url}/en\n", Content_Type="text/plain")
    assert [a.url for a in read(pages.url + "/en")[0]] == [f"{pages.url}/en"]
    articles, _, fetches = read(pages.url + "/rss", pages.url + "/list")
    assert [a.url for a in articles] == [f"{pages.url}/ar", f"{pages.url}/en"]
    assert {(f.kind, f.articles) for f in fetches} == {("page", 1), ("feed", 1), ("list", 1)}


def test_the_articles_that_gdelt_names_are_fetched_once(pages: Site, tmp_path: Path) -> None:
    def line(columns: int, **values: str) -> str:
        return "\t".join(values.get(f"c{number}", "") for number in range(columns))

    gkg = "\n".join([line(27, c1="20240502120000", c2="1", c4=f"{pages.url}/en"), line(27, c1="20240502120000", c2="2", c4="BBC Monitoring"), "cut"])
    mentions = "\n".join(line(16, c2="20240502120000", c3="1", c5=f"{pages.url}/{name}") for name in ("en", "ar", "ar"))
    (tmp_path / "20240502120000.gkg.csv").write_text(gkg, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "20240502120000.mentions.CSV.zip", "w") as archive:
        archive.writestr("20240502120000.mentions.CSV", mentions)
    articles, rejected, fetches = read(tmp_path)
    assert [(a.url, str(a.date), a.published_from) for a in articles] == [(f"{pages.url}/en", "2024-05-02", "gdelt"), (f"{pages.url}/ar", "2024-05-02", "gdelt")]
    assert rejected == {"20240502120000.gkg.csv:2": "not-an-address", "20240502120000.gkg.csv:3": "broken-line", "20240502120000.mentions.CSV.zip:1": "duplicate"}
    assert len(fetches) == 2 and kind_of("20240502120000.export.CSV.zip") == "export" and kind_of("events.csv") is None
    known = {fetch.url: Known(fetch.asked_at, True, stamp=fetch.stamp) for fetch in fetches}
    assert read(tmp_path, known=known)[0] == []


def test_packed_files_are_read_within_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(ARABIC[0].encode()))
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(ARABIC[0].encode() * 100)[:-10])
    (tmp_path / "not.txt.zip").write_bytes(b"PK\x03\x04 no")
    assert ([a.text for a in read(tmp_path)[0]], read(tmp_path)[1]) == ([ARABIC[0]], {"cut.txt.gz:0": "broken-archive", "not.txt.zip:0": "broken-archive"})
    monkeypatch.setattr("sources.unpack.unpack.__defaults__", (100_000,))
    (tmp_path / "bomb.jsonl.gz").write_bytes(bomb(5))
    with zipfile.ZipFile(tmp_path / "bomb.txt.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "a" * 1_000_000)
    assert read(tmp_path / "bomb.jsonl.gz", tmp_path / "bomb.txt.zip")[1] == {"bomb.jsonl.gz:0": "too-large", "bomb.txt.zip:0": "too-large"}


def test_standard_input_may_be_a_page_a_list_or_a_feed(pages: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (page("Sample", ENGLISH), f"{pages.url}/en\n", rss(item(f"{pages.url}/en"))):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        assert [ENGLISH[0] in article.text for article in read("-")[0]] == [True]


def test_a_sample_of_json_lines_needs_none_of_the_libraries_of_the_web(tmp_path: Path) -> None:
    import subprocess

    (tmp_path / "a.jsonl").write_text('{"text": "Egypt hosted talks."}\n', encoding="utf-8")
    program = "import sys; from sources import read_sources; list(read_sources([sys.argv[1]])); print(sorted({'feedparser', 'trafilatura', 'httpx', 'lxml', 'warcio'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.jsonl")], capture_output=True, text=True, check=True).stdout == "[]\n"
