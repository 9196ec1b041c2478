"""The ledger of the web: enter what was fetched, and ask it what is known and which feeds went quiet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from sources.ledger import Fetch, Known, settled

# A feed drops its items after days at most; what was fetched longer ago is not asked after.
REMEMBERED = datetime.timedelta(days=60)
QUIET = datetime.timedelta(days=2)
_FAILURES = 3
_TIME = pa.timestamp("us")
_SCHEMA = pa.schema(
    [("url", pa.string()), ("kind", pa.string()), ("feed", pa.string()), ("asked_at", _TIME), ("seconds", pa.float64()), ("status", pa.int32()), ("bytes", pa.int64()), ("etag", pa.string()),
     ("last_modified", pa.string()), ("final_url", pa.string()), ("stamp", pa.string()), ("wait_until", _TIME), ("entries", pa.int32()), ("articles", pa.int32()), ("settled", pa.bool_()),
     ("reason", pa.string()), ("detail", pa.string())]
)  # fmt: skip
_KNOWN = """SELECT url, max(asked_at), arg_max(settled, asked_at), arg_max_null(etag, asked_at) FILTER (status IN (200, 304)), arg_max_null(last_modified, asked_at) FILTER (status IN (200, 304)),
    arg_max_null(stamp, asked_at) FILTER (settled), max(wait_until)
    FROM fetches WHERE asked_at > ? AND kind <> 'robots' GROUP BY url"""
_QUIET = """SELECT url, asked_at, answer, brought_at, times_asked, coalesce(detail, ''),
    (SELECT count(*) FROM (SELECT status FROM fetches f WHERE f.url = feeds.url AND kind = 'feed' ORDER BY asked_at DESC LIMIT $failures) WHERE status IN (200, 304)) AS good,
    (SELECT min(asked_at) FROM fetches f WHERE f.url = feeds.url AND kind = 'feed') AS since
    FROM feeds ORDER BY url"""


def record(connection: duckdb.DuckDBPyConnection, fetches: Iterable[Fetch]) -> int:
    """Enter fetches in the ledger, each once, in one transaction; gives their number. To be called when the articles that came of them are loaded."""
    rows = [
        [f.url, f.kind, f.feed, _utc(f.asked_at), f.seconds, f.status, f.size, f.etag, f.last_modified, f.final_url, f.stamp, _utc(f.wait_until), f.entries, f.articles, settled(f), f.reason, f.detail]
        for f in fetches
    ]
    if rows:
        table = pa.Table.from_arrays([pa.array([row[i] for row in rows], type=field.type) for i, field in enumerate(_SCHEMA)], schema=_SCHEMA)
        cursor = connection.cursor()
        try:
            cursor.register("given_fetches", table)
            cursor.execute("INSERT INTO fetches BY NAME SELECT DISTINCT * FROM given_fetches ANTI JOIN fetches USING (url, kind, asked_at) ORDER BY asked_at, url")
        finally:
            cursor.close()
    return len(rows)


def known(connection: duckdb.DuckDBPyConnection, now: datetime.datetime | None = None) -> dict[str, Known]:
    """What the ledger knows of each address that was asked in the last 60 days, for sources.feeds.collect and sources.read_sources."""
    since = _utc((now or datetime.datetime.now(datetime.UTC)) - REMEMBERED)
    return {
        url: Known(_aware(asked), bool(done), etag, modified, stamp, _aware(wait) if wait else None) for url, asked, done, etag, modified, stamp, wait in connection.execute(_KNOWN, [since]).fetchall()
    }


def quiet_feeds(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A sentence for each feed that went quiet: its last three answers were failures, or it has brought no article for two days of being asked.

    Two days before the latest fetch in the ledger: that Marsad itself did not run makes no feed quiet.
    """
    sentences = []
    for url, asked, answer, brought, times, detail, good, since in connection.execute(_QUIET, {"failures": _FAILURES}).fetchall():
        last = f"the last article came at {brought:%Y-%m-%d %H:%M} UTC" if brought else "it never brought an article"
        if not good and times >= _FAILURES:
            sentences.append(f"feed {url}: no good answer to the last {_FAILURES} requests, the last at {asked:%Y-%m-%d %H:%M} UTC gave {answer}{f' ({detail})' if detail else ''}; {last}")
        elif asked - (brought or since) >= QUIET:
            sentences.append(f"feed {url}: quiet for {(asked - (brought or since)).days} days, {last}; look whether it has moved")
    return sentences


def _utc(time: datetime.datetime | None) -> datetime.datetime | None:
    return time.astimezone(datetime.UTC).replace(tzinfo=None) if time else None


def _aware(time: datetime.datetime) -> datetime.datetime:
    return time.replace(tzinfo=datetime.UTC)
