"""Cut from a page's text the lines that are no part of its article."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from dictionaries.yaml_source import read_yaml

LISTS = Path(__file__).parent / "boilerplate.yaml"
_LANGUAGES = ("ar", "en")
_EDGES = " \t\u00a0\u200f\u200e.:;،!-–—|•·*>»«[]()"


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What boilerplate.yaml lists, of both languages together."""

    starts: tuple[str, ...]
    lines: frozenset[str]
    timestamp: re.Pattern[str]
    longest_link: int


def cut(text: str) -> str:
    """The text without boilerplate lines, "read also" lines and the times of live-blog entries (boilerplate.yaml), and without empty lines."""
    lists = read_lists()
    kept = []
    for line in text.splitlines():
        rest = line.strip()
        time = lists.timestamp.match(rest)
        if time:
            rest = rest[time.end() :].lstrip(_EDGES)
        bare = rest.strip(_EDGES).casefold()
        if not bare or bare in lists.lines or (rest.casefold().lstrip(_EDGES).startswith(lists.starts) and len(rest.split()) <= lists.longest_link):
            continue
        kept.append(rest)
    return "\n".join(kept)


@functools.cache
def read_lists() -> Boilerplate:
    """The lists that ship."""
    given = read_yaml(LISTS, LISTS.parent)

    def words(name: str) -> list[str]:
        return [str(word) for language in _LANGUAGES for word in given[language][name]]

    # The time must end the line or be set off: "10:30 GMT talks began" keeps its sentence, and loses the time only.
    timestamp = re.compile(rf"\W*(?:{'|'.join(words('timestamps'))})(?=\W|$)", re.IGNORECASE)
    return Boilerplate(tuple(word.casefold() for word in words("starts")), frozenset(word.casefold() for word in words("lines")), timestamp, int(given["longest_link"]))
