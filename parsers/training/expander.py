"""Train Stanza's multiword token expander, which writes out the words that a token holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from parsers.training.clitics import may_hold_clitics
from parsers.training.treebank import FORM, MISC, Tree, write_conllu


def train_expander(trees: Sequence[Tree], dev: Sequence[Tree], language: str, epochs: int, work: Path, known: dict[str, str]) -> Path:
    """Train for some epochs, keeping the best on dev; returns the model's file. `known` are more forms with their words, for its dictionary."""
    import torch
    from stanza.models import mwt_expander

    work.mkdir(parents=True, exist_ok=True)
    write_conllu(trees, work / "train.conllu")
    write_conllu(dev, work / "gold.conllu")
    write_conllu([_unexpanded(tree, language) for tree in dev], work / "dev.conllu")
    longest = max((sum(len(word[FORM]) + 1 for word in words) for tree in trees for _, words, _ in tree.tokens() if len(words) > 1), default=20)
    options = f"--lang {language} --shorthand {language}_marsad --hidden_dim 100 --num_epoch {epochs} --batch_size 100 --max_dec_len {longest + 2} --cpu --log_step 200"
    files = ("--train_file", "train.conllu", "--eval_file", "dev.conllu", "--gold_file", "gold.conllu")
    mwt_expander.main([*options.split(), *(part if part.startswith("--") else str(work / part) for part in files), "--save_dir", str(work), "--save_name", "mwt.pt"])
    model = torch.load(work / "mwt.pt", weights_only=True)
    model["dict"] = {**known, **model["dict"]}
    torch.save(model, work / "mwt.pt")
    return work / "mwt.pt"


def _unexpanded(tree: Tree, language: str) -> Tree:
    """The sentence as the tokeniser leaves it: a token of several words is one row, marked."""
    rows = []
    for number, (form, words, space) in enumerate(tree.tokens(), 1):
        row = list(words[0]) if len(words) == 1 else ["", form, "_", "_", "_", "_", "", "dep", "_", ""]
        row[0], row[6], row[7] = str(number), str(number - 1), "root" if number == 1 else "dep"
        several = len(words) > 1 or (language == "ar" and may_hold_clitics(form))
        marks = [*(["MWT=Yes"] if several else []), *([] if space else ["SpaceAfter=No"])]
        row[MISC] = "|".join(marks) or "_"
        rows.append(row)
    return Tree(tree.text, rows)
