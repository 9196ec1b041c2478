"""How a language says when: the names, numbers and patterns of its dates.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from dictionaries.folding import fold, word_key
from dictionaries.problems import Problems
from dictionaries.yaml_source import Mapping

UNITS = ("hour", "day", "week", "month", "year", "decade")
KINDS = ("absolute", "own", "last", "before-last", "this", "ago", "next", "none")
_NUMBERED = {"months": "month", "hijri_months": "hijri", "days": "weekday", "numbers": "number", "vague": "vague", "ordinals": "date", "offsets": "offset"}
_UNITED = {"units": "unit", "duals": "dual", "singles": "single", "several": "several"}
_MARKS = {"past": "past", "current": "current", "coming": "coming", "parts": "part"}
# What digits may be, besides what the tables name: a day of the month, a month, a year, a count.
SLOTS = frozenset({*_NUMBERED.values(), *_UNITED.values(), *_MARKS.values(), "year", "monthnumber"})
_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Label:
    """Words that fill a slot of the patterns, and their value there: a number, or the index of a unit in UNITS."""

    words: tuple[str, ...]
    slot: str
    value: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to write a date: what its date is reckoned by, and its file:line."""

    kind: str
    place: str


@dataclass(slots=True)
class Node:
    """What may follow the words read so far, by word and by slot, and the pattern that they complete."""

    words: dict[str, Node] = field(default_factory=dict)
    slots: dict[str, Node] = field(default_factory=dict)
    pattern: Pattern | None = None


@dataclass(slots=True, eq=False)
class Dates:
    """The labels by their first word, the patterns as a tree of their elements. `months` and `days` are single words, keyed as folding.word_key keys."""

    language: str
    months: dict[str, int] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    month_words: frozenset[str] = frozenset()
    labels: dict[str, list[Label]] = field(default_factory=dict)
    patterns: Node = field(default_factory=Node)
    suffixes: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    happen: frozenset[str] = frozenset()
    simultaneous: frozenset[str] = frozenset()
    vocabulary: frozenset[str] = frozenset()


def split_words(text: str, language: str) -> list[str]:
    """The words, runs of digits and marks of a text, folded ("3rd" is 3, rd; آب/أغسطس is اب, /, اغسطس)."""
    return _WORD.findall(fold(text, language).lower())


def read_dates(root: Path, language: str, problems: Problems) -> Dates:
    """The dates.yaml of a language; without one, no date is read. Patterns: dictionaries/README.md."""
    path = root / language / "dates.yaml"
    file = problems.read_mapping(path, root) if path.is_file() else Mapping()
    dates = Dates(language)
    for section, slot in _NUMBERED.items():
        for phrase, number in problems.mapping(file.get(section)).items():
            if not re.fullmatch(r"-?\d+", str(number)):
                problems.note(phrase, f"{phrase!s} needs a number")
                continue
            _label(dates, str(phrase), slot, int(str(number)))
            if slot in ("month", "weekday") and " " not in phrase:
                (dates.months if slot == "month" else dates.days).setdefault(word_key(str(phrase), language), int(str(number)))
    for section, slot in _UNITED.items():
        for unit, phrases in problems.mapping(file.get(section)).items():
            if unit not in UNITS:
                problems.note(unit, f"unknown unit {unit!s}; known are {', '.join(UNITS)}")
                continue
            for phrase in problems.words(phrases, unit):
                _label(dates, str(phrase), slot, UNITS.index(str(unit)))
    for section, slot in _MARKS.items():
        for phrase in problems.words(file.get(section)):
            _label(dates, str(phrase), slot, 0)
    for row in dates.labels.values():
        row.sort(key=lambda label: -len(label.words))
    dates.month_words = frozenset(word_key(word, language) for phrase in problems.mapping(file.get("months")) for word in str(phrase).split())
    for name in ("suffixes", "clitics", "blocked", "within", "happen", "simultaneous"):
        setattr(dates, name, frozenset(word_key(str(word), language) for word in problems.words(file.get(name))))
    for kind, rows in problems.mapping(file.get("patterns")).items():
        if kind not in KINDS:
            problems.note(kind, f"unknown kind of date {kind!s}; known are {', '.join(KINDS)}")
            continue
        for pattern in problems.words(rows, kind):
            unknown = [slot for slot in re.findall(r"{(.*?)}", pattern) if slot not in SLOTS]
            if unknown:
                problems.note(pattern, f"unknown slot {{{unknown[0]}}}; known are {', '.join(sorted(SLOTS))}")
                continue
            for written in _written_out(str(pattern)):
                _enter(dates.patterns, written.split(), Pattern(str(kind), pattern.place.short), language)
    dates.vocabulary = frozenset(_literals(dates.patterns) | {word for rows in dates.labels.values() for label in rows for word in label.words})
    return dates


def _key(word: str, language: str) -> str:
    """The form that a word of the text must have: with the article where the entry writes it (الأحد is Sunday, أحد is one), else with or without."""
    folded = fold(word, language).lower()
    return folded if language == "ar" and folded.startswith("ال") else word_key(word, language)


def _label(dates: Dates, phrase: str, slot: str, value: int) -> None:
    words = tuple(_key(word, dates.language) for word in split_words(phrase, dates.language))
    row = dates.labels.setdefault(words[0], [])
    if Label(words, slot, value) not in row:
        row.append(Label(words, slot, value))


def _written_out(pattern: str) -> set[str]:
    """A pattern with its optional parts, and without."""
    optional = _OPTIONAL.search(pattern)
    if optional is None:
        return {" ".join(pattern.split())}
    before, after = pattern[: optional.start()], pattern[optional.end() :]
    return _written_out(f"{before} {after}") | _written_out(f"{before} {optional.group(1)} {after}")


def _enter(node: Node, elements: list[str], pattern: Pattern, language: str) -> None:
    """Enter a pattern below a node. Of two ways to read the same words one that says that they are no date stands, else the first."""
    if not elements:
        if node.pattern is None or pattern.kind == "none":
            node.pattern = pattern
    elif elements[0].startswith("{"):
        _enter(node.slots.setdefault(elements[0].strip("{}"), Node()), elements[1:], pattern, language)
    else:
        for word in elements[0].split("|"):
            _enter(node.words.setdefault(_key(word, language), Node()), elements[1:], pattern, language)


def _literals(node: Node) -> set[str]:
    return set(node.words).union(*(_literals(below) for below in (*node.words.values(), *node.slots.values())))
