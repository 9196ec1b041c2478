"""PETRARCH's discards: a phrase a line, + before one that discards the article."""

from __future__ import annotations

from dictionaries.importer.draft import Draft
from dictionaries.importer.ledger import Ledger
from dictionaries.importer.spelling import UnreadableError, covered, plain
from dictionaries.load import Dictionaries

REASON = "imported"


def import_discards(ledger: Ledger, draft: Draft, language: str, dictionaries: Dictionaries) -> int:
    """Write the phrases to <lang>/discards.yaml with the reason "imported"; gives how many."""
    file, shipped, count, whole = f"{language}/discards.yaml", dictionaries.languages[language].discards, 0, 0
    phrases: list[str] = []
    for number, text in ledger.rows():
        try:
            phrase = plain(text.strip().removeprefix("+"), language)
        except UnreadableError as error:
            ledger.report(number, str(error))
            continue
        if covered(shipped, phrase, language):
            ledger.report(number, "Marsad has it already")
        elif phrase in phrases:
            ledger.report(number, "stands twice in the file")
        else:
            phrases.append(phrase)
            ledger.write(number)
            whole += text.strip().startswith("+")
            count += 1
    if phrases:
        rows = draft.at(file, "sentences", kind=list)
        known = {word for row in rows for word in row["phrases"]}
        fresh = [phrase for phrase in phrases if phrase not in known]
        if fresh:
            rows.append({"reason": REASON, "phrases": fresh})
    if whole:
        ledger.notes.append(f"{whole} phrases discard their article in PETRARCH; here they discard their sentence")
    return count
