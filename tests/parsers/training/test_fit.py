from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from parsers.training.fit import Plan, averaged, fit


class Line:
    """What fit needs of a Stanza trainer, around one linear layer."""

    def __init__(self) -> None:
        torch.manual_seed(1)
        self.model = torch.nn.Linear(1, 1)
        self.optimizer = {"general": torch.optim.Adam(self.model.parameters(), lr=0.1)}

    def update(self, batch: Any) -> float:
        x, y = batch
        self.optimizer["general"].zero_grad()
        loss = ((self.model(x) - y) ** 2).mean()
        loss.backward()
        self.optimizer["general"].step()
        return float(loss.detach())


def batches() -> Any:
    x = torch.linspace(-1, 1, 20).unsqueeze(1)
    while True:
        yield x, 3 * x + 1


def test_a_training_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    whole, halves, said = Line(), Line(), list[str]()
    fit(whole, batches(), Plan(400, 0.05), tmp_path / "whole.pt", said.append)

    class Stopped(Exception):
        pass

    def some(count: int) -> Any:
        yield from (batch for _, batch in zip(range(count), batches(), strict=False))
        raise Stopped

    with pytest.raises(Stopped):
        fit(halves, some(150), Plan(400, 0.05, checkpoint_every=0.0), tmp_path / "halves.pt", said.append)
    again = Line()
    fit(again, batches(), Plan(400, 0.05), tmp_path / "halves.pt", said.append)
    assert "goes on from step 150 of 400" in said
    torch.testing.assert_close(again.model.state_dict(), whole.model.state_dict())
    assert again.model.weight.item() == pytest.approx(3, abs=0.1)


def test_a_checkpoint_can_be_taken_as_it_is(tmp_path: Path) -> None:
    line = Line()
    fit(line, batches(), Plan(50, 0.05), tmp_path / "c.pt", lambda _: None)
    other = Line()
    assert averaged(other, tmp_path / "c.pt") == 50
    torch.testing.assert_close(other.model.state_dict(), line.model.state_dict())
