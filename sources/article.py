"""An article as a source gives it, and what a source could not give."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `language` is ISO 639-1 or None where the source does not say; `date` is the day of publication; `origin` is file:line."""

    article_id: str
    text: str
    language: str | None = None
    date: datetime.date | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    origin: str = ""

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text, 32 hex digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was not coded: where it stood (file, line from 1 or 0 for the whole file), its id if it has one, a reason in one word, a plain sentence."""

    origin: str
    line: int
    article_id: str | None
    reason: str
    detail: str
