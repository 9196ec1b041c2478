"""Word vectors from elsewhere inside a Stanza model: the word table holds them, frozen, with learned columns beside them.

Stanza keeps pretrained vectors in a second file that every user of a model must have. Here they are part of the table of word
embeddings that the model saves anyway, so a model stays one file that stock Stanza loads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch


@dataclass(frozen=True, slots=True)
class Vectors:
    """Words, lower case, and a row of floats for each."""

    words: list[str]
    rows: np.ndarray

    @property
    def width(self) -> int:
        """Numbers a word."""
        return int(self.rows.shape[1])


def read_vectors(path: Path) -> Vectors:
    """Vectors from a .npz with `words` and `rows`, scaled to a mean square of one."""
    with np.load(path, allow_pickle=False) as file:
        rows = file["rows"].astype(np.float32)
        return Vectors([str(word) for word in file["words"]], rows / max(1e-6, float(np.sqrt((rows**2).mean()))))


def widen_vocabulary(vocabulary: Any, vectors: Vectors) -> None:
    """Add to Stanza's word vocabulary, in place, the words that only the vectors know."""
    known = vocabulary._unit2id
    for word in vectors.words:
        if word not in known:
            known[word] = len(vocabulary._id2unit)
            vocabulary._id2unit.append(word)


def set_vectors(model: Any, vocabulary: Any, vectors: Vectors, forms: Iterable[str], cutoff: int) -> None:
    """Fill the model's word table: frozen columns from the vectors, learned columns for words that stand `cutoff` times or more in `forms`.

    A rarer word has zeros in the learned columns, in training as later on, so that the model learns to do without them.
    """
    table = model.word_emb.weight
    width, counts = vectors.width, Counter(form.lower() for form in forms)
    index = {word: at for at, word in enumerate(vectors.words)}
    learned = torch.zeros_like(table)
    with torch.no_grad():
        table[:, :width] = 0
        for at, word in enumerate(vocabulary._id2unit):
            row = index.get(word)
            if row is not None:
                table[at, :width] = torch.from_numpy(vectors.rows[row])
            if at < 4 or counts[word] >= cutoff:
                learned[at, width:] = 1
            else:
                table[at, width:] = 0
    table.register_hook(lambda gradient: gradient * learned)
