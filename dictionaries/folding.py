"""One spelling for words that are written in several: the keys by which text and dictionary entries are compared."""

from __future__ import annotations

import re

# Arabic vowel signs, superscript alef, tatweel, bidirectional controls and joiners carry no difference of word.
_DROPPED = {
    **dict.fromkeys(range(0x0610, 0x061B)),
    **dict.fromkeys(range(0x064B, 0x0660)),
    **dict.fromkeys(range(0x06D6, 0x06EE)),
    **dict.fromkeys([0x0640, 0x0670, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E]),
    **dict.fromkeys([0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0x00AD]),
}
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ڤ": "ف", "گ": "ك", "پ": "ب"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Marks that the treebanks do not know are read as the ones that they know.
_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "‘": "'", "’": "'", "‚": "'", "′": "'", "–": "-", "—": "-",
     "―": "-", "−": "-", "‐": "-", "‑": "-", "…": ".", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "٪": "%", "•": "-"}
)  # fmt: skip
# A final ء is written on a seat before a suffix: استيائها, إلغاؤه.
_SEATED = re.compile(r"(?<=\wا)[ئؤ]$")
_DEFINITE = re.compile(r"^ال(?=\w{2})")


def fold_character(character: str, language: str) -> str:
    """One character of text as models and keys see it; "" for one that carries no difference of word."""
    if ord(character) in _DROPPED:
        return ""
    mark = character.translate(_MARKS)
    return mark.translate(_LETTERS).translate(_DIGITS) if language == "ar" else mark


def fold(text: str, language: str) -> str:
    """Text folded character by character, white space kept (see fold_character)."""
    if text.isascii():
        return text
    folded = text.translate(_DROPPED).translate(_MARKS)
    if language == "ar":
        folded = folded.translate(_LETTERS).translate(_DIGITS)
    return folded


def word_key(word: str, language: str) -> str:
    """The key of a word: folded, lower case, in Arabic without the article and with a final ء off its seat (رَفَض -> رفض, الطلب -> طلب, إلغاؤ -> الغاء)."""
    key = fold(word, language).lower()
    return _DEFINITE.sub("", _SEATED.sub("ء", key)) if language == "ar" else key


def entry_keys(word: str, language: str) -> tuple[str, ...]:
    """The keys of a word as an entry writes it: two where it begins with أل, إل, آل, which looks like the article but may take one (الإلغاء)."""
    key = word_key(word, language)
    whole = fold(word, language).lower()
    return (key, whole) if language == "ar" and whole != key and word[:1] in "أإآ" else (key,)


def phrase_keys(phrase: str, language: str) -> tuple[str, ...]:
    """The keys of a phrase's words, as word_key gives them."""
    return tuple(word_key(word, language) for word in phrase.split())
