"""Texts into sentences, tokens and words by Stanza's tokeniser and expander, without a table of characters in between."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from parsers.decoding import quicken
from parsers.document import Document, Line, Written
from parsers.recurrence import Layout, batches, both_ways

# Expansions kept beyond those of the model's own dictionary; a day of news has some hundred thousand forms.
_MOST_EXPANSIONS = 50_000
# Stanza reads longer paragraphs piece by piece, each from the last sentence's end.
_LONGEST_PIECE = 1000
_MOST_CELLS = 8_000
# What every address of Stanza's pattern holds; the pattern itself is slow.
_ADDRESS = re.compile(r"@|://|www\.|\.(?:gov|org|edu|net|com?)")


SureEnds = Callable[[str], Iterable[int]]
OpenEnds = Callable[[str, Sequence[int]], Iterable[int]]


class Splitter:
    """A tokeniser and an expander of the kind that parsers/haste.py names."""

    def __init__(self, tokenizer: Any, expander: Any) -> None:
        import torch

        self._model, self._vocab, self._expander = tokenizer.trainer.model, tokenizer.vocab, expander
        quicken(expander.trainer.model, expander.config["beam_size"])
        self._longest_token: int = tokenizer.config.get("max_seqlen", 1000)
        self._characters: dict[str, int] = {}
        self._expansions: dict[str, str] = {}
        with torch.no_grad():
            self._table = torch.cat([self._model.embeddings.weight[:1], torch.zeros(1, self._model.args["feat_dim"])], 1)  # row 0: what follows a text
            self._first, self._second = (_joined(self._model, end) for end in ("", "2"))

    def split(self, texts: Sequence[str], sure_ends: SureEnds | None = None, open_ends: OpenEnds | None = None) -> list[Document]:
        """Texts with something else than spaces, as documents with words; spans are in each text.

        `sure_ends` gives the characters of a paragraph that end a sentence whatever the network says, if they end a token;
        `open_ends` those that end none, among all that the network or `sure_ends` name.
        """
        from stanza.models.tokenization.data import NEWLINE_WHITESPACE_RE, WHITESPACE_RE

        joined = "\n\n".join(texts)
        paragraphs, at = [], 0
        for end, after in [*(gap.span() for gap in NEWLINE_WHITESPACE_RE.finditer(joined)), (len(joined), len(joined))]:
            text = WHITESPACE_RE.sub(" ", joined[at:end].rstrip())
            if text:
                # Of several spaces the first stays.
                kept = [i for i, c in enumerate(text) if c != " " or not i or text[i - 1] != " "] if "  " in text else range(len(text))
                paragraphs.append(("".join([text[i] for i in kept]), at, kept))
            at = after
        documents = [Document(text) for text in texts]
        begins = list(accumulate((len(text) + 2 for text in texts[:-1]), initial=0))
        classes = self._classes([text for text, _, _ in paragraphs])
        for (text, begin, kept), found in zip(paragraphs, classes, strict=True):
            number = bisect_right(begins, begin) - 1
            for end in sure_ends(text) if sure_ends else ():
                found[end] = {1: 2, 3: 4}.get(int(found[end]), found[end])
            if open_ends:
                ends = [int(end) for end in ((found == 2) | (found == 4)).nonzero()[0]]
                for end in open_ends(text, ends):
                    found[end] -= 1
            documents[number].sentences += self._sentences(text, begin - begins[number], kept, found)
        self._expand([token for document in documents for line in document.sentences for token in line.tokens if token.misc])
        for document in documents:
            for line in document.sentences:
                for token in line.tokens:
                    token.expand(self._expansions[token.text].split() if token.misc else (), len(line.words) + 1)
                    token.misc = None
                    line.words += token.words
        return documents

    def _classes(self, paragraphs: list[str]) -> list[Any]:
        """Each paragraph's characters' classes: 0 inside a token, 1 its end, 2 a sentence's, 3 and 4 the same where words are to be written out."""
        import numpy as np
        import torch

        units = [self._units(text) for text in paragraphs]
        found: list[list[Any]] = [[] for _ in paragraphs]
        todo = [(number, 0) for number in range(len(paragraphs))]
        with torch.inference_mode():
            while todo:
                pieces = [units[number][at : at + _LONGEST_PIECE] for number, at in todo]
                further = []
                for batch in batches([len(piece) for piece in pieces], _MOST_CELLS):
                    part = [pieces[i] for i in batch]
                    classes = self._read(torch.cat(part), [len(piece) for piece in part]).split([len(piece) for piece in part])
                    for i, piece in zip(batch, classes, strict=True):
                        number, at = todo[i]
                        whole = len(paragraphs[number])
                        ids = piece.numpy()[: whole - at]
                        if at + _LONGEST_PIECE < whole:
                            ends = np.flatnonzero((ids == 2) | (ids == 4))
                            ids = ids[: ends[-1] + 1] if len(ends) else ids
                        found[number].append(ids)
                        if at + len(ids) < whole:
                            further.append((number, at + len(ids)))
                todo = further
        return [np.concatenate(parts) for parts in found]

    def _units(self, text: str) -> Any:
        """A paragraph as rows of the tokeniser's input: its characters and, where it is one piece, an end."""
        import torch

        for character in set(text).difference(self._characters):
            self._characters[character] = len(self._table)
            with torch.no_grad():
                embedding = self._model.embeddings.weight[self._vocab.unit2id(character)]
            features = torch.zeros(self._model.args["feat_dim"])
            for i, known in enumerate((character == " ", character.isupper(), re.match(r"\d", character) is not None)):
                features[i] = known
            self._table = torch.cat([self._table, torch.cat([embedding, features]).unsqueeze(0)])
        numbers = [self._characters[character] for character in text]
        rows = self._table[torch.tensor(numbers + [0] * (len(text) < _LONGEST_PIECE))]
        rows[len(text) - 1, -2] = rows[0, -1] = 1
        return rows

    def _read(self, rows: Any, lengths: list[int]) -> Any:
        """Tokenizer.forward, and the best class of each row."""
        import torch
        import torch.nn.functional as F

        layout, model = Layout(lengths), self._model
        states = both_ways(model.rnn, rows, layout)
        scores = F.linear(states, *self._first)
        if model.args["hier_invtemp"] > 0:
            states = states * (1 - torch.sigmoid(-scores[:, :1] * model.args["hier_invtemp"]))
        scores = scores + F.linear(both_ways(model.rnn2, states, layout), *self._second)
        (token, sentence, several), (inside, going_on, one) = F.logsigmoid(scores).unbind(1), F.logsigmoid(-scores).unbind(1)
        return torch.stack([inside, token + going_on + one, token + sentence + one, token + going_on + several, token + sentence + several]).argmax(0)

    def _sentences(self, text: str, begin: int, kept: Sequence[int], classes: Any) -> list[Line]:
        """The sentences of one paragraph, which begins at `begin`; `kept` says where its characters were."""
        from stanza.models.tokenization.utils import MASK_RE

        classes[-1] = 4 if classes[-1] > 2 else 2
        if _ADDRESS.search(text):
            for match in MASK_RE.finditer(text):
                classes[match.start() : match.end() - 1] = 0
                classes[match.end() - 1] = classes[match.end() - 1] or 1
        lines, tokens, at = [], list[Written](), 0
        ends = classes.nonzero()[0]
        for end, kind in zip(ends.tolist(), classes[ends].tolist(), strict=True):
            written = text[at : end + 1].lstrip()
            start, at = end + 1 - len(written), end + 1
            if written:
                shown = written if len(written) <= self._longest_token else "<UNK>"
                tokens.append(Written((len(tokens) + 1,), shown, begin + kept[start], begin + kept[end] + 1, "MWT=Yes" if kind > 2 else None))
                if kind in (2, 4):
                    lines.append(Line(tokens))
                    tokens = []
        return [*lines, Line(tokens)] if tokens else lines

    def _expand(self, tokens: Sequence[Written]) -> None:
        """Note the words of each of these forms; the expander looks at no context."""
        from stanza.models.common.doc import Document as StanzaDocument

        if len(self._expansions) > _MOST_EXPANSIONS:
            self._expansions.clear()
        new = {token.text for token in tokens}.difference(self._expansions)
        unknown = []
        for form in sorted(new):
            expansion = self._expander.trainer.dict_expansion(form)
            if expansion is None:
                unknown.append(form)
            else:
                self._expansions[form] = expansion
        if unknown:
            document = StanzaDocument([[{"id": (1,), "text": form, "misc": "MWT=Yes"}] for form in unknown])
            self._expander.process(document)
            for form, sentence in zip(unknown, document.sentences, strict=True):
                self._expansions[form] = " ".join(word.text for word in sentence.words)


def _joined(model: Any, end: str) -> tuple[Any, Any]:
    """The tokeniser's three classifiers of a layer as one: weights and, where it has any, biases."""
    import torch

    classifiers = [getattr(model, f"{name}_clf{end}") for name in ("tok", "sent", "mwt")]
    biases = [c.bias for c in classifiers if c.bias is not None]
    return torch.cat([c.weight for c in classifiers]), torch.cat(biases) if biases else None
