"""Actors' names, demonyms, capitals and seats of government, found in running text whatever the tokens."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from dictionaries.actors import ActorFacts
from dictionaries.folding import fold
from dictionaries.inflection import noun_forms
from dictionaries.problems import Problems
from dictionaries.readings import Phrase, Reading, read_readings

# What a name is to its actor, the likelier reading first where one spelling has two.
COUNTRY_FIELDS = {"names": "name", "demonyms": "demonym", "people": "people", "capitals": "capital", "seats": "seat", "military_seats": "military-seat", "cities": "city"}
_ORDER = {"name": 0, "demonym": 1, "people": 2, "capital": 3, "seat": 4, "military-seat": 5, "city": 6}
# Names of what is no actor (the South China Sea): they keep shorter names inside from being found.
NOBODY = "nobody"
# Vowel signs are no letters to the expression; text may come with them.
_WORD = re.compile(r"(?:[^\W_]++[\u064b-\u0652\u0670]*+)++(?:['’.&][^\W_]+)*\.?")
# What joins a row of names, and what follows the place that a dateline opens with.
_ROW = re.compile(r"\s*(?:[،,]?\s*(?:و|and|or|أو|او)\s*|[،,]\s*)")
_DATELINE = re.compile(r"\s*(?:[(،,/–—-]|\d)")
# و and ف join a clause or a name, then ب ل ك, then the article; لل is ل + ال. Two letters must be left.
_CLITICS = re.compile(r"^([وف]?)(لل(?=\w{2})|[بلك]?(?:ال)?)(?=\w{2})")


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for: the actor's key, what the name is to it (name, demonym, capital ...), and the place of its entry."""

    actor: str
    relation: str
    place: str


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text: characters start..end (end excluded, clitics left out) and what it may stand for.

    `hidden_article`: its article is the second letter of لل (للولايات is ل + الولايات).
    """

    start: int
    end: int
    name: Name
    hidden_article: bool = False


# The keys of a word, each with the offset in the word where it begins, and whether its article is the second letter of لل.
WordKeys = dict[str, tuple[int, bool]]
# A match with the number of its first word and the keys of its words.
Found = tuple[int, Phrase, NameMatch]


class Names:
    """The names of one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        # By the keys of their first two words, or of their only one.
        self._rows: dict[tuple[str, ...], list[tuple[tuple[str, ...], str, Name]]] = {}
        # The keys of the words that a name begins with, each with those that follow it.
        self._first: dict[str, set[str]] = {}
        self._readings: dict[tuple[str, ...], list[tuple[str, Reading]]] = {}
        self.given_names: frozenset[str] = frozenset()

    def add(self, phrase: str, name: Name) -> None:
        """Enter a name as it is written; an upper-case acronym is found in upper case only."""
        words = self.key(phrase)
        if not words:
            return
        if self._language == "ar" and phrase[:2] in ("أل", "إل", "آل"):
            # ألماني begins like the article but has none, so it may take one: الألماني.
            self._enter((fold(phrase.split(maxsplit=1)[0], "ar"), *words[1:]), phrase, name)
        self._enter(words, phrase, name)

    def _enter(self, words: tuple[str, ...], phrase: str, name: Name) -> None:
        self._first.setdefault(words[0], set()).update(words[1:2])
        row = self._rows.setdefault(words[:2], [])
        article = self._article(phrase, name.relation)
        for at, (known, written, other) in enumerate(row):
            if known == words and self._article(written, other.relation) == article:
                if _ORDER.get(name.relation, 0) < _ORDER.get(other.relation, 0):
                    row[at] = (words, phrase, name)
                return
        # The longest phrase, then the likelier reading (روسيا is the country before it is an accusative of روسي).
        bisect.insort(row, (words, phrase, name), key=lambda entry: (-len(entry[0]), _ORDER.get(entry[2].relation, 0)))

    def __len__(self) -> int:
        return sum(len(row) for row in self._rows.values())

    def knows(self, phrase: str) -> bool:
        """Whether a name is entered, written so."""
        words = self.key(phrase)
        return bool(words) and any(row[0] == words and self._article(row[1], row[2].relation) in (None, self._article(phrase, "name")) for row in self._rows.get(words[:2], ()))

    def read_otherwise(self, phrase: str, reading: Reading) -> None:
        """Give a name another reading; a name that stands for nobody by itself is entered as such."""
        if not self.knows(phrase):
            self.add(phrase, Name("", NOBODY, reading.place))
        self._readings.setdefault(self.key(phrase), []).append((phrase, reading))

    def key(self, phrase: str) -> tuple[str, ...]:
        """The keys of a phrase's words, without articles."""
        return tuple(key for key, _, _ in self._words(phrase))

    def find(self, text: str, spoken_of: Collection[str] = ()) -> list[NameMatch]:
        """The names in a text (folded or not), left to right, the longest first, none overlapping.

        `spoken_of`: actors that the text before has named; they help to tell what a name stands for.
        """
        words = [(*match.span(), match.group()) for match in _WORD.finditer(text)]
        keys = [_keys(word, self._language) for _, _, word in words]
        found: list[Found] = []
        done = 0
        begins = self._first.keys()
        for at in [at for at, here in enumerate(keys) if not begins.isdisjoint(here)]:
            best = self._longest(keys, words, at, text) if at >= done else None
            if best is None:
                continue
            phrase, start, name, hidden = best
            done = at + len(phrase)
            end = words[done - 1][1]
            if text[end - 1] == "." and "." not in text[start : end - 1]:
                end -= 1
            elif self._language != "ar" and text[end - 2 : end] in ("'s", "’s"):
                end -= 2
            found.append((at, phrase, NameMatch(start, end, name, hidden)))
        if self._readings:
            found = self._reread(found, keys, text, spoken_of)
        return [match for _, _, match in found if match.name.relation != NOBODY]

    def _longest(self, keys: list[WordKeys], words: list[tuple[int, int, str]], at: int, text: str) -> tuple[Phrase, int, Name, bool] | None:
        """The longest name that begins with a word: its keys, the character where it begins, what it stands for, and whether its article is hidden."""
        best: tuple[Phrase, int, Name, bool] | None = None
        after: Iterable[str] = keys[at + 1] if at + 1 < len(words) else ()
        for first, (offset, hidden) in keys[at].items():
            second = self._first.get(first)
            if second is None:
                continue
            for begins in [*[(first, word) for word in after if word in second], (first,)] if second else [(first,)]:
                for phrase, written, name in self._rows.get(begins, ()):
                    size = len(phrase)
                    if best is not None and size <= len(best[0]):
                        break
                    if at + size <= len(words) and self._fits(phrase, written, name, keys, words, at, text, offset, hidden):
                        best = (phrase, words[at][0] + offset, name, hidden)
                        break
        return best

    def _reread(self, found: list[Found], keys: list[WordKeys], text: str, spoken_of: Collection[str]) -> list[Found]:
        """The matches with the readings that their surroundings ask for."""
        reread = []
        for number, (first, phrase, match) in enumerate(found):
            name = match.name
            if first and len(phrase) == 1 and next(iter(keys[first - 1])) in self.given_names and name.actor.isupper() and re.search(r"[^\W_] $", text[: match.start]):
                continue  # Michael Jordan, Whitney Houston
            rows = self._readings.get(phrase, ())
            if rows:
                others = {other.name.actor for at, _, other in found if at != first} | set(spoken_of)
                in_row = self._in_row(found, number, text)
            for written, reading in rows:
                if self._asks(written, reading, match, text) and reading.holds(keys, first, first + len(phrase), others, in_row):
                    name = Name(reading.actor, reading.relation or (name.relation if name.actor else "name"), reading.place)
                    break
            reread.append((first, phrase, match if name is match.name else NameMatch(match.start, match.end, name, match.hidden_article)))
        return reread

    def _asks(self, phrase: str, reading: Reading, match: NameMatch, text: str) -> bool:
        """Whether a name is written as its reading asks."""
        surface, rest = text[match.start : match.end], text[match.end :]
        if self._language == "ar" and match.name.relation not in ("demonym", "people") and phrase.startswith("ال") != (match.hidden_article or surface.startswith("ال")):
            return False
        if reading.alone and re.match(r" [A-Z]", rest):
            return False
        return reading.written in surface and (not reading.opens or (match.start == 0 and bool(_DATELINE.match(rest))))

    def _in_row(self, found: list[Found], number: int, text: str) -> bool:
        """Whether a name is joined to a country's name (الأردن وعمان, Georgia and Armenia): it is one too."""
        match = found[number][2]
        before, after = found[number - 1][2] if number else None, found[number + 1][2] if number + 1 < len(found) else None
        joined = [(before, text[before.end : match.start])] if before else []
        joined += [(after, text[match.end : after.start])] if after else []
        return any(other.name.relation == "name" and other.name.actor.isupper() and _ROW.fullmatch(between) for other, between in joined)

    def _fits(self, phrase: tuple[str, ...], written: str, name: Name, keys: list[WordKeys], words: list[tuple[int, int, str]], at: int, text: str, offset: int, hidden: bool) -> bool:
        for i in range(1, len(phrase)):
            between = text[words[at + i - 1][1] : words[at + i][0]].strip()
            if phrase[i] not in keys[at + i] or len(between) > 1 or (between in (",", "،", ".", ";") and between not in written):
                return False
        first = words[at][2]
        if self._language == "ar":
            if written[:2] in ("أل", "إل", "آل") and phrase[0] != fold(written.split(maxsplit=1)[0], "ar"):
                return fold(first[offset:], "ar").startswith("ال")  # ألباريس is no باريس
            article = self._article(written, name.relation)
            return article is None or article == (hidden or first[offset:].startswith("ال"))
        if len(phrase) == 1 and len(written) <= 6 and written.isupper():
            return first.removesuffix("'s").removesuffix("’s").replace(".", "") == written.replace(".", "")
        # The first word that the entry writes with a capital must have one: "the West", "Jordan", not "jordan".
        if written[0].isupper():
            return first[0].isupper()
        for i, word in enumerate(written.split()[: len(phrase)]):
            if word[0].isupper():
                return words[at + i][2][0].isupper()
        return True

    def _article(self, written: str, relation: str) -> bool | None:
        """Whether an Arabic name is written with its article; None where both are met (demonyms, أل of the word itself).

        القاهرة is a city, قاهرة an adjective; سيول a city, السيول are floods.
        """
        if self._language != "ar" or relation in ("demonym", "people") or written[:2] in ("أل", "إل", "آل"):
            return None
        return written.startswith("ال")

    def _words(self, phrase: str) -> Iterable[tuple[str, int, int]]:
        for match in _WORD.finditer(phrase):
            yield next(iter(_keys(match.group(), self._language))) if self._language != "ar" else _bare(fold(match.group(), "ar")), match.start(), match.end()


@functools.lru_cache(maxsize=50_000)
def _keys(word: str, language: str) -> WordKeys:
    """The keys under which a word may stand, the word as it is first: each with the offset in the word where it begins, and whether its article hides in لل."""
    folded = fold(word, language).rstrip(".")
    if language != "ar":
        return {folded.lower().replace(".", "").removesuffix("'s"): (0, False)}
    keys = {_bare(folded): (0, False)}
    clitics = _CLITICS.match(folded)
    if clitics and clitics.end():
        joined, rest = clitics.groups()
        at = len(joined)
        if joined:
            keys.setdefault(_bare(folded[1:]), (1, False))
        if rest and rest != "ال":
            keys.setdefault(_bare(folded[at + 1 :]), (at + 1, False))
        if rest == "لل":
            keys.setdefault(folded[at + 2 :], (at + 1, True))
    return keys


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def read_names(root: Path, language: str, actors: dict[str, ActorFacts], territories: dict[str, str], problems: Problems) -> Names:
    """The names of a language: CLDR's names of countries (babel), <lang>/names.yaml and <lang>/organisations.yaml."""
    from dictionaries import cities  # here, so that `python -m dictionaries.cities` runs the module once

    names = Names(language)
    readings: list[tuple[str, Reading]] = []
    folder = root / language
    if (folder / "names.yaml").is_file():
        file = problems.read_mapping(folder / "names.yaml", root)
        readings = read_readings(file, actors, names.key, problems)
        names.given_names = frozenset(str(word).lower() for word in problems.words(file.get("given_names")))
        for word in problems.words(file.get(NOBODY)):
            names.add(str(word), Name("", NOBODY, word.place.short))
        for code, fields in problems.mapping(file.get("countries")).items():
            if code not in actors:
                problems.note(code, f"unknown country {code!s}")
            row = problems.mapping(fields, code)
            for field, value in row.items():
                relation = COUNTRY_FIELDS.get(str(field))
                if relation is None:
                    problems.note(field, f"unknown field {field!s}; a country has {', '.join(COUNTRY_FIELDS)}")
                    continue
                for word in problems.words(value, field):
                    inflects = relation == "demonym" or (relation == "people" and language == "en")
                    for form in demonym_forms(str(word), language) if inflects else {str(word)}:
                        names.add(form, Name(str(code), relation, word.place.short))
    if (folder / "organisations.yaml").is_file():
        for section, rows in problems.read_mapping(folder / "organisations.yaml", root).items():
            for key, value in problems.mapping(rows, section).items():
                if key not in actors:
                    problems.note(key, f"unknown actor {key!s}; it is not in actors/{section!s}.yaml")
                for word in problems.words(value, key):
                    names.add(str(word), Name(str(key), "name", word.place.short))
    _add_cldr(names, language, territories)
    for city, country, line in cities.read_cities(folder / cities.FILE):
        names.add(city, Name(country, "city", f"{language}/{cities.FILE}:{line}"))
    for phrase, reading in readings:
        names.read_otherwise(phrase, reading)
    return names


def demonym_forms(word: str, language: str) -> set[str]:
    """The forms of a demonym: Armenian, Armenians; أرميني، أرمينية، أرمينيون، أرمينيين ..., of two words each ending alone."""
    if language == "ar" and " " in word:
        first, second = word.split(" ", 1)
        return {f"{a} {b}" for a in noun_forms(first, "ar") for b in (second, second + "ة", second + "ين", second + "ون")}
    return noun_forms(word, language)


def _add_cldr(names: Names, language: str, territories: dict[str, str]) -> None:
    import babel  # 0.1 s: only a load of the dictionaries needs it

    territory_names = babel.Locale(language).territories
    for code, iso2 in territories.items():
        full = territory_names.get(iso2)
        if full:
            name = Name(code, "name", "CLDR")
            names.add(full, name)
            names.add(full.replace(" & ", " and "), name)
            if "(" in full:
                names.add(full.split("(")[0].strip(), name)
