"""Phrases of several words, found in a row of tokens by their keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dictionaries.folding import entry_keys, phrase_keys


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at tokens start..end (end excluded), what it stands for, and the place of its entry."""

    start: int
    end: int
    value: str
    place: str


class Phrases:
    """A table of phrases by their first word's key."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._rows: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}

    def add(self, phrase: str, value: str, place: str) -> None:
        """Enter a phrase (as it is written) with the value that it stands for."""
        first, *rest = phrase.split() or [""]
        for key in entry_keys(first, self._language) if first else ():
            keys = (key, *phrase_keys(" ".join(rest), self._language))
            row = self._rows.setdefault(keys[0], [])
            if all(known[0] != keys for known in row):
                row.append((keys, value, place))
                row.sort(key=lambda entry: -len(entry[0]))

    @property
    def values(self) -> set[str]:
        """What the phrases stand for."""
        return {value for row in self._rows.values() for _, value, _ in row}

    @property
    def single(self) -> set[str]:
        """The keys of the phrases of one word."""
        return {key for key, row in self._rows.items() if any(len(phrase) == 1 for phrase, _, _ in row)}

    def __len__(self) -> int:
        return sum(len(row) for row in self._rows.values())

    def find(self, keys: Sequence[Sequence[str]]) -> Iterator[Match]:
        """The phrases in a row of tokens, each given by its possible keys; the longest first at each token, and none overlap."""
        at, count, rows = 0, len(keys), self._rows
        while at < count:
            found = None
            for key in keys[at]:
                for phrase, value, place in rows.get(key, ()):
                    length = len(phrase)
                    if found is not None and length <= found.end - at:
                        break
                    if at + length <= count and all(phrase[i] in keys[at + i] for i in range(1, length)):
                        found = Match(at, at + length, value, place)
                        break
            if found is None:
                at += 1
            else:
                yield found
                at = found.end
