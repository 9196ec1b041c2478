"""Load the dictionaries: one immutable value with a content hash."""

from __future__ import annotations

import functools
import gc
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from dictionaries.actors import ActorFacts, read_actors
from dictionaries.acts import Entry, read_acts
from dictionaries.cache import compiled_key, keep_compiled, read_compiled
from dictionaries.cameo import Act, Code, Composition, read_composition, read_concepts, read_ontology
from dictionaries.dates import Dates, read_dates
from dictionaries.errors import DictionaryError
from dictionaries.grammar import Grammar, read_discards, read_grammar, read_roles, read_topics
from dictionaries.inflection import read_english_forms, read_verb_forms
from dictionaries.names import Names, read_names
from dictionaries.phrases import Phrases
from dictionaries.problems import Problems

ROOT = Path(__file__).parent
LANGUAGES = ("ar", "en")
OVERLAY_VARIABLE = "MARSAD_DICTIONARIES"
LANGUAGE_FILES = ("acts.yaml", "topics.yaml", "light_verbs.yaml", "negation.yaml", "grammar.yaml", "names.yaml", "organisations.yaml", "agents.yaml", "dates.yaml", "discards.yaml")


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The lexicon of one language, keyed as folding.word_key keys. `doers` are the nouns that name those who act after their act (protester)."""

    code: str
    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    doers: dict[str, Entry]
    verb_forms: dict[str, tuple[str, ...]]
    first_person_forms: dict[str, tuple[str, ...]]
    participles: dict[str, tuple[str, ...]]
    entry_words: frozenset[str]
    topics: Phrases
    qualifiers: Phrases
    roles: Phrases
    descriptions: dict[str, frozenset[str]]
    names: Names
    grammar: Grammar
    dates: Dates
    discards: Phrases


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """Everything that coding reads. `hash` is of the files' contents: the same files, the same hash."""

    ontology: dict[str, Code]
    acts: dict[str, Act]
    topics: frozenset[str]
    qualified: dict[str, dict[str, str]]
    composition: Composition
    actors: dict[str, ActorFacts]
    languages: dict[str, Language]
    hash: str


def load_dictionaries(root: Path = ROOT, overlay: Path | None = None) -> Dictionaries:
    """Load and check every file below `root` and of the overlay (see user_folder). Raises DictionaryError with the first problem found.

    What was compiled of the same files before is taken from the user's cache (dictionaries/cache.py); only what has no problem is kept there.
    """
    return _load(root, overlay or user_folder())


def user_folder() -> Path | None:
    """The user's overlay, a folder with files named as those that ship; None where the variable MARSAD_DICTIONARIES names none."""
    named = os.environ.get(OVERLAY_VARIABLE)
    return Path(named) if named else None


@functools.cache
def _load(root: Path, overlay: Path | None) -> Dictionaries:
    try:
        contents = content_hash(root, overlay)
        key = compiled_key(str(root), str(overlay or ""), contents)  # entries cite their files by these names
    except OSError:
        key = contents = ""  # a file that cannot be read: reading it says so
    kept = read_compiled(key) if key else None
    if isinstance(kept, Dictionaries) and kept.hash == contents:
        return kept
    dictionaries, problems = read_dictionaries(root, overlay)
    if problems:
        more = f" (and {len(problems) - 1} more; see `marsad dictionaries lint`)" if len(problems) > 1 else ""
        raise DictionaryError(problems[0] + more)
    if key and dictionaries.hash == contents:
        keep_compiled(key, dictionaries)
    return dictionaries


def read_dictionaries(root: Path = ROOT, overlay: Path | None = None) -> tuple[Dictionaries, Problems]:
    """The dictionaries as far as they can be read, and all that is wrong with them. Raises DictionaryError where the overlay is no folder."""
    overlay = overlay or user_folder()
    if overlay and not overlay.is_dir():
        raise DictionaryError(f"{overlay}: no such folder of dictionaries; name another with --dictionaries or {OVERLAY_VARIABLE}")
    problems = Problems(overlay)
    problems += _unknown_files(root, overlay) if overlay else []
    collecting = gc.isenabled()
    gc.disable()  # all that is made is kept: the collector's passes over it would be half of the time
    try:
        return _read(root, overlay, problems), problems
    finally:
        if collecting:
            gc.enable()


def _read(root: Path, overlay: Path | None, problems: Problems) -> Dictionaries:
    ontology = read_ontology(root, problems)
    acts, topics, qualified = read_concepts(root, problems)
    composition = read_composition(root, problems, acts, topics, ontology)
    actors, territories = read_actors(root, problems)
    languages = {}
    for code in LANGUAGES:
        verbs, nouns = read_acts(root / code / "acts.yaml", root, code, acts, topics, problems)
        words, qualifiers = read_topics(root, code, topics, qualified, problems)
        roles, descriptions = read_roles(root, code, problems)
        third, first, participles = read_verb_forms(root / code / "forms.tsv")
        if overlay:
            for table, own in zip((third, first, participles), read_verb_forms(overlay / code / "forms.tsv"), strict=True):
                table.update({form: tuple(dict.fromkeys([*table.get(form, ()), *lemmas])) for form, lemmas in own.items()})
        grammar = read_grammar(root, code, problems)
        if (root / code / "irregular_verbs.yaml").is_file():
            third = read_english_forms(root / code / "irregular_verbs.yaml", root, {*verbs, *grammar.verb_classes}, problems)
        languages[code] = Language(
            code=code,
            verbs=verbs,
            nouns=nouns,
            doers={key: doers[0] for key, entries in nouns.items() if (doers := [entry for entry in entries if entry.doer])},
            verb_forms=third,
            first_person_forms=first,
            participles=participles,
            entry_words=frozenset(word for table in (verbs, nouns) for entries in table.values() for entry in entries for word in (*entry.words, *entry.any_words)),
            topics=words,
            qualifiers=qualifiers,
            roles=roles,
            descriptions=descriptions,
            names=read_names(root, code, actors, territories, problems),
            grammar=grammar,
            dates=read_dates(root, code, problems),
            discards=read_discards(root, code, problems),
        )
    return Dictionaries(ontology, acts, topics, qualified, composition, actors, languages, content_hash(root, overlay))


def missing_files(root: Path = ROOT) -> list[str]:
    """What a language's folder lacks: a message each, for the linter; a missing file is no error."""
    return [f"{code}/{name}: missing; {code} is coded without it" for code in LANGUAGES for name in LANGUAGE_FILES if not (root / code / name).is_file()]


def content_hash(root: Path = ROOT, overlay: Path | None = None) -> str:
    """SHA-256 over names and contents of all dictionary files, the overlay's after those that ship, 16 hex digits."""
    digest = hashlib.sha256()
    own = overlay or user_folder()
    for folder in (root, own) if own else (root,):
        for path in _files(folder):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def dictionary_files() -> list[tuple[str, Path]]:
    """The files that are coded with, the overlay's after those that ship, by the name that entries cite."""
    own = user_folder()
    return [(path.relative_to(ROOT).as_posix(), path) for path in _files(ROOT)] + [(path.as_posix(), path) for path in (_files(own) if own else [])]


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.rglob("*.yaml"), *folder.rglob("*.tsv")], key=lambda path: path.relative_to(folder).as_posix())


def _unknown_files(root: Path, overlay: Path) -> list[str]:
    """The overlay's files that no dictionary is named like: nothing would read them."""
    known = {path.relative_to(root) for path in root.rglob("*.yaml")} | {Path(code, name) for code in LANGUAGES for name in (*LANGUAGE_FILES, "forms.tsv")}
    return [f"{path.as_posix()}:1:1: no dictionary has this name; see dictionaries/README.md for the names" for path in _files(overlay) if path.relative_to(overlay) not in known]
