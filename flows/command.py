"""The `marsad` command. Heavy things are imported inside the commands, so that --help, sql and explain answer at once."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from flows.version import VERSION

app = typer.Typer(name="marsad", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})
dictionaries_app = typer.Typer(no_args_is_help=True, help="Check the dictionaries, see what they hold and lack.")
app.add_typer(dictionaries_app, name="dictionaries")

DEFAULT_DB = Path("warehouse") / "marsad.duckdb"
SOME_REJECTED = 3

Db = Annotated[Path, typer.Option("--db", help="The warehouse, a DuckDB file.", metavar="FILE")]


def _lay_over(folder: Path | None) -> Path | None:
    # The loader reads the variable, so that every stage of a run sees the same dictionaries.
    if folder is not None:
        os.environ["MARSAD_DICTIONARIES"] = str(folder)
    return folder


Overlay = Annotated[
    Path | None, typer.Option("--dictionaries", envvar="MARSAD_DICTIONARIES", callback=_lay_over, help="A folder of your own dictionaries, laid over those that ship (see dictionaries/README.md).", metavar="DIR")
]
Models = Annotated[Path | None, typer.Option("--models", help="A folder of Stanza models to use instead of those that ship.", metavar="DIR")]


@app.callback(invoke_without_command=True)
def main(version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False) -> None:
    """Marsad reads news in Arabic and English and codes who did what to whom (CAMEO), into DuckDB."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Arabic must come out whatever the terminal's locale says
    if version:
        typer.echo(f"marsad {VERSION}")
        raise typer.Exit


@contextmanager
def plain_errors() -> Iterator[None]:
    """A user's mistake is one line on standard error and exit status 1, never a traceback."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("marsad: stopped; what was loaded before is kept, run the same command to go on", err=True)
        raise typer.Exit(130) from None
    except BrokenPipeError:
        # The reader of our output has gone (| head): nothing more to say, and Python must not complain at exit.
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115
        raise typer.Exit(0) from None
    except Exception as error:
        if type(error).__name__ not in ("WarehouseError", "DictionaryError", "SourceError", "ModelError", "QueryError"):
            raise
        typer.echo(f"marsad: {error}", err=True)
        raise typer.Exit(1) from None


@app.command()
def run(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE ...]", help="Files (.jsonl, .txt), folders, or - for standard input; without any, the samples that ship.")] = None,
    db: Db = DEFAULT_DB,
    models: Models = None,
    dictionaries: Overlay = None,
) -> None:
    """Read, parse and code articles and load the events into the warehouse.

    Exit status 0, or 3 when some articles were rejected (each with its reason), 1 on an error.

    Examples:\n
      marsad run                          the sample articles\n
      marsad run news.jsonl more/ --db archive.duckdb\n
      marsad run news.jsonl --dictionaries my-dictionaries/\n
      cat article.txt | marsad run -
    """
    with plain_errors():
        from flows.run import run_once

        rejected = run_once(sources or [], db, models)
    if rejected:
        raise typer.Exit(SOME_REJECTED)


@app.command()
def code(
    source: Annotated[str, typer.Argument(metavar="IN.jsonl", help="JSON lines {id, text, lang?, date?}; - for standard input.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write here instead of standard output.", metavar="OUT.jsonl")] = None,
    models: Models = None,
    dictionaries: Overlay = None,
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
def sql(
    query: Annotated[str, typer.Argument(metavar='"SELECT …"')],
    db: Db = DEFAULT_DB,
    format: Annotated[str, typer.Option("--format", help="table, csv or json (one object a line).", metavar="table|csv|json")] = "table",
) -> None:
    """Ask the warehouse a question, read-only.

    Examples:\n
      marsad sql "SELECT * FROM family_counts ORDER BY events DESC"\n
      marsad sql "SELECT source, target, code, sentence_text FROM events_with_text WHERE root = '13'"\n
      marsad sql "SELECT * FROM daily_dyads" --format csv > dyads.csv
    """
    with plain_errors():
        from flows.show import show_rows
        from warehouse.query import ask

        show_rows(*ask(db, query), format)


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
def doctor(db: Db = DEFAULT_DB, models: Models = None, dictionaries: Overlay = None) -> None:
    """Say what is installed, which models and versions, and what is wrong. Exit status 1 when something is.

    Example:\n
      marsad doctor --db archive.duckdb
    """
    with plain_errors():
        from flows.doctor import examine

        fine = examine(db, models)
    if not fine:
        raise typer.Exit(1)


@dictionaries_app.command("lint")
def lint(
    root: Annotated[Path | None, typer.Option("--root", help="A whole folder of dictionaries instead of those installed.", metavar="DIR")] = None,
    dictionaries: Overlay = None,
) -> None:
    """Check every dictionary file; each problem is one line with file:line:column. Exit status 1 when there are any.

    Examples:\n
      marsad dictionaries lint --dictionaries my-dictionaries/      what ships with yours laid over it\n
      marsad dictionaries lint --root copy/                         a whole copy, edited
    """
    with plain_errors():
        from flows.lint import lint_dictionaries

        fine = lint_dictionaries(root)
    if not fine:
        raise typer.Exit(1)


@dictionaries_app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What FILE holds: actors, agents, issues, discards or verbs.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A dictionary of PETRARCH or PETRARCH2, UTF-8.")],
    out: Annotated[Path, typer.Option("--out", help="The overlay folder to write to; what earlier imports wrote there stays.", metavar="DIR")],
    language: Annotated[str | None, typer.Option("--language", help="ar or en; without it the file's letters tell.", metavar="ar|en")] = None,
) -> None:
    """Read a PETRARCH dictionary into an overlay folder, to be used with --dictionaries.

    Each line that cannot be read or said in Marsad's terms is told with file:line and reason on standard error; the counts come last.
    Exit status 0 even then, 1 on an error.

    Examples:\n
      marsad dictionaries import actors countries.actors.txt --out imported/\n
      marsad dictionaries import verbs verbs.ar.txt --language ar --out imported/ 2> not-imported.txt\n
      marsad run news.jsonl --dictionaries imported/
    """
    with plain_errors():
        from flows.importing import import_dictionary

        import_dictionary(kind, file, language, out)


@dictionaries_app.command("stats")
def stats(
    format: Annotated[str, typer.Option("--format", help="table, csv or json (one object a line).", metavar="table|csv|json")] = "table",
    dictionaries: Overlay = None,
) -> None:
    """Show which CAMEO codes the words of each language lead to, by how many entries, in how many of our test sentences, or why none does.

    Examples:\n
      marsad dictionaries stats\n
      marsad dictionaries stats --format csv > codes.csv
    """
    with plain_errors():
        from flows.stats import show_stats

        show_stats(format)


@dictionaries_app.command("gaps")
def gaps(
    db: Db = DEFAULT_DB,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many phrases, and so many words, a language.", metavar="N")] = 20,
    format: Annotated[str, typer.Option("--format", help="table, or yaml to paste into the dictionaries.", metavar="table|yaml")] = "table",
    dictionaries: Overlay = None,
) -> None:
    """List the actor phrases and words without entry that cost a warehouse most events, each with an example.

    Examples:\n
      marsad dictionaries gaps --db archive.duckdb --limit 50\n
      marsad dictionaries gaps --format yaml > to-do.yaml
    """
    with plain_errors():
        from flows.gaps import show_gaps

        show_gaps(db, limit, format)


if __name__ == "__main__":
    app()
