"""Train Stanza's lemmatiser: a dictionary of what the treebank (and a list beside it) has, a small network for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from parsers.training.treebank import Tree, write_conllu


def train_lemmatizer(trees: Sequence[Tree], dev: Sequence[Tree], language: str, epochs: int, work: Path) -> Path:
    """Train for some epochs, keeping the best on dev; returns the model's file."""
    from stanza.models import lemmatizer

    work.mkdir(parents=True, exist_ok=True)
    write_conllu(trees, work / "train.conllu")
    write_conllu(dev, work / "dev.conllu")
    options = f"--shorthand {language}_marsad --hidden_dim 100 --num_epoch {epochs} --batch_size 100 --cpu --log_step 500"
    files = ("--train_file", str(work / "train.conllu"), "--eval_file", str(work / "dev.conllu"))
    lemmatizer.main([*options.split(), *files, "--save_dir", str(work), "--save_name", "lemma.pt"])
    return work / "lemma.pt"
