"""Actor codes taken apart and named: SYRREB is Syria, rebels (CAMEO 1.1b3, chapter 3)."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from dictionaries.load import ROOT, user_folder

UNKNOWN = "---"


@dataclass(frozen=True, slots=True)
class CodeParts:
    """The parts of an actor code, three letters each, "" where it has none, and its English name."""

    code: str
    name: str
    country: str
    country_name: str
    known_group: str
    roles: tuple[str, ...]


def take_apart(code: str) -> CodeParts:
    """The parts of a code. What is no state, region or role is the known group; --- is nobody known."""
    countries, roles, bodies = _tables(ROOT, user_folder())
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    country = parts[0] if parts[0] in countries else ""
    rest = [part for part in parts[bool(country) :] if part != UNKNOWN]
    found = tuple(part for part in rest if part in roles)
    group = next((part for part in rest if part not in roles), "")
    described = [name for name in (countries.get(country), *(roles[part] for part in found)) if name]
    return CodeParts(code, bodies.get(code) or ", ".join(described) or (group or "unknown"), country, countries.get(country, ""), group, found)


@functools.cache
def _tables(root: Path, overlay: Path | None) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """English names of countries and regions, of roles, and of the bodies that have a code to themselves."""
    territories = Locale("en").territories
    rows: dict[str, Any] = {name: {} for name in ("countries", "roles", "organisations", "groups")}
    names: dict[str, Any] = {}
    for folder in (root, overlay) if overlay else (root,):
        for name, table in rows.items():
            table.update(_read(folder / "actors" / f"{name}.yaml"))
        for section in _read(folder / "en" / "organisations.yaml").values():
            names.update(section if isinstance(section, dict) else {})
        names.update(_read(folder / "en" / "names.yaml").get("countries") or {})
    countries = {code: territories.get((row or {}).get("iso2")) or next(iter((names.get(code) or {}).get("names", [])), code) for code, row in rows["countries"].items()}
    bodies: dict[str, list[str]] = {}
    for table in ("organisations", "groups"):
        for key, row in rows[table].items():
            written = names.get(key)
            if (row or {}).get("code") and isinstance(written, list):
                bodies.setdefault(row["code"], []).append(str(next((name for name in written if " " in str(name)), written[0])))
    # A code that several bodies share (the UN's organs) is named after the first; a role's code is nobody's own.
    return countries, rows["roles"], {code: found[0] for code, found in bodies.items() if code[3:] not in rows["roles"]}


def _read(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {} if path.is_file() else {}
