"""Headlines and datelines between the sentences of a treebank: they end without a stop, and few treebanks have enough of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from dictionaries import Language
from dictionaries.folding import fold
from parsers.training.treebank import FORM, Tree

_LONGEST = 14
_STOPS = ".!?؟:؛"


def with_headlines(trees: Sequence[Tree], language: Language, places: Sequence[str], share: float, seed: int) -> list[Tree]:
    """The sentences in their order, a headline and a dateline before a share of them.

    A headline is a short sentence of the treebank without its stop, a dateline a place and a day: "القاهرة 3 مايو". Good for the tokeniser alone.
    """
    rng = random.Random(seed)
    months = sorted({month for month in language.dates.months if len(month) > 2})
    short = [_bare(tree) for tree in trees if 4 <= len(list(tree.tokens())) <= _LONGEST]
    found: list[Tree] = []
    for tree in trees:
        if short and months and rng.random() < share:
            found.append(rng.choice(short))
            if rng.random() < 0.7:
                words = [*rng.choice(places).split(), str(rng.randint(1, 31)), fold(rng.choice(months), language.code)]
                if rng.random() < 0.3:
                    words += ["(", rng.choice(["ا ف ب", "رويترز", "شينخوا", "د ب ا"]), ")"]
                if rng.random() < 0.4:
                    words.append("-")
                found.append(_words(words))
        found.append(tree)
    return found


def _bare(tree: Tree) -> Tree:
    rows = [list(row) for row in tree.rows]
    while len(rows) > 1 and rows[-1][FORM] in _STOPS:
        rows.pop()
    rows[-1][9] = "_"
    return Tree(tree.text.rstrip(_STOPS + " "), rows)


def _words(words: Sequence[str]) -> Tree:
    rows = []
    for number, word in enumerate(part for group in words for part in group.split()):
        glued = word == "("
        rows.append([str(number + 1), word, word, "X", "_", "_", "0" if number == 0 else "1", "root" if number == 0 else "dep", "_", "SpaceAfter=No" if glued else "_"])
    for row, following in itertools.pairwise(rows):
        if following[FORM] == ")":
            row[9] = "SpaceAfter=No"
    tree = Tree("", rows)
    tree.text = "".join(form + (" " if space else "") for form, _, space in tree.tokens()).strip()
    return tree
