"""Mentions to events: those of the same source, target, code, day and place are one event."""

from __future__ import annotations

import duckdb

# Copies of a text tell the day of the earliest copy; what is told without any day happened in its story and nowhere else. An actor without
# code is known by its words. m: mentions, a: articles.
EVENT_ID = """substr(sha256(concat_ws(chr(31),
    CASE WHEN starts_with(m.source, '---') THEN m.source || lower(trim(coalesce(m.source_text, ''))) ELSE coalesce(m.source, '') END,
    CASE WHEN starts_with(m.target, '---') THEN m.target || lower(trim(coalesce(m.target_text, ''))) ELSE coalesce(m.target, '') END,
    m.code,
    CASE WHEN m.date_precision = 'article' OR m.event_date IS NULL THEN coalesce(CAST(a.story_day AS VARCHAR), 'story ' || a.story)
         WHEN m.date_precision = 'day' THEN CAST(m.event_date AS VARCHAR) ELSE m.date_precision || ' ' || CAST(m.event_date AS VARCHAR) END,
    coalesce(m.place_country, ''), coalesce(m.place, ''))), 1, 16)"""

_DAY = "CASE WHEN m.date_precision = 'article' OR m.event_date IS NULL THEN a.story_day ELSE m.event_date END"
_CODE = "m.code, c.root, c.quad_class, c.goldstein"
_SAME = ("source", "source_country", "target", "target_country", "place", "place_country", "latitude", "longitude")
# Most events are stated once; they need no aggregates, which cost five times as much.
_ONCE = f"""INSERT INTO events BY NAME
SELECT m.event_id, {_DAY} AS event_date, m.date_precision, {_CODE}, {", ".join(f"m.{name}" for name in _SAME)},
       a.language AS languages, 1 AS mentions, 1 AS articles, 1 AS stories, 1 AS publishers, m.confidence, m.mention_id AS first_mention
FROM {{mentions}} m JOIN articles a USING (article_id) JOIN codes c ON c.code = m.code
WHERE m.event_id IN (SELECT event_id FROM stated WHERE times = 1)"""
_OFTEN = f"""INSERT INTO events BY NAME
SELECT m.event_id, min({_DAY}) AS event_date, max(m.date_precision) AS date_precision,
       {", ".join(f"any_value({name}) AS {name[2:]}" for name in _CODE.split(", "))}, {", ".join(f"min(m.{name}) AS {name}" for name in _SAME)},
       string_agg(DISTINCT a.language, ',' ORDER BY a.language) AS languages, CAST(count(*) AS INTEGER) AS mentions, CAST(count(DISTINCT m.article_id) AS INTEGER) AS articles, CAST(count(DISTINCT a.story) AS INTEGER) AS stories,
       CAST(greatest(1, count(DISTINCT a.publisher)) AS INTEGER) AS publishers, max(m.confidence) AS confidence,
       arg_min(m.mention_id, row(coalesce(a.published, DATE '9999-12-31'), m.article_id, m.sentence, m.trigger_start, m.mention_id)) AS first_mention
FROM {{mentions}} m JOIN articles a USING (article_id) JOIN codes c ON c.code = m.code
WHERE m.event_id IN (SELECT event_id FROM stated WHERE times > 1)
GROUP BY m.event_id"""
_STATED = "CREATE OR REPLACE TEMP TABLE stated AS SELECT event_id, count(*) AS times FROM {mentions} {where} GROUP BY event_id"


def regroup(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the events that the mentions in `coded` tell, and make anew those of the temporary table `touched`, from the mentions as they are now.

    What `coded` tells and was neither told before nor touched is told by nothing else: that needs no look at the other mentions, however many they are.
    """
    cursor.execute("INSERT INTO touched SELECT event_id FROM coded SEMI JOIN events USING (event_id)")
    if cursor.execute("SELECT count(*) FROM touched").fetchall() != [(0,)]:
        cursor.execute("DELETE FROM events WHERE event_id IN (SELECT event_id FROM touched)")
        _insert(cursor, "mentions", "SEMI JOIN touched USING (event_id)")
    _insert(cursor, "coded", "ANTI JOIN touched USING (event_id)")


def group_all(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make anew all ids of events, and all events."""
    cursor.execute(f"UPDATE mentions AS m SET event_id = {EVENT_ID} FROM articles a WHERE m.article_id = a.article_id")
    cursor.execute("DELETE FROM events")
    _insert(cursor, "mentions", "")


def _insert(cursor: duckdb.DuckDBPyConnection, mentions: str, where: str) -> None:
    cursor.execute(_STATED.format(mentions=mentions, where=where))
    cursor.execute(_ONCE.format(mentions=mentions))
    cursor.execute(_OFTEN.format(mentions=mentions))
    cursor.execute("DROP TABLE stated")
