"""Copies of a text: articles with the same address, the same text or nearly the same text are one story, in whatever order they come."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from warehouse.grouping import EVENT_ID
from warehouse.signature import alike

# Syndicated copies appear within days; what comes later is another story in the same words.
_DAYS = 3
_SAME = """
SELECT g.article_id, o.article_id FROM sketches g JOIN articles o USING (text_hash) WHERE g.article_id <> o.article_id
UNION ALL SELECT g.article_id, o.article_id FROM sketches g JOIN articles o USING (canonical_url) WHERE g.article_id <> o.article_id
UNION ALL SELECT min(article_id) OVER (PARTITION BY text_hash), article_id FROM sketches
UNION ALL SELECT min(article_id) OVER (PARTITION BY canonical_url), article_id FROM sketches WHERE canonical_url IS NOT NULL"""
_NEAR = f"""
WITH given AS (SELECT unnest(bands) AS band, published, article_id FROM sketches)
SELECT DISTINCT g.article_id, o.article_id FROM given g JOIN (FROM bands UNION ALL FROM given) o USING (band)
WHERE g.article_id <> o.article_id AND (abs(date_diff('day', g.published, o.published)) <= {_DAYS} OR (g.published IS NULL AND o.published IS NULL))"""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What tells an article's copies: its day, the hash of its text, its address, its signature and the signature's bands."""

    article_id: str
    published: datetime.date | None
    text_hash: str
    canonical_url: str | None
    signature: bytes | None
    bands: list[int]


def assign(cursor: duckdb.DuckDBPyConnection, sketches: Sequence[Sketch]) -> pa.Table:
    """The stories of articles that are about to come in (article_id, story, story_day); stories that they join are changed in the warehouse, and the ids of their events put into `touched`."""
    columns = {name: [getattr(sketch, name) for sketch in sketches] for name in Sketch.__slots__}
    kinds = {"published": pa.date32(), "signature": pa.binary(), "bands": pa.list_(pa.uint64())}
    cursor.register("sketches", pa.table({name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()}))
    pairs = [pair for pair in cursor.execute(_SAME).fetchall() if pair[0] != pair[1]] + _near(cursor, sketches)
    days = {sketch.article_id: sketch.published for sketch in sketches}
    others = sorted({name for pair in pairs for name in pair} - days.keys())
    stories = {name: (story, day) for name, story, day in cursor.execute("SELECT article_id, story, story_day FROM articles WHERE article_id IN (SELECT unnest($1))", [others]).fetchall()} if others else {}
    # A node is an article that comes in, or a story that is here.
    links: dict[str, str] = {}
    nodes = {**{("new", name): (day, name) for name, day in days.items()}, **{("old", story): (day, story) for story, day in stories.values()}}
    for pair in pairs:
        a, b = (_root(links, f"new {name}" if name in days else f"old {stories[name][0]}") for name in pair)
        if a != b:
            links[max(a, b)] = min(a, b)
    best: dict[str, tuple[datetime.date, str, datetime.date | None]] = {}
    for (kind, name), (day, label) in nodes.items():
        root, rank = _root(links, f"{kind} {name}"), (day or datetime.date.max, label, day)
        best[root] = min(best.get(root, rank), rank, key=lambda r: r[:2])
    moved = {story: best[_root(links, f"old {story}")] for story, _ in stories.values()}
    _move(cursor, [(story, to[1], to[2]) for story, to in moved.items() if to[1] != story])
    chosen = [best[_root(links, f"new {name}")] for name in days]
    return pa.table({"article_id": pa.array(list(days), pa.string()), "story": pa.array([c[1] for c in chosen], pa.string()), "story_day": pa.array([c[2] for c in chosen], pa.date32())})


def settle(cursor: duckdb.DuckDBPyConnection, stories: Sequence[str]) -> None:
    """Name stories anew after articles of theirs were replaced: the earliest copy may be another one now, or of another day."""
    rows = cursor.execute(
        """SELECT story, arg_min(article_id, row(coalesce(published, DATE '9999-12-31'), article_id)) AS name, min(published) AS day FROM articles WHERE story IN (SELECT unnest($1))
           GROUP BY story HAVING name <> story OR bool_or(story_day IS DISTINCT FROM (SELECT min(o.published) FROM articles o WHERE o.story = articles.story))""",
        [list(stories)],
    ).fetchall()
    _move(cursor, rows)


def _near(cursor: duckdb.DuckDBPyConnection, sketches: Sequence[Sketch]) -> list[tuple[str, str]]:
    pairs = cursor.execute(_NEAR).fetchall() if any(sketch.bands for sketch in sketches) else []
    if not pairs:
        return []
    known = {sketch.article_id: sketch.signature for sketch in sketches}
    others = sorted({other for _, other in pairs} - known.keys())
    known |= dict(cursor.execute("SELECT article_id, signature FROM articles WHERE article_id IN (SELECT unnest($1))", [others]).fetchall())
    return [(one, other) for one, other in pairs if (a := known[one]) is not None and (b := known[other]) is not None and alike(a, b)]


def _move(cursor: duckdb.DuckDBPyConnection, moves: Iterable[tuple[str, str, datetime.date | None]]) -> None:
    """Rename stories that an earlier copy has joined; the mentions of their articles may tell other events then."""
    rows = list(moves)
    if not rows:
        return
    cursor.register("moves", pa.table({"story": pa.array([r[0] for r in rows], pa.string()), "name": pa.array([r[1] for r in rows], pa.string()), "day": pa.array([r[2] for r in rows], pa.date32())}))
    cursor.execute("CREATE OR REPLACE TEMP TABLE moved AS SELECT article_id, name, day FROM articles JOIN moves USING (story)")
    cursor.execute("UPDATE articles SET story = m.name, story_day = m.day FROM moved m WHERE articles.article_id = m.article_id")
    cursor.execute("INSERT INTO touched SELECT event_id FROM mentions SEMI JOIN moved USING (article_id)")
    cursor.execute(f"UPDATE mentions SET event_id = n.event_id FROM (SELECT m.mention_id, {EVENT_ID} AS event_id FROM mentions m JOIN articles a USING (article_id) SEMI JOIN moved USING (article_id)) n WHERE mentions.mention_id = n.mention_id")
    cursor.execute("INSERT INTO touched SELECT event_id FROM mentions SEMI JOIN moved USING (article_id)")
    cursor.execute("DROP TABLE moved")


def _root(links: dict[str, str], node: str) -> str:
    while node in links:
        node = links[node]
    return node
