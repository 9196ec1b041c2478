"""A PETRARCH dictionary of any kind into an overlay folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dictionaries.errors import DictionaryError
from dictionaries.importer.actors import import_actors
from dictionaries.importer.agents import import_agents
from dictionaries.importer.discards import import_discards
from dictionaries.importer.draft import Draft
from dictionaries.importer.issues import import_issues
from dictionaries.importer.ledger import Ledger
from dictionaries.importer.verbs import import_verbs
from dictionaries.load import LANGUAGES, Dictionaries, load_dictionaries

KINDS: dict[str, Callable[[Ledger, Draft, str, Dictionaries], int]] = {
    "actors": import_actors, "agents": import_agents, "issues": import_issues, "discards": import_discards, "verbs": import_verbs,
}  # fmt: skip


def import_file(kind: str, path: Path, language: str | None, folder: Path) -> tuple[Ledger, int, list[Path]]:
    """Import a file into an overlay folder: what became of its lines, the number of entries, the files that now stand there.

    Raises DictionaryError for an unknown kind or language and for files that cannot be read or written.
    """
    if kind not in KINDS:
        raise DictionaryError(f"{kind}: no kind of dictionary; use {', '.join(KINDS)}")
    if language not in (None, *LANGUAGES):
        raise DictionaryError(f"{language}: no language of Marsad's; use {' or '.join(LANGUAGES)}")
    ledger, draft = Ledger(path), Draft(folder)
    shipped = load_dictionaries()
    entries = KINDS[kind](ledger, draft, language or ("ar" if ledger.arabic else "en"), shipped)
    ledger.close()
    return ledger, entries, draft.write()
