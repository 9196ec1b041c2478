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
models_app = typer.Typer(no_args_is_help=True, help="The language models: list, fetch Stanza's own, train.")
app.add_typer(models_app, name="models")

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
        if not {kind.__name__ for kind in type(error).__mro__} & {"WarehouseError", "DictionaryError", "SourceError", "ModelError", "TreebankError", "QueryError"}:
            raise
        typer.echo(f"marsad: {error}", err=True)
        raise typer.Exit(1) from None


@app.command()
def run(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE ...]", help="Files (.jsonl, .txt), folders, or - for standard input; without any, the samples that ship.")] = None,
    db: Db = DEFAULT_DB,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that parse and code.", metavar="N")] = 1,
    models: Models = None,
    dictionaries: Overlay = None,
) -> None:
    """Read, parse and code articles and load the events into the warehouse.

    Exit status 0, or 3 when some articles were rejected (each with its reason), 1 on an error.

    Examples:\n
      marsad run                          the sample articles\n
      marsad run news.jsonl more/ --db archive.duckdb\n
      marsad run news.jsonl --dictionaries my-dictionaries/\n
      marsad run archive/ --workers 2\n
      cat article.txt | marsad run -
    """
    with plain_errors():
        from flows.run import run_once

        rejected = run_once(sources or [], db, models, workers)
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


@models_app.command("list")
def models_list(models: Models = None) -> None:
    """Show the models in use: language, version, size, scores, licence.

    Examples:\n
      marsad models list\n
      marsad models list --models trained/
    """
    with plain_errors():
        from flows.models import list_models

        list_models(models)


@models_app.command("pull")
def models_pull(
    language: Annotated[str, typer.Argument(metavar="LANG")],
    package: Annotated[str, typer.Option("--package", help="Stanza's name of the package.", metavar="NAME")] = "default",
    out: Annotated[Path | None, typer.Option("--dir", help="Where to put them; without it STANZA_RESOURCES_DIR, else a folder of Marsad's own.", metavar="DIR")] = None,
    url: Annotated[str | None, typer.Option("--url", help="A mirror of Stanza's resources.", metavar="URL")] = None,
) -> None:
    """Fetch Stanza's official models (a few hundred MB); from then on they are used instead of those that ship.

    Example:\n
      marsad models pull en --package default
    """
    with plain_errors():
        from parsers.pull import pull

        typer.echo(f"{language}: Stanza's models are in {pull(language, package, out, url)}")


@models_app.command("train")
def models_train(
    language: Annotated[str, typer.Argument(metavar="LANG")],
    treebank: Annotated[Path, typer.Option("--treebank", help="A folder with LANG_train.conllu and LANG_dev.conllu (or .conllu.gz).", metavar="DIR")],
    out: Annotated[Path, typer.Option("--out", help="The models are written to OUT/LANG, unfinished work to OUT/LANG/work.", metavar="OUT")] = Path("trained"),
    vectors: Annotated[Path | None, typer.Option("--vectors", help="Word vectors, a .npz (see parsers/models/README.md).", metavar="FILE")] = None,
    stage: Annotated[list[str] | None, typer.Option("--stage", help="Only these: tokenize, mwt, lemma, depparse, pos.", metavar="NAME")] = None,
    finish: Annotated[bool, typer.Option("--finish", help="End tagger and parser at their last checkpoint.")] = False,
    scale: Annotated[float, typer.Option("--scale", help="Multiply all steps and epochs of the recipe.", metavar="X")] = 1.0,
) -> None:
    """Train models from a treebank with the recipe of the language; a repeated command goes on where the last one was stopped.

    Examples:\n
      marsad models train ar --treebank treebanks/ --vectors ar_vectors.npz\n
      marsad models train ar --treebank treebanks/ --finish      take what the checkpoints have
    """
    with plain_errors():
        from flows.models import train_models

        train_models(language, treebank, out, vectors, stage or [], finish, scale)


if __name__ == "__main__":
    app()
