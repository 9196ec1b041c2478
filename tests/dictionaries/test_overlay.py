"""A user's folder laid over the dictionaries that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictionaries import Dictionaries, DictionaryError, load_dictionaries
from dictionaries.load import ROOT, content_hash, read_dictionaries
from dictionaries.problems import Problems

FILES = {
    "actors/organisations.yaml": "un: {code: IGOXXX, kind: organisation}\nport_league: {code: IGOPRL, kind: organisation}\n",
    "actors/persons.yaml": 'port_chief: {code: YEMELI, codes: [{code: YEMGOV, since: "2020-01-01"}]}\n',
    "en/organisations.yaml": "organisations:\n  un: [The Glass House]\n  port_league: [League of Ports]\n",
    "en/names.yaml": "countries:\n  EGY: {names: [Land of the Nile]}\n",
    "en/acts.yaml": "- act: provide\n  frame: {source: [subj], target: [to]}\n  verbs: [{lemma: ferry, topic: aid.humanitarian}]\n",
    "en/topics.yaml": "topics:\n  aid.military: [featherglider]\n",
    "en/agents.yaml": "roles:\n- {role: SPY, nouns: [soldier]}\n",
    "en/discards.yaml": "sentences:\n- {reason: kites, phrases: [kite festival]}\n",
    "en/irregular_verbs.yaml": "ferry: [ferrode]\n",
    "en/dates.yaml": "months: {seedmonth: 4}\n",
    "cameo/composition.yaml": 'appeal: {aid.military: "0231"}\n',
    "cameo/by_source.yaml": '- {code: "180", roles: [COP], becomes: "190"}\n',
    "ar/forms.tsv": "فهرس\tفهرسوا\tفهرست\n",
}


@pytest.fixture(autouse=True)
def _no_overlay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DICTIONARIES", "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mine")
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def laid(folder: Path) -> tuple[Dictionaries, Problems]:
    return read_dictionaries(ROOT, folder)


def test_entries_are_added_and_the_same_key_is_overridden(laid: tuple[Dictionaries, Problems], dictionaries: Dictionaries) -> None:
    mine, problems = laid
    assert problems == []
    english = mine.languages["en"]
    assert (mine.actors["un"].code, dictionaries.actors["un"].code) == ("IGOXXX", "IGOUNO")
    assert mine.actors["unifil"] == dictionaries.actors["unifil"]
    text = "The Glass House, the League of Ports, the United Nations and the Land of the Nile met."
    assert [mine.actors[match.name.actor].code for match in english.names.find(text)] == ["IGOXXX", "IGOPRL", "IGOXXX", "EGY"]
    assert english.verbs["ferry"][0].topic == "aid.humanitarian"
    assert english.verb_forms["ferrode"] == ("ferry",)
    assert [match.value for match in english.topics.find([("featherglider",)])] == ["aid.military"]
    assert [match.value for match in english.roles.find([("soldier",)])] == ["SPY"]
    assert "kites" in english.discards.values
    assert mine.languages["ar"].verb_forms["فهرسوا"] == ("فهرس",)
    assert mine.composition.find("appeal", "aid.military") == ("0231", mine.composition.places["appeal", "aid.military"])
    assert mine.composition.rows["appeal", "aid"] == "023"
    assert mine.composition.by_source["180", "COP"] == "190"


def test_an_entry_is_cited_with_the_overlays_file_and_line(laid: tuple[Dictionaries, Problems], folder: Path) -> None:
    assert laid[0].languages["en"].verbs["ferry"][0].place == f"{folder.as_posix()}/en/acts.yaml:3"


def test_the_hash_covers_the_overlay(laid: tuple[Dictionaries, Problems], folder: Path, tmp_path: Path) -> None:
    assert laid[0].hash == content_hash(ROOT, folder) != content_hash(ROOT)
    assert content_hash(ROOT, tmp_path) == content_hash(ROOT)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("en/topics.yaml", "topics:\n  aids: [aid]\n", "/en/topics.yaml:2:3: unknown topic aids"),
        ("en/topics.yaml", "topics: [aid]\n", "/en/topics.yaml:1:9: expected a mapping, as the shipped dictionary has here"),
        ("en/acts.yaml", "act: provide\n", "/en/acts.yaml:1:1: must be a list"),
        ("en/act.yaml", "- act: provide\n", "/en/act.yaml:1:1: no dictionary has this name"),
    ],
)
def test_a_mistake_in_the_overlay_is_named_with_its_own_file(tmp_path: Path, file: str, text: str, message: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / file).write_text(text, encoding="utf-8")
    _, problems = read_dictionaries(ROOT, tmp_path)
    assert len(problems) == 1 and problems[0].startswith(tmp_path.as_posix()) and message in problems[0]


def test_the_variable_names_the_overlay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "groups.yaml").write_text("reef_guards: {code: YEMREB, kind: group}\n", encoding="utf-8")
    assert "reef_guards" not in load_dictionaries().actors
    monkeypatch.setenv("MARSAD_DICTIONARIES", str(tmp_path))
    assert load_dictionaries().actors["reef_guards"].code == "YEMREB"
    monkeypatch.setenv("MARSAD_DICTIONARIES", str(tmp_path / "gone"))
    with pytest.raises(DictionaryError, match="no such folder of dictionaries"):
        load_dictionaries()
