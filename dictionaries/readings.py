"""Other readings of a name: what tells Georgia from Georgia, عمان from عمّان, "the North" from any north (names.yaml, readings).

A reading holds where everything that it asks for holds; the first that does beats the name's own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from dictionaries.problems import Problems
from dictionaries.yaml_source import Mapping

KEYS = ("name", "actor", "relation", "before", "after", "near", "with", "unless", "alone", "opens", "written")
# Words to either side that are near enough to tell what a name means.
_REACH = 12
Keys = Sequence[Collection[str]]
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name stands for (with no `relation` the name's own), and what asks for it; an empty condition asks for nothing.

    `before`, `after`: one of these phrases stands right there. `near`: within a dozen words. `unless`: none of these does.
    `beside`: one of these actors is named elsewhere in the text, or was before it, and the name does not stand in a row of names.
    `alone`: no capitalised word follows. `opens`: the text opens with it, as a dateline does. `written`: spelled so.
    """

    actor: str
    relation: str
    place: str
    before: frozenset[Phrase] = frozenset()
    after: frozenset[Phrase] = frozenset()
    near: frozenset[Phrase] = frozenset()
    unless: frozenset[Phrase] = frozenset()
    beside: frozenset[str] = frozenset()
    alone: bool = False
    opens: bool = False
    written: str = ""

    def holds(self, keys: Keys, start: int, end: int, actors: Collection[str], row: bool) -> bool:
        """Whether the words around start..end and the actors named ask for this reading; `row`: the name stands in a row of names."""
        if self.beside and (row or self.beside.isdisjoint(actors)):
            return False
        if self.before and not any(_stands(phrase, keys, start - len(phrase)) for phrase in self.before):
            return False
        if self.after and not any(_stands(phrase, keys, end) for phrase in self.after):
            return False
        if not self.near and not self.unless:
            return True
        window = range(max(0, start - _REACH), min(len(keys), end + _REACH))
        words = frozenset().union(*(keys[at] for at in window))
        return (not self.near or _within(self.near, keys, window, words)) and not _within(self.unless, keys, window, words)


def _within(phrases: Iterable[Phrase], keys: Keys, window: range, words: Collection[str]) -> bool:
    return any(phrase[0] in words and any(_stands(phrase, keys, at) for at in window) for phrase in phrases)


def _stands(phrase: Phrase, keys: Keys, at: int) -> bool:
    return 0 <= at <= len(keys) - len(phrase) and all(word in keys[at + i] for i, word in enumerate(phrase))


def read_readings(file: Mapping, actors: Collection[str], key: Callable[[str], Phrase], problems: Problems) -> list[tuple[str, Reading]]:
    """The rows of `readings`, one for each name. `key` gives a phrase's keys; `nobody` is no actor."""
    rows: list[tuple[str, Reading]] = []
    for given in problems.sequence(file.get("readings")):
        row = problems.mapping(given)
        for field in row:
            if field not in KEYS:
                problems.note(field, f"unknown field {field!s}; a reading has {', '.join(KEYS)}")
        actor = row.get("actor")
        if actor is None or (str(actor) != "nobody" and str(actor) not in actors):
            problems.note(actor or given, f"unknown actor {actor!s}; a reading needs an actor of actors/, or nobody")
            continue
        nobody = str(actor) == "nobody"
        phrases = {field: frozenset(key(str(word)) for word in problems.words(row.get(field), given)) for field in ("before", "after", "near", "unless")}
        reading = Reading(
            actor="" if nobody else str(actor),
            relation="nobody" if nobody else str(row.get("relation") or ""),
            place=row.place.short,
            beside=frozenset(str(word) for word in problems.words(row.get("with"), given)),
            alone=str(row.get("alone")) == "true",
            opens=str(row.get("opens")) == "true",
            written=str(row.get("written") or ""),
            **phrases,
        )
        rows += [(str(name), reading) for name in problems.words(row.get("name"), given)]
    return rows
