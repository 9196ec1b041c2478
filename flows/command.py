"""The `marsad` command. Heavy things are imported inside the commands, so that --help, sql and explain answer at once."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.dictionaries_command import dictionaries_app
from flows.models_command import models_app
from flows.options import DEFAULT_DB, Db, Feeds, Log, Loopback, Models, NoFilter, Overlay, plain_errors
from flows.version import VERSION

app = typer.Typer(name="marsad", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})
app.add_typer(dictionaries_app, name="dictionaries")
app.add_typer(models_app, name="models")

SOME_REJECTED = 3


@app.callback(invoke_without_command=True)
def main(version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False) -> None:
    """Marsad reads news in Arabic and English and codes who did what to whom (CAMEO), into DuckDB."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Arabic must come out whatever the terminal's locale says
    if version:
        typer.echo(f"marsad {VERSION}")
        raise typer.Exit


@app.command()
def run(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE ...]", help="Files, folders, addresses of the web, or - for standard input; without any, the samples that ship.")] = None,
    feeds: Feeds = None,
    db: Db = DEFAULT_DB,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that parse and code.", metavar="N")] = 1,
    log: Log = "auto",
    engine: Annotated[str | None, typer.Option("--engine", help="Code on a cluster: dask or ray.", metavar="dask|ray")] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="The cluster's address, tcp://HOST:PORT for Dask, HOST:PORT for Ray; without it, one on this machine.", metavar="HOST:PORT")
    ] = None,
    parts: Annotated[str | None, typer.Option("--parts", help="The folder that the cluster's workers share, a path or an address that fsspec opens.", metavar="URL")] = None,
    models: Models = None,
    dictionaries: Overlay = None,
    no_filter: NoFilter = False,
    allow_loopback: Loopback = False,
) -> None:
    """Read, parse and code articles and load the events into the warehouse.

    Files: .jsonl, .txt (an article, or addresses), .csv, .html, .xml (feed or sitemap), .warc, GDELT's *.gkg.csv, *.mentions.CSV, *.export.CSV; also as .gz or .zip.
    Addresses: a page, feed, sitemap or list. Exit status 0, or 3 when some articles were rejected (each with its reason), 1 on an error.

    Examples:\n
      marsad run                          the sample articles\n
      marsad run news.jsonl more/ --db archive.duckdb\n
      marsad run news.jsonl --dictionaries my-dictionaries/\n
      marsad run archive/ --workers 2\n
      marsad run archive/ --log json 2> run.log\n
      marsad run archive/ --engine dask --scheduler tcp://10.0.0.5:8786 --parts /shared/parts\n
      marsad run --feeds feeds.yaml       what is new in feeds; see sources/feeds.yaml\n
      marsad run https://news.example/sitemap.xml crawl.warc.gz 20240502120000.gkg.csv.zip\n
      cat article.txt | marsad run -
    """
    with plain_errors():
        from flows.run import run_once

        cluster = None
        if engine or scheduler or parts:
            from flows.engines import choose

            cluster = choose(engine, scheduler, parts, db, models, workers, no_filter)
        rejected = run_once(sources or [], db, models, workers, feeds, allow_loopback, log, cluster)
    if rejected:
        raise typer.Exit(SOME_REJECTED)


@app.command()
def code(
    source: Annotated[str, typer.Argument(metavar="IN.jsonl", help="JSON lines {id, text, lang?, date?}; - for standard input.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write here instead of standard output.", metavar="OUT.jsonl")] = None,
    models: Models = None,
    dictionaries: Overlay = None,
    no_filter: NoFilter = False,
) -> None:
    """Code articles without a database: JSON lines in, one line out for each, in their order.

    Exit status 0, or 3 when some articles were rejected: their line has no events and says why.

    Examples:\n
      marsad code news.jsonl -o events.jsonl\n
      echo '{"id": "1", "text": "Sample: Egypt rejected the demand of Ethiopia."}' | marsad code -
    """
    with plain_errors():
        from flows.code import code_lines

        rejected = code_lines(source, out, models)
    if rejected:
        raise typer.Exit(SOME_REJECTED)


@app.command()
def recode(
    db: Db = DEFAULT_DB,
    everything: Annotated[bool, typer.Option("--all", help="Code all articles, not only those that other dictionaries coded.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that code.", metavar="N")] = 1,
    diff: Annotated[bool, typer.Option("--diff", help="Show what the dictionaries changed: mentions gained, lost and changed, by entry.")] = False,
    format: Annotated[str, typer.Option("--format", help="table or html, for --diff.", metavar="table|html")] = "table",
    out: Annotated[Path | None, typer.Option("--out", help="Write the differences here.", metavar="FILE")] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Delete the codings of earlier dictionaries, and code nothing.")] = False,
    dictionaries: Overlay = None,
) -> None:
    """Code the stored parses again after a change of the dictionaries; nothing is parsed. Earlier codings stay in past_mentions until pruned.

    Articles with a sentence that was not parsed, because it told nothing by the dictionaries then, and that would be parsed now stay as they are; `marsad run` parses them.

    Examples:\n
      marsad recode\n
      marsad recode --dictionaries my-dictionaries/ --diff\n
      marsad recode --workers 2 --diff --format html --out differences.html\n
      marsad recode --prune
    """
    with plain_errors():
        from flows.recode import prune_codings
        from flows.recode import recode as code_again

        if prune:
            typer.echo(f"{prune_codings(db)} mentions of earlier codings deleted")
        else:
            code_again(db, workers, everything, format if diff else None, out)


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(metavar='"SELECT …"')] = None,
    db: Db = DEFAULT_DB,
    examples: Annotated[bool, typer.Option("--examples", help="Print a question for each view.")] = False,
    format: Annotated[str, typer.Option("--format", help="table, csv, json (one object a line), or parquet, with --out.", metavar="table|csv|json|parquet")] = "table",
    out: Annotated[Path | None, typer.Option("--out", help="Write here instead of standard output.", metavar="FILE")] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=0, help="Give up after so many seconds; 0: never.", metavar="SECONDS")] = 60,
) -> None:
    """Ask the warehouse a question, read-only.

    Examples:\n
      marsad sql "SELECT * FROM family_counts ORDER BY events DESC"\n
      marsad sql "SELECT source, target, code, sentence_text FROM events_with_text WHERE root = '13'"\n
      marsad sql "SELECT * FROM daily_dyads" --format csv > dyads.csv\n
      marsad sql "FROM events" --format parquet --out events.parquet --timeout 600\n
      marsad sql --examples
    """
    with plain_errors():
        from flows.show import show_answer
        from warehouse.query import QueryError
        from warehouse.query import examples as questions

        if examples:
            typer.echo("\n".join(f'marsad sql "{example}"' for example in questions()))
            return
        if query is None:
            raise QueryError("no question; give one, or see `marsad sql --examples`")
        show_answer(db, query, format, out, timeout)


@app.command()
def explain(event_id: Annotated[str, typer.Argument(metavar="EVENT_ID")], db: Db = DEFAULT_DB, dictionaries: Overlay = None) -> None:
    """Show why an event was coded: its sentence with source, trigger and target marked, the act stack, the dictionary entries.

    Example:\n
      marsad explain 3f2a9c0d11aa22bb
    """
    with plain_errors():
        from flows.show import show_evidence
        from warehouse.query import evidence

        show_evidence(evidence(db, event_id))


@app.command()
def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="gdelt1, gdelt2 (with its mentions file), icews, phoenix, plover, csv, parquet (a folder, by year and month) or jsonl.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write; its folder is made. OUT.columns.md beside it says what the columns mean.", metavar="OUT")],
    db: Db = DEFAULT_DB,
    since: Annotated[str | None, typer.Option("--since", help="The first day, YYYY-MM-DD.", metavar="DAY")] = None,
    until: Annotated[str | None, typer.Option("--until", help="The last day, YYYY-MM-DD.", metavar="DAY")] = None,
    actor: Annotated[list[str] | None, typer.Option("--actor", help="An actor's code or the beginning of it, as source or target; may be repeated.", metavar="CODE")] = None,
    code: Annotated[list[str] | None, typer.Option("--code", help="A CAMEO code or the beginning of it; may be repeated.", metavar="CODE")] = None,
    where: Annotated[str | None, typer.Option("--where", help="A condition in SQL over the columns of the table events.", metavar="SQL")] = None,
) -> None:
    """Write events in the columns that the field reads, by day, the same bytes for the same data.

    Examples:\n
      marsad export gdelt2 --out export/events.tsv             and export/events.mentions.tsv\n
      marsad export icews --out egypt.tsv --actor EGY --since 2022-01-01 --until 2022-12-31\n
      marsad export csv --out fights.csv --code 18 --code 19 --where "confidence >= 0.8"\n
      marsad export parquet --out events/
    """
    with plain_errors():
        from flows.exporting import export_events
        from warehouse.exports.choice import Choice

        export_events(db, format, out, Choice(since, until, tuple(actor or ()), tuple(code or ()), where))


@app.command()
def serve(
    config: Annotated[Path, typer.Option("--config", help="What is to run when.", metavar="FILE")] = Path("marsad.yaml"),
    with_server: Annotated[bool, typer.Option("--with-server", help="Start a Prefect server on this machine, which ends with this command.")] = False,
    port: Annotated[int, typer.Option("--port", help="The port of that server.", min=1, max=65535, metavar="N")] = 4200,
    init: Annotated[bool, typer.Option("--init", help="Write a marsad.yaml to edit, and end.")] = False,
    allow_loopback: Loopback = False,
) -> None:
    """Run the scheduled work of marsad.yaml until Ctrl-C: ingests, coding again, exports, maintenance, as Prefect deployments.

    A tick is skipped while the one before it still runs. What was missed is made good by the next: an ingest leaves out what the warehouse has.

    Examples:\n
      marsad serve --init\n
      marsad serve --with-server                                     and see http://127.0.0.1:4200\n
      PREFECT_API_URL=http://prefect:4200/api marsad serve --config news.yaml
    """
    with plain_errors():
        from flows.serve import serve as serve_plan
        from flows.serve import write_starter

        if init:
            write_starter(config)
        else:
            serve_plan(config, with_server, port, allow_loopback)


@app.command()
def doctor(
    db: Db = DEFAULT_DB,
    models: Models = None,
    dictionaries: Overlay = None,
    feeds: Annotated[Path | None, typer.Option("--feeds", help="Ask each feed of this feeds file once, and say what it answers; no article is fetched.", metavar="FILE")] = None,
    allow_loopback: Loopback = False,
) -> None:
    """Say what is installed, which models and versions, and what is wrong. Exit status 1 when something is.

    Examples:\n
      marsad doctor --db archive.duckdb\n
      marsad doctor --feeds feeds.yaml
    """
    with plain_errors():
        from flows.doctor import examine

        fine = examine(db, models, feeds, allow_loopback)
    if not fine:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
