"""Forms of nouns and adjectives by rule, and the verb forms that the build wrote (see conjugation.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dictionaries.problems import Problems

_ARABIC_ENDINGS = ("ون", "ين", "ات", "ان", "ة", "تان", "تين", "و", "ي")


def noun_forms(noun: str, language: str) -> set[str]:
    """A noun or adjective in singular, with its plurals, duals and feminine forms (unvocalised); many will not exist, none is another word's."""
    return _arabic_forms(noun) if language == "ar" else _english_forms(noun)


def _arabic_forms(noun: str) -> set[str]:
    head, _, rest = noun.partition(" ")
    stem = head[:-1] if head.endswith("ة") else head
    tail = f" {rest}" if rest else ""
    forms = {head + tail}
    if rest or len(stem) < 3:
        return forms
    # A nisba in ي keeps its ي before every ending; an accusative takes ا.
    forms |= {stem + ending for ending in _ARABIC_ENDINGS}
    forms.add(head + "ا" if not head.endswith("ة") else head)
    return forms


def _english_forms(noun: str) -> set[str]:
    if noun.endswith("man"):
        return {noun, noun[:-3] + "men"}
    if re.search(r"[^aeiou]y$", noun):
        return {noun, noun[:-1] + "ies"}
    if re.search(r"(s|x|z|ch|sh)$", noun):
        return {noun, noun + "es"}
    return {noun, noun + "s"}


def english_verb_forms(lemma: str, irregular: dict[str, tuple[str, ...]]) -> set[str]:
    """The finite forms and participles (-ing too) of an English verb; `irregular` gives past and participle where rules do not."""
    doubled = {lemma + lemma[-1]} if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", lemma) else set()
    if lemma in irregular:
        past = set(irregular[lemma])
    elif lemma.endswith("e"):
        past = {lemma + "d"}
    elif re.search(r"[^aeiou]y$", lemma):
        past = {lemma[:-1] + "ied"}
    else:
        past = {stem + "ed" for stem in (lemma, *doubled)}
    third = lemma[:-1] + "ies" if re.search(r"[^aeiou]y$", lemma) else lemma + ("es" if re.search(r"(s|x|z|ch|sh|o)$", lemma) else "s")
    if lemma.endswith("ie"):
        gerunds = {lemma[:-2] + "ying"}
    elif re.search(r"[^eyo]e$", lemma):
        gerunds = {lemma[:-1] + "ing"}
    else:
        gerunds = {stem + "ing" for stem in (lemma, *doubled)}
    return past | {third} | gerunds


def read_english_forms(path: Path, root: Path, lemmas: Iterable[str], problems: Problems) -> dict[str, tuple[str, ...]]:
    """The forms of English verbs by rule and by irregular_verbs.yaml: form -> lemmas."""
    irregular = {str(lemma): tuple(str(word) for word in problems.words(forms, lemma)) for lemma, forms in problems.read_mapping(path, root).items()}
    table: dict[str, tuple[str, ...]] = {}
    for lemma in lemmas:
        for form in english_verb_forms(lemma, irregular):
            table[form] = (*table.get(form, ()), lemma)
    return table


def read_verb_forms(path: Path) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The forms that the build wrote, third person, first person and active participles: folded form -> lemmas. A missing file gives empty tables."""
    tables: tuple[dict[str, tuple[str, ...]], ...] = ({}, {}, {})
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                lemma, *columns = line.split("\t")
                for table, forms in zip(tables, columns, strict=False):  # a table of a user's from before has no participles
                    for form in forms.split():
                        table[form] = (*table.get(form, ()), lemma)
    third, first, participles = tables
    return third, first, participles
