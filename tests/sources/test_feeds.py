"""Whole collections of feeds from a loopback site."""

from __future__ import annotations

import dataclasses
import datetime
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from sources import Article, Fetch, Known, Rejected, SourceError
from sources.feeds import collect
from sources.feeds_file import read_feeds_file
from sources.ledger import settled
from tests.sources.site import ARABIC, ENGLISH, Site, bomb, drip, item, page, rss


def feeds_file(folder: Path, *feeds: str, head: str = "pause: 0\nseconds: 1\nlargest: 200000\n") -> Path:
    path = folder / "feeds.yaml"
    path.write_text(head + "feeds:\n" + "".join(f"- {{{feed}}}\n" for feed in feeds), encoding="utf-8")
    return path


def ledger(fetches: Iterable[Fetch], before: dict[str, Known] | None = None) -> dict[str, Known]:
    """What a ledger with these fetches knows, as warehouse.fetches.known tells it."""
    known = dict(before or {})
    for f in sorted(fetches, key=lambda fetch: fetch.asked_at):
        if f.kind != "robots":
            old = known.get(f.url, Known(f.asked_at))
            good = f.status in (200, 304)
            known[f.url] = Known(
                f.asked_at, settled(f), f.etag if good else old.etag, f.last_modified if good else old.last_modified, f.stamp if settled(f) else old.stamp, f.wait_until or old.wait_until
            )
    return known


class Collected:
    def __init__(self, path: Path, known: dict[str, Known] | None = None, due_only: bool = False) -> None:
        found = list(collect(path, known or {}, due_only=due_only, allow_loopback=True))
        self.articles = [one for one in found if isinstance(one, Article)]
        self.rejected = [one for one in found if isinstance(one, Rejected)]
        self.fetches = [one for one in found if isinstance(one, Fetch)]
        self.reasons = {(one.origin.rpartition("/")[2], one.reason) for one in self.rejected}
        self.feeds = {fetch.url.rpartition("/")[2]: fetch for fetch in self.fetches if fetch.kind == "feed"}


def feed(site: Site, path: str = "/rss", more: str = "") -> str:
    return f"url: '{site.url}{path}', name: Sample, language: ar, country: EGY{more}"


def test_the_articles_of_a_feed_come_with_what_is_known_of_them(site: Site, tmp_path: Path) -> None:
    site.put("/1", page("عينة", ARABIC))
    site.put("/rss", rss(item("/1", "عينة")), ETag='"1"')
    got = Collected(feeds_file(tmp_path, feed(site)))
    (article,) = got.articles
    assert (article.title, article.language, article.country, article.publisher, article.date, article.published_from, article.origin) == (
        "عينة",
        "ar",
        "EGY",
        "Sample",
        datetime.date(2024, 5, 2),
        "feed",
        site.url + "/1",
    )
    assert got.rejected == []
    assert {(f.kind, f.status, f.articles) for f in got.fetches} == {("feed", 200, 1), ("page", 200, 1), ("robots", 404, 0)}
    assert (got.feeds["rss"].entries, got.feeds["rss"].etag) == (1, '"1"')
    assert [headers["User-Agent"].startswith("Marsad/") for _, headers in site.asked] == [True] * 3


def test_what_is_known_and_unchanged_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    site.put("/1", page("Sample", ENGLISH), ETag='"p"')
    site.put("/2", page("Sample", ARABIC))
    site.put("/rss", rss(item("/1")), ETag='"1"')
    path = feeds_file(tmp_path, feed(site))
    first = Collected(path)
    again = Collected(path, ledger(first.fetches))
    assert (again.articles, again.rejected, again.feeds["rss"].status) == ([], [], 304)
    site.put("/rss", rss(item("/1"), item("/2")), ETag='"2"')
    third = Collected(path, ledger(first.fetches + again.fetches))
    assert [article.url for article in third.articles] == [site.url + "/2"]
    assert site.paths() == ["/rss", "/1", "/rss", "/rss", "/2"]
    assert (third.feeds["rss"].entries, third.feeds["rss"].articles) == (2, 1)


def test_an_item_that_has_changed_is_fetched_again_and_is_another_article_of_its_address(site: Site, tmp_path: Path) -> None:
    path = feeds_file(tmp_path, feed(site))
    site.put("/1", page("Sample", ENGLISH), ETag='"1"')
    site.put("/rss", rss(item("/1", "Sample")))
    first = Collected(path)
    site.put("/rss", rss(item("/1", "Sample: updated")))
    same = Collected(path, ledger(first.fetches))
    assert same.articles == [] and [f.status for f in same.fetches if f.kind == "page"] == [304]
    site.put("/1", page("Sample", (*ENGLISH, "The sample talks went on.")), ETag='"2"')
    site.put("/rss", rss(item("/1", "Sample: updated again")))
    third = Collected(path, ledger(first.fetches + same.fetches))
    assert third.articles[0].url == first.articles[0].url and third.articles[0].article_id != first.articles[0].article_id


def test_a_second_item_with_the_same_address_is_rejected(site: Site, tmp_path: Path) -> None:
    site.put("/1", page("Sample", ENGLISH))
    site.put("/rss", rss(item("/1"), item("/1?utm_source=rss")))
    got = Collected(feeds_file(tmp_path, feed(site)))
    assert len(got.articles) == 1
    assert [one.reason for one in got.rejected] == ["duplicate"]


def test_each_thing_that_goes_wrong_is_a_row_and_the_rest_is_read(site: Site, tmp_path: Path) -> None:
    site.put("/good", page("Sample", ENGLISH))
    site.put("/arabic", page("عينة", ARABIC).encode("cp1256"), Content_Type="text/html; charset=iso-8859-1")
    site.put("/moved", "", 301, Location="/good2")
    site.put("/good2", page("Sample", ENGLISH[1:] + ENGLISH[:1]))
    site.put("/private", "", 302, Location="http://169.254.169.254/latest/meta-data/")
    site.put("/loop", "", 302, Location="/loop")
    site.do("/slow", drip(b"<p>", 15, 0.1))
    site.put("/huge", b"<p>" * 100_000)
    site.put("/bomb", bomb(5), Content_Encoding="gzip")
    site.put("/deep", "<div>" * 30_000)
    site.put("/broken", b"\x1f\x8bno", Content_Encoding="gzip")
    site.put("/picture", b"\x89PNG", Content_Type="image/png")
    site.put("/short", page("Sample", ("Log in.",)))
    site.put("/gone", "", 410)
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed\n", Content_Type="text/plain")
    site.put("/closed", page("Sample", ENGLISH))
    names = ("good", "arabic", "moved", "private", "loop", "slow", "huge", "bomb", "deep", "broken", "picture", "short", "gone", "missing", "closed")
    site.put("/rss", rss(*(item(f"/{name}") for name in names)), ETag='"1"')
    site.put("/ok-deep", rss(item("/x", more="<a>" * 10_000)))
    site.put("/entities", '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + rss(item("/x", "&b;"), declaration=""))
    site.put("/not", page("Sample", ENGLISH))
    site.put("/unwell", rss(item("/good3"))[:-20])
    site.put("/good3", page("Sample", ENGLISH[2:] + ENGLISH[:2]))
    got = Collected(feeds_file(tmp_path, *(feed(site, path) for path in ("/rss", "/ok-deep", "/entities", "/not", "/none", "/unwell"))))
    assert sorted(article.origin.rpartition("/")[2] for article in got.articles) == ["arabic", "good", "good3", "moved"]
    assert all(paragraph in next(a for a in got.articles if a.origin.endswith("arabic")).text for paragraph in ARABIC)
    assert got.reasons == {
        ("private", "address-not-public"), ("loop", "too-many-redirects"), ("slow", "too-slow"), ("huge", "too-large"), ("bomb", "too-large"), ("deep", "html-too-deep"), ("broken", "broken-encoding"),
        ("picture", "not-html"), ("short", "no-text"), ("gone", "http-410"), ("missing", "http-404"), ("closed", "robots"), ("ok-deep", "xml-too-deep"), ("entities", "entity-declarations"),
        ("not", "not-a-feed"), ("none", "http-404"), ("unwell", "broken-feed"),
    }  # fmt: skip
    assert "/closed" not in site.paths()
    assert all(one.detail.startswith("http://") and "\n" not in one.detail for one in got.rejected)
    pages = {fetch.url.rpartition("/")[2]: fetch for fetch in got.fetches if fetch.kind == "page"}
    assert pages.keys() >= set(names)
    assert (pages["slow"].status, pages["slow"].reason, pages["gone"].status, pages["closed"].status) == (None, "too-slow", 410, None)
    # A page could not be had this time: the feed is asked whole again, and then only what is not settled.
    assert got.feeds["rss"].etag is None
    asked = len(site.asked)
    again = Collected(feeds_file(tmp_path, feed(site)), ledger(got.fetches))
    assert again.articles == [] and {path for path, _ in site.asked[asked:]} == {"/robots.txt", "/rss", "/slow", "/broken"}


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_wants_to_be_left_alone_is_left_alone(site: Site, tmp_path: Path, status: int) -> None:
    for name in ("/2", "/3"):
        site.put(name, page("Sample", ENGLISH))
    site.put("/1", "", status, Retry_After="3600")
    site.put("/rss", rss(item("/1"), item("/2"), item("/3")), ETag='"1"')
    path = feeds_file(tmp_path, feed(site), feed(site, "/other"))
    got = Collected(path)
    assert got.articles == [] and site.paths() == ["/rss", "/1"]
    assert got.reasons == {("1", f"http-{status}"), ("2", "asked-to-wait"), ("3", "asked-to-wait"), ("other", "asked-to-wait")}
    assert got.feeds["rss"].etag is None
    known = ledger(got.fetches)
    asked = len(site.asked)
    assert Collected(path, known).reasons == {("rss", "asked-to-wait"), ("other", "asked-to-wait")}
    assert len(site.asked) == asked
    over = {url: dataclasses.replace(one, wait_until=None) for url, one in known.items()}
    site.put("/1", page("Sample", ARABIC))
    assert {article.origin.rpartition("/")[2] for article in Collected(path, over).articles} == {"1", "2", "3"}


@pytest.mark.parametrize(("status", "reason"), [(500, "no-robots"), (503, "no-robots")])
def test_a_host_whose_robots_file_cannot_be_had_is_not_asked(site: Site, tmp_path: Path, status: int, reason: str) -> None:
    site.put("/robots.txt", "", status)
    site.put("/rss", rss())
    got = Collected(feeds_file(tmp_path, feed(site)))
    assert (got.reasons, site.paths()) == ({("rss", reason)}, [])


def test_robots_of_the_host_that_a_redirect_leads_to_count_too(site: Site, tmp_path: Path) -> None:
    other = site.url.replace("127.0.0.1", "localhost")
    site.put("/robots.txt", "User-agent: Marsad\nDisallow: /closed\n")
    site.put("/1", "", 302, Location=f"{other}/closed")
    site.put("/rss", rss(item("/1")))
    assert Collected(feeds_file(tmp_path, feed(site))).reasons == {("1", "robots")}


def test_between_two_requests_to_a_host_there_is_a_pause(site: Site, tmp_path: Path) -> None:
    site.put("/1", page("Sample", ENGLISH))
    site.put("/rss", rss(item("/1")))
    began = time.monotonic()
    Collected(feeds_file(tmp_path, feed(site, more=", pause: 0.2"), head="pause: 0\n"))
    assert time.monotonic() - began >= 0.4  # robots.txt, the feed, the page


def test_a_longer_pause_that_robots_asks_for_is_kept(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n")
    site.put("/1", page("Sample", ENGLISH))
    site.put("/rss", rss(item("/1")))
    began = time.monotonic()
    Collected(feeds_file(tmp_path, feed(site)))
    assert time.monotonic() - began >= 0.3


def test_what_is_too_much_for_one_run_is_put_off_and_not_lost(site: Site, tmp_path: Path) -> None:
    for number in range(3):
        site.put(f"/{number}", page("Sample", ENGLISH[number:] + ENGLISH[:number]))
    site.put("/rss", rss(*(item(f"/{number}") for number in range(3))), ETag='"1"')
    path = feeds_file(tmp_path, feed(site, more=", pages: 2"))
    first = Collected(path)
    assert len(first.articles) == 2 and [f.reason for f in first.fetches if f.url.endswith("/2")] == ["put-off"]
    second = Collected(path, ledger(first.fetches))
    assert [article.origin for article in second.articles] == [f"{site.url}/2"]


def test_a_feed_that_holds_the_texts_is_not_followed(site: Site, tmp_path: Path) -> None:
    site.put("/rss", rss(item("/1", more=f"<description>&lt;p&gt;{ARABIC[0]}&lt;/p&gt;</description>"), item("/2")))
    path = feeds_file(tmp_path, feed(site, more=", text: feed"))
    got = Collected(path)
    assert [article.text for article in got.articles] == [ARABIC[0]]
    assert got.reasons == {("2", "no-text")} and site.paths() == ["/rss"]
    assert Collected(path, ledger(got.fetches)).articles == []


def test_only_what_is_due_is_asked(site: Site, tmp_path: Path) -> None:
    site.put("/rss", rss())
    path = feeds_file(tmp_path, feed(site, more=", every: 2 hours"))
    now = datetime.datetime.now(datetime.UTC)
    for hours, asked in ((1, 0), (3, 1)):
        got = Collected(path, {site.url + "/rss": Known(now - datetime.timedelta(hours=hours), True)}, due_only=True)
        assert len(got.feeds) == asked


def test_two_hosts_are_asked_side_by_side_and_the_order_stays(site: Site, tmp_path: Path) -> None:
    site.put("/a", rss(item("/1")))
    site.put("/b", rss(item("/2")))
    for path in ("/1", "/2"):
        site.put(path, page("Sample", ENGLISH if path == "/1" else ARABIC))
    other = feed(site, "/b").replace("127.0.0.1", "localhost")
    got = [Collected(feeds_file(tmp_path, feed(site, "/a"), other)).articles for _ in range(2)]
    assert [a.origin.rpartition("/")[2] for a in got[0]] == ["1", "2"] and got[0] == got[1]


# the feeds file


def test_the_feeds_that_ship_are_well_formed() -> None:
    file = read_feeds_file(Path(__file__).parent.parent.parent / "sources" / "feeds.yaml")
    assert {feed.language for feed in file.feeds} == {"ar", "en"}
    assert all(feed.url.startswith("https://") for feed in file.feeds)


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("feeds: []\n", "1:8", "at least 1"),
        ("feeds:\n- {url: 'https://a.example/rss'}\n", "2:3", "name: is missing"),
        ("feeds:\n- url: https://a.example/rss\n  name: A\n  langauge: ar\n", "4:13", "no such key"),
        ("feeds:\n- {url: 'a.example/rss', name: A}\n", "2:9", "begins with https://"),
        ("feeds:\n- {url: 'https://a.example', name: A, language: fr}\n", "2:49", "'ar' or 'en'"),
        ("feeds:\n- {url: 'https://a.example', name: A, country: Egypt}\n", "2:48", "pattern"),
        ("every: often\nfeeds:\n- {url: 'https://a.example', name: A}\n", "1:8", "such as 15 minutes"),
        ("pause: -1\nfeeds:\n- {url: 'https://a.example', name: A}\n", "1:8", "greater than or equal to 0"),
        ("feeds:\n- {url: 'https://a.example', name: A}\n- {url: 'https://a.example', name: B}\n", "3:9", "stands twice"),
        ("feeds: [\n", "2:1", "YAML does not parse"),
        ("- a\n", "1:1", "must be a mapping"),
    ],
)
def test_a_mistake_in_a_feeds_file_is_one_sentence_with_its_place(tmp_path: Path, text: str, where: str, what: str) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as error:
        collect(path, {})
    assert str(error.value).startswith(f"{path}:{where}: ") and what in str(error.value) and "\n" not in str(error.value)


def test_a_feeds_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.yaml"):
        collect(tmp_path / "none.yaml", {})
