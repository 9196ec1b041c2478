"""Stanza's letter by letter writing of lemmas and expansions, for only the words that need it and no longer than each needs it."""

from __future__ import annotations

import functools
from typing import Any


def decode(model: Any, src: Any, src_mask: Any, pos: Any = None, beam_size: int = 1, raw: Any = None, never_decode_unk: bool = False) -> tuple[list[list[int]], Any]:
    """Seq2SeqModel.predict_greedy: each word's letters, as numbers, and its scores of edits (None for a model without).

    A word whose best edit is its own form, or that in small letters, is not written: its letters are [].
    """
    import torch
    from stanza.models.common.seq2seq_constant import EOS_ID, UNK_ID
    from stanza.models.lemma.edit import EDIT_TO_ID

    embedded, size, lengths, mask = model.embed(src, src_mask, pos, raw)
    context, (hidden, cell) = model.encode(embedded, lengths)
    edits = model.edit_clf(hidden) if model.edit else None
    rows = torch.arange(size) if edits is None else (edits.argmax(1) == EDIT_TO_ID["none"]).nonzero().squeeze(1)
    state = [part[rows] for part in (hidden, cell, context, mask, src)]
    inputs = model.embedding(model.SOS_tensor).expand(len(rows), 1, -1)
    found: list[list[int]] = [[] for _ in range(size)]
    for _ in range(model.max_dec_len):
        if not len(rows):
            break
        scores, state[:2] = model.decode(inputs, *state[:4], src=state[4], never_decode_unk=never_decode_unk)
        letters = scores.squeeze(1).argmax(1)
        going = letters != EOS_ID
        if not going.all():
            rows, letters, state = rows[going], letters[going], [part[going] for part in state]
        for row, letter in zip(rows.tolist(), letters.tolist(), strict=True):
            found[row].append(letter)
        # A letter that is only copied has no embedding of its own.
        inputs = model.embedding(letters.masked_fill(letters >= model.vocab_size, UNK_ID)).unsqueeze(1)
    return found, edits


def quicken(model: Any, beam_size: int) -> None:
    """Let a model write so, in place, where it takes the best letter at each step."""
    from stanza.models.common.seq2seq_model import Seq2SeqModel

    if isinstance(model, Seq2SeqModel) and beam_size == 1:
        model.predict = functools.partial(decode, model)
