from __future__ import annotations

from pathlib import Path

from dictionaries import load_dictionaries
from parsers.training.clitics import clitic_tokens, name_list, with_names
from parsers.training.treebank import FORM, find_treebank, read_treebank
from tests.parsers.training.tiny import write_treebanks


def test_names_that_begin_like_a_clitic_are_told_more_often() -> None:
    names = name_list(load_dictionaries().languages["ar"])
    assert names.count("واشنطن") > names.count("مصر") >= 1
    assert names.count("سبتمبر") >= 1


def test_copies_have_other_names_and_join_clitics_as_they_are_written(tmp_path: Path) -> None:
    write_treebanks(tmp_path)
    trees = read_treebank(find_treebank(tmp_path, "ar", "train"), "ar")
    copies = with_names(trees, ["واشنطن", "السعودية"], share=1.0, seed=1)
    assert copies
    forms = {(form, tuple(row[FORM] for row in rows)) for copy in copies for form, rows, _ in copy.tokens()}
    assert ("واشنطن", ("واشنطن",)) in forms
    for form, words in forms:
        if words[0] == "ل" and words[-1] == "السعودية":
            assert form == "للسعودية"
    for copy in copies:
        assert copy.text.replace(" ", "") == "".join(form for form, _, _ in copy.tokens())


def test_made_tokens_expand_to_the_words_they_were_made_of(tmp_path: Path) -> None:
    write_treebanks(tmp_path)
    trees = read_treebank(find_treebank(tmp_path, "ar", "train"), "ar")
    made = {form: [row[FORM] for row in rows] for tree in clitic_tokens(trees, ["واشنطن"], 3000, seed=2) for form, rows, _ in tree.tokens()}
    assert made["وواشنطن"] == ["و", "واشنطن"]
    assert made["مدينتها"] == ["مدينة", "ها"]
    assert made["واشنطن"] == ["واشنطن"]
