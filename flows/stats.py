"""`marsad dictionaries stats`: what the dictionaries can say, code by code, and how much they hold."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from dictionaries.acts import Entry
from dictionaries.load import LANGUAGES, ROOT, Dictionaries, load_dictionaries, user_folder
from dictionaries.problems import Problems
from dictionaries.reach import reach, read_unreachable
from flows.show import show_rows, table

# Our own annotated sentences; an installed Marsad has none.
TESTS = Path(__file__).parent.parent / "tests" / "coders"


def show_stats(style: str) -> None:
    """Print the table codes x languages; with `table` the totals too. QueryError for an unknown format."""
    dictionaries = load_dictionaries()
    show_rows(*codes(dictionaries, sentences_by_code(TESTS)), style)
    if style == "table":
        print()
        print(table(["", *LANGUAGES], totals(dictionaries)))
        print()
        print(table(["actors", "count"], list(Counter(a.kind for a in dictionaries.actors.values()).most_common())))


def codes(dictionaries: Dictionaries, sentences: dict[str, Counter[str]], root: Path = ROOT) -> tuple[list[str], list[tuple[Any, ...]]]:
    """A row for each CAMEO code: label, for each language the act entries that lead to it and the test sentences that hold it, the reason why there are none."""
    reached = {language: reach(dictionaries, language) for language in LANGUAGES}
    reasons = read_unreachable(root, dictionaries.ontology, Problems())
    columns = ["code", "label", *(f"{language}_{what}" for what in ("entries", "tests") for language in LANGUAGES), "why_not"]
    rows = []
    for name, code in dictionaries.ontology.items():
        entries = [len(reached[language].get(name, ())) for language in LANGUAGES]
        tests = [sentences[language][name] if language in sentences else None for language in LANGUAGES]
        rows.append((name, code.label, *entries, *tests, None if all(entries) else reasons.get(name, "no word leads to it yet")))
    return columns, rows


def totals(dictionaries: Dictionaries) -> list[tuple[Any, ...]]:
    """How much each language holds: a row for each kind of entry."""
    counts = []
    for code, language in dictionaries.languages.items():
        verbs, nouns = (_distinct(entries) for entries in (language.verbs, language.nouns))
        classes = Counter(kind for rows in language.grammar.verb_classes.values() for kind, _ in rows)
        words = read_topic_words(code)
        counts.append(
            {
                "verbs that evoke an act": len({e.lemma for e in verbs}),
                "verb entries": len(verbs),
                "nouns that evoke an act": len({e.lemma for e in nouns}),
                "noun entries": len(nouns),
                "topic words and phrases": len(words),
                "qualifiers": len(read_topic_words(code, "qualifiers")),
                "light verbs": classes["light"],
                "other classes of verbs": sum(classes.values()) - classes["light"],
                "role nouns": len(language.roles),
                "names, with their forms": len(language.names),
                "discard phrases": len(language.discards),
                "codes reached": len(reach(dictionaries, code)),
            }
        )
    return [(name, *(count[name] for count in counts)) for name in counts[0]]


def read_topic_words(language: str, section: str = "topics", root: Path = ROOT) -> set[str]:
    """The words and phrases of a section of a language's topics.yaml as they are written, without the forms made of them."""
    problems = Problems(user_folder())
    file = problems.read_mapping(root / language / "topics.yaml", root)
    return {str(word) for topic, words in problems.mapping(file.get(section)).items() if topic != "none" for word in problems.words(words)}


def sentences_by_code(folder: Path) -> dict[str, Counter[str]]:
    """For each language the codes that our own test sentences hold, with the number of sentences; empty where there are no tests."""
    sentences: dict[str, Counter[str]] = {}
    for language in LANGUAGES:
        counts: Counter[str] = Counter()
        for path in (folder / f"pairs_{language}.yaml", folder / f"reach_{language}.yaml"):
            if path.is_file():
                counts.update(str(pair["event"][0]) for pair in yaml.safe_load(path.read_text(encoding="utf-8")) if not pair.get("open"))
        path = folder / f"news_{language}.jsonl"
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                counts.update({event["code"] for event in json.loads(line)["events"]})
        if counts:
            sentences[language] = counts
    return sentences


def _distinct(entries: dict[str, tuple[Entry, ...]]) -> set[Entry]:
    return {entry for several in entries.values() for entry in several}
