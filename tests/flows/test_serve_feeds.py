"""A scheduled ingest of feeds, whole: a server, `marsad serve`, and a site with everything that a site can do to who reads it; a second tick when it has changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.flows.served import Served
from tests.sources.site import ARABIC, ENGLISH, Site, bomb, drip, item, page, rss, serve

DEEP = 100_000
# What the sentences of the site tell, in both languages.
EVENTS = {("EGY", "12", "ETH"), ("TUR", "13", "SYR"), ("JORGOV", "02", "ISR")}
REFUSED = {
    ("slow", "too-slow"), ("broken", "broken-encoding"), ("private", "address-not-public"), ("loop", "too-many-redirects"), ("huge", "too-large"), ("bomb", "too-large"), ("deep", "html-too-deep"),
    ("good?utm_source=rss", "duplicate"), ("entities", "entity-declarations"), ("gone", "http-404"),
}  # fmt: skip
COUNTS = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM rejected), (SELECT count(*) FROM mentions), (SELECT count(*) FROM events)"


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        site.put("/good", page("Sample", ENGLISH))
        site.put("/changing", page("Sample", ENGLISH[1:] + ENGLISH[:1]), ETag='"1"')
        site.put("/moved", "", 301, Location="/new-place")
        site.put("/new-place", page("Sample", ENGLISH[2:] + ENGLISH[:2]))
        site.put("/windows", page("عينة", ARABIC).encode("cp1256"), Content_Type="text/html; charset=windows-1256")
        site.put("/wrong", page("عينة", ARABIC[1:] + ARABIC[:1]), Content_Type="text/html; charset=iso-8859-1")
        site.do("/slow", drip(b"<p>", 15, 0.1))
        site.put("/broken", b"\x1f\x8bno", Content_Encoding="gzip")
        site.put("/private", "", 302, Location="http://169.254.169.254/latest/meta-data/")
        site.put("/loop", "", 302, Location="/loop")
        site.put("/huge", b"<p>" * 300_000)
        site.put("/bomb", bomb(20), Content_Encoding="gzip")
        site.put("/deep", "<div>" * DEEP + ENGLISH[0])
        site.put("/entities", '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + rss(item("/x", "&b;"), declaration=""))
        names = ("good", "changing", "moved", "windows", "wrong", "slow", "broken", "private", "loop", "huge", "bomb", "deep", "good?utm_source=rss")
        site.put("/rss", rss(*(item(f"/{name}") for name in names)), ETag='"1"')
        yield site


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    served.end()


def test_a_scheduled_ingest_ends_with_the_right_articles_events_and_rejects_and_the_next_with_what_has_changed(site: Site, served: Served) -> None:
    feeds = "".join(f"- {{url: '{site.url}/{name}', name: Sample {name}, country: EGY}}\n" for name in ("rss", "entities", "gone"))
    (served.folder / "feeds.yaml").write_text(f"pause: 0\nseconds: 1\nlargest: 800000\nevery: 15 minutes\nfeeds:\n{feeds}", encoding="utf-8")
    served.plan("feeds: {flow: ingest, feeds: feeds.yaml, every: 10s}")
    served.start("--allow-loopback")
    served.wait_for("SELECT count(*) FROM fetches WHERE kind = 'feed'", [(3,)])

    assert {(name, language) for name, language in served.ask("SELECT parse_filename(origin), language FROM articles")} == {
        ("good", "en"), ("changing", "en"), ("moved", "en"), ("windows", "ar"), ("wrong", "ar"),
    }  # fmt: skip
    assert {(name, reason) for name, reason in served.ask("SELECT parse_filename(origin), reason FROM rejected")} == REFUSED
    for (article,) in served.ask("SELECT article_id FROM articles"):
        assert set(served.ask(f"SELECT source, left(code, 2), target FROM mentions WHERE article_id = '{article}'")) >= EVENTS
    assert served.ask("SELECT DISTINCT publisher, country, CAST(published AS VARCHAR) FROM articles") == [("Sample rss", "EGY", "2024-05-02")]
    assert served.ask("SELECT count(*) FROM mentions JOIN articles USING (article_id) WHERE text[trigger_start + 1 : trigger_end] <> trigger") == [(0,)]
    # The same three sentences everywhere: each event is one, whoever tells it.
    assert set(served.ask("SELECT source, left(code, 2), target FROM events")) >= EVENTS
    assert served.ask("SELECT count(*), count(DISTINCT (source, target, code, event_date)) FROM events")[0] == served.ask("SELECT count(*), count(*) FROM events")[0]
    before = served.ask(COUNTS)[0]

    # Not due for a quarter of an hour; what was asked is made older than that, and the site has changed meanwhile.
    site.put("/changing", page("Sample", (*ENGLISH[1:], ENGLISH[0], "France condemned Russia on Thursday in a sample sentence.")), ETag='"2"')
    names = ("good", "changing", "moved", "windows", "wrong")
    site.put("/rss", rss(*(item(f"/{name}", "Sample: updated" if name == "changing" else "Sample") for name in names)), ETag='"2"')
    asked = len(site.asked)
    grow_older(served.db)
    served.wait_for("SELECT count(*) FROM fetches WHERE kind = 'feed' AND url LIKE '%/rss'", [(2,)])
    after = served.ask(COUNTS)[0]
    assert after[:2] == (before[0] + 1, before[1])
    assert {path for path, _ in site.asked[asked:]} == {"/robots.txt", "/rss", "/changing", "/entities", "/gone"}
    assert served.ask("SELECT count(DISTINCT article_id), count(DISTINCT story) FROM articles WHERE parse_filename(origin) = 'changing'") == [(2, 1)]
    assert ("FRA", "11", "RUS") in served.ask("SELECT source, left(code, 2), target FROM mentions")
    assert "Traceback" not in served.log()


def grow_older(db: Path) -> None:
    """Put what the ledger has an hour back, between two ticks."""
    for _ in range(600):
        try:
            with duckdb.connect(str(db)) as connection:
                connection.execute("UPDATE fetches SET asked_at = asked_at - INTERVAL 1 HOUR")
                return
        except duckdb.IOException:
            time.sleep(0.1)  # a tick holds the warehouse
    raise AssertionError(f"{db} is held all the time")
