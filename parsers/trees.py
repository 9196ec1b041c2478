"""The best tree of a sentence with one root, without search where none is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def best_tree(scores: Any) -> Any:
    """The heads of the best tree with one root, from scores of [words, heads]; in both 0 is the root.

    Where every word's best head makes such a tree already, no other is better.
    """
    heads = scores.argmax(1)
    heads[0] = 0
    return heads if _is_tree(heads.tolist()) else _search(scores)


def _search(scores: Any) -> Any:
    """Stanza's chuliu_edmonds_one_root with a quicker look for cycles; which one is broken first does not change the best tree."""
    import numpy as np
    from stanza.models.common.chuliu_edmonds import expand_contracted_tree, prepare_scores, process_cycle

    scores = scores.astype(np.float64)
    scores[:, 0] += scores[np.isfinite(scores)].min() * len(scores)  # a root costs more than any tree saves: there will be one
    broken = []
    while True:
        prepare_scores(scores)
        tree = scores.argmax(1)
        cycle = _cycle(tree.tolist())
        if not cycle:
            break
        inside = np.zeros(len(tree), dtype=bool)
        inside[cycle] = True
        scores, *contraction = process_cycle(tree, inside, scores)
        broken.append((tree, contraction))
    for wider, contraction in reversed(broken):
        tree = expand_contracted_tree(wider, tree, *contraction)
    return tree


def _cycle(heads: Sequence[int]) -> list[int]:
    """The words of one cycle, [] where there is none."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        at = start
        while at and not seen[at]:
            seen[at] = start
            at = heads[at]
        if at and seen[at] == start:
            cycle, after = [at], heads[at]
            while after != at:
                cycle.append(after)
                after = heads[after]
            return cycle
    return []


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (of 0, the root, and words 1...) lead every word to 0, one of them directly."""
    if heads.count(0) != 2 and len(heads) > 1:
        return False
    state = [0] * len(heads)  # 0 not seen, 1 on the way, 2 leads to the root
    state[0] = 2
    for start in range(1, len(heads)):
        way, at = [], start
        while state[at] == 0:
            state[at] = 1
            way.append(at)
            at = heads[at]
        if state[at] == 1:
            return False
        for word in way:
            state[word] = 2
    return True
