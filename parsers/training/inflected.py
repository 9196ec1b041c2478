"""Words in forms that an Arabic treebank is too small to show, for the lemmatiser: verbs conjugated, their masdars and participles, broken plurals, sound plurals and duals of the treebank's nouns."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import yaml

from dictionaries.folding import fold
from dictionaries.inflection import read_verb_forms
from parsers.training.treebank import LEMMA, UPOS, Tree

PLURALS = Path(__file__).parent / "broken_plurals.yaml"
_NOUNS = ("NOUN", "ADJ")
_SHORTEST = 3
# Sound plurals and duals, whole and in construct, and the accusative.
_ENDINGS = ("ون", "ين", "ان", "ات", "و", "ا")
_AFTER_TA_MARBUTA = ("ات", "تان", "تين", "تا")

Inflected = tuple[str, str, str]
"""Form, UPOS, lemma."""


def inflected_words(trees: Sequence[Tree], verb_forms: int, noun_forms: int, seed: int) -> tuple[list[Inflected], list[Inflected]]:
    """Words to learn from, and words for the dictionary, (form, UPOS, lemma) each, of forms that the trees do not have, or not with that tag.

    To learn from: `verb_forms` forms of each verb in dictionaries/ar/forms.tsv, `noun_forms` of each noun and adjective of the trees, and broken plurals.
    For the dictionary: what is one word's alone of verbs' third person, of their masdars and participles, of the trees' nouns and of broken plurals.
    (The first person is rare in news, and its forms look like other verbs: نشأ is of نشأ oftener than of شاء.)
    """
    tagged = {(row[1], row[UPOS]) for tree in trees for row in tree.words()}
    written = {form for form, _ in tagged}
    draw = random.Random(seed)
    third, first, participles = read_verb_forms(Path(str(files("dictionaries"))) / "ar" / "forms.tsv")
    verbs: dict[str, list[str]] = {}
    for form, lemmas in [*third.items(), *first.items()]:
        if len(set(lemmas)) == 1 and form not in written:
            verbs.setdefault(lemmas[0], []).append(form)
    learned = [(form, "VERB", lemma) for lemma, forms in verbs.items() for form in draw.sample(forms, min(verb_forms, len(forms)))]
    nouns = sorted({(row[LEMMA], row[UPOS]) for tree in trees for row in tree.words() if row[UPOS] in _NOUNS and len(row[LEMMA]) > 2 and not row[LEMMA].startswith("ال")})
    for lemma, tag in nouns:
        for form in draw.sample(_sound_forms(lemma), noun_forms):
            if form not in written:
                learned.append((draw.choice(("", "ال")) + form, tag, lemma))
    plurals = list(_broken_plurals())
    learned += [word for word in plurals if word[0] not in written]
    listed = [(form, "VERB", lemma) for lemma, forms in verbs.items() for form in forms if form in third and len(form) >= _SHORTEST]
    # The tagger takes many a verb in وا for a noun.
    listed += [(form, "NOUN", lemma) for form, tag, lemma in listed if form.endswith("وا") and len(form) > 4]
    listed += [*plurals, *((form + "ا", tag, lemma) for form, tag, lemma in plurals if not form.startswith("ال") and form[-1] not in "ايةء")]
    listed += _derived(third, participles)
    listed += _of_nouns({lemma for lemma, tag in nouns if tag == "NOUN"})
    return learned, [word for word in _of_one_word(listed) if word[:2] not in tagged]


def _of_nouns(lemmas: Collection[str]) -> Iterable[Inflected]:
    """Nouns themselves, and their plurals and duals in ت."""
    for lemma in sorted(lemmas):
        yield from _with_article([lemma], lemma)
        if lemma.endswith("ة"):
            yield from _with_article([lemma[:-1] + ending for ending in ("ات", "تان", "تين")], lemma)
            yield from ((lemma[:-1] + "تي", tag, lemma) for tag in ("NOUN", "PROPN"))  # a dual in construct stands before names
        elif len(lemma) > 3 and lemma + "ة" not in lemmas and not lemma.endswith("ا"):  # of three letters more often ة was lost (ضربات)
            yield from _with_article([lemma + "ات"], lemma)


def _derived(third: Mapping[str, Sequence[str]], participles: Iterable[str]) -> Iterable[Inflected]:
    """Masdars that their verb's letters tell, and the plurals and duals of active participles."""
    for verb in sorted({lemma for lemmas in third.values() for lemma in lemmas}):
        masdar = _masdar(verb)
        if masdar:
            stem = masdar.removesuffix("ة")
            yield from _with_article([masdar, stem + "ات"], masdar)
            if stem == masdar:
                yield masdar + "ا", "NOUN", masdar
    for plural in participles:
        stem = plural.removesuffix("ين")
        if stem != plural and stem.startswith("م") and len(stem) > 3:
            yield from _with_article([stem + "ون", stem + "ين", stem + "ان"], stem)
            yield from ((stem + ending, "NOUN", stem) for ending in "يو")


def _masdar(verb: str) -> str | None:
    """The masdar of a strong verb of the forms III to VIII and X, as far as the unvocalised lemma tells the form."""
    if verb[-1] in "اي" or verb[-2] == "ا" or not 4 <= len(verb) <= 6:
        return None
    if verb[1] == "ا" and len(verb) == 4:
        return "م" + verb + "ة"
    if verb[0] == "ت":
        return verb
    # Four letters with ت in the middle and five with است are doubled verbs of other forms (احتل، استعد).
    doubled = (len(verb) == 4 and verb[2] == "ت") or (len(verb) == 5 and verb.startswith("است"))
    return verb[:-1] + "ا" + verb[-1] if verb[0] == "ا" and not doubled and (len(verb) < 6 or verb.startswith("است")) else None


def _with_article(forms: Iterable[str], lemma: str) -> Iterable[Inflected]:
    return ((article + form, "NOUN", lemma) for form in forms for article in ("", "ال"))


def _of_one_word(words: Iterable[Inflected]) -> Iterable[Inflected]:
    found: dict[tuple[str, str], set[str]] = {}
    for form, tag, lemma in words:
        found.setdefault((form, tag), set()).add(lemma)
    return ((form, tag, next(iter(lemmas))) for (form, tag), lemmas in found.items() if len(lemmas) == 1)


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
