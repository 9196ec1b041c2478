"""A model folder's card: version, licence, scores and a checksum for every file, which loading verifies."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

CARD = "card.json"


class ModelError(Exception):
    """No usable models; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a folder of models says of itself; `files` is file name -> SHA-256, `scores` measure -> per cent on the dev file from raw text."""

    language: str
    version: str
    licence: str
    trained: str
    files: dict[str, str]
    scores: dict[str, float] = field(default_factory=dict)
    data: tuple[dict[str, str], ...] = ()


def read_card(folder: Path) -> Card | None:
    """The card of a folder, None where there is none. Raises ModelError for one that cannot be read."""
    path = folder / CARD
    if not path.is_file():
        return None
    try:
        given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Card(**{**given, "data": tuple(given.get("data", ()))})
    except (ValueError, TypeError) as error:
        raise ModelError(f"{path} is no model card ({error}); take the folder from the release again, or train it with `marsad models train`") from None


def write_card(folder: Path, card: Card) -> None:
    """Write a folder's card."""
    (folder / CARD).write_text(json.dumps(asdict(card), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def verify(folder: Path, card: Card) -> None:
    """Raise ModelError when a file that the card names is missing or is not the one it was made for."""
    for name, checksum in card.files.items():
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{path} is missing; its card names it. Reinstall Marsad, or name another folder with --models")
        if sha256(path) != checksum:
            raise ModelError(f"{path} is not the file that its card names (checksum differs); reinstall Marsad, or name another folder with --models")


def sha256(path: Path) -> str:
    """The checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
