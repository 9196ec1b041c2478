"""PETRARCH's actors: a phrase, +synonyms, and codes that hold by default or between dates."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from dictionaries.importer.agents import add_role
from dictionaries.importer.draft import Draft
from dictionaries.importer.ledger import Ledger
from dictionaries.importer.spelling import UnreadableError, names, plain
from dictionaries.load import Dictionaries
from dictionaries.names import NOBODY

# Codes that older CAMEO, GDELT or ISO 3166 of another year give to what has another here.
_RENAMED = {"KSV": "XKX", "ROM": "ROU", "TMP": "TLS", "GZS": "PSE", "WSB": "PSE", "BAG": "IRQ"}
_BODIES = frozenset({"IGO", "NGO", "NGM", "MNC", "IMG"})
_ARMED = frozenset({"REB", "UAF", "SEP", "INS", "RAD", "CRM"})
_CODE = re.compile(r"[A-Z]{3}(?:[A-Z0-9]{3})*")
_NULL = "---"
# Of years in two digits, up to 30 is 20YY.
_LAST_OF_2000 = 30


@dataclass(slots=True)
class Record:
    """One actor of the file: its phrases and codes, each with its line."""

    phrases: list[tuple[int, str]]
    default: tuple[int, str] | None = None
    dated: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @property
    def facts(self) -> dict[str, object]:
        """The row of actors/*.yaml."""
        row: dict[str, object] = {"code": self.default[1]} if self.default else {}
        return {**row, **({"codes": [dated for _, dated in self.dated]} if self.dated else {})}


def import_actors(ledger: Ledger, draft: Draft, language: str, dictionaries: Dictionaries) -> int:
    """Write the actors to actors/*.yaml and their names to the language's files; gives the number of names.

    A country's own code makes its phrase a name of the country, a role's (جيش [MIL]) a role noun, "---" a name of nobody. The
    others are persons and offices where a code is dated, bodies and armed groups by their code, else persons too.
    """
    writer = _Writer(ledger, draft, language, dictionaries)
    return sum(writer.write(record) for record in _records(ledger))


def _records(ledger: Ledger) -> list[Record]:
    """The actors of a file, the last included."""
    records: list[Record] = []
    for number, text in ledger.rows():
        phrase, bracket, codes = text.partition("[")
        if phrase.strip().startswith("+"):
            if not records:
                ledger.report(number, "a synonym without an actor above it")
                continue
            records[-1].phrases.append((number, phrase.strip()[1:]))
        elif phrase.strip():
            records.append(Record([(number, phrase.strip(" "))]))
        elif not records or number - 1 in ledger.bare:
            ledger.report(number, "a code without a phrase above it")
            records.append(Record([]))
        for part in re.findall(r"\[[^\[\]]*\]|[^\[\]\s]+", bracket + codes):
            try:
                _read_code(part, number, records[-1])
            except UnreadableError as error:
                ledger.report(number, str(error))
    return records


def _read_code(part: str, number: int, record: Record) -> None:
    if not part.startswith("["):
        raise UnreadableError(f"{part} stands outside the brackets")
    code, _, when = " ".join(part[1:-1].split()).partition(" ")
    if code != _NULL and not _CODE.fullmatch(code):
        raise UnreadableError(f"{code or 'nothing'} is no code")
    code = _RENAMED.get(code[:3], code[:3]) + code[3:]
    span = when.replace(" ", "")
    if not span:
        if record.default:
            same = "the same code" if record.default[1] == code else "a second code"
            raise UnreadableError(f"{same} without dates; that of line {record.default[0]} holds")
        record.default = (number, code)
        return
    found = re.fullmatch(r"<(\d+)|>(\d+)|(\d+)-(\d+)", span)
    if not found:
        raise UnreadableError(f"{span} is no span of dates")
    until, since, first, last = found.groups()
    dated = {"code": code}
    for key, digits in (("since", since or first), ("until", until or last)):
        if digits:
            dated[key] = _day(digits).isoformat()
    if dated.get("since", "") > dated.get("until", "9"):
        raise UnreadableError(f"{span} ends before it begins")
    record.dated.append((number, dated))


def _day(digits: str) -> datetime.date:
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= _LAST_OF_2000 else "19") + digits
    try:
        return datetime.datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        raise UnreadableError(f"{digits} is no date") from None


class _Writer:
    def __init__(self, ledger: Ledger, draft: Draft, language: str, dictionaries: Dictionaries) -> None:
        self.ledger, self.draft, self.language, self.dictionaries = ledger, draft, language, dictionaries
        self.roles = {role for lexicon in dictionaries.languages.values() for role in lexicon.roles.values}
        self.first: dict[str, tuple[int, dict[str, object]]] = {}
        self.rows = {section: draft.at(f"actors/{section}.yaml") for section in ("persons", "groups", "organisations")}

    def write(self, record: Record) -> int:
        """Write one actor; gives the number of its names. Every line of it ends up written or reported."""
        facts = record.facts
        if not facts:
            for number, _ in record.phrases:
                self.ledger.report(number, "an actor without a code that can be read")
            return 0
        fresh = [pair for number, phrase in record.phrases for pair in self._fresh(number, phrase, facts)]
        lines = {number for number, _ in fresh} | {number for number, _ in record.dated} | ({record.default[0]} if record.default else set())
        if not fresh:
            for number in lines - {number for number, _ in record.phrases}:
                self.ledger.report(number, "none of its actor's names was written" + (", see above" if record.phrases else ": it has none"))
            return 0
        self._place([name for _, name in fresh], facts)
        for number in lines:
            self.ledger.write(number)
        return len(fresh)

    def _fresh(self, number: int, phrase: str, facts: dict[str, object]) -> list[tuple[int, str]]:
        """The names of a phrase that Marsad lacks; the others are reported."""
        try:
            found, left_out = names(phrase, self.language)
        except UnreadableError as error:
            self.ledger.report(number, str(error))
            return []
        fresh = []
        for name in found:
            line, before = self.first.setdefault(name.lower(), (number, facts))
            if line != number:
                self.ledger.report(number, f"stands on line {line} already, " + ("with the same code" if before == facts else "with another code, which holds"))
            elif self._known(name, facts):
                self.ledger.report(number, "Marsad has it already")
            else:
                fresh.append((number, name))
        if left_out:
            self.ledger.report(number, left_out)
        return fresh

    def _known(self, name: str, facts: dict[str, object]) -> bool:
        matches = self.dictionaries.languages[self.language].names.find(name)
        if len(matches) != 1 or "codes" in facts or (matches[0].start, matches[0].end) != (0, len(name)):
            return False
        actor = self.dictionaries.actors[matches[0].name.actor]
        return actor.code == facts.get("code") and not actor.dated

    def _place(self, found: list[str], facts: dict[str, object]) -> None:
        code = str(facts.get("code", ""))
        if "codes" not in facts:
            known = self.dictionaries.actors.get(code)
            if code == _NULL:
                for name in found:
                    self.draft.add(name, f"{self.language}/names.yaml", NOBODY)
                return
            if known is not None and known.kind in ("country", "region"):
                for name in found:
                    self.draft.add(name, f"{self.language}/names.yaml", "countries", code, "names")
                return
            if code in self.roles and code not in _BODIES:
                for name in found:
                    add_role(self.draft, self.language, code, plain(name, self.language))
                return
        section = "persons" if "codes" in facts else "organisations" if code[:3] in _BODIES else "groups" if {code[:3], code[3:6]} & _ARMED else "persons"
        key = self._key(found[0], section, facts)
        for name in found:
            self.draft.add(name, f"{self.language}/organisations.yaml", section, key)

    def _key(self, name: str, section: str, facts: dict[str, object]) -> str:
        """The actor's key: its first name, numbered where another imported actor has that key. The prefix keeps it from keys that ship, now or later."""
        stem = "petrarch_" + re.sub(r"\W+", "_", name.lower()).strip("_")
        key, number = stem, 1
        while any(key in rows and (rows is not self.rows[section] or rows[key] != facts) for rows in self.rows.values()):
            number += 1
            key = f"{stem}_{number}"
        self.rows[section][key] = facts
        return key
