"""PETRARCH2's verb dictionaries as sets of synonyms and blocks of verbs with their patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dictionaries.importer.ledger import Ledger
from dictionaries.importer.patterns import Pattern, read_codes, read_pattern
from dictionaries.importer.spelling import UnreadableError, check

_BLOCK = re.compile(r"\s*---\s*(.*?)\s*\[([^\[\]]*)\]\s*(?:---\s*)+")
_VERB = re.compile(r"\s*([^{}\[\]]+?)\s*(?:\{([^{}\[\]]*)\})?\s*(?:\[([^\[\]]*)\])?\s*")
_PATTERN = re.compile(r"\s*-(.*?)\[([^\[\]]*)\]\s*")
_NULL = ("---", "")


@dataclass(slots=True)
class Verb:
    """A verb: its line, lemma (head first, then the words that stand with it), forms, codes of its own or its block's (None: no event)."""

    line: int
    lemma: str
    forms: list[str]
    codes: tuple[str, str] | None


@dataclass(slots=True)
class Block:
    """Verbs of one meaning and the patterns that hold for all of them; a pattern's codes None make no event."""

    verbs: list[Verb] = field(default_factory=list)
    patterns: list[tuple[int, Pattern, tuple[str, str] | None]] = field(default_factory=list)
    default: tuple[str, str] | None = None


@dataclass(slots=True)
class Synonyms:
    """A set &NAME: its members, each with its line."""

    members: list[tuple[int, str]] = field(default_factory=list)


def read_blocks(ledger: Ledger) -> tuple[list[Block], dict[str, Synonyms]]:
    """The blocks and the sets of a file; what cannot be read is reported, and reading goes on."""
    blocks: list[Block] = []
    sets: dict[str, Synonyms] = {}
    current: Synonyms | None = None
    for number, text in ledger.rows():
        line = text.strip()
        try:
            check(line)
            if line.startswith("&"):
                current = sets.setdefault(line.rstrip("_"), Synonyms())
                ledger.heading(number)
            elif line.startswith("---"):
                blocks.append(Block())
                current = None
                found = _BLOCK.fullmatch(line)
                if not found:
                    raise UnreadableError("a block begins --- MEANING [code] ---")
                blocks[-1].default = _codes(found.group(2))
                ledger.heading(number)
            elif line.startswith("~"):
                raise UnreadableError("a transformation: in Marsad acts stack by themselves (concepts.yaml, composition.yaml)")
            elif line.startswith("+") and current is not None:
                current.members.append((number, line[1:].replace("_", " ").strip().lower()))
            elif not blocks:
                raise UnreadableError("stands outside sets and blocks")
            elif line.startswith("-"):
                found = _PATTERN.fullmatch(line)
                if not found:
                    raise UnreadableError("a pattern ends with its code in brackets")
                codes = _codes(found.group(2))
                blocks[-1].patterns.append((number, read_pattern(found.group(1)), codes))
            else:
                blocks[-1].verbs.append(_read_verb(number, line, blocks[-1].default))
        except UnreadableError as error:
            ledger.report(number, str(error))
    return blocks, sets


def _codes(text: str) -> tuple[str, str] | None:
    codes = read_codes(text)
    return None if codes == _NULL else codes


def _read_verb(number: int, line: str, default: tuple[str, str] | None) -> Verb:
    found = _VERB.fullmatch(line)
    if not found:
        raise UnreadableError("a verb is VERB {FORMS} [code]")
    name, forms, code = found.groups()
    head, rest = _head(name)
    if not re.search(r"\w", head):
        raise UnreadableError("no verb")
    return Verb(number, " ".join([head, *rest]), [_head(form)[0] for form in (forms or "").split()], default if code is None else _codes(code))


def _head(name: str) -> tuple[str, list[str]]:
    """The verb of a compound and its other words: +BEEF_UP, RE_+ARREST, قام+ب."""
    words = [word for word in re.split(r"[_\s]+", name.lower()) if word]
    at = next((i for i, word in enumerate(words) if word.startswith("+")), 0)
    head, *joined = [part for part in words[at].split("+") if part] or [""]
    return head, [*joined, *(part for i, word in enumerate(words) if i != at for part in word.split("+") if part)]
