"""`marsad dictionaries lint`."""

from __future__ import annotations

import sys
from pathlib import Path

from dictionaries.errors import DictionaryError
from dictionaries.load import ROOT, missing_files, read_dictionaries


def lint_dictionaries(root: Path | None) -> bool:
    """Print each problem on a line of standard error, a summary on standard output; True when there is none."""
    folder = root or ROOT
    if not folder.is_dir():
        raise DictionaryError(f"{folder}: no such folder of dictionaries")
    dictionaries, problems = read_dictionaries(folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    for message in missing_files(folder):
        print(message)
    counts = ", ".join(f"{code}: {sum(map(len, lex.verbs.values()))} verb and {sum(map(len, lex.nouns.values()))} noun entries, {len(lex.names)} names" for code, lex in dictionaries.languages.items())
    print(f"{len(dictionaries.ontology)} codes, {len(dictionaries.acts)} acts, {len(dictionaries.topics)} topics, {len(dictionaries.actors)} actors; {counts}")
    print(f"{len(problems)} problems; hash {dictionaries.hash}")
    return not problems
