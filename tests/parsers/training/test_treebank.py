from __future__ import annotations

from pathlib import Path

import pytest

from parsers.training.treebank import FORM, TreebankError, find_treebank, paragraphs, read_treebank, write_conllu
from tests.parsers.training.tiny import write_treebanks


def test_a_treebank_is_read_as_running_text_is_normalised(tmp_path: Path) -> None:
    (tmp_path / "x.conllu").write_text("1\tأُعلن\tأَعلن\tVERB\tV\t_\t0\troot\t_\tSpaceAfter=No\n2\t“\t“\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\n", encoding="utf-8")
    [tree] = read_treebank(tmp_path / "x.conllu", "ar")
    assert [row[FORM] for row in tree.words()] == ["اعلن", '"']
    assert tree.text == 'اعلن"'
    assert [row[4] for row in tree.words()] == ["_", "_"]  # XPOS is left out


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_written_reads_back_the_same(language: str, tmp_path: Path) -> None:
    write_treebanks(tmp_path)
    trees = read_treebank(find_treebank(tmp_path, language, "train"), language)
    write_conllu(trees, tmp_path / "copy.conllu")
    assert read_treebank(tmp_path / "copy.conllu", language) == trees
    assert len(trees) == 12


def test_tokens_of_several_words_keep_their_spelling(tmp_path: Path) -> None:
    write_treebanks(tmp_path)
    tokens = [(form, [row[FORM] for row in rows]) for tree in read_treebank(find_treebank(tmp_path, "ar", "dev"), "ar") for form, rows, _ in tree.tokens() if len(rows) > 1]
    assert tokens == [("ودمشق", ["و", "دمشق"]), ("للاجئين", ["ل", "اللاجئين"]), ("مدينتهم", ["مدينة", "هم"])]


def test_paragraphs_hold_every_sentence_once_in_order(tmp_path: Path) -> None:
    write_treebanks(tmp_path)
    trees = read_treebank(find_treebank(tmp_path, "en", "train"), "en")
    groups = paragraphs(trees, seed=3)
    assert [tree for group in groups for tree in group] == trees
    assert all(2 <= len(group) <= 6 for group in groups[:-1])


@pytest.mark.parametrize(("content", "said"), [(None, "is missing"), ("", "holds no sentence"), ("1\tshort\n\n", "x.conllu:1: a CoNLL-U row has 10 columns, this one 2")])
def test_a_treebank_that_cannot_be_used_is_one_plain_sentence(content: str | None, said: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "x.conllu").write_text(content, encoding="utf-8")
    with pytest.raises(TreebankError) as error:
        read_treebank(tmp_path / "x.conllu", "en")
    assert said in str(error.value)
