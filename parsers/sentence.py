"""A sentence: Universal Dependencies v2, with character spans in the article's text as it came."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A syntactic word. `head` is the index of its head in the sentence, -1 for the root; start..end cut it out of the article's text.

    In a sentence that was not parsed, head is -1 and relation "" throughout.

    Words that one written token holds (clitics) have spans of their own where the letters show them, else the whole token's.
    """

    index: int
    text: str
    lemma: str
    upos: str
    feats: str
    head: int
    relation: str
    start: int
    end: int

    def feature(self, name: str) -> str:
        """The value of a UD feature ("Gender" -> "Fem"), "" where there is none."""
        return _features(self.feats).get(name, "")


@functools.lru_cache(maxsize=10_000)
def _features(feats: str) -> dict[str, str]:
    """The features of a token by name; a language has a few hundred different sets of them."""
    return {name: value for name, _, value in (feature.partition("=") for feature in reversed(feats.split("|")))}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article: its number from 0, its span and text there, and its tokens."""

    number: int
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]

    @property
    def parsed(self) -> bool:
        """Whether its words have heads; a sentence that the filter held back has words, tags and lemmas only."""
        return self.tokens[0].relation != ""

    def to_json(self) -> str:
        """The tokens as a compact JSON list of lists, as the warehouse stores them."""
        return json.dumps([[t.text, t.lemma, t.upos, t.feats, t.head, t.relation, t.start, t.end] for t in self.tokens], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, number: int, start: int, end: int, text: str, parse: str) -> Sentence:
        """The sentence whose tokens to_json gave."""
        return cls(number, start, end, text, tuple(Token(i, *fields) for i, fields in enumerate(json.loads(parse))))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch of text that was not parsed, and why."""

    start: int
    end: int
    reason: str
