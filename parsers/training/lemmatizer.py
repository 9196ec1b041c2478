"""Train Stanza's lemmatiser: a dictionary of what the treebank (and a list beside it) has, a small network for the rest."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from parsers.training.inflected import Inflected
from parsers.training.treebank import Tree, write_conllu

_WORDS_A_TREE = 40
_BATCH = 5000


def train_lemmatizer(
    trees: Sequence[Tree], dev: Sequence[Tree], language: str, epochs: int, work: Path, learned: Sequence[Inflected] = (), listed: Sequence[Inflected] = ()
) -> Path:
    """Train for some epochs, keeping the best on dev; returns the model's file.

    The network learns from the trees and from `learned`; words `listed` come into the dictionary where the network gives another lemma.
    """
    from stanza.models import lemmatizer

    work.mkdir(parents=True, exist_ok=True)
    write_conllu([*trees, *_as_trees(learned)], work / "train.conllu")
    write_conllu(dev, work / "dev.conllu")
    options = f"--shorthand {language}_marsad --hidden_dim 100 --num_epoch {epochs} --batch_size 100 --cpu --log_step 500"
    files = ("--train_file", str(work / "train.conllu"), "--eval_file", str(work / "dev.conllu"))
    lemmatizer.main([*options.split(), *files, "--save_dir", str(work), "--save_name", "lemma.pt"])
    if learned or listed:
        shutil.copyfile(work / "lemma.pt", work / "lemma.whole.pt")
        _shorten(work / "lemma.pt", {row[1] for tree in trees for row in tree.words()}, listed)
    return work / "lemma.pt"


def _as_trees(words: Sequence[Inflected]) -> list[Tree]:
    """Words as sentences that make no sense: the lemmatiser reads one word at a time."""
    trees = []
    for at in range(0, len(words), _WORDS_A_TREE):
        rows = [[str(n), form, lemma, tag, "_", "_", str(n - 1), "dep" if n > 1 else "root", "_", "_"] for n, (form, tag, lemma) in enumerate(words[at : at + _WORDS_A_TREE], 1)]
        trees.append(Tree(" ".join(row[1] for row in rows), rows))
    return trees


def _shorten(model: Path, written: set[str], listed: Sequence[Inflected]) -> None:
    """Leave in the dictionary the words of the treebank, and of those listed the ones that they or the network get wrong."""
    from stanza.models.lemma.trainer import Trainer

    trainer = Trainer(model_file=str(model), device="cpu")
    trainer.pos_dict = {tag: {form: lemma for form, lemma in words.items() if form in written} for tag, words in trainer.pos_dict.items()}
    for (form, tag, lemma), guess in zip(listed, _guesses(trainer, [(form, tag) for form, tag, _ in listed]), strict=True):
        known = trainer._lookup(form, tag)
        if (guess if known is None else known) != lemma:
            trainer.pos_dict.setdefault(tag, {})[form] = lemma
    trainer.save(str(model))


def _guesses(trainer: Any, words: Sequence[tuple[str, str]]) -> list[str]:
    """What the network says, the dictionary left aside."""
    from stanza.models.common.doc import Document
    from stanza.models.lemma.data import DataLoader

    guesses: list[str] = []
    for at in range(0, len(words), _BATCH):
        document = Document([[{"id": (n,), "text": form, "upos": tag} for n, (form, tag) in enumerate(words[at : at + _BATCH], 1)]])
        batch = DataLoader(document, 500, trainer.args, vocab=trainer.vocab, evaluation=True)
        found: list[str] = []
        edits: list[int] = []
        for part in batch:
            lemmas, edit = trainer.predict(part, trainer.args["beam_size"])
            found += lemmas
            edits += edit if edit is not None else []
        guesses += trainer.postprocess([form for form, _ in words[at : at + _BATCH]], found, edits=edits)
    return guesses
