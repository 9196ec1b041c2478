"""Copies of a text: articles with the same address, the same text or nearly the same text are one story, in whatever order they come."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.grouping import EVENT_ID
from warehouse.signature import alike, band_keys

# Syndicated copies appear within days; what comes later is another story in the same words.
_DAYS = 3
_SAME = """
SELECT * FROM (
SELECT g.article_id AS one, o.article_id AS other FROM sketches g JOIN articles o USING (text_hash) WHERE g.article_id <> o.article_id
UNION ALL SELECT g.article_id, o.article_id FROM sketches g JOIN articles o USING (canonical_url) WHERE g.article_id <> o.article_id
UNION ALL SELECT min(article_id) OVER (PARTITION BY text_hash), article_id FROM sketches
UNION ALL SELECT min(article_id) OVER (PARTITION BY canonical_url), article_id FROM sketches WHERE canonical_url IS NOT NULL)
WHERE one <> other"""
_NEAR = f"""
WITH given AS (SELECT unnest(bands) AS band, published, article_id FROM sketches)
SELECT DISTINCT g.article_id, o.article_id FROM given g JOIN (FROM bands UNION ALL FROM given) o USING (band)
WHERE g.article_id <> o.article_id AND (abs(date_diff('day', g.published, o.published)) <= {_DAYS} OR (g.published IS NULL AND o.published IS NULL))"""


# The name of a story and its day.
_Place = tuple[str, datetime.date | None]

# What tells an article's copies: its day, the hash of its text, its address, its signature and the signature's bands.
SKETCH = pa.schema([("article_id", pa.string()), ("published", pa.date32()), ("text_hash", pa.string()), ("canonical_url", pa.string()), ("signature", pa.binary()), ("bands", pa.list_(pa.uint64()))])


def left_behind(cursor: duckdb.DuckDBPyConnection, replaced: Sequence[str]) -> list[str]:
    """The other articles in the stories of articles that are about to be replaced: without these they may be other stories."""
    chosen = "SELECT unnest($1)"
    rows = (
        cursor.execute(
            f"SELECT article_id FROM articles WHERE story IN (SELECT story FROM articles WHERE article_id IN ({chosen})) AND article_id NOT IN ({chosen}) ORDER BY 1", [list(replaced)]
        ).fetchall()
        if replaced
        else []
    )
    return [name for (name,) in rows]


def assign(cursor: duckdb.DuckDBPyConnection, given: pa.Table, again: Sequence[str] = ()) -> pa.Table:
    """The stories of articles that are about to come in (article_id, story, story_day); `given` has the columns of SKETCH.

    Stories that they join, and those of the articles `again`, which are found anew, are changed in the warehouse, and the ids of their events put into `touched`.
    """
    here = cursor.execute("SELECT article_id, published, text_hash, canonical_url, signature FROM articles WHERE article_id IN (SELECT unnest($1))", [list(again)]).fetchall() if again else []
    sketches = pa.concat_tables([given, pa.Table.from_pylist([dict(zip(SKETCH.names, (*row, band_keys(row[-1])), strict=True)) for row in here], schema=SKETCH)])
    cursor.register("sketches", sketches)
    pairs = cursor.execute(_SAME).fetchall() + _near(cursor, sketches)
    if not pairs and not here:  # nearly always: nothing is a copy of anything
        return pa.table({"article_id": given["article_id"], "story": given["article_id"], "story_day": given["published"]})
    days = dict(zip(sketches["article_id"].to_pylist(), sketches["published"].to_pylist(), strict=True))
    others = sorted({name for pair in pairs for name in pair} - days.keys())
    stories = (
        {name: (story, day) for name, story, day in cursor.execute("SELECT article_id, story, story_day FROM articles WHERE article_id IN (SELECT unnest($1))", [others]).fetchall()} if others else {}
    )
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
    joined = {story: best[_root(links, f"old {story}")][1:] for story, _ in stories.values()}
    chosen = {name: best[_root(links, f"new {name}")][1:] for name in days}
    _move(cursor, {story: to for story, to in joined.items() if to[0] != story}, {row[0]: chosen[row[0]] for row in here})
    return _places("article_id", {name: chosen[name] for name in given["article_id"].to_pylist()})


def _near(cursor: duckdb.DuckDBPyConnection, sketches: pa.Table) -> list[tuple[str, str]]:
    pairs = cursor.execute(_NEAR).fetchall() if pc.sum(pc.list_value_length(sketches["bands"])).as_py() else []
    if not pairs:
        return []
    known = dict(zip(sketches["article_id"].to_pylist(), sketches["signature"].to_pylist(), strict=True))
    others = sorted({other for _, other in pairs} - known.keys())
    known |= dict(cursor.execute("SELECT article_id, signature FROM articles WHERE article_id IN (SELECT unnest($1))", [others]).fetchall())
    return [(one, other) for one, other in pairs if (a := known[one]) is not None and (b := known[other]) is not None and alike(a, b)]


def _move(cursor: duckdb.DuckDBPyConnection, stories: dict[str, _Place], articles: dict[str, _Place]) -> None:
    """Give whole stories and single articles another name and day; the mentions in them may tell other events then."""
    if not stories and not articles:
        return
    cursor.register("moves", _places("story", stories))
    cursor.register("single_moves", _places("article_id", articles))
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE moved AS SELECT article_id, m.story, m.story_day FROM articles a JOIN moves m ON m.moved = a.story
           UNION ALL SELECT article_id, m.story, m.story_day FROM articles a JOIN single_moves m USING (article_id) WHERE a.story <> m.story OR a.story_day IS DISTINCT FROM m.story_day"""
    )
    cursor.execute("UPDATE articles SET story = m.story, story_day = m.story_day FROM moved m WHERE articles.article_id = m.article_id")
    cursor.execute("INSERT INTO touched SELECT event_id FROM mentions SEMI JOIN moved USING (article_id)")
    for table in ("mentions", "past_mentions"):
        cursor.execute(f"UPDATE {table} AS m SET event_id = {EVENT_ID} FROM articles a SEMI JOIN moved USING (article_id) WHERE m.article_id = a.article_id")
    cursor.execute("INSERT INTO touched SELECT event_id FROM mentions SEMI JOIN moved USING (article_id)")
    cursor.execute("DROP TABLE moved")


def _places(key: str, places: dict[str, _Place]) -> pa.Table:
    named = "moved" if key == "story" else key
    return pa.table({named: pa.array(list(places), pa.string()), "story": pa.array([p[0] for p in places.values()], pa.string()), "story_day": pa.array([p[1] for p in places.values()], pa.date32())})


def _root(links: dict[str, str], node: str) -> str:
    while node in links:
        node = links[node]
    return node
