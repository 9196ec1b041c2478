"""`marsad dictionaries import`."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from dictionaries.importer import import_file
from dictionaries.load import ROOT, read_dictionaries

_SHOWN_REASONS = 15


def import_dictionary(kind: str, path: Path, language: str | None, folder: Path) -> None:
    """Import a file; each reason why a line, or a part of it, was not written goes to standard error, the counts to standard output."""
    ledger, entries, files = import_file(kind, path, language, folder)
    for number, reason in ledger.reasons:
        print(f"{path}:{number}: {reason}", file=sys.stderr)
    counts = ledger.counts()
    print(f"{ledger.lines} lines = {counts['blank']} blank or comment + {counts['heading']} headings + {counts['written']} written + {counts['reported']} reported")
    print(f"{entries} entries; {', '.join(str(file) for file in files) or 'nothing to write'}")
    reasons = Counter(re.sub(r"(?<=line )\d+", "N", reason.partition(": ")[0]) for _, reason in ledger.reasons)
    for reason, number in reasons.most_common(_SHOWN_REASONS):
        print(f"{number:7} {reason}")
    if len(reasons) > _SHOWN_REASONS:
        print(f"        ... and {len(reasons) - _SHOWN_REASONS} reasons more, on standard error")
    for note in ledger.notes:
        print(note)
    if files:
        _, problems = read_dictionaries(ROOT, folder)
        for problem in problems:
            print(problem, file=sys.stderr)
        print(f"{len(problems)} problems with {folder} laid over; use it with --dictionaries {folder}")
