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
    return identify_surely(text)[0]


def identify_surely(text: str) -> tuple[str, float]:
    """The language of a text as `identify` gives it, and how sure that is, 0 to 1: the classifier's probability, or the share of Arabic letters where the script decides."""
    sample = text[:_SAMPLE]
    arabic, latin = len(_ARABIC.findall(sample)), len(_LATIN.findall(sample))
    foreign = len(_NOT_ARABIC.findall(sample))
    if arabic > latin and arabic >= 10 and foreign <= _SHARE * arabic:
        # Short Arabic is often taken for a neighbour by the classifier; its script without foreign letters decides.
        return "ar", round(arabic / (arabic + latin + foreign), 3)
    if not any(character.isalpha() for character in sample):
        return "", 0.0
    found, probability = _identifier().classify(sample)
    return "ar" if found == "arz" else str(found), round(float(probability), 3)


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.3 s and 60 MB: only texts of unstated language need it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
