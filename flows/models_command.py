"""`marsad models`: list, pull, train."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import Models, plain_errors

models_app = typer.Typer(no_args_is_help=True, help="The language models: list, fetch Stanza's own, train.")


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
