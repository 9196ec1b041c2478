"""PETRARCH's agents: PHRASE {PLURAL} [~CODE], and macros !NAME! = A, B."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

from dictionaries.importer.draft import Draft
from dictionaries.importer.ledger import Ledger
from dictionaries.importer.spelling import UnreadableError, covered, plain
from dictionaries.inflection import noun_forms
from dictionaries.load import Dictionaries

_MACRO = re.compile(r"\s*(![^!\s]+!)\s*=\s*(.+)")
_AGENT = re.compile(r"\s*([^{}\[\]]*?)\s*(?:\{([^{}\[\]]*)\})?\s*\[([^\[\]{}]*)\]\s*")


def import_agents(ledger: Ledger, draft: Draft, language: str, dictionaries: Dictionaries) -> int:
    """Write the phrases to <lang>/agents.yaml, a row a role; gives the number of phrases. A role of several CAMEO codes (GOVMIL) stays whole."""
    macros: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for number, text in ledger.rows():
        macro = _MACRO.fullmatch(text)
        if macro:
            macros[macro.group(1)] = [word.strip() for word in macro.group(2).split(",") if word.strip()]
            ledger.heading(number)
            continue
        try:
            phrases, role = _read(text, macros, language)
        except UnreadableError as error:
            ledger.report(number, str(error))
            continue
        fresh = [phrase for phrase in phrases if not covered(dictionaries.languages[language].roles, phrase, language, role)]
        if not fresh:
            ledger.report(number, "Marsad has it already")
            continue
        again = [phrase for phrase in fresh if phrase in written]
        if again:
            ledger.report(number, "stands twice in the file" + ("" if written[again[0]] == role else ", and before with another code, which holds"))
        for phrase in fresh:
            if phrase not in written:
                written[phrase] = role
                add_role(draft, language, role, phrase)
                ledger.write(number)
    chains = sum(len(role) > 3 for role in written.values())
    if chains:
        ledger.notes.append(f"{chains} phrases have a role of several codes (such as GOVMIL); it is kept whole")
    return len(written)


def add_role(draft: Draft, language: str, role: str, phrase: str) -> None:
    """Enter a phrase under its role, once."""
    rows = draft.at(f"{language}/agents.yaml", "roles", kind=list)
    row: dict[str, Any] | None = next((row for row in rows if row["role"] == role), None)
    if row is None:
        row = {"role": role}
        rows.append(row)
    words = row.setdefault("phrases" if " " in phrase else "nouns", [])
    if phrase not in words:
        words.append(phrase)


def _read(text: str, macros: dict[str, list[str]], language: str) -> tuple[list[str], str]:
    found = _AGENT.fullmatch(text)
    if not found:
        raise UnreadableError("no code in brackets" if "[" not in text else "a bracket that has no other half")
    phrase, plural, code = found.groups()
    if re.fullmatch(r"[A-Z]+~", code):
        raise UnreadableError(f"the code {code} goes before the actor's; Marsad's roles go after it")
    if not re.fullmatch(r"~([A-Z]{3})+", code):
        raise UnreadableError(f"{code} is no code of an agent")
    singular = _spread(phrase, macros, language)
    regular = {form for word in singular for form in noun_forms(word, language)}
    return [*singular, *(word for word in _spread(plural, macros, language) if word not in regular)] if plural and plural.strip() else singular, code[1:]


def _spread(phrase: str, macros: dict[str, list[str]], language: str) -> list[str]:
    """The phrases that a phrase with macros stands for."""
    parts = re.split(r"(![^!]+!)", phrase)
    unknown = [part for part in parts if part.startswith("!") and part not in macros]
    if unknown:
        raise UnreadableError(f"the macro {unknown[0]} is not defined above")
    return [plain("".join(choice), language) for choice in product(*(macros.get(part, [part]) for part in parts))]
