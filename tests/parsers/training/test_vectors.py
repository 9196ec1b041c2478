from __future__ import annotations

from pathlib import Path

import numpy as np

from parsers.training.embeddings import read_vectors
from parsers.training.vectors import main, word_list
from tests.parsers.training.tiny import write_treebanks


def test_the_list_has_the_treebanks_words_and_others_without_their_clitics() -> None:
    words = word_list(["الوفد"], ["والحكومة", "للأمن", "قال", ""], "ar")
    assert words[0] == "الوفد"
    assert {"والحكومة", "الحكومة", "للامن", "الامن", "قال"} <= set(words)
    assert "" not in words


def test_vectors_of_a_table_are_reduced_and_read_back(tmp_path: Path) -> None:
    write_treebanks(tmp_path)
    names = ["sudan", "rejected", "demand", "tents", "Troops"]
    np.savez(tmp_path / "table.npz", words=np.array(names), rows=np.arange(5), data=np.random.default_rng(1).normal(size=(5, 80)))
    main(["en", "--treebank", str(tmp_path), "--table", str(tmp_path / "table.npz"), "--out", str(tmp_path / "v.npz")])
    vectors = read_vectors(tmp_path / "v.npz")
    assert set(vectors.words) == {"sudan", "rejected", "demand", "tents", "troops"}
    assert vectors.rows.shape[0] == 5
    assert np.isclose((vectors.rows**2).mean(), 1, atol=0.05)
