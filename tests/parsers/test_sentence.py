from __future__ import annotations

from parsers.sentence import Sentence, Token


def token(index: int, text: str, head: int, relation: str, start: int, feats: str = "") -> Token:
    return Token(index, text, text, "NOUN", feats, head, relation, start, start + len(text))


def test_a_sentence_comes_back_from_json_as_it_was() -> None:
    tokens = (token(0, 'قال"', -1, "root", 7, "Aspect=Perf|Gender=Masc"), token(1, "\\n\u200f\n", 0, "obl:arg", 12), token(2, "😀", 0, "punct", 17))
    sentence = Sentence(3, 7, 18, 'قال" \\n\u200f\n 😀', tokens)
    assert Sentence.from_json(3, 7, 18, sentence.text, sentence.to_json()) == sentence


def test_a_sentence_without_tokens_comes_back_too() -> None:
    assert Sentence.from_json(0, 0, 0, "", Sentence(0, 0, 0, "", ()).to_json()) == Sentence(0, 0, 0, "", ())


def test_json_keeps_arabic_readable() -> None:
    assert "مصر" in Sentence(0, 0, 3, "مصر", (token(0, "مصر", -1, "root", 0),)).to_json()


def test_a_feature_is_found_by_its_whole_name() -> None:
    word = token(0, "x", -1, "root", 0, "Gender[psor]=Masc|Number=Plur|VerbForm=Fin")
    assert [word.feature(name) for name in ("Number", "VerbForm", "Form", "Gender", "umber", "")] == ["Plur", "Fin", "", "", "", ""]
    assert token(0, "x", -1, "root", 0).feature("Number") == ""
