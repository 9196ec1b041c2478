"""What an ingest leaves out, where it stops, what it reports."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
from pathlib import Path

import pytest

from flows.loading import Ingest
from flows.pipeline import FIRST_BATCH
from flows.report import Report
from flows.stopping import Stop
from sources import Article, Rejected
from warehouse import open_warehouse
from warehouse.snapshot import published

TEXT = "Egypt rejected the demand of Ethiopia on Thursday. Turkey threatened to impose sanctions on Syria."
ARTICLES = [Article(f"a-{n}", f"{TEXT} The museum opens at {n}.", "en", publisher="Sample", origin=f"in.jsonl:{n}") for n in range(FIRST_BATCH + 3)]


def ingest(db: Path, articles: list[Article | Rejected], stop: Stop | None = None, after: int = 0) -> Report:
    """Ingest; with `after`, Ctrl-C is pressed when so many batches are loaded."""

    def press(report: Report) -> None:
        if report.batches == after:
            os.kill(os.getpid(), signal.SIGINT)

    with open_warehouse(db) as connection:
        return Ingest(articles, connection, db, stop=stop, progress=press).run()


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("loading") / "news.duckdb"
    ingest(path, [*ARTICLES])
    return path


def test_what_is_known_is_counted_and_not_coded_again(db: Path) -> None:
    report = ingest(db, [*ARTICLES])
    assert (report.known, report.batches) == (len(ARTICLES), 0)
    assert report.counts.coded == len(ARTICLES)
    assert report.counts.events > len(ARTICLES)
    with open_warehouse(db) as connection:
        assert connection.execute("SELECT count(*) FROM runs").fetchall() == [(1,)]
        assert connection.execute("SELECT sum(articles) FROM packages").fetchall() == [(len(ARTICLES),)]


def test_what_changed_is_coded_again_and_a_taken_id_is_not_parsed(db: Path) -> None:
    other, titled = dataclasses.replace(ARTICLES[0], text="Jordan praised Oman."), dataclasses.replace(ARTICLES[1], title="New title")
    report = ingest(db, [other, titled])
    assert (report.known, dict(report.reasons), report.counts.coded) == (0, {"id-taken": 1}, 1)


def test_nothing_new_publishes_no_new_copy(db: Path) -> None:
    ingest(db, [ARTICLES[2]])
    before = published(db).stat().st_mtime_ns
    ingest(db, [ARTICLES[2]])
    assert published(db).stat().st_mtime_ns == before


def test_ctrl_c_stops_at_a_batch_boundary_and_the_next_run_goes_on(db: Path, tmp_path: Path) -> None:
    said: list[str] = []
    again = tmp_path / "again.duckdb"
    with Stop(said.append) as stop:
        report = ingest(again, [*ARTICLES], stop, after=1)
    assert report.stopped and report.counts.articles == FIRST_BATCH
    assert said == ["stopping when the batch under way is loaded; Ctrl-C again stops at once"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with open_warehouse(again) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(FIRST_BATCH,)]
        assert connection.execute("SELECT count(*) FROM runs").fetchall() == [(0,)]
    rest = ingest(again, [*ARTICLES])
    assert (rest.known, rest.stopped) == (FIRST_BATCH, False)
    query = "SELECT mention_id FROM mentions ORDER BY 1"
    with open_warehouse(again) as connection, open_warehouse(db) as undisturbed:
        assert connection.execute(query).fetchall() == undisturbed.execute(query).fetchall()
        assert connection.execute("SELECT count(*) FROM runs").fetchall() == [(1,)]


def test_ctrl_c_before_anything_is_under_way_is_raised_at_once() -> None:
    with Stop(print), pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()


def test_the_report_tells_feeds_families_and_reasons(tmp_path: Path) -> None:
    refused = Rejected("in.jsonl", 9, None, "broken-json", "in.jsonl:9: not a JSON object")
    report = ingest(tmp_path / "report.duckdb", [ARTICLES[0], refused])
    tables = report.tables()
    assert tables["articles by feed"] == [{"feed": "Sample", "articles": 1}]
    assert {row["family"] for row in tables["events by family"]} == {"12", "13"}
    assert tables["rejects by reason"] == [{"reason": "broken-json", "rejected": 1}]
    assert [row["first article"] for row in tables["slowest batches"]] == ["a-0"]
    assert "| broken-json | 1 |" in report.markdown()
    assert json.dumps(tables)
