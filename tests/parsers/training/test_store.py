from __future__ import annotations

from pathlib import Path

import torch

from parsers.training.store import store


def test_a_stored_model_is_halved_and_has_nothing_of_its_training(tmp_path: Path) -> None:
    model = {"model": {"w": torch.ones(1000)}, "dict": {"رفض": "رفض"}, "optimizer_state_dict": {"m": torch.ones(9)}, "steps": [1, torch.tensor(2)]}
    torch.save(model, tmp_path / "full.pt")
    store(tmp_path / "full.pt", tmp_path / "out" / "half.pt")
    kept = torch.load(tmp_path / "out" / "half.pt", weights_only=True)
    assert set(kept) == {"model", "dict", "steps"}
    assert kept["model"]["w"].dtype == torch.float16
    assert kept["steps"][1].item() == 2
