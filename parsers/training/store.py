"""A trained model as it ships: half the precision, nothing of the training in it, loadable by stock Stanza."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

# What training keeps in a checkpoint and no reader of the model needs.
_TRAINING_ONLY = ("optimizer", "optimizer_state_dict", "scheduler_state_dict", "bert_optimizer_state_dict")


def store(model: Path, out: Path) -> None:
    """Copy a Stanza model file with its weights as float16; Stanza widens them to float32 when it loads them."""
    checkpoint = torch.load(model, map_location="cpu", weights_only=True)
    for name in _TRAINING_ONLY:
        checkpoint.pop(name, None)
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(_halved(checkpoint), out)


def _halved(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.half() if value.dtype == torch.float32 else value
    if isinstance(value, dict):
        return type(value)((key, _halved(inner)) for key, inner in value.items())
    return [_halved(inner) for inner in value] if isinstance(value, list) else value
