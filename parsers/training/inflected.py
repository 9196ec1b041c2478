"""Words in forms that an Arabic treebank is too small to show, for the lemmatiser: verbs conjugated, broken plurals, sound plurals and duals of the treebank's nouns."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import yaml

from dictionaries.folding import fold
from dictionaries.inflection import read_verb_forms
from parsers.training.treebank import LEMMA, UPOS, Tree

PLURALS = Path(__file__).parent / "broken_plurals.yaml"
_NOUNS = ("NOUN", "ADJ")
_SHORTEST = 4
# Sound plurals and duals, whole and in construct, and the accusative.
_ENDINGS = ("ون", "ين", "ان", "ات", "و", "ا")
_AFTER_TA_MARBUTA = ("ات", "تان", "تين", "تا")

Inflected = tuple[str, str, str]
"""Form, UPOS, lemma."""


def inflected_words(trees: Sequence[Tree], verb_forms: int, noun_forms: int, seed: int) -> tuple[list[Inflected], list[Inflected]]:
    """Words to learn from, and words for the dictionary, (form, UPOS, lemma) each, of forms that the trees do not have.

    To learn from: `verb_forms` forms of each verb in dictionaries/ar/forms.tsv and `noun_forms` of each noun and adjective of the trees.
    For the dictionary: every form of the third person that is of one verb alone, and the broken plurals, with and without the article.
    (The first person is rare in news, and its forms look like other verbs: نشأ is of نشأ oftener than of شاء.)
    """
    written = {row[1] for tree in trees for row in tree.words()}
    draw = random.Random(seed)
    third, first, _ = read_verb_forms(Path(str(files("dictionaries"))) / "ar" / "forms.tsv")
    verbs: dict[str, list[str]] = {}
    for form, lemmas in [*third.items(), *first.items()]:
        if len(set(lemmas)) == 1 and form not in written:
            verbs.setdefault(lemmas[0], []).append(form)
    listed = [(form, "VERB", lemma) for lemma, forms in verbs.items() for form in forms if form in third and len(form) >= _SHORTEST]
    learned = [(form, "VERB", lemma) for lemma, forms in verbs.items() for form in draw.sample(forms, min(verb_forms, len(forms)))]
    nouns = sorted({(row[LEMMA], row[UPOS]) for tree in trees for row in tree.words() if row[UPOS] in _NOUNS and len(row[LEMMA]) > 2 and not row[LEMMA].startswith("ال")})
    for lemma, tag in nouns:
        for form in draw.sample(_sound_forms(lemma), noun_forms):
            if form not in written:
                learned.append((draw.choice(("", "ال")) + form, tag, lemma))
    plurals = [word for word in _broken_plurals() if word[0] not in written]
    return [*learned, *plurals], [*listed, *plurals]


def _sound_forms(lemma: str) -> list[str]:
    if lemma.endswith("ة"):
        return [lemma[:-1] + ending for ending in _AFTER_TA_MARBUTA]
    return [lemma + ending for ending in _ENDINGS]


def _broken_plurals() -> Iterable[Inflected]:
    singulars: dict[str, set[str]] = {}
    for singular, plurals in yaml.safe_load(PLURALS.read_text(encoding="utf-8")).items():
        for plural in plurals:
            singulars.setdefault(fold(plural, "ar"), set()).add(fold(singular, "ar"))
    for plural, found in singulars.items():
        if len(found) == 1:
            yield from ((article + plural, "NOUN", next(iter(found))) for article in ("", "ال"))
