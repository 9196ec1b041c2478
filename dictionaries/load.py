"""Load the dictionaries: one immutable value with a content hash."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

from dictionaries.actors import ActorFacts, read_actors
from dictionaries.acts import Entry, read_acts
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
LANGUAGE_FILES = ("acts.yaml", "topics.yaml", "light_verbs.yaml", "negation.yaml", "grammar.yaml", "names.yaml", "organisations.yaml", "agents.yaml", "dates.yaml", "discards.yaml")


@dataclass(frozen=True, slots=True)
class Language:
    """The lexicon of one language, keyed as folding.word_key keys."""

    code: str
    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    verb_forms: dict[str, tuple[str, ...]]
    first_person_forms: dict[str, tuple[str, ...]]
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


@functools.cache
def load_dictionaries(root: Path = ROOT) -> Dictionaries:
    """Load and check every file below `root`. Raises DictionaryError with the first problem found."""
    dictionaries, problems = read_dictionaries(root)
    if problems:
        more = f" (and {len(problems) - 1} more; see `marsad dictionaries lint`)" if len(problems) > 1 else ""
        raise DictionaryError(problems[0] + more)
    return dictionaries


def read_dictionaries(root: Path = ROOT) -> tuple[Dictionaries, Problems]:
    """The dictionaries as far as they can be read, and all that is wrong with them."""
    problems = Problems()
    ontology = read_ontology(root, problems)
    acts, topics, qualified = read_concepts(root, problems)
    composition = read_composition(root, problems, acts, topics, ontology)
    actors, territories = read_actors(root, problems)
    languages = {}
    for code in LANGUAGES:
        verbs, nouns = read_acts(root / code / "acts.yaml", root, code, acts, topics, problems)
        words, qualifiers = read_topics(root, code, topics, qualified, problems)
        roles, descriptions = read_roles(root, code, problems)
        third, first = read_verb_forms(root / code / "forms.tsv")
        grammar = read_grammar(root, code, problems)
        if (root / code / "irregular_verbs.yaml").is_file():
            third = read_english_forms(root / code / "irregular_verbs.yaml", root, {*verbs, *grammar.verb_classes}, problems)
        languages[code] = Language(
            code=code,
            verbs=verbs,
            nouns=nouns,
            verb_forms=third,
            first_person_forms=first,
            topics=words,
            qualifiers=qualifiers,
            roles=roles,
            descriptions=descriptions,
            names=read_names(root, code, actors, territories, problems),
            grammar=grammar,
            dates=read_dates(root, code, problems),
            discards=read_discards(root, code, problems),
        )
    return Dictionaries(ontology, acts, topics, qualified, composition, actors, languages, content_hash(root)), problems


def missing_files(root: Path = ROOT) -> list[str]:
    """What a language's folder lacks: a message each, for the linter; a missing file is no error."""
    return [f"{code}/{name}: missing; {code} is coded without it" for code in LANGUAGES for name in LANGUAGE_FILES if not (root / code / name).is_file()]


def content_hash(root: Path = ROOT) -> str:
    """SHA-256 over names and contents of all dictionary files, 16 hex digits."""
    digest = hashlib.sha256()
    for path in sorted([*root.rglob("*.yaml"), *root.rglob("*.tsv")], key=lambda p: p.relative_to(root).as_posix()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
