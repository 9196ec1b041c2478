from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from parsers.models import SHIPPED, ModelError, find_models


@pytest.fixture(autouse=True)
def no_resources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STANZA_RESOURCES_DIR", raising=False)


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    """A folder with models of Arabic as Marsad lays them out; nothing reads them."""
    folder = tmp_path / "flat"
    (folder / "ar").mkdir(parents=True)
    for name in ("tokenize", "pos", "lemma", "depparse"):
        (folder / "ar" / f"{name}.pt").write_bytes(name.encode())
    return folder


@pytest.fixture
def stanza(tmp_path: Path) -> Path:
    """The same as Stanza lays them out."""
    folder = tmp_path / "stanza_resources"
    (folder / "ar" / "tokenize").mkdir(parents=True)
    (folder / "ar" / "tokenize" / "padt.pt").write_bytes(b"tokenize")
    (folder / "resources.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_models_that_ship_are_found(language: str) -> None:
    found = find_models(language)
    assert (found.language, found.folder) == (language, SHIPPED / language)
    assert found.version.startswith(f"{language}-")


def test_the_version_follows_the_files_and_not_the_place(flat: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(flat, copy)
    before = find_models("ar", flat).version
    assert find_models("ar", copy).version == before
    (copy / "ar" / "pos.pt").write_bytes(b"pos, trained longer")
    assert find_models("ar", copy).version != before


@pytest.mark.parametrize("folder", ["flat", "stanza"])
def test_a_named_folder_is_taken_in_either_layout(folder: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(folder)
    found = find_models("ar", path)
    assert found.layout == folder
    assert found.folder.is_relative_to(path)


def test_a_named_folder_without_models_is_an_error_though_others_ship(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(ModelError) as error:
            find_models("ar", folder)
        assert str(folder) in str(error.value)


def test_a_named_folder_must_have_the_language_and_all_its_models(flat: Path) -> None:
    with pytest.raises(ModelError):
        find_models("en", flat)
    (flat / "ar" / "lemma.pt").unlink()
    with pytest.raises(ModelError):
        find_models("ar", flat)


@pytest.mark.parametrize("folder", ["flat", "stanza"])
def test_stanza_resources_dir_is_honoured_when_it_has_models(folder: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    path: Path = request.getfixturevalue(folder)
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(path))
    assert find_models("ar").folder.is_relative_to(path)
    assert find_models("en").folder == SHIPPED / "en"


@pytest.mark.parametrize("value", ["", "/no/such/folder"])
def test_stanza_resources_dir_without_models_leaves_those_that_ship(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in (value, str(tmp_path)):
        monkeypatch.setenv("STANZA_RESOURCES_DIR", setting)
        assert find_models("ar").folder == SHIPPED / "ar"


def test_a_named_folder_comes_before_stanza_resources_dir(flat: Path, stanza: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(stanza))
    assert find_models("ar", flat).layout == "flat"


def test_a_language_without_models_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="--models"):
        find_models("fr")
