"""The phrases of PETRARCH, all capitals and underscores, as our dictionaries write them."""

from __future__ import annotations

import re

from dictionaries.folding import phrase_keys
from dictionaries.phrases import Phrases

# Names longer than this are written with one capital, and then found in any capitals (see Names).
_LONGEST_ACRONYM = 3
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "at", "by", "with"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class UnreadableError(ValueError):
    """A phrase that is no phrase; the text is the reason."""


def check(text: str) -> None:
    """Raises UnreadableError for a line with characters that no text has."""
    if "\ufffd" in text:
        raise UnreadableError("a character was lost: not UTF-8, or U+FFFD")
    if _CONTROL.search(text):
        raise UnreadableError("holds a control character")


def plain(phrase: str, language: str) -> str:
    """A common phrase: spaces for underscores, in English lower case."""
    check(phrase)
    text = " ".join(phrase.replace("_", " ").split())
    if not re.search(r"\w", text):
        raise UnreadableError("no phrase")
    if re.search(r"[\[\]{}()]", text):
        raise UnreadableError("a bracket in the phrase")
    return text if language == "ar" else text.lower()


def names(phrase: str, language: str) -> tuple[list[str], str]:
    """The names that an actor's phrase gives, with its acronym where that stands behind it in brackets, and what was left out ("" for nothing)."""
    check(phrase)
    if "\t" in phrase.strip():
        raise UnreadableError("a tab in the phrase")
    text = " ".join(phrase.replace("_", " ").split())
    acronym, left_out = "", ""
    found = re.fullmatch(r"([^()]+?) ?\(([^()]+)\)(.*)", text)
    if found:
        text, inside, rest = found.groups()
        text = " ".join((text + rest).split())
        initials = "".join(word[0] for word in re.split(r"[\s-]+", text) if word)
        if re.fullmatch(r"[A-Z]{2,6}", inside) and all(letter in initials for letter in inside):
            acronym = inside
        else:
            left_out = f"left out: ({inside})"
    if re.search(r"[\[\]{}()<>]", text):
        raise UnreadableError("a bracket that has no other half")
    if re.search(r"[,،;]", text):
        raise UnreadableError("a comma in the phrase: two names, or a title")
    if not re.search(r"[^\W\d_]{2}", text):
        raise UnreadableError("no name: fewer than two letters")
    if language != "ar":
        text = _capitals(text)
    return [text, *([acronym] if acronym else [])], left_out


def covered(phrases: Phrases, phrase: str, language: str, value: str | None = None) -> bool:
    """Whether a table has a phrase already, with a value (any where none is given)."""
    keys = [(key,) for key in phrase_keys(phrase, language)]
    return any(match.start == 0 and match.end == len(keys) and value in (None, match.value) for match in phrases.find(keys))


def _capitals(text: str) -> str:
    if " " not in text and len(text) <= _LONGEST_ACRONYM:
        return text
    first, *rest = text.split()
    return " ".join([_capital(first), *(word.lower() if word.lower() in _SMALL else _capital(word) for word in rest)])


def _capital(word: str) -> str:
    return _WORD.sub(lambda match: match.group()[0].upper() + match.group()[1:].lower(), word)
