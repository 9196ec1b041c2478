"""An event: who (source) did what (code) to whom (target), and what in the text licensed it."""

from __future__ import annotations

import datetime
import functools
import hashlib
from dataclasses import dataclass

UNKNOWN = "---"
# Codes of roles that name nobody's country when they stand alone (CAMEO 1.1b3, chapter 3).
ROLES = frozenset(
    ["GOV", "MIL", "COP", "JUD", "LEG", "OPP", "REB", "SEP", "INS", "SPY", "UAF", "AGR", "BUS", "CRM", "CVL", "DEV", "EDU", "ELI", "ENV", "HLH", "HRI", "LAB", "MED", "REF", "REL", "MOD", "RAD", "PKO", "IGO", "IMG", "INT", "MNC", "NGM", "NGO", "SET", "PTY"]
)


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as a phrase gives it: CAMEO code ("RUSMIL"; "---" where no entry covers it), its words and their span in the article.

    `seat`: the phrase is a capital that stands for its government. `direct`: the phrase's own head names the actor; if not,
    the actor was found inside the phrase (the US decision -> USA).
    """

    code: str
    text: str
    start: int
    end: int
    places: tuple[str, ...] = ()
    seat: bool = False
    direct: bool = True

    @property
    def country(self) -> str:
        """The first three letters of the code, "" where they name no state or organisation."""
        return _country(self.code)


@functools.lru_cache(maxsize=10_000)
def _country(code: str) -> str:
    return "" if code.startswith(UNKNOWN) or len(code) % 3 or code in ROLES else code[:3]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the event was coded: the act stack ("refuse(appeal(aid.military))"), the entries used (file:line), how sure (0..1)."""

    stack: str
    entries: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Event:
    """One coded event in one sentence. Spans are characters of the article's text; source or target is None where the text names none.

    `date` is the first day of the period in which it happened and `date_precision` says how long that is (day, week, month, year), as
    the words at `date_span` tell; "article" is the article's day, None where that is not known.
    """

    event_id: str
    sentence: int
    code: str
    source: Actor | None
    target: Actor | None
    trigger: str
    trigger_start: int
    trigger_end: int
    evidence: Evidence
    date: datetime.date | None = None
    date_precision: str = "article"
    date_span: tuple[int, int] | None = None


def event_id(article_id: str, versions: str, trigger_start: int, code: str, source: Actor | None, target: Actor | None) -> str:
    """The same article, versions and coding give the same id: 16 hex digits of SHA-256."""
    ends = [f"{a.code}@{a.start}" if a else "" for a in (source, target)]
    return hashlib.sha256("\x1f".join([article_id, versions, str(trigger_start), code, *ends]).encode()).hexdigest()[:16]
