"""Date expressions in a row of words, and the days that they mean on the day of an article."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hijridate import Gregorian, Hijri

from dictionaries.dates import UNITS, Dates, Node, Pattern, split_words
from dictionaries.folding import word_key

_PRECISIONS = ("day", "week", "month", "year")
# A day or month without its year that comes again within so many days is the coming one ("on 3 October", late in September).
_SOON = 31
_YEARS = range(1000, 2200)
# The years that hijridate converts.
_HIJRI_YEARS = range(1343, 1501)
_FEW_YEARS_HIJRI = 3
# Every expression has a year in digits or a word of one of these slots, so many words from its start at most.
_ANCHORS = frozenset({"month", "hijri", "weekday", "offset", "unit", "dual", "single", "several"})
_ANCHORED = 9


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date that a text names: texts first..last of those given (last included), the first day of the period that it means, and how long that is.

    `date` is None where only the article's day, which is not known, would tell it, and for a day to come. `dated`: it names its
    year. `own`: it counts only on the word of an act (the 2008 attack).
    """

    first: int
    last: int
    date: datetime.date | None
    precision: str
    place: str
    dated: bool = False
    own: bool = False


def find_dates(texts: Sequence[str], lexicon: Dates, day: datetime.date | None) -> list[DateExpression]:
    """The date expressions in a row of tokens, left to right, the longest at each place, none overlapping.

    `day` is the article's. A week begins on Monday (ISO 8601). What lies after `day` has no date: an event has not happened
    then, it is only told of.
    """
    both = [_pieces(text, lexicon) for text in texts]
    if not any([anchored for _, anchored in both]):
        return []
    pieces = [own for own, _ in both]
    words = [piece for token in pieces for piece in token]
    anchors = [at for at, word in enumerate(words) if word.anchors]
    tokens = [token for token, own in enumerate(pieces) for _ in own]
    found, at = [], 0
    while anchors:
        if anchors[0] < at:
            anchors.pop(0)
            continue
        match = _longest(words, at, lexicon.patterns, lexicon) if words[at].opens and anchors[0] - at <= _ANCHORED else None
        if match is None:
            at += 1
            continue
        pattern, end, values = match
        if pattern.kind != "none":
            dated = _dated(pattern.kind, values, day)
            if dated is not None:
                date, precision = dated
                if date is not None and day is not None and date > day:
                    date = None
                found.append(DateExpression(tokens[at], tokens[end - 1], date, precision, pattern.place, "year" in values, pattern.kind == "own"))
        at = end
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, number or mark of a token: as it is written, its key, whether an expression may begin with it, and whether it is one that every expression has."""

    full: str
    key: str
    opens: bool
    anchors: bool


@functools.lru_cache(maxsize=50_000)
def _pieces(text: str, lexicon: Dates) -> tuple[tuple[_Piece, ...], bool]:
    """The pieces of a token, with clitics taken off words that the dictionary has, and whether one of them is one that every expression has."""
    language, known = lexicon.language, lexicon.vocabulary
    forms: list[str] = []
    for word in split_words(text, language):
        piece = word
        while not (known & {piece, word_key(piece, language)}) and piece[0] in lexicon.clitics and len(piece) > 2:
            rest = "ا" + piece[1:] if piece.startswith("لل") else piece[1:]
            if not (known & {rest, word_key(rest, language)} or rest.isdigit() or rest[0] in lexicon.clitics):
                break
            forms.append(piece[0])
            piece = rest
        forms.append(piece)
    found = []
    for full in forms:
        key = word_key(full, language)
        opens = full.isdigit() or any(form in table for form in (full, key) for table in (lexicon.patterns.words, lexicon.labels))
        anchors = (full.isdigit() and len(full) == 4) or any(label.slot in _ANCHORS for form in (full, key) for label in lexicon.labels.get(form, ()))
        found.append(_Piece(full, key, opens, anchors))
    return tuple(found), any(piece.anchors for piece in found)


def _longest(words: list[_Piece], at: int, node: Node, lexicon: Dates) -> tuple[Pattern, int, dict[str, int]] | None:
    """The pattern that reaches furthest from a place, its end and the values of its slots; of two that reach as far, the one that says that it is no date.

    Of two values of a slot the first stands (12 and 13 September).
    """
    best: tuple[Pattern, int, dict[str, int]] | None = (node.pattern, at, {}) if node.pattern else None
    if at == len(words):
        return best
    piece = words[at]
    ways: list[tuple[Node, int, dict[str, int]]] = [(node.words[form], at + 1, {}) for form in dict.fromkeys((piece.full, piece.key)) if form in node.words]
    if node.slots:
        ways += [(node.slots[slot], end, {slot: value}) for slot, value, end in _labels(words, at, lexicon) if slot in node.slots]
    for below, end, value in ways:
        found = _longest(words, end, below, lexicon)
        if found is not None and (best is None or found[1] > best[1] or (found[1] == best[1] and found[0].kind == "none")):
            best = found[0], found[1], {**found[2], **value}
    return best


def _labels(words: list[_Piece], at: int, lexicon: Dates) -> Iterator[tuple[str, int, int]]:
    """What a word, or those that begin with it, may be: slot, value and end, the longest first."""
    word = words[at].full
    if word.isdigit():
        number = int(word) if len(word) <= 4 else 0
        end = at + 2 if at + 1 < len(words) and words[at + 1].full in lexicon.suffixes else at + 1
        if len(word) == 4 and number in _YEARS:
            yield "year", number, at + 1
        if len(word) <= 2 and 1 <= number <= 31:
            yield "date", number, end
            yield "monthnumber", number, at + 1
        if len(word) < 4:
            yield "number", number, at + 1
        return
    for first in dict.fromkeys((word, words[at].key)):
        for label in lexicon.labels.get(first, ()):
            end = at + len(label.words)
            if end <= len(words) and all(label.words[i] in (words[at + i].full, words[at + i].key) for i in range(len(label.words))):
                yield label.slot, label.value, _month_again(words, end, label.value, lexicon) if label.slot == "month" else end


def _month_again(words: list[_Piece], end: int, month: int, lexicon: Dates) -> int:
    """The end of a month that is named twice, by both calendars: آب/أغسطس, آب (أغسطس)."""
    if end + 1 < len(words) and words[end].full in "/(-":
        for slot, value, last in _labels(words, end + 1, lexicon):
            if slot == "month" and value == month:
                closed = words[end].full == "(" and last < len(words) and words[last].full == ")"
                return last + closed
    return end


def _dated(kind: str, values: dict[str, int], day: datetime.date | None) -> tuple[datetime.date | None, str] | None:
    """The first day and the precision of what a pattern's values mean; None for what is no date (31 February)."""
    unit = next((UNITS[values[slot]] for slot in ("unit", "dual", "single", "several") if slot in values), "")
    try:
        if kind == "next":
            return None, "day"
        if kind == "ago":
            count = 2 if "dual" in values else 3 if "several" in values else values.get("number", values.get("vague", 1))
            return _ago(day, count, unit, about="vague" in values or "several" in values)
        if "year" in values:
            return _full(values)
        if day is None:
            return None, "day"
        if "offset" in values:
            return day + datetime.timedelta(values["offset"]), "day"
        if "month" in values or "hijri" in values:
            return _month(kind, values, unit, day)
        if "date" in values:  # the twelfth of last month
            start = _start(day, unit, back=int(kind == "last"))
            return (start.replace(day=values["date"]), "day") if unit == "month" else None
        if "weekday" in values:
            return _weekday(kind, values["weekday"], unit, day)
        if unit == "hour":
            return day, "day"
        start = _start(day, unit, back={"last": 1, "before-last": 2}.get(kind, 0))
        return start, "year" if unit == "decade" else unit
    except (ValueError, OverflowError):
        return None


def _ago(day: datetime.date | None, count: int, unit: str, about: bool) -> tuple[datetime.date | None, str] | None:
    if about and unit in ("year", "decade"):
        return None  # "several years ago" tells no year
    about = about and unit != "hour"
    unit, count = ("day", 0) if unit == "hour" else ("year", 10 * count) if unit == "decade" else (unit, count)
    if day is None:
        return None, unit
    date = _start(day, unit, back=count)
    if about:
        unit = _PRECISIONS[_PRECISIONS.index(unit) + 1]
        date = _start(date, unit)
    return date, unit


def _start(day: datetime.date, unit: str, back: int = 0) -> datetime.date:
    """The first day of the day, week, month, year or decade so many of them before the one that a day lies in."""
    if unit == "day" or unit == "hour":
        return day - datetime.timedelta(back)
    if unit == "week":
        return day - datetime.timedelta(day.weekday() + 7 * back)
    if unit == "month":
        months = 12 * day.year + day.month - 1 - back
        return datetime.date(months // 12, months % 12 + 1, 1)
    years = (day.year // 10 - back) * 10 if unit == "decade" else day.year - back
    return datetime.date(years, 1, 1)


def _full(values: dict[str, int]) -> tuple[datetime.date, str] | None:
    """A date that names its year; a year of the Hijri calendar by its month or, alone, by its number (1444)."""
    year, month = values["year"], values.get("month", values.get("monthnumber", values.get("hijri")))
    precision = "day" if "date" in values else "month" if month else "year"
    if "hijri" in values or (month is None and year in _HIJRI_YEARS):
        return (_gregorian(year, month or 1, values.get("date", 1)), precision) if year in _HIJRI_YEARS else None
    return datetime.date(year, month or 1, values.get("date", 1)), precision


def _month(kind: str, values: dict[str, int], unit: str, day: datetime.date) -> tuple[datetime.date | None, str] | None:
    """A month or a day of it without its year: the latest on or before the article's day, or as "last", "this", "of last year" say."""
    date, precision = values.get("date", 1), "day" if "date" in values else "month"
    if "hijri" in values:
        around = Gregorian.fromdate(day).to_hijri().year
        years = [_gregorian(year, values["hijri"], date) for year in range(around + 1, around - _FEW_YEARS_HIJRI, -1)]
    else:
        years = [found for year in range(day.year + 1, day.year - 5, -1) if (found := _day_of(year, values["month"], date)) is not None]
        if unit == "year":
            wanted = day.year - int(kind == "last")
            return next(((d, precision) for d in years if d.year == wanted), None)
    latest = next((d for d in years if d <= day), None)
    coming = next((d for d in reversed(years) if d > day), None)
    if kind == "this":
        near = [d for d in (latest, coming) if d is not None]
        return (min(near, key=lambda d: abs((d - day).days)), precision) if near else None
    if kind == "last":
        current = day.replace(day=1) if "hijri" not in values and precision == "month" else day
        return next(((d, precision) for d in years if d < current), None)
    if coming is not None and (coming - day).days <= _SOON and latest is not None and (day - latest).days > _SOON:
        return coming, precision
    return (latest, precision) if latest else None


def _gregorian(year: int, month: int, date: int) -> datetime.date:
    return datetime.date(*Hijri(year, month, date).to_gregorian().datetuple())


def _day_of(year: int, month: int, date: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, date)
    except ValueError:
        return None  # 29 February


def _weekday(kind: str, weekday: int, unit: str, day: datetime.date) -> tuple[datetime.date, str] | None:
    """A day of the week: the latest on or before the article's day; with "last" the latest before it; else in the week named."""
    if unit:
        return (_start(day, "week", back=int(kind == "last")) + datetime.timedelta(weekday - 1), "day") if unit == "week" else None
    behind = (day.isoweekday() - weekday) % 7
    return day - datetime.timedelta(7 if kind == "last" and behind == 0 else behind), "day"
