"""PETRARCH2's verb patterns, as the words and slots of our frames."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dictionaries.importer.spelling import UnreadableError

_TOKEN = re.compile(r"\((?:[^(){}]|\{[^{}]*\})*\)|\{[^{}]*\}|[^\s(){}]+|\S")
# Arabic as the parser cuts it: the article is no word of its own, and لل is ل with it.
_TOKENS = {"ال": "", "لل": "ل"}
_CODE = re.compile(r"(?:\d{2,4}|---)?")


@dataclass(slots=True)
class Pattern:
    """What must stand with the verb (words, and one word of a set), and where the pattern itself places source and target."""

    words: list[str] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)


def read_pattern(text: str) -> Pattern:
    """A pattern "pre * post". A preposition alone in brackets governs the target. Raises UnreadableError with the reason why it cannot be said."""
    if text.count("*") != 1:
        raise UnreadableError("a pattern has one *")
    pattern = Pattern()
    before, after = text.split("*")
    _read_side(before, pattern, "subj")
    _read_side(after, pattern, "obj")
    pattern.words = list(dict.fromkeys(pattern.words))
    return pattern


def read_codes(text: str) -> tuple[str, str]:
    """ "[a:b]" without the brackets: the code from source to target, and the code back ("" for none)."""
    first, second = (part.strip() for part in text.partition(":")[::2])
    if not _CODE.fullmatch(first) or not _CODE.fullmatch(second) or not (first or second):
        raise UnreadableError(f"{text.strip() or 'nothing'} is no code")
    return first, second


def _read_side(side: str, pattern: Pattern, path: str) -> None:
    last = ""
    for token in _TOKEN.findall(side):
        if token in ("(", ")", "{", "}"):
            raise UnreadableError("a bracket that has no other half")
        if token.startswith("("):
            _read_phrase(token[1:-1], pattern)
            last = ""
        elif token in ("$", "+"):
            # "INTO +": the word before governs the slot.
            slot = pattern.source if token == "$" else pattern.target
            slot.extend([last, path] if last else [path])
        else:
            last = ""
            for word in token.strip("{}").split():
                last = _read_word(word, pattern)


def _read_phrase(inside: str, pattern: Pattern) -> None:
    """(PREP NOUN ...): its words; a slot in it, or nothing, is what the preposition governs."""
    preposition, *rest = inside.replace("{", " ").replace("}", " ").split() or [""]
    if not preposition:
        raise UnreadableError("empty brackets")
    path = _read_word(preposition, pattern)
    if not rest and path:
        pattern.target.append(path)
    for word in rest:
        if word in ("$", "+"):
            (pattern.source if word == "$" else pattern.target).append(path or word)
        else:
            _read_word(word, pattern)


def _read_word(token: str, pattern: Pattern) -> str:
    """Enter a word or a set; gives the word in lower case, "" where the token is none."""
    if token == "^":  # what stands between does not matter to "with"
        return ""
    if token == "%":
        raise UnreadableError("% (a compound actor) has no place in a frame")
    if token.startswith("&"):
        pattern.sets.append(token.rstrip("_"))
        return ""
    words = [_TOKENS.get(word, word.lower()) for word in re.split(r"[_+]", token) if word]
    words = [word for word in words if word]
    if token in _TOKENS and not words:
        return ""
    if not words or not all(re.search(r"\w", word) for word in words):
        raise UnreadableError(f"{token} is no word of a pattern")
    pattern.words.extend(words)
    return words[-1]
