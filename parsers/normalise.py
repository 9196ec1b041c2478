"""Text as the models know it, with the way back to the text as it came."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dictionaries.folding import fold_character

_CLOSED = re.compile(r"[.!?؟…:;][\"'”’»)\]]*\s*\\?\s*$")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Folded text; offsets[i] is where its character i stands in the original, with the original's length at the end."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the folded span start..end; marks dropped after its last letter belong to it."""
        first, last = self.offsets[start], self.offsets[end]
        return first, max(last, self.offsets[end - 1] + 1) if end > start else last


def normalise(text: str, language: str) -> Normalised:
    """Fold a text for the models of its language: marks mapped to known ones; in Arabic no diacritics or tatweel, alefs and ya folded, ASCII digits.

    Where lines are paragraphs (most end with a stop) every line end is made an empty line, which ends a sentence for the
    tokeniser; where they are wrapped text, only those after a stop. A backslash, left by Markdown, is white space.
    """
    ends = _paragraph_ends(text)
    characters: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(text):
        folded = " " if character == "\\" else fold_character(character, language)
        if at in ends:
            folded = "\n\n"
        characters.extend(folded)
        offsets.extend([at] * len(folded))
    offsets.append(len(text))
    return Normalised("".join(characters), tuple(offsets))


def _paragraph_ends(text: str) -> set[int]:
    lines = text.split("\n")
    closed = [bool(_CLOSED.search(line)) for line in lines]
    full = [i for i, line in enumerate(lines) if line.strip()]
    # A heading has no stop either, so half is enough to take lines for paragraphs.
    paragraphs = 2 * sum(closed[i] for i in full) >= len(full)
    ends, at = set(), 0
    for line, stop in zip(lines[:-1], closed, strict=False):
        at += len(line)
        if stop or paragraphs:
            ends.add(at)
        at += 1
    return ends
