"""Tags and features of words by Stanza's tagger: features scored for all tags at once, strings looked up once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parsers.document import Word
from parsers.forms import Forms
from parsers.recurrence import Layout, batches, highway

_MOST_CELLS = 2_500
_MOST_SETS = 50_000


class Tagger:
    """A tagger of the kind that parsers/haste.py names. XPOS, which nothing reads, is left out."""

    def __init__(self, processor: Any) -> None:
        import torch

        self._model, self._vocab = processor.trainer.model, processor.vocab
        self._forms = Forms(self._model, self._vocab)
        self._sets: dict[tuple[int, ...], str | None] = {}
        classifiers = [c.W_bilin for c in self._model.tag_clf["feats"]]
        self._widths = [c.weight.size(0) for c in classifiers]
        with torch.no_grad():
            # Features are scored from a word and its tag, of which there are few: one matrix a tag, [words, tags x values].
            tags = self._model.upos_emb.weight
            tags = torch.cat([tags, torch.ones(len(tags), 1)], 1)
            self._scorer = torch.cat([torch.einsum("kij,tj->tki", c.weight, tags) for c in classifiers], 1)
            self._bias = torch.cat([c.bias for c in classifiers])

    def tag(self, sentences: Sequence[Sequence[Word]]) -> None:
        """Set the words' tags and features in place."""
        import torch

        with torch.inference_mode():
            for batch in batches([len(words) for words in sentences], _MOST_CELLS):
                words = [word for number in batch for word in sentences[number]]
                tags, features = self._read(words, [len(sentences[number]) for number in batch])
                for word, tag, values in zip(words, self._vocab["upos"].unmap(tags), features, strict=True):
                    word.upos, word.feats = _given(tag), self._set(tuple(values))

    def _read(self, words: Sequence[Word], lengths: Sequence[int]) -> tuple[list[int], list[list[int]]]:
        """Tagger.forward: each word's tag and values of features, as numbers."""
        import torch

        model = self._model
        numbers, letters = self._forms.rows([word.text for word in words])
        rows = torch.cat([model.word_emb(numbers), letters], 1)
        states = highway(model.taggerlstm, rows, Layout(lengths), (model.taggerlstm_h_init, model.taggerlstm_c_init))
        tags = model.upos_clf(torch.relu(model.upos_hid(states))).argmax(1)
        hidden = torch.relu(model.tag_hid["feats"](states))
        hidden = torch.cat([hidden, hidden.new_ones(len(hidden), 1)], 1)
        scores = hidden.new_empty(len(hidden), len(self._bias))
        for tag in tags.unique().tolist():
            of_tag = (tags == tag).nonzero().squeeze(1)
            scores[of_tag] = hidden[of_tag] @ self._scorer[tag].T
        values = [part.argmax(1) for part in (scores + self._bias).split(self._widths, 1)]
        return tags.tolist(), torch.stack(values, 1).tolist()

    def _set(self, values: tuple[int, ...]) -> str | None:
        if values not in self._sets:
            if len(self._sets) > _MOST_SETS:
                self._sets.clear()
            self._sets[values] = _given(self._vocab["feats"].id2unit(values))
        return self._sets[values]


def _given(text: str) -> str | None:
    """None for CoNLL-U's "_"."""
    return None if text == "_" else text
