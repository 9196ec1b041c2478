"""Build ar/forms.tsv: every inflected form of the Arabic verbs in the dictionaries, by the conjugator library mazini (CC BY 4.0).

    python -m dictionaries.conjugation [DIR]

With DIR, a user's overlay, it writes DIR/ar/forms.tsv for the verbs there. Run it after adding Arabic verbs (a test fails when the
table is stale). It takes about a minute and is no part of coding: mazini is a development dependency.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from dictionaries.folding import word_key
from dictionaries.load import ROOT
from dictionaries.problems import Problems
from dictionaries.yaml_source import Mapping, Sequence, Word

_HEADER = "# Made by `python -m dictionaries.conjugation` with mazini (CC BY 4.0, after Wiktionary and the Arabic verb statistics of al-Bawab and Mir Alam); do not edit."


def main() -> None:
    """Write the table, and say which lemmas the conjugator does not know."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    lemmas = verb_lemmas(root)
    table = inflect(lemmas)
    lines = ["\t".join([lemma, *(" ".join(sorted(forms)) for forms in columns)]) for lemma, columns in sorted(table.items())]
    (root / "ar" / "forms.tsv").write_text("\n".join([_HEADER, *lines]) + "\n", encoding="utf-8")
    unknown = sorted(lemmas - table.keys())
    print(f"{len(table)} verbs, {sum(len(forms) for columns in table.values() for forms in columns)} forms; not known to the conjugator: {len(unknown)} {' '.join(unknown)}", file=sys.stderr)


def verb_lemmas(root: Path) -> set[str]:
    """The keys of all Arabic verb lemmas of acts.yaml and light_verbs.yaml."""
    problems = Problems()
    lemmas: set[str] = set()
    for block in problems.read_sequence(root / "ar" / "acts.yaml", root):
        lemmas |= _lemmas(problems.mapping(block).get("verbs"))
    for items in problems.read_mapping(root / "ar" / "light_verbs.yaml", root).values():
        lemmas |= _lemmas(items)
    return lemmas


def _lemmas(items: object) -> set[str]:
    found = set()
    for item in items if isinstance(items, Sequence) else []:
        lemma = item if isinstance(item, Word) else item.get("lemma") if isinstance(item, Mapping) else None
        if lemma is not None:
            found.add(word_key(str(lemma).split()[0], "ar"))
    return found


def inflect(lemmas: Iterable[str]) -> dict[str, tuple[set[str], set[str], set[str]]]:
    """The folded forms of all verbs that are written like a lemma: third person and first person (past, present, subjunctive, jussive, active and passive),
    and the active participles that may stand for a clause (محذرا، محذرة، محذرين)."""
    from mazini import MaziniError, conjugate
    from mazini.lexicon import attested_wazns, lexicon_roots

    wanted: set[str] = set(lemmas)
    table: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for root in lexicon_roots():
        for wazn in attested_wazns(root):
            try:
                slots = conjugate(root, wazn, passive=True).slots
            except MaziniError:
                continue
            for form in slots.get("past_3ms", []):
                lemma = word_key(form.form, "ar")
                if lemma in wanted:
                    third, first, participles = table.setdefault(lemma, (set(), set(), set()))
                    third.update(_finite(slots, "3"))
                    first.update(_finite(slots, "1"))
                    participles.update(_participles(slots))
    return table


def _finite(slots: dict[str, list], person: str) -> set[str]:  # type: ignore[type-arg]
    moods = ("past_", "ind_", "sub_", "juss_")
    forms = {word_key(form.form, "ar") for slot, forms in slots.items() if slot.startswith(moods) and person in slot for form in forms if form.form and " " not in form.form}
    # Before an object pronoun the plural's silent alef falls: هاجموا, هاجمو + ه.
    return forms | {form[:-1] for form in forms if form.endswith("وا")}


def _participles(slots: dict[str, list]) -> set[str]:  # type: ignore[type-arg]
    """The indefinite accusatives of the active participle, and its feminine and plurals; a weak one takes its ي again (داع, داعيا)."""
    stems = {word_key(form.form, "ar") + ("ي" if form.form.endswith("\u064d") else "") for form in slots.get("ap", []) if form.form and len(form.form) > 3}
    return {stem + ending for stem in stems for ending in ("ا", "ة", "ات")} | {stem.removesuffix("ي") + "ين" if len(stem) > 3 else stem + "ين" for stem in stems}


if __name__ == "__main__":
    main()
