"""Hastened parses are Stanza's own, token for token; what each quicker step must keep is tested alone as well."""

from __future__ import annotations

import numpy as np
import pytest

from dictionaries import Dictionaries
from flows.run import SAMPLES
from parsers import parser as parser_module
from parsers.haste import _is_tree, _search, _tree
from parsers.models import find_models
from parsers.parser import Parser
from sources import Article, read_sources


@pytest.mark.parametrize("language", ["ar", "en"])
def test_hastened_parses_are_stock_stanzas(language: str, dictionaries: Dictionaries, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [article.text for article in read_sources([str(SAMPLES)]) if isinstance(article, Article) and article.language == language]
    assert texts
    quick = Parser(find_models(language), dictionaries.languages[language]).parse([*texts, *texts[:1]])
    monkeypatch.setattr(parser_module, "hasten", lambda pipeline: None)
    stock = Parser(find_models(language), dictionaries.languages[language]).parse([*texts, *texts[:1]])
    assert quick == stock


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
            assert _is_tree([int(head) for head in _tree(scores.copy())])
