"""Stanza behind one class: texts of one language in, parsed sentences out, in batches across articles."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dictionaries import Language
from parsers.dateline import dateline_end
from parsers.guard import guard_past_tense, guard_tags, guard_verbs, guard_words, known_words, month_names, open_ends, sure_ends
from parsers.haste import steps
from parsers.loading import load_pipeline
from parsers.models import PROCESSORS, Models
from parsers.normalise import Normalised, normalise
from parsers.sentence import Sentence, Skipped, Token

# The parser's cost grows with the square of the length, and longer "sentences" are lists and tables.
LONGEST_SENTENCE = 150
# Characters without a sentence end that are not worth tokenising: ten times a long sentence.
LONGEST_STRETCH = 10_000
# Clitics and names are an Arabic matter: English words are split by spelling alone.
_GUARDED = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """The sentences of one text, what was not parsed, and where its dateline ends (0: none)."""

    sentences: tuple[Sentence, ...]
    skipped: tuple[Skipped, ...]
    dateline_end: int


@dataclass(slots=True)
class Tagged:
    """A text on its way to its parse: its sentences have words, tags and lemmas, and heads where Parser.attach gave them."""

    text: str
    normalised: Normalised
    document: Any  # None for a text without words
    skipped: tuple[Skipped, ...]
    dateline_end: int
    sentences: tuple[Sentence, ...]


class Parser:
    """One language's models. Building it loads them (about 1 s); it holds no state between calls."""

    def __init__(self, models: Models, language: Language) -> None:
        import torch

        torch.set_num_threads(1)
        self.version = models.version
        self._language = language
        self._words = known_words(language) if language.code in _GUARDED else frozenset()
        arguments: dict[str, Any] = {"lemma_store_results": True}
        with tempfile.TemporaryDirectory() as empty:
            if models.layout == "flat":
                (Path(empty) / "resources.json").write_text("{}")
                names = [name for name in PROCESSORS if (models.folder / f"{name}.pt").is_file()]
                arguments |= {f"{name}_model_path": str(models.folder / f"{name}.pt") for name in names}
                arguments |= {"dir": empty, "allow_unknown_language": True, "processors": ",".join(names)}
            else:
                arguments |= {"dir": str(models.folder), "processors": "tokenize,mwt,pos,lemma,depparse"}
            pipeline = load_pipeline(models.language, **arguments)
        self._steps = steps(pipeline)

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        """Parse texts together, one result each in their order. Spans are of the texts as given."""
        tagged = self.tag(texts)
        self.attach(tagged, [range(len(text.sentences)) for text in tagged])
        return [Parsed(text.sentences, text.skipped, text.dateline_end) for text in tagged]

    def tag(self, texts: Sequence[str]) -> list[Tagged]:
        """The texts as sentences of words with tags and lemmas, one result each in their order."""
        code, names = self._language.code, self._language.names
        normalised = [normalise(text, code) for text in texts]
        starts = [dateline_end(n.text, self._language) for n in normalised]
        stretches = [_long_stretches(n.text, start) for n, start in zip(normalised, starts, strict=True)]
        bodies = [_blank(n.text, start, long) for n, start, long in zip(normalised, starts, stretches, strict=True)]
        skipped: list[list[Skipped]] = [[Skipped(*n.original(a, b), "sentence-too-long") for a, b in long] for n, long in zip(normalised, stretches, strict=True)]
        worded = [number for number, body in enumerate(bodies) if body.strip()]
        documents = dict(zip(worded, self._steps.split([bodies[number] for number in worded], sure_ends if code in _GUARDED else None, partial(open_ends, language=code)), strict=True)) if worded else {}
        matches = {number: names.find(document.text) for number, document in documents.items()}
        for number, document in documents.items():
            if code in _GUARDED:
                guard_words(document, matches[number] + month_names(document.text, self._language), self._words)
            skipped[number] += _drop_long(document, normalised[number])
        tagged = [number for number, document in documents.items() if document.sentences]
        if tagged:
            self._steps.tag([documents[number] for number in tagged])
            for number in tagged:
                document = documents[number]
                guard_tags(document, matches[number], self._language)
                if code in _GUARDED:
                    guard_verbs(document, self._language, matches[number])
                else:
                    guard_past_tense(document, self._language)
            self._steps.lemmatise([documents[number] for number in tagged])
        return [
            Tagged(text, n, document := documents.get(number), tuple(sorted(skip, key=lambda s: s.start)), n.original(0, start)[1] if start else 0, _sentences(document, n, text))
            for number, (n, text, skip, start) in enumerate(zip(normalised, texts, skipped, starts, strict=True))
        ]

    def attach(self, texts: Sequence[Tagged], wanted: Sequence[Collection[int]]) -> None:
        """Give the wanted sentences of each text (by their numbers) their heads, all together, in place."""
        chosen = [(text, text.document.sentences) for text, numbers in zip(texts, wanted, strict=True) if numbers]
        for (text, all_sentences), numbers in zip(chosen, filter(None, wanted), strict=True):
            text.document.sentences = [all_sentences[number] for number in sorted(numbers)]
        if chosen:
            self._steps.attach([text.document for text, _ in chosen])
        for text, all_sentences in chosen:
            text.document.sentences = all_sentences
            text.sentences = _sentences(text.document, text.normalised, text.text, text.sentences)


def _long_stretches(text: str, start: int) -> list[tuple[int, int]]:
    """Spans without any sentence end that are too long to tokenise."""
    stretches = []
    if len(text) - start > LONGEST_STRETCH:
        at = start
        for end in [*(i + 1 for i in range(start, len(text)) if text[i] in ".!?؟\n"), len(text)]:
            if end - at > LONGEST_STRETCH:
                stretches.append((at, end))
            at = end
    return stretches


def _blank(text: str, start: int, stretches: list[tuple[int, int]]) -> str:
    """The text with its dateline and the stretches blanked out, so that all spans stay."""
    for begin, end in [(0, start), *stretches]:
        text = text[:begin] + " " * max(0, end - begin - 2) + "\n\n"[: end - begin] + text[end:]
    return text


def _drop_long(document: Any, normalised: Normalised) -> list[Skipped]:
    skipped = [s for s in document.sentences if len(s.words) > LONGEST_SENTENCE]
    if skipped:
        document.sentences = [s for s in document.sentences if len(s.words) <= LONGEST_SENTENCE]
    return [Skipped(*normalised.original(s.tokens[0].start_char, s.tokens[-1].end_char), "sentence-too-long") for s in skipped]


def _sentences(document: Any, normalised: Normalised, text: str, before: Sequence[Sentence] = ()) -> tuple[Sentence, ...]:
    """The sentences of a document; of those `before` only the ones that have heads since are made anew."""
    sentences: list[Sentence] = []
    for number, sentence in enumerate(document.sentences if document is not None else ()):
        tokens = []
        parsed = any(word.deprel for word in sentence.words)
        if before and before[number].parsed == parsed:
            sentences.append(before[number])
            continue
        for word in sentence.words:
            token = word.parent
            inside = word.start_char is not None and word.end_char is not None
            start, end = normalised.original(word.start_char if inside else token.start_char, word.end_char if inside else token.end_char)
            tokens.append(Token(word.id - 1, word.text, word.lemma or word.text, word.upos or "X", word.feats or "", (word.head or 0) - 1, word.deprel or ("dep" if parsed else ""), start, end))
        start, end = tokens[0].start, tokens[-1].end
        sentences.append(Sentence(number, start, end, text[start:end], tuple(tokens)))
    return tuple(sentences)
