import datetime
from pathlib import Path

import pytest

from dictionaries import Dictionaries
from dictionaries.cities import City, read_cities, unambiguous
from dictionaries.load import ROOT
from dictionaries.problems import Problems


def count(file: str) -> int:
    return len(Problems().read_mapping(ROOT / "actors" / file, ROOT))


def test_there_are_actors_enough() -> None:
    assert count("persons.yaml") >= 600
    assert count("organisations.yaml") + count("groups.yaml") >= 400


@pytest.mark.parametrize("language", ["ar", "en"])
def test_there_are_agent_nouns_enough(language: str) -> None:
    problems = Problems()
    rows = problems.sequence(problems.read_mapping(ROOT / language / "agents.yaml", ROOT).get("roles"))
    assert len({str(noun) for row in rows for noun in problems.words(row.get("nouns"))}) >= 250


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_actor_has_a_name_in_both_languages(language: str) -> None:
    sections = Problems().read_mapping(ROOT / language / "organisations.yaml", ROOT)
    for section in ("organisations", "groups", "persons"):
        known = Problems().read_mapping(ROOT / "actors" / f"{section}.yaml", ROOT)
        assert known.keys() == sections[section].keys()


def test_terms_of_office_are_in_order(dictionaries: Dictionaries) -> None:
    wrong = [a.key for a in dictionaries.actors.values() for term in a.dated if term.since and term.until and term.since > term.until]
    assert wrong == []


@pytest.mark.parametrize(
    ("key", "day", "code"),
    [
        ("blair", "2003-03-20", "GBRGOV"),
        ("blair", "2010-01-01", "IGOQRT"),
        ("haniyeh", "2006-06-01", "PSEGOV"),
        ("haniyeh", "2014-07-10", "PSEREBHMS"),
        ("koizumi", "2005-01-01", "JPNGOV"),
        ("koizumi", "2015-01-01", "JPNELI"),
        ("taliban", "2015-01-01", "AFGREBTAL"),
        ("taliban", "2023-01-01", "AFGGOV"),
    ],
)
def test_an_office_ends(dictionaries: Dictionaries, key: str, day: str, code: str) -> None:
    assert dictionaries.actors[key].code_on(datetime.date.fromisoformat(day)) == code


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_tables_of_cities_know_no_unknown_country(dictionaries: Dictionaries, language: str) -> None:
    rows = list(read_cities(ROOT / language / "cities.tsv"))
    assert len(rows) > 2000
    assert {country for _, country, _ in rows} <= dictionaries.actors.keys()


def test_a_city_must_outweigh_its_namesakes(dictionaries: Dictionaries) -> None:
    countries = {"ES": "ESP", "CO": "COL", "JP": "JPN"}
    cities = [City("ES", 500_000, frozenset({"Testona", "Solona"})), City("CO", 200_000, frozenset({"Testona"})), City("JP", 90_000, frozenset({"Solona"}))]
    assert unambiguous(cities, countries, dictionaries.languages["en"], barred=["Nice"]) == {"Solona": "ESP"}


def test_a_missing_table_of_cities_is_empty(tmp_path: Path) -> None:
    assert list(read_cities(tmp_path / "cities.tsv")) == []
