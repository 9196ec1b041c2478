"""What a tagger or a parser knows of a word's form: its number in the word table, and a vector made of its letters. Each form is read once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parsers.recurrence import Layout, batches, one_way

# Some 16 MB a model; the forms of a day of news repeat within a few hundred articles.
_MOST_FORMS = 50_000
_MOST_CELLS = 4_000


class Forms:
    """The forms that a model has met, kept between calls."""

    def __init__(self, model: Any, vocab: Any) -> None:
        import torch

        self._model, self._words, self._letters = model, vocab["word"], vocab["char"]
        self._known: dict[str, int] = {}
        # Memory that is not written to yet costs nothing.
        self._numbers = torch.empty(_MOST_FORMS, dtype=torch.long)
        self._vectors = torch.empty(_MOST_FORMS, model.trans_char.out_features)

    def rows(self, words: Sequence[str]) -> tuple[Any, Any]:
        """The numbers, [words], and vectors, [words, width], of at most 50,000 words."""
        import torch

        words = [_simple(word) for word in words]
        new = {word for word in words if word not in self._known}
        if len(self._known) + len(new) > _MOST_FORMS:
            self._known.clear()
            new = set(words)
        if new:
            forms = sorted(new, key=lambda word: (len(word), word))
            place = slice(len(self._known), len(self._known) + len(forms))
            self._vectors[place] = self._spell([self._letters.map(form) for form in forms])
            self._numbers[place] = torch.tensor(self._words.map(forms))
            self._known.update(zip(forms, range(place.start, place.stop), strict=True))
        at = torch.tensor([self._known[word] for word in words])
        return self._numbers[at], self._vectors[at]

    def root(self, number: int) -> Any:
        """The vector, [1, width], of a form of one letter with this number: a parser's root."""
        return self._spell([[number]])

    def _spell(self, letters: list[list[int]]) -> Any:
        """The vectors of forms."""
        import torch
        from torch.nn.utils.rnn import pad_sequence

        model = self._model.charmodel
        found = torch.empty(len(letters), self._vectors.size(1))
        for batch in batches([len(ids) for ids in letters], _MOST_CELLS):
            part = [torch.tensor(letters[number]) for number in batch]
            states = one_way(model.charlstm.lstm, model.char_emb(pad_sequence(part, batch_first=True)), (model.charlstm_h_init, model.charlstm_c_init))
            weights = torch.sigmoid(model.char_attn(states)) * Layout([len(ids) for ids in part]).inside.unsqueeze(2)
            found[batch] = self._model.trans_char((states * weights).sum(1))
        return found


def _simple(word: str) -> str:
    """The form as Stanza's tagger and parser read it: ?! and !!! are ? and !."""
    if len(word) > 1 and not word.isalnum():
        from stanza.models.common.utils import EXCLAM_RE, QUESTION_RE

        return str(EXCLAM_RE.sub("!", QUESTION_RE.sub("?", word)))
    return word
