"""Which events are exported: by day, actor, code, and a condition of the user's."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

import duckdb

from warehouse.query import QueryError


@dataclass(frozen=True, slots=True)
class Choice:
    """Events from `since` to `until` (days, YYYY-MM-DD, both included), with one of these actors on either side, with one of these codes, and for which `where` holds.

    Actors and codes may be the beginnings of such; `where` is SQL over the columns of the table events.
    """

    since: str | None = None
    until: str | None = None
    actors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    where: str | None = None


def condition(choice: Choice) -> str:
    """The choice as one SQL condition over events. Raises QueryError with a plain sentence for what is no day, actor, code or condition."""
    since, until = _day("--since", choice.since), _day("--until", choice.until)
    if since and until and since > until:
        raise QueryError(f"--since {since} is after --until {until}: no day is between them")
    parts = [f"event_date >= DATE '{since}'"] if since else []
    parts += [f"event_date <= DATE '{until}'"] if until else []
    if choice.actors:
        actors = [_matched("--actor", actor.upper(), r"-{3}[A-Z]*|[A-Z]+", "the beginning of an actor's code, such as EGY or SYRREB") for actor in choice.actors]
        parts.append(" OR ".join(f"starts_with({side}, '{actor}')" for actor in actors for side in ("source", "target")))
    if choice.codes:
        codes = [_matched("--code", code, r"(0[1-9]|1\d|20)\d{0,2}", "the beginning of a CAMEO code, two to four digits such as 19 or 0231") for code in choice.codes]
        parts.append(" OR ".join(f"starts_with(code, '{code}')" for code in codes))
    if choice.where is not None:
        parts.append(_expression(choice.where))
    return " AND ".join(f"({part})" for part in parts) or "true"


def _day(option: str, text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise QueryError(f"{option} {text}: not a day; write it as 2022-09-26") from None


def _matched(option: str, text: str, pattern: str, wanted: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise QueryError(f"{option} {text}: not {wanted}")
    return text


def _expression(where: str) -> str:
    """What the user wrote, read as one expression: nothing but a condition can come of it, whatever its brackets."""
    try:
        return str(duckdb.SQLExpression(where))
    except duckdb.Error as error:
        raise QueryError(f"--where: not one SQL condition ({str(error).splitlines()[0]})") from None
