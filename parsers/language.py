"""Which language a text is in, without a network."""

from __future__ import annotations

import functools
import re
from typing import Any

_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"[A-Za-z]")
# Letters that Arabic does not write: Persian, Urdu, Pashto, Kurdish, Uyghur.
_NOT_ARABIC = re.compile(r"[پچژگڤکیەۆێڕڵټډړږښڼےہھٹڈڑۇۈۋ]")
_SHARE = 0.02
_SAMPLE = 3000


def identify(text: str) -> str:
    """The ISO 639-1 code of a text's language by py3langid; "" for a text without letters."""
    sample = text[:_SAMPLE]
    arabic, latin = len(_ARABIC.findall(sample)), len(_LATIN.findall(sample))
    if arabic > latin and arabic >= 10 and len(_NOT_ARABIC.findall(sample)) <= _SHARE * arabic:
        # Short Arabic is often taken for a neighbour by the classifier; its script without foreign letters decides.
        return "ar"
    if not any(character.isalpha() for character in sample):
        return ""
    found = str(_identifier().classify(sample)[0])
    return "ar" if found == "arz" else found


@functools.cache
def _identifier() -> Any:
    import py3langid  # 0.3 s and 60 MB: only texts of unstated language need it

    return py3langid
