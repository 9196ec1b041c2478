from __future__ import annotations

import numpy as np
import pytest

from parsers.trees import _is_tree, _search, best_tree


@pytest.mark.parametrize(
    ("heads", "tree"),
    [([0, 0], True), ([0, 2, 0, 2], True), ([0, 2, 1, 0], False), ([0, 0, 0], False), ([0, 2, 3, 1], False), ([0, 0, 3, 4, 1], True)],
)
def test_a_tree_has_one_root_and_no_cycle(heads: list[int], tree: bool) -> None:
    assert _is_tree(heads) is tree


def test_where_best_heads_are_no_tree_the_search_finds_what_stanzas_does() -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    rng = np.random.default_rng(3)
    for size in range(2, 12):
        for _ in range(30):
            scores = rng.normal(size=(size, size))
            np.fill_diagonal(scores, -np.inf)
            assert _search(scores.copy()).tolist() == chuliu_edmonds_one_root(scores.copy()).tolist()
            assert _is_tree([int(head) for head in best_tree(scores.copy())])
