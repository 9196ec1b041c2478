from __future__ import annotations

from pathlib import Path

import pytest

from parsers.card import CARD, Card, ModelError, read_card, sha256, verify, write_card
from parsers.models import SHIPPED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pos.pt").write_bytes(b"weights")
    write_card(tmp_path, Card("ar", "1", "CC0", "2026-01-01", {"pos.pt": sha256(tmp_path / "pos.pt")}, {"LAS": 70.0}, ({"name": "ours", "licence": "CC0"},)))
    return tmp_path


def test_a_card_reads_back_and_its_files_are_verified(folder: Path) -> None:
    card = read_card(folder)
    assert card is not None
    assert (card.language, card.scores, card.data[0]["name"]) == ("ar", {"LAS": 70.0}, "ours")
    verify(folder, card)


@pytest.mark.parametrize(("spoil", "said"), [("other", "checksum differs"), ("gone", "is missing"), ("card", "is no model card")])
def test_a_file_that_is_not_what_the_card_says_is_one_plain_sentence(spoil: str, said: str, folder: Path) -> None:
    card = read_card(folder)
    assert card is not None
    if spoil == "other":
        (folder / "pos.pt").write_bytes(b"weightz")
    elif spoil == "gone":
        (folder / "pos.pt").unlink()
    else:
        (folder / CARD).write_text('{"language": "ar"}', encoding="utf-8")
    with pytest.raises(ModelError) as error:
        verify(folder, card) if spoil != "card" else read_card(folder)
    assert said in str(error.value)
    assert str(folder) in str(error.value)


def test_a_folder_without_a_card_has_none(tmp_path: Path) -> None:
    assert read_card(tmp_path) is None


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_model_that_ships_is_on_its_card(language: str) -> None:
    card = read_card(SHIPPED / language)
    assert card is not None
    assert set(card.files) == {path.name for path in (SHIPPED / language).glob("*.pt")}
    verify(SHIPPED / language, card)
    assert card.licence
    assert {"Words", "Sentences", "UPOS", "Lemmas", "LAS"} <= set(card.scores)
