"""A trained model as it ships: half the precision, nothing of the training in it, loadable by stock Stanza."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

# What training keeps in a checkpoint and no reader of the model needs.
_TRAINING_ONLY = ("optimizer", "optimizer_state_dict", "scheduler_state_dict", "bert_optimizer_state_dict")


def store(model: Path, out: Path, most_words: int | None = None) -> None:
    """Copy a Stanza model file with its weights as float16; Stanza widens them to float32 when it loads them.

    Of a tagger's or parser's table of words the first `most_words` are kept: the treebank's, then those that only the vectors know, the commonest first.
    """
    checkpoint = torch.load(model, map_location="cpu", weights_only=True)
    for name in _TRAINING_ONLY:
        checkpoint.pop(name, None)
    if most_words is not None and "word_emb.weight" in checkpoint["model"]:
        _trim(checkpoint, most_words)
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(_halved(checkpoint), out)


def _trim(checkpoint: dict[str, Any], most: int) -> None:
    words = checkpoint["vocab"]["word"]
    words["_id2unit"] = words["_id2unit"][:most]
    words["_unit2id"] = {word: at for at, word in enumerate(words["_id2unit"])}
    checkpoint["model"]["word_emb.weight"] = checkpoint["model"]["word_emb.weight"][:most].clone()


def _halved(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.half() if value.dtype == torch.float32 else value
    if isinstance(value, dict):
        return type(value)((key, _halved(inner)) for key, inner in value.items())
    return [_halved(inner) for inner in value] if isinstance(value, list) else value
