"""Small files of our own in PETRARCH's formats, and, where they are, all those of ../shared/legacy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dictionaries import DictionaryError
from dictionaries.importer import Ledger, import_file
from dictionaries.importer.patterns import read_pattern
from dictionaries.importer.spelling import UnreadableError
from dictionaries.load import ROOT, read_dictionaries

LEGACY = Path(__file__).parents[4] / "shared" / "legacy"


@pytest.fixture(autouse=True)
def _no_overlay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DICTIONARIES", "")


def imported(tmp_path: Path, kind: str, text: str, language: str | None = None) -> tuple[Ledger, int]:
    file = tmp_path / f"{kind}.txt"
    file.write_text(text, encoding="utf-8")
    ledger, entries, _ = import_file(kind, file, language, tmp_path / "out")
    assert sum(ledger.counts().values()) == ledger.lines == text.count("\n") + (not text.endswith("\n"))
    return ledger, entries


def written(tmp_path: Path, file: str) -> Any:
    return yaml.safe_load((tmp_path / "out" / file).read_text(encoding="utf-8"))


ACTORS = """# harbour offices, a fixture
HARBOUR_MASTER_OF_ADEN_   # no person
+ADEN_HARBOUR_OFFICE_
\t[YEMGOV 900522-941231]
\t[YEMELI >20150101]
\t[YEMCVL]
LEAGUE_OF_RED_SEA_PORTS_(LRSP)_ [IGOLRS]
LAND_OF_THE_NILE_\t[EGY]
MOON_ROCKS_ [---]
BROKEN_NAME_(OPEN_ [YEMGOV]
ADEN_COAST_GUARD_ [YEM?]
BAD_SPAN_OFFICE_
\t[YEMGOV 20200101-20190101]
\t[YEMMIL 20210230-20210301]
LAST_OF_THE_FILE_ [DJIGOV]"""


def test_actors_dates_synonyms_and_the_last_of_the_file(tmp_path: Path) -> None:
    ledger, entries = imported(tmp_path, "actors", ACTORS)
    assert entries == 7
    codes = [
        {"code": "YEMGOV", "since": "1990-05-22", "until": "1994-12-31"},
        {"code": "YEMELI", "since": "2015-01-01"},
    ]
    assert written(tmp_path, "actors/persons.yaml")["petrarch_harbour_master_of_aden"] == {"code": "YEMCVL", "codes": codes}
    assert written(tmp_path, "en/names.yaml") == {"countries": {"EGY": {"names": ["Land of the Nile"]}}, "nobody": ["Moon Rocks"]}
    assert written(tmp_path, "en/organisations.yaml")["organisations"] == {"petrarch_league_of_red_sea_ports": ["League of Red Sea Ports", "LRSP"]}
    assert written(tmp_path, "en/organisations.yaml")["persons"]["petrarch_last_of_the_file"] == ["Last of the File"]
    reasons = dict(ledger.reasons)
    assert reasons[10] == "a bracket that has no other half"
    assert [n for n, _ in ledger.reasons if n in (11, 12, 13, 14)] == [11, 11, 12, 13, 14]
    assert ledger.counts() == {"blank": 1, "heading": 0, "written": 9, "reported": 5}


def test_the_codes_of_a_line_that_cannot_be_read_do_not_go_to_the_actor_above(tmp_path: Path) -> None:
    imported(tmp_path, "actors", "GULF_PORT_OFFICE_ [OMNGOV]\nRED\x01SEA_OFFICE_\n\t[DJIGOV]\n  # the name is missing\n\t[ERIGOV 900101-910101]\n")
    assert written(tmp_path, "actors/persons.yaml") == {"petrarch_gulf_port_office": {"code": "OMNGOV"}}


def test_arabic_roles_among_the_actors_are_role_nouns(tmp_path: Path) -> None:
    imported(tmp_path, "actors", "حرس_السواحل_  [COP]\nميناء_بورتسودان_ [SDN]\n")
    assert written(tmp_path, "ar/agents.yaml") == {"roles": [{"role": "COP", "phrases": ["حرس السواحل"]}]}
    assert written(tmp_path, "ar/names.yaml") == {"countries": {"SDN": {"names": ["ميناء بورتسودان"]}}}


def test_agents_plurals_and_macros(tmp_path: Path) -> None:
    text = "!FOLK! = MAN, WOMAN\nLIGHTHOUSE!FOLK! [~LAB]\nOX_DRIVER {OXEN_DRIVERS} [~AGR]\nWAR_PILOT_BUREAU [~GOVMIL]\nUN_ENVOY_POST [IGO~]\nLOST_CODE\nSEA!KIND! [~LAB]\nTORN [~LAB}\n"
    ledger, entries = imported(tmp_path, "agents", text)
    assert entries == 5
    assert written(tmp_path, "en/agents.yaml")["roles"] == [
        {"role": "LAB", "nouns": ["lighthouseman", "lighthousewoman"]},
        {"role": "AGR", "phrases": ["ox driver", "oxen drivers"]},
        {"role": "GOVMIL", "phrases": ["war pilot bureau"]},
    ]
    assert [number for number, _ in ledger.reasons] == [5, 6, 7, 8]


def test_issues_become_topics_where_one_fits(tmp_path: Path) -> None:
    ledger, entries = imported(tmp_path, "issues", '<ISSUE CATEGORY="X" TYPE="ALL">\nn:featherglider [DRONE]\nself+flying v:craft [DRONE]\nfish stew [FOOD_SECURITY]\n~toy craft\n</ISSUE>\n')
    assert entries == 2
    assert written(tmp_path, "en/topics.yaml") == {"topics": {"force.aerial.drone": ["featherglider", "self-flying craft"]}}
    assert [number for number, _ in ledger.reasons] == [4, 5]


def test_discards_say_that_they_were_imported(tmp_path: Path) -> None:
    ledger, _ = imported(tmp_path, "discards", "KITE FESTIVAL  # spring\n+CAMEL RACE MEETING\nKITE FESTIVAL\n")
    assert written(tmp_path, "en/discards.yaml") == {"sentences": [{"reason": "imported", "phrases": ["kite festival", "camel race meeting"]}]}
    assert ledger.reasons == [(3, "stands twice in the file")]


VERBS = """####### SYNONYM SETS #######
&GRAIN
+WHEAT
+DURUM_WHEAT
+SEED_OF_LENTIL

####### VERB PATTERNS #######
---  FERRY   [---]  ---
FERRY {FERRIES FERRYING FERRIED}
+SHIP_OUT {+SHIPS_OUT}
- * &GRAIN (TO)                 [073]   # grain
- * {RIFLE CRATE} (INTO +)      [072]
- * TIDE                        [---]
- * %                           [010]
- * &OATS                       [073]
- * BARGE                       [080!]
- * OFF                         [:112]
---  MAROON  [180]---  ---
MAROON {MAROONING MARUNED}
- * RED                         [---]
- TALKS * GUEST                 [042:043]
stray verb } line
######## TRANSFORMATIONS ##########
~ a (a b SAIL) SAY = a b 015
"""


def test_verbs_become_acts_with_the_words_of_their_patterns(tmp_path: Path) -> None:
    ledger, _ = imported(tmp_path, "verbs", VERBS)
    blocks = written(tmp_path, "en/acts.yaml")
    by_code = {(row["act"], row.get("topic"), tuple(row.get("with", ()))): row for row in blocks}
    grain = by_code["provide", "aid.humanitarian", ("to",)]
    assert grain["any"] == ["wheat"] and grain["verbs"] == ["ferry", "ship out"] and grain["frame"]["target"][0] == "to"
    rifles = next(row for row in blocks if "rifle" in row.get("with", ()))
    assert rifles["act"] == "provide" and rifles["frame"]["target"][0] == "into"
    back = by_code["accuse", None, ("off",)]
    assert "subj" in back["frame"]["target"] and "subj" not in back["frame"]["source"]
    assert by_code["assault", None, ()]["without"] == ["red"]
    assert by_code["visit", None, ("talks", "guest")]["verbs"] == ["maroon"]
    assert written(tmp_path, "en/irregular_verbs.yaml") == {"maroon": ["maruned"]}
    reasons = dict(ledger.reasons)
    assert reasons[5] == "a member of several words; `any` takes single words" and 4 not in reasons
    assert reasons[14] == "% (a compound actor) has no place in a frame"
    assert reasons[15] == "the set &OATS is not defined in this file"
    assert reasons[16] == "080! is no code"
    assert reasons[21] == "left out: the event back, 043; an entry has one act"
    assert {13, 22, 24} < reasons.keys()


def test_arabic_compounds_keep_their_particles(tmp_path: Path) -> None:
    imported(tmp_path, "verbs", "--- لوح [---] ---\nلوح+ب راية\n- * (لل حدود) [154]\n")
    row = written(tmp_path, "ar/acts.yaml")[0]
    assert row["verbs"] == ["لوح ب راية"] and row["with"] == ["ل", "حدود"]


def test_what_was_imported_loads_and_is_found(tmp_path: Path) -> None:
    for kind, text in [("actors", ACTORS), ("verbs", VERBS), ("discards", "KITE FESTIVAL\n"), ("agents", "LIGHTHOUSE_PAINTER [~LAB]\n"), ("issues", "n:featherglider [DRONE]\n")]:
        imported(tmp_path, kind, text, "en")
    dictionaries, problems = read_dictionaries(ROOT, tmp_path / "out")
    assert problems == []
    english = dictionaries.languages["en"]
    assert [dictionaries.actors[match.name.actor].code for match in english.names.find("The LRSP and Last of the File met.")] == ["IGOLRS", "DJIGOV"]
    assert next(entry for entry in english.verbs["ferry"] if entry.any_words).place.startswith((tmp_path / "out").as_posix())
    assert english.verb_forms["maruned"] == ("maroon",)
    assert "imported" in english.discards.values


@pytest.mark.parametrize("text", [" TALKS ", " * * ", " * (TO {HARBOUR)", " * () ", " * % "])
def test_a_pattern_that_cannot_be_said_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_pattern(text)


def test_a_second_import_changes_nothing_and_a_file_of_the_users_own_is_left_alone(tmp_path: Path) -> None:
    imported(tmp_path, "actors", ACTORS)
    before = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.yaml")}
    imported(tmp_path, "actors", ACTORS)
    assert before == {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.yaml")}
    (tmp_path / "out" / "en" / "discards.yaml").write_text("sentences: []  # mine\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match="was not written by an import"):
        imported(tmp_path, "discards", "KITE FESTIVAL\n")


def test_a_kind_a_language_or_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    for kind, file, language, message in [("verb", "x", None, "no kind of dictionary"), ("verbs", "x", "fr", "no language of Marsad's"), ("verbs", "x", None, "cannot be read")]:
        with pytest.raises(DictionaryError, match=message):
            import_file(kind, tmp_path / file, language, tmp_path)


@pytest.mark.skipif(not LEGACY.is_dir(), reason="../shared/legacy is not here; the importer is tried on its files")
def test_every_legacy_file_is_imported_without_loss_and_loads(tmp_path: Path) -> None:
    kinds = {"actor": "actors", "agents": "agents", "issue": "issues", "discards": "discards", "cameo": "verbs", "synsets": "verbs"}
    actors = 0
    for path in sorted(LEGACY.rglob("*.txt")):
        kind = next((kind for part, kind in kinds.items() if part in path.name.lower()), None)
        if kind is None:
            continue  # a table of codes, no dictionary
        ledger, _, _ = import_file(kind, path, "ar" if path.parent.name == "arabic" else "en", tmp_path)
        counts = ledger.counts()
        assert sum(counts.values()) == ledger.lines == len(path.read_text(encoding="utf-8").splitlines()), path.name
        assert counts["reported"] <= len(ledger.reasons)
        assert "not understood" not in {reason for _, reason in ledger.reasons}, path.name
        actors += counts["written"] if kind == "actors" else 0
    dictionaries, problems = read_dictionaries(ROOT, tmp_path)
    assert problems == []
    assert actors > 60_000
    assert sum(actor.place.startswith(tmp_path.as_posix()) for actor in dictionaries.actors.values()) > 25_000
