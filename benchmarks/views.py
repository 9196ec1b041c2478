"""How long each view's example takes, against the same question asked of the mentions without the table of events.

    python -m benchmarks.views [--events N] [--keep FILE] [--runs N]

The warehouse is made in DuckDB itself, as the loader would leave it: one mention an event, four mentions an article. What is timed is the best of so many runs.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.figures import Figures, Row, parser, peak
from benchmarks.synthetic import packages
from dictionaries import load_dictionaries
from warehouse import connect, open_warehouse
from warehouse.load import load_package
from warehouse.query import examples

LIMIT = 1.0  # seconds, at ten million events on a quiet machine
_BASE = 100_000  # events that are loaded; the rest are copies of them with other ids, days and actors
# The copies: articles and all that belongs to them under new names, some days later, every other time with the actors turned around; of one event in
# twenty the source is a phrase that nobody knows.
_NEW = "'{n}-' || "
_SHIFT = "+ CAST({n} * 11 AS INTEGER)"
_UNKNOWN = "hash('{n}' || event_id) % 20 = 0"


def _turned(rest: str) -> str:
    return f"CASE WHEN {{n}} % 2 = 1 THEN target{rest} ELSE source{rest} END AS source{rest}, CASE WHEN {{n}} % 2 = 1 THEN source{rest} ELSE target{rest} END AS target{rest}"


_TOLD = f"substr(md5('{{n}}' || event_id), 1, 16) AS event_id, event_date {_SHIFT} AS event_date, {_turned('')}, {_turned('_country')}"
_COPIES = (
    f"INSERT INTO articles BY NAME SELECT * REPLACE ({_NEW}article_id AS article_id, {_NEW}story AS story, published {_SHIFT} AS published, story_day {_SHIFT} AS story_day) FROM base.articles",
    f"INSERT INTO sentences BY NAME SELECT * REPLACE ({_NEW}article_id AS article_id, text || md5(article_id || sentence) || md5('{{n}}' || article_id) AS text) FROM base.sentences",
    f"""INSERT INTO mentions BY NAME SELECT * REPLACE (CASE WHEN {_UNKNOWN} THEN '---' ELSE source END AS source, CASE WHEN {_UNKNOWN} THEN '' ELSE source_country END AS source_country,
        CASE WHEN {_UNKNOWN} THEN 'the front of ' || hash(event_id) % 5000 ELSE source_text END AS source_text)
        FROM (SELECT * REPLACE ({_NEW}article_id AS article_id, substr(md5('{{n}}' || mention_id), 1, 16) AS mention_id, {_TOLD}) FROM base.mentions)""",
    f"""INSERT INTO events BY NAME SELECT * REPLACE (CASE WHEN {_UNKNOWN} THEN '---' ELSE source END AS source, CASE WHEN {_UNKNOWN} THEN '' ELSE source_country END AS source_country)
        FROM (SELECT * REPLACE (substr(md5('{{n}}' || first_mention), 1, 16) AS first_mention, {_TOLD}) FROM base.events)""",
)
# What a view over the mentions would have to say instead of `FROM events`.
_PLAIN = """(SELECT event_id, min(CASE WHEN m.date_precision = 'article' OR m.event_date IS NULL THEN a.story_day ELSE m.event_date END) AS event_date, max(m.date_precision) AS date_precision, any_value(m.code) AS code, any_value(c.root) AS root,
    any_value(c.quad_class) AS quad_class, any_value(c.goldstein) AS goldstein, min(m.source) AS source, min(m.source_country) AS source_country, min(m.target) AS target, min(m.target_country) AS target_country, min(m.place) AS place,
    min(m.place_country) AS place_country, min(m.latitude) AS latitude, min(m.longitude) AS longitude, string_agg(DISTINCT a.language, ',' ORDER BY a.language) AS languages, count(*) AS mentions, count(DISTINCT m.article_id) AS articles,
    count(DISTINCT a.story) AS stories, count(DISTINCT a.publisher) AS publishers, max(m.confidence) AS confidence, arg_min(m.mention_id, row(a.published, m.article_id, m.sentence, m.trigger_start, m.mention_id)) AS first_mention
    FROM mentions m JOIN articles a USING (article_id) JOIN codes c ON c.code = m.code GROUP BY event_id)"""


def main() -> None:
    """Print a table and write benchmarks/views.json."""
    given = parser(__doc__)
    given.add_argument("--events", type=int, default=10_000_000)
    given.add_argument("--runs", type=int, default=3)
    given.add_argument("--keep", type=Path, help="make the warehouse here and leave it, or take the one that is here")
    given.add_argument("--plain", action="store_true", help="ask the mentions too")
    options = given.parse_args()
    figures, work = Figures("views"), Path(tempfile.mkdtemp(prefix="marsad-views-"))
    path = options.keep or work / "marsad.duckdb"
    try:
        if not path.exists():
            make(path, options.events, work)
        rows = measure(path, options.runs, options.plain)
        with connect(path) as connection:
            events = connection.execute("SELECT count(*) FROM events").fetchall()[0][0]
        figures.tell(
            rows,
            events=events,
            disk_GB=round(path.stat().st_size / 1e9, 2),
            peak_MB=peak(),
            over_the_limit=[row["view"] for row in rows if row["seconds"] >= LIMIT],
            asked=f"each <= {LIMIT:.0f} s at ten million events",
        )
    finally:
        shutil.rmtree(work, ignore_errors=True)


def make(path: Path, events: int, work: Path) -> None:
    """A warehouse of so many events."""
    dictionaries = load_dictionaries()
    base = work / "base.duckdb"
    started = time.perf_counter()
    with open_warehouse(base) as connection:
        for package in packages(min(events, _BASE), dictionaries):
            load_package(connection, package, dictionaries)
    with open_warehouse(path) as connection:
        connection.execute(f"ATTACH '{base}' AS base (READ_ONLY)")
        for table in ("articles", "sentences", "mentions", "events", "codes", "actors"):
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM base.{table}")
        for number in range(1, events // _BASE):
            for statement in _COPIES:
                connection.execute(statement.format(n=number))
        connection.execute("DETACH base")
        connection.execute("CHECKPOINT")
    print(f"made in {time.perf_counter() - started:.0f} s")


def measure(path: Path, runs: int, plain: bool) -> list[Row]:
    """The example of each view, in the order of the files."""
    rows: list[Row] = []
    with connect(path) as connection:
        for example in examples():
            view = example.partition("FROM ")[2].split()[0].partition("(")[0]
            seconds, used = _best(connection, example, runs)
            row: Row = {"view": view, "seconds": round(seconds, 3), "processor_s": round(used, 3)}
            if plain and (written := _in_plain(connection, view, example)):
                row["plain_s"] = round(_best(connection, written, 1)[0], 3)
            rows.append(row)
    return rows


def _in_plain(connection: duckdb.DuckDBPyConnection, view: str, example: str) -> str | None:
    """The same question with the events made of the mentions on the spot; None for a view that does not read events."""
    definitions = {name: sql for name, sql in connection.execute("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal").fetchall()}
    macro = connection.execute("SELECT macro_definition FROM duckdb_functions() WHERE function_name = 'outcomes_within'").fetchall()
    bodies = {name: sql.partition(" AS ")[2].rstrip("; \n") for name, sql in definitions.items()}
    if macro:
        bodies["outcomes"] = macro[0][0].replace('"days"', "30").replace(" days", " 30")
    body = bodies[view]
    for other, text in bodies.items():  # a view over a view
        body = body.replace(f"FROM {other} ", f"FROM ({text}) ")
    if "FROM events" not in body and "JOIN events" not in body:
        return None
    asked = example.replace(f"FROM {view}", f"FROM ({body})", 1)
    return "WITH told AS MATERIALIZED " + _PLAIN + " " + asked.replace("FROM events", "FROM told").replace("JOIN events", "JOIN told")


def _best(connection: duckdb.DuckDBPyConnection, query: str, runs: int) -> tuple[float, float]:
    times = []
    for _ in range(runs):
        started, used = time.perf_counter(), time.process_time()
        connection.execute(query).fetchall()
        times.append((time.perf_counter() - started, time.process_time() - used))
    return min(times)


if __name__ == "__main__":
    main()
