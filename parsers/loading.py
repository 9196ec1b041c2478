"""Stanza's pipelines, loaded for parsing alone: nothing is built that only training needs (docs/decisions/0021)."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

# What weights and their vocabularies are made of; torch itself lets through more.
_MADE_OF = {("collections", "OrderedDict"), ("_codecs", "encode"), ("torch._utils", "_rebuild_tensor_v2")}


def load_pipeline(language: str, **arguments: Any) -> Any:
    """A stanza.Pipeline with these arguments, on the CPU and without a network. It cannot be trained further."""
    import stanza  # 2 s with torch: only what parses needs it

    with _for_parsing():
        return stanza.Pipeline(language, download_method=None, use_gpu=False, verbose=False, **arguments)


@contextmanager
def _for_parsing() -> Iterator[None]:
    """Stanza builds an optimizer with each model, for which torch imports its compiler (1 s, 70 MB), and torch reads weights safely but in Python, an opcode at a time."""
    import torch
    from stanza.models.common import utils

    kept = [(utils, "dispatch_optimizer", utils.dispatch_optimizer), (torch, "load", torch.load)]
    utils.dispatch_optimizer = _no_optimizer
    torch.load = functools.partial(_load_weights, torch.load)
    try:
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)


def _no_optimizer(*given: Any, **options: Any) -> Any:
    """What holds no weight, for schedulers of the learning rate that nobody asks."""
    return SimpleNamespace(param_groups=[], state_dict=dict, load_state_dict=lambda state: None)


class _Weights(pickle.Unpickler):
    """Reads nothing but tensors, strings, numbers, lists and mappings, as torch's weights_only does, in C."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _MADE_OF:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


_READER = SimpleNamespace(Unpickler=_Weights, __name__="weights")


def _load_weights(load: Any, file: str | Path, *given: Any, **options: Any) -> Any:
    """torch.load(..., weights_only=True). What is no archive of weights, or holds anything else, is left to torch, which refuses it or not."""
    import torch

    if options.get("weights_only"):
        try:
            if "constants.pkl" not in torch._C.PyTorchFileReader(str(file)).get_all_records():  # that would be a program
                return load(file, *given, **{**options, "weights_only": False, "pickle_module": _READER})
        except (pickle.UnpicklingError, RuntimeError):
            pass
    return load(file, *given, **options)
