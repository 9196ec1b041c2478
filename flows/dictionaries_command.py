"""`marsad dictionaries`: lint, import, stats, gaps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import DEFAULT_DB, Db, Overlay, plain_errors

dictionaries_app = typer.Typer(no_args_is_help=True, help="Check the dictionaries, see what they hold and lack.")


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
