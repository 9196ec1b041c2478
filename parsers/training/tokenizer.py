"""Train Stanza's tokeniser, which splits sentences and words and says which tokens hold several words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from parsers.training.clitics import may_hold_clitics
from parsers.training.evaluate import EVALUATED
from parsers.training.polish import polish
from parsers.training.treebank import FORM, Tree, paragraphs, write_conllu

# Sentences longer than this many characters are not trained on; a window of it should hold several.
_WINDOW = 450
_SEED = 11


def train_tokenizer(trees: Sequence[Tree], dev: Sequence[Tree], language: str, plan: dict[str, Any], work: Path, say: Callable[[str], None]) -> Path:
    """Train for at most plan["steps"], then further rounds as plan["again"] says, keeping the best on dev; returns the model's file.

    A round with `groupings` reads the sentences in so many ways of putting them together to paragraphs: with one, a quarter of them always
    ends a paragraph, and how such a sentence ends before another is never seen. In Arabic all forms that may hold clitics are marked.
    """
    from stanza.models import tokenizer

    model = work / "tokenize.pt"
    work.mkdir(parents=True, exist_ok=True)
    _prepare(trees, work, "train", language, range(_SEED, _SEED + 1))
    _prepare(dev, work, "dev", language, (EVALUATED,))
    options = f"--lang {language} --shorthand {language}_marsad --max_seqlen {_WINDOW} --steps {plan['steps']} --batch_size 24 --eval_steps 250 --report_steps 50 --use_mwt --cpu --rnn_layers 1 --hidden_dim 80"
    files = {"txt_file": "train.txt", "label_file": "train.labels", "mwt_json_file": "mwt.json", "dev_txt_file": "dev.txt", "dev_label_file": "dev.labels", "dev_conll_gold": "dev.conllu"}
    arguments = [*options.split(), *(part for name, file in files.items() for part in (f"--{name}", str(work / file))), "--save_dir", str(work), "--save_name", model.name]
    tokenizer.main([*arguments, *_dropping(plan["drop"])])
    for further in plan.get("again", ()):
        _prepare(trees, work, "train", language, range(_SEED, _SEED + further.get("groupings", 1)))
        polish(model, [*arguments, *_dropping(further.get("drop", plan["drop"]))], further["steps"], further["rate"], say)
    return model


def _dropping(share: float) -> list[str]:
    """Of letters and their features, so many are hidden in training."""
    return ["--unit_dropout", str(share), "--feat_unit_dropout", str(share)]


def _prepare(trees: Sequence[Tree], work: Path, part: str, language: str, seeds: Iterable[int]) -> None:
    """Text, and a digit a character: 1 ends a word, 3 a token of several words, one more where a sentence ends too; 0 all else."""
    texts, labels = [], []
    for group in (group for seed in seeds for group in paragraphs(trees, seed)):
        text, label = "", ""
        for number, tree in enumerate(group):
            tokens = list(tree.tokens())
            for at, (form, words, space) in enumerate(tokens):
                last = at == len(tokens) - 1
                text += form
                several = len(words) > 1 or (language == "ar" and may_hold_clitics(form))
                label += "0" * (len(form) - 1) + str((3 if several else 1) + last)
                if (space or last) and not (last and number == len(group) - 1):
                    text, label = text + " ", label + "0"
        texts.append(text)
        labels.append(label)
    (work / f"{part}.txt").write_text("\n\n".join(texts) + "\n\n", encoding="utf-8")
    (work / f"{part}.labels").write_text("\n\n".join(labels) + "\n\n", encoding="utf-8")
    if part == "train":
        counts = Counter((form, tuple(word[FORM].lower() for word in words)) for tree in trees for form, words, _ in tree.tokens() if len(words) > 1)
        (work / "mwt.json").write_text(json.dumps(list(counts.items()), ensure_ascii=False), encoding="utf-8")
    else:
        write_conllu(trees, work / f"{part}.conllu")
