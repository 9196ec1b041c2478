"""Who there is: countries, organisations, groups and persons with their codes, free of language (actors/*.yaml)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dictionaries.problems import Problems

KINDS = {"organisations": "organisation", "groups": "group", "persons": "person"}


@dataclass(frozen=True, slots=True)
class DatedCode:
    """A code that holds from `since` to `until`, both included; None is open."""

    code: str
    since: datetime.date | None
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """One actor: key, code where no dated one fits, kind (country, region, organisation, alliance, group, person ...), place of the entry, and whose people the settlers on a land are."""

    key: str
    code: str
    kind: str
    dated: tuple[DatedCode, ...]
    place: str
    settlers: str = ""

    def code_on(self, day: datetime.date | None) -> str:
        """The code on a day: a dated code that fits beats the default; without a day the default."""
        if day is not None:
            for dated in self.dated:
                if (dated.since is None or dated.since <= day) and (dated.until is None or day <= dated.until):
                    return dated.code
        return self.code


def read_actors(root: Path, problems: Problems) -> tuple[dict[str, ActorFacts], dict[str, str]]:
    """All actors by key (countries by their code), and the ISO 3166 code of each country that CLDR names."""
    actors: dict[str, ActorFacts] = {}
    territories: dict[str, str] = {}
    for code, fields in problems.read_mapping(root / "actors" / "countries.yaml", root).items():
        row = problems.mapping(fields, code)
        region = row.get("region") == "true"
        actors[str(code)] = ActorFacts(str(code), str(code), "region" if region else "country", (), code.place.short, str(row.get("settlers") or code))
        if row.get("iso2") is not None:
            territories[str(code)] = str(row["iso2"])
    for section, kind in KINDS.items():
        for key, fields in problems.read_mapping(root / "actors" / f"{section}.yaml", root).items():
            row = problems.mapping(fields, key)
            dated = tuple(_dated(given, problems) for given in problems.sequence(row.get("codes"), key))
            own = row.get("code")
            if own is None and not dated:
                problems.note(key, f"the actor {key!s} has neither code nor codes")
                continue
            if key in actors:
                problems.note(key, f"the actor {key!s} is given twice")
            # Without a date the latest office is the likeliest to be meant.
            actors[str(key)] = ActorFacts(str(key), str(own or dated[-1].code), str(row.get("kind") or kind), dated, key.place.short)
    return actors, territories


def _dated(given: Any, problems: Problems) -> DatedCode:
    row = problems.mapping(given)
    if row.get("code") is None:
        problems.note(given, "a dated code needs code")
    return DatedCode(str(row.get("code") or "---"), _day(row.get("since"), problems), _day(row.get("until"), problems))


def _day(value: Any, problems: Problems) -> datetime.date | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        problems.note(value, f"{value!s} is no date; write YYYY-MM-DD")
        return None
