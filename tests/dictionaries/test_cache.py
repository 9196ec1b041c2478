"""Compiled dictionaries between runs: the same as compiled anew, and never from a file that is broken, stale or not ours."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from dictionaries import Dictionaries, DictionaryError, load
from dictionaries.cache import compiled_key, keep_compiled, read_compiled


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MARSAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("MARSAD_DICTIONARIES", raising=False)
    return tmp_path / "cache" / "dictionaries"


def load_anew(overlay: Path | None = None) -> Dictionaries:
    load._load.cache_clear()
    return load.load_dictionaries(overlay=overlay)


def never(*_: object) -> None:
    raise AssertionError("the files were read again")


def test_what_was_kept_is_what_was_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = load_anew()
    monkeypatch.setattr(load, "read_dictionaries", never)
    kept = load_anew()
    assert kept is not compiled and kept.hash == compiled.hash
    for code in ("ar", "en"):
        assert kept.languages[code].verbs == compiled.languages[code].verbs  # with the places of their entries
        assert kept.languages[code].verb_forms == compiled.languages[code].verb_forms
        assert len(kept.languages[code].names) == len(compiled.languages[code].names)
    assert [match.name.place for match in kept.languages["en"].names.find("Kenya and Egypt")] == [match.name.place for match in compiled.languages["en"].names.find("Kenya and Egypt")]


def test_an_overlay_is_kept_apart_and_a_change_in_it_is_seen(folder: Path, tmp_path: Path) -> None:
    shipped = load_anew()
    own = tmp_path / "mine" / "en" / "discards.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("sentences:\n- {reason: sport, phrases: [regatta]}\n", encoding="utf-8")
    first, again = load_anew(tmp_path / "mine"), load_anew(tmp_path / "mine")
    assert "regatta" in again.languages["en"].discards.first and "regatta" not in load_anew().languages["en"].discards.first
    own.write_text("sentences:\n- {reason: sport, phrases: [decathlon]}\n", encoding="utf-8")
    changed = load_anew(tmp_path / "mine")
    assert "decathlon" in changed.languages["en"].discards.first and "regatta" not in changed.languages["en"].discards.first
    assert len({shipped.hash, first.hash, changed.hash}) == 3 and first.hash == again.hash


def test_dictionaries_with_a_problem_are_not_kept(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "mine" / "en" / "nothing.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("a: b\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DictionaryError, match="nothing"):
            load_anew(tmp_path / "mine")
    assert not list(folder.glob("*"))


@pytest.mark.parametrize("damage", [lambda kept: kept[:-9], lambda kept: b"", lambda kept: kept[:99] + b"x" + kept[100:], lambda kept: b"\0" * 32 + kept[32:]])
def test_a_broken_file_is_ignored_and_written_anew(folder: Path, damage: object) -> None:
    key = compiled_key("x")
    keep_compiled(key, list(range(1000)))
    path = folder / key
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert read_compiled(key) is None
    keep_compiled(key, {"whole": True})
    assert read_compiled(key) == {"whole": True}


class Trap:
    """What runs code when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (os.environ["MARSAD_CACHE"] + "/sprung",)


@pytest.mark.parametrize("opened", ["folder", "file", "link"])
def test_a_file_that_another_user_could_have_written_is_never_unpickled(folder: Path, tmp_path: Path, opened: str) -> None:
    key = compiled_key("x")
    keep_compiled(key, Trap())
    if opened == "link":
        (folder / key).rename(tmp_path / "elsewhere")
        (folder / key).symlink_to(tmp_path / "elsewhere")
    else:
        (folder if opened == "folder" else folder / key).chmod(0o777)
    assert read_compiled(key) is None
    assert not (folder.parent / "sprung").exists()
    if opened == "folder":
        keep_compiled(compiled_key("y"), 1)
        assert [path.name for path in folder.iterdir()] == [key]


def test_it_can_be_turned_off_and_a_folder_that_cannot_be_made_is_no_error(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_CACHE", "off")
    keep_compiled(compiled_key("x"), 1)
    assert read_compiled(compiled_key("x")) is None and not folder.exists() and not Path("off").exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("MARSAD_CACHE", str(tmp_path / "file"))
    keep_compiled(compiled_key("x"), 1)
    assert read_compiled(compiled_key("x")) is None


def test_only_the_youngest_are_kept_and_the_users_own_files_stay(folder: Path) -> None:
    keep_compiled(compiled_key("0"), 0)
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    for number in range(1, 7):
        path = folder / compiled_key(str(number))
        keep_compiled(path.name, number)
        os.utime(path, (number, number))
    keep_compiled(compiled_key("7"), 7)
    assert (folder / "mine.txt").exists() and len(list(folder.glob("*.pickle"))) == 4 and read_compiled(compiled_key("7")) == 7


def test_what_pickle_cannot_read_is_nothing(folder: Path) -> None:
    import hashlib

    keep_compiled(key := compiled_key("x"), 1)
    wrong = pickle.dumps(Dictionaries).replace(b"Dictionaries", b"Dictionarjes")
    (folder / key).write_bytes(hashlib.sha256(wrong).digest() + wrong)
    assert read_compiled(key) is None
