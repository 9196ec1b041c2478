"""A further round for a tokeniser: a rate that falls to nothing, and averaged weights, of which the best on the dev file are kept.

Stanza's own loop ends at the rate it began with, and its scores go up and down by a point from one evaluation to the next.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

_AVERAGE = 0.995
_EVALUATE_EVERY = 100


def polish(model: Path, options: Sequence[str], steps: int, rate: float, say: Callable[[str], None]) -> None:
    """Train the tokeniser in the file `model` on, in place; `options` are those that it was trained with."""
    from stanza.models import tokenizer
    from stanza.models.tokenization.data import DataLoader, TokenizationDataset
    from stanza.models.tokenization.trainer import Trainer
    from stanza.models.tokenization.utils import eval_model, load_mwt_dict

    trainer = Trainer(model_file=str(model), device="cpu")
    arguments: dict[str, Any] = {**tokenizer.parse_args(list(options)), **{name: trainer.args[name] for name in ("feat_funcs", "feat_dim", "use_dictionary", "num_dict_feat", "vocab_size")}}
    multiword = load_mwt_dict(arguments["mwt_json_file"])
    files = {kind: {"txt": arguments[f"{prefix}txt_file"], "label": arguments[f"{prefix}label_file"]} for kind, prefix in (("train", ""), ("dev", "dev_"))}
    batches = DataLoader(arguments, input_files=files["train"], vocab=trainer.vocab, dictionary=None, mwt_expansions={form: words[0] for form, words in multiword.items()})
    dev = TokenizationDataset(arguments, input_files=files["dev"], vocab=trainer.vocab, evaluation=True, dictionary=None)
    average = copy.deepcopy(trainer.model.state_dict())
    best = eval_model(arguments, trainer, dev, trainer.vocab, multiword)
    for step in range(1, steps + 1):
        trainer.change_lr(rate * (0.02 + 0.49 * (1 + math.cos(math.pi * step / steps))))
        trainer.update(batches.next(unit_dropout=arguments["unit_dropout"], feat_unit_dropout=arguments["feat_unit_dropout"]))
        with torch.no_grad():
            for name, value in trainer.model.state_dict().items():
                if value.is_floating_point():
                    average[name].lerp_(value, 1 - min(_AVERAGE, (1 + step) / (10 + step)))
        if step % arguments["shuffle_steps"] == 0:
            batches.shuffle()
        if step % _EVALUATE_EVERY == 0 or step == steps:
            current = copy.deepcopy(trainer.model.state_dict())
            trainer.model.load_state_dict(average)
            score = eval_model(arguments, trainer, dev, trainer.vocab, multiword)
            say(f"step {step} of {steps}, dev {100 * score:.2f}")
            if score > best:
                best = score
                trainer.save(str(model))
            trainer.model.load_state_dict(current)
