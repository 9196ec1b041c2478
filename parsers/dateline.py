"""The dateline of a news article: «يريفان، 26 سبتمبر 2022 —», "NAIROBI, Sept 3 (Agency) -"."""

from __future__ import annotations

import re

from dictionaries import Language
from dictionaries.folding import word_key

_DASH = re.compile(r"\s[-–—]+\s|\)\s*[-:–—]\s*|:\s")
_LONGEST = 90
_WORD = re.compile(r"[^\W\d_]+")


def dateline_end(text: str, language: Language) -> int:
    """Where the dateline of a folded text ends (0 when it has none).

    A dateline is a short opening that ends with a dash, and holds a place name and nothing but names, numbers, months, days
    and upper-case agencies.
    """
    mark = _DASH.search(text, 0, _LONGEST)
    if not mark:
        return 0
    opening = text[: mark.start() + 1]
    places = language.names.find(opening)
    if not places or places[0].start > 3:
        return 0
    if places[0].name.relation not in ("capital", "city") and not re.search(r"\d|\(", opening):
        return 0  # "Iran - Iraq border closes": a country alone is no dateline
    rest = "".join(" " if any(m.start <= i < m.end for m in places) else c for i, c in enumerate(opening))
    for word in _WORD.findall(re.sub(r"\([^)]*\)?", " ", rest)):
        key = word_key(word, language.code)
        if key in language.dates.month_words or key in language.dates.days or word.isupper() or key in ("و", "في", "اف", "ب", "ا"):
            continue
        return 0
    return mark.end()
