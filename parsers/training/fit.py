"""The training loop that tagger and parser share: Stanza's own trainer and batches, a schedule that ends, averaged weights, checkpoints."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

# The peak of the learning rate is reached after this share of the steps; then it falls along a cosine to a hundredth.
_WARM_UP = 0.04
# Each step moves the average by this at most: an average over about the last thousand steps reads better than any single one.
_AVERAGE = 0.998
_LOG_EVERY = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train (steps), the peak of the learning rate, and how often to write a checkpoint (seconds)."""

    steps: int
    rate: float
    checkpoint_every: float = 240.0


def fit(trainer: Any, batches: Iterator[Any], plan: Plan, checkpoint: Path, say: Callable[[str], None], freeze: Callable[[Any], None] | None = None) -> None:
    """Train in place, from the checkpoint if there is one; afterwards the trainer's model has the averaged weights.

    `freeze` is called with the model after each backward pass's gradients are known and before they are used (hooks do the same);
    a checkpoint holds weights, average, optimiser and step, and is replaced in one move.
    """
    model = trainer.model
    optimizer = next(iter((trainer.optimizer if hasattr(trainer, "optimizer") else trainer.optimizers).values()))
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    step, spent = 0, 0.0
    if checkpoint.is_file():
        kept = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        average, step, spent = kept["average"], kept["step"], kept["spent"]
        say(f"goes on from step {step} of {plan.steps}")
    started = saved = time.monotonic()
    losses = 0.0
    while step < plan.steps:
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * _share(step / plan.steps)
        loss = trainer.update(next(batches))
        losses += loss[0] if isinstance(loss, tuple) else loss
        step += 1
        _move(average, model.state_dict(), min(_AVERAGE, (1 + step) / (20 + step)))
        now = time.monotonic()
        if step % _LOG_EVERY == 0:
            say(f"step {step} of {plan.steps}, loss {losses / _LOG_EVERY:.3f}, {spent + now - started:.0f} s")
            losses = 0.0
        if now - saved > plan.checkpoint_every or step == plan.steps:
            part = checkpoint.with_suffix(".part")
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "step": step, "spent": spent + now - started}, part)
            part.replace(checkpoint)
            saved = now
    model.load_state_dict(average)
    model.eval()


def averaged(trainer: Any, checkpoint: Path) -> int:
    """Give a trainer the averaged weights of a checkpoint of a training that was ended early; returns the step."""
    kept = torch.load(checkpoint, weights_only=True)
    trainer.model.load_state_dict(kept["average"])
    trainer.model.eval()
    return int(kept["step"])


def _share(progress: float) -> float:
    if progress < _WARM_UP:
        return (progress + 1e-4) / _WARM_UP
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (progress - _WARM_UP) / (1 - _WARM_UP)))


def _move(average: dict[str, torch.Tensor], current: dict[str, torch.Tensor], keep: float) -> None:
    names = [name for name, value in current.items() if value.is_floating_point()]
    with torch.no_grad():
        torch._foreach_lerp_([average[n] for n in names], [current[n] for n in names], 1 - keep)
