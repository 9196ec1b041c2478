"""Phrases of several words, found in a row of tokens by their keys."""

from __future__ import annotations

from collections.abc import Sequence
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
    """A table of phrases by the keys of their first two words, or of their only one."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._rows: dict[tuple[str, ...], list[tuple[tuple[str, ...], str, str]]] = {}
        # The keys of the words that a phrase begins with, and those that follow each.
        self.first: set[str] = set()
        self._second: dict[str, set[str]] = {}

    def add(self, phrase: str, value: str, place: str) -> None:
        """Enter a phrase (as it is written) with the value that it stands for."""
        first, *rest = phrase.split() or [""]
        for key in entry_keys(first, self._language) if first else ():
            keys = (key, *phrase_keys(" ".join(rest), self._language))
            self.first.add(keys[0])
            self._second.setdefault(keys[0], set()).update(keys[1:2])
            row = self._rows.setdefault(keys[:2], [])
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
        return {keys[0] for keys in self._rows if len(keys) == 1}

    def __len__(self) -> int:
        return sum(len(row) for row in self._rows.values())

    def find(self, keys: Sequence[Sequence[str]]) -> list[Match]:
        """The phrases in a row of tokens, each given by its possible keys; the longest first at each token, and none overlap."""
        matches, end = [], 0
        for at in [at for at, here in enumerate(keys) if not self.first.isdisjoint(here)]:
            found = self._longest(keys, at) if at >= end else None
            if found is not None:
                matches.append(found)
                end = found.end
        return matches

    def _longest(self, keys: Sequence[Sequence[str]], at: int) -> Match | None:
        found: tuple[str, str] | None = None
        longest, after = 0, keys[at + 1] if at + 1 < len(keys) else ()
        for first in keys[at]:
            second = self._second.get(first)
            if second is None:
                continue
            for begins in [*[(first, word) for word in after if word in second], (first,)] if second else [(first,)]:
                for phrase, value, place in self._rows.get(begins, ()):
                    length = len(phrase)
                    if length <= longest:
                        break
                    if length <= 2 or (at + length <= len(keys) and all(phrase[i] in keys[at + i] for i in range(2, length))):
                        found, longest = (value, place), length
                        break
        return Match(at, at + longest, *found) if found is not None else None
