"""`marsad models`: which models there are, and the training of ours."""

from __future__ import annotations

from pathlib import Path

from dictionaries import load_dictionaries
from dictionaries.load import LANGUAGES
from parsers.card import ModelError
from parsers.models import find_models

_SHOWN = ("Words", "Sentences", "UPOS", "Lemmas", "LAS")


def list_models(folder: Path | None) -> None:
    """Print a line for each language: version, size, scores from raw text on the dev file, licence, folder."""
    print(f"{'':<4}{'version':<26}{'MB':>6}  " + "".join(f"{name:>11}" for name in _SHOWN) + "  licence")
    for language in LANGUAGES:
        found = find_models(language, folder)
        size = sum(path.stat().st_size for path in (found.folder / language if found.layout == "stanza" else found.folder).rglob("*.pt")) / 1e6
        scores = found.card.scores if found.card else {}
        licence = found.card.licence if found.card else "not told by the folder"
        print(f"{language:<4}{found.version:<26}{size:>6.1f}  " + "".join(f"{scores.get(name, '-'):>11}" for name in _SHOWN) + f"  {licence}  {found.folder}")


def train_models(language: str, treebank: Path, out: Path, vectors: Path | None, stages: list[str], finish: bool, scale: float) -> None:
    """Train the recipe of a language and print what it scores."""
    from parsers.training.recipe import STAGES, train

    unknown = [stage for stage in stages if stage not in STAGES]
    if unknown:
        raise ModelError(f"no stage {unknown[0]}; the stages are {', '.join(STAGES)}")
    lexicons = load_dictionaries().languages
    if language not in lexicons:
        raise ModelError(f"no dictionaries for {language}; Marsad has {', '.join(lexicons)}")
    folder = out / language
    card = train(lexicons[language], treebank, folder, vectors, lambda line: print(line, flush=True), stages or STAGES, finish, scale)
    print(f"{folder}: {card.version}; use them with --models {out}")
