"""Tags as a tagger will really give them: each part of the treebank is tagged by a tagger that has not seen it.

A parser that was trained on the treebank's own tags trusts them more than any tagger deserves.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from pathlib import Path

from parsers.training.embeddings import Vectors
from parsers.training.fit import Plan
from parsers.training.tagger import tag, train_tagger
from parsers.training.treebank import FEATS, UPOS, Tree, read_treebank, write_conllu


def jackknife(trees: Sequence[Tree], language: str, vectors: Vectors | None, folds: int, plan: Plan, work: Path, say: Callable[[str], None]) -> list[Tree]:
    """The trees with predicted UPOS. A fold that an earlier run tagged is read from `work`."""
    tagged: dict[int, Tree] = {}
    for fold in range(folds):
        # Runs of ten sentences: neighbours come from one document and would give each other away.
        own = [at for at in range(len(trees)) if at // 10 % folds == fold]
        if not own:
            continue
        kept = work / f"fold{fold}.conllu"
        if not kept.is_file():
            plain = [_without_features(tree) for at, tree in enumerate(trees) if at // 10 % folds != fold]
            trainer = train_tagger(plain, language, vectors, plan, work / f"fold{fold}", lambda line, fold=fold: say(f"fold {fold + 1} of {folds}: {line}"))  # type: ignore[misc]
            part = [copy.deepcopy(trees[at]) for at in own]
            tag(trainer, part)
            right = sum(a[UPOS] == b[UPOS] for at, tree in zip(own, part, strict=True) for a, b in zip(trees[at].words(), tree.words(), strict=True))
            say(f"fold {fold + 1} of {folds}: UPOS {right / sum(1 for tree in part for _ in tree.words()):.4f} on unseen sentences")
            write_conllu(part, work / "part.conllu")
            (work / "part.conllu").replace(kept)
        tagged |= dict(zip(own, read_treebank(kept, language), strict=True))
    return [tagged[at] for at in range(len(trees))]


def _without_features(tree: Tree) -> Tree:
    """UPOS is all that the parser reads, and a tagger without features trains in half the time."""
    bare = copy.deepcopy(tree)
    for row in bare.rows:
        row[FEATS] = "_"
    return bare
