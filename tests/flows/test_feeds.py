"""`marsad run --feeds` on a loopback site: real Prefect, real models, a warehouse on disk. The command runs twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.command import app
from tests.sources.site import ARABIC, ENGLISH, bomb, item, page, rss, serve


def test_a_run_of_feeds_ends_with_articles_events_and_rejects_and_a_second_one_adds_nothing(tmp_path: Path) -> None:
    with serve() as site:
        site.put("/en", page("Sample", ENGLISH))
        site.put("/ar", page("عينة", ARABIC).encode("cp1256"), Content_Type="text/html")
        site.put("/private", "", 302, Location="http://169.254.169.254/")
        site.put("/bomb", bomb(2), Content_Encoding="gzip")
        site.put("/rss", rss(*(item(f"/{name}") for name in ("en", "ar", "private", "bomb", "none"))), ETag='"1"')
        feeds = tmp_path / "feeds.yaml"
        feeds.write_text(f"pause: 0\nlargest: 100000\nfeeds:\n- {{url: '{site.url}/rss', name: Sample, country: EGY}}\n- {{url: '{site.url}/gone', name: Gone}}\n", encoding="utf-8")
        db = tmp_path / "news.duckdb"
        command = [str(Path(sys.executable).with_name("python")), "-m", "flows", "run", "--feeds", str(feeds), "--allow-loopback", "--db", str(db)]
        environment = dict(os.environ) | {"PREFECT_HOME": str(tmp_path / "prefect")}
        counts = []
        for _ in range(2):
            done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=300, check=False)
            assert done.returncode == 3, done.stderr
            assert "Traceback" not in done.stderr
            with duckdb.connect(str(db), read_only=True) as connection:
                counts.append(connection.execute("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM mentions), (SELECT count(*) FROM rejected)").fetchall())
                fetched = connection.execute("SELECT kind, status, articles FROM fetches WHERE kind = 'feed' AND url LIKE '%/rss' ORDER BY asked_at").fetchall()
        assert counts[0] == counts[1] and counts[0][0][::2] == (2, 4) and counts[0][0][1] >= 4
        assert fetched == [("feed", 200, 2), ("feed", 304, 0)]
        with duckdb.connect(str(db), read_only=True) as connection:
            told = connection.execute("SELECT language, publisher, country, published, published_at, published_from, language_confidence > 0.8 FROM articles ORDER BY language").fetchall()
            assert [(row[0], *row[1:3], str(row[3]), *row[4:]) for row in told] == [(language, "Sample", "EGY", "2024-05-02", "2024-05-02T18:30:00+03:00", "feed", True) for language in ("ar", "en")]
            assert {("EGY", "12", "ETH"), ("TUR", "13", "SYR")} <= set(
                connection.execute("SELECT source, left(code, 2), target FROM mentions WHERE article_id IN (SELECT article_id FROM articles WHERE language = 'ar')").fetchall()
            )
            assert connection.execute("SELECT count(*) FROM rejected WHERE reason IN ('address-not-public', 'too-large', 'http-404')").fetchall() == [(4,)]
            assert connection.execute(
                "SELECT bool_and(span = word) FROM (SELECT text[trigger_start + 1 : trigger_end] AS span, trigger AS word FROM mentions JOIN articles USING (article_id))"
            ).fetchall() == [(True,)]


@pytest.mark.parametrize(("text", "said"), [("feeds:\n- {url: x, name: A}\n", "feeds.yaml:2:9: feeds.0.url: write an address"), (None, "feeds.yaml:1:1: cannot be read")])
def test_a_mistake_in_the_feeds_file_is_one_line(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "feeds.yaml"
    if text:
        path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["run", "--feeds", str(path), "--db", str(tmp_path / "news.duckdb")], catch_exceptions=False)
    assert result.exit_code == 1 and result.stderr.count("\n") == 1 and said in result.stderr
    assert not (tmp_path / "news.duckdb").exists()


def test_doctor_asks_each_feed_once_and_fetches_no_article(tmp_path: Path) -> None:
    with serve() as site:
        site.put("/rss", rss(item("/1"), item("/2", date="Fri, 03 May 2024 18:30:00 +0300")))
        site.put("/empty", rss())
        feeds = tmp_path / "feeds.yaml"
        feeds.write_text("pause: 0\nfeeds:\n" + "".join(f"- {{url: '{site.url}/{name}', name: Sample {name}}}\n" for name in ("rss", "empty", "gone")), encoding="utf-8")
        result = CliRunner().invoke(app, ["doctor", "--feeds", str(feeds), "--allow-loopback", "--db", str(tmp_path / "news.duckdb")], catch_exceptions=False)
        assert site.paths() == ["/rss", "/empty", "/gone"]
    assert result.exit_code == 1
    assert f"feed          Sample rss: 2 items, the newest of 2024-05-03  {site.url}/rss\n" in result.stdout
    assert [line for line in result.stdout.splitlines() if line.startswith("wrong:")] == [
        f"wrong: feed {site.url}/empty: an answer without any item",
        f"wrong: feed {site.url}/gone: the server answered 404",
    ]
