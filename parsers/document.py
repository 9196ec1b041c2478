"""A text on its way to its parses: sentences of written tokens and their words, filled in step by step.

The names are those of Stanza's Document, so that parsers/guard.py reads both; there is no more here than the steps need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Word:
    """A syntactic word. `id` and `head` count from 1 in the sentence (head 0: the root); the span is None where the letters do not show it."""

    id: int
    text: str
    parent: Written
    start_char: int | None = None
    end_char: int | None = None
    lemma: str | None = None
    upos: str | None = None
    feats: str | None = None
    head: int | None = None
    deprel: str | None = None


@dataclass(slots=True)
class Written:
    """A token as it is written: one word, or several with `id` from the first to the last. `misc` "MWT=Yes" asks for an expansion."""

    id: tuple[int, ...]
    text: str
    start_char: int
    end_char: int
    misc: str | None = None
    words: list[Word] = field(default_factory=list)

    def expand(self, texts: Sequence[str], first: int) -> None:
        """Let the token hold these words, numbered from `first`. A single one is the token itself."""
        if len(texts) < 2:
            self.id, self.words = (first,), [Word(first, self.text, self, self.start_char, self.end_char)]
            return
        self.id = (first, first + len(texts) - 1)
        self.words = [Word(first + i, text, self) for i, text in enumerate(texts)]
        for word, span in zip(self.words, _spans(self.text, texts), strict=False):
            word.start_char, word.end_char = self.start_char + span[0], self.start_char + span[1]


@dataclass(slots=True)
class Line:
    """A sentence: its tokens, and the words that they hold."""

    tokens: list[Written]
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """A text and its sentences."""

    text: str
    sentences: list[Line] = field(default_factory=list)

    def set_mwt_expansions(self, expansions: Sequence[str]) -> None:
        """Give the tokens that hold several words, or ask for it, these words (parted by spaces), in their order; all words are counted anew."""
        given = iter(expansions)
        for sentence in self.sentences:
            words: list[Word] = []
            for token in sentence.tokens:
                if token.misc or len(token.id) > 1:
                    token.misc = None
                    token.expand(next(given).split(), len(words) + 1)
                elif token.words:
                    token.id = (len(words) + 1,)
                    token.words[0].id = len(words) + 1
                else:
                    token.expand((), len(words) + 1)
                words += token.words
            sentence.words = words


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in a token that is nothing but them; [] for others."""
    spans, at = [], 0
    for word in words:
        at += len(text[at:]) - len(text[at:].lstrip())
        if not text.startswith(word, at):
            return []
        spans.append((at, at + len(word)))
        at += len(word)
    return spans if at == len(text) else []
