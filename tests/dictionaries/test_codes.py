from __future__ import annotations

from pathlib import Path

import pytest

from dictionaries.codes import take_apart


@pytest.mark.parametrize(
    ("code", "name", "country", "group", "roles"),
    [
        ("EGY", "Egypt", "EGY", "", ()),
        ("EGYGOV", "Egypt, government", "EGY", "", ("GOV",)),
        ("RUSMIL", "Russia, military", "RUS", "", ("MIL",)),
        ("---", "unknown", "", "", ()),
        ("---MIL", "military", "", "", ("MIL",)),
        ("REB", "rebels", "", "", ("REB",)),
    ],
)
def test_a_code_is_taken_apart(code: str, name: str, country: str, group: str, roles: tuple[str, ...]) -> None:
    parts = take_apart(code)
    assert (parts.code, parts.country, parts.known_group, parts.roles) == (code, country, group, roles)
    assert parts.name.lower() == name.lower()


def test_a_body_with_a_code_of_its_own_has_its_name() -> None:
    parts = take_apart("IGONAT")
    assert parts.roles == ("IGO",) and parts.known_group == "NAT"
    assert "NATO" in parts.name or "Atlantic" in parts.name


def test_what_nobody_knows_is_a_group_under_its_letters() -> None:
    parts = take_apart("EGYREBXYZ")
    assert (parts.country, parts.roles, parts.known_group) == ("EGY", ("REB",), "XYZ")


def test_countries_of_an_overlay_are_countries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "countries.yaml").write_text("ZZQ: {}\n", encoding="utf-8")
    assert take_apart("ZZQGOV").country == ""
    monkeypatch.setenv("MARSAD_DICTIONARIES", str(tmp_path))
    assert take_apart("ZZQGOV").country == "ZZQ"
