"""Where a language's Stanza models are: a folder that the user names, STANZA_RESOURCES_DIR, pulled ones, or the compact ones that ship."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from parsers.card import Card, ModelError, read_card, verify

__all__ = ["PULLED", "SHIPPED", "ModelError", "Models", "find_models"]

SHIPPED = Path(__file__).parent / "models"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse")
# Where `marsad models pull` puts Stanza's own models when STANZA_RESOURCES_DIR names no other folder.
PULLED = Path.home() / ".local" / "share" / "marsad" / "stanza_resources"


@dataclass(frozen=True, slots=True)
class Models:
    """The models of one language: a folder of ours (<processor>.pt, and a card), or a folder in Stanza's own layout."""

    language: str
    folder: Path
    layout: str
    version: str
    card: Card | None = None


def find_models(language: str, folder: Path | None = None) -> Models:
    """The models of a language in `folder`, else in STANZA_RESOURCES_DIR, else pulled ones, else those that ship.

    Raises ModelError when a named folder has none, and when a file is not the one that its card names.
    """
    if folder is not None:
        found = _models_in(language, folder)
        if found is None:
            raise ModelError(f"no {language} models in {folder}; it must hold {language}/tokenize.pt ... or Stanza's resources.json")
        return found
    resources = os.environ.get("STANZA_RESOURCES_DIR")
    for place in (Path(resources) if resources else None, PULLED, SHIPPED):
        found = _models_in(language, place) if place else None
        if found is not None:
            return found
    raise ModelError(f"no {language} models found; reinstall Marsad, or name a folder with --models")


def _models_in(language: str, folder: Path) -> Models | None:
    own = folder / language
    if all((own / f"{name}.pt").is_file() for name in PROCESSORS if name != "mwt"):
        card = read_card(own)
        if card is not None:
            verify(own, card)
        return Models(language, own, "flat", f"{language}-{card.version if card else _version(own)}", card)
    if (folder / "resources.json").is_file() and (own / "tokenize").is_dir():
        return Models(language, folder, "stanza", f"{language}-stanza-{_version(own)}")
    return None


def _version(folder: Path) -> str:
    """A short hash of names, sizes and edges of the files: enough to tell two sets of models apart without reading all."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.pt")):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder)} {size}".encode())
        with path.open("rb") as file:
            file.seek(max(0, size - 65536))
            digest.update(file.read())
    return digest.hexdigest()[:10]
