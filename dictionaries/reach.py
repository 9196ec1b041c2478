"""Which codes a language can say: reasoning over words, concepts and composition, without a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dictionaries.acts import Entry
from dictionaries.cameo import ANY, Act, Code, ancestors
from dictionaries.load import Dictionaries, Language
from dictionaries.problems import Problems

# What the coder does not make an intent or a refusal when it will or will not be (coders/assembly.py; a test holds the two together).
NEVER_REFUSED = frozenset({"refuse", "deny", "accuse", "criticise", "threaten"})
NEVER_INTENDED = frozenset({"refuse", "threaten", "intend", "warn", "deny"})
# by_source.yaml: a country alone.
_STATE = "state"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What counts of an entry here: entries of one kind say the same codes."""

    act: str
    topic: str | None
    needs: str | None
    content: bool


def reach(dictionaries: Dictionaries, code: str) -> dict[str, frozenset[Entry]]:
    """The CAMEO codes that the words of a language can compose to, each with the entries of acts.yaml that lead there.

    An entry leads to a code when its act composes to it with a topic that some word of the language evokes (by topics.yaml, by a
    qualifier, or as the act of a content), as it stands or as something that will be or will not be.
    """
    language = dictionaries.languages[code]
    kinds: dict[_Kind, set[Entry]] = {}
    for table in (language.verbs, language.nouns):
        for entry in (e for entries in table.values() for e in entries):
            kind = _Kind(entry.act, entry.topic, entry.needs or dictionaries.acts[entry.act].needs, bool(entry.content))
            kinds.setdefault(kind, set()).add(entry)
    topics, roles = evoked(dictionaries, language, kinds), {_STATE} | language.roles.values
    found: dict[str, set[Entry]] = {}
    for kind, entries in kinds.items():
        for name in _codes(dictionaries, language, kind, topics, roles):
            found.setdefault(name, set()).update(entries)
    return {name: frozenset(entries) for name, entries in found.items()}


def read_unreachable(root: Path, ontology: dict[str, Code], problems: Problems) -> dict[str, str]:
    """The codes of cameo/unreachable.yaml that no text is coded to, each with the reason; an unknown code is noted."""
    reasons = {}
    for name, reason in problems.read_mapping(root / "cameo" / "unreachable.yaml", root).items():
        if name not in ontology:
            problems.note(name, f"unknown code {name!s}")
        reasons[str(name)] = str(reason)
    return reasons


def evoked(dictionaries: Dictionaries, language: Language, kinds: Iterable[_Kind]) -> set[str]:
    """The topics that some word or phrase of the language evokes, or some act of it in another's content."""
    acts = dictionaries.acts
    words = language.topics.values
    topics = words | {deeper for qualifier in language.qualifiers.values for base, deeper in dictionaries.qualified.get(qualifier, {}).items() if base in words}
    negated = bool(language.grammar.negators or language.grammar.nominal_negators)
    stopped = {topic for topic, _ in acts["stop"].becomes}
    size = -1
    while size != len(topics):
        size = len(topics)
        for kind in kinds:
            for topic in list(_topics(dictionaries, kind, topics)):
                becomes = acts[kind.act].as_topic(topic) if topic or acts[kind.act].needs != "topic" else None
                if becomes:
                    topics.add(becomes)
                    # Only what "stop" names: that no refusal is de-escalation says nothing of what words can tell.
                    if negated and not stopped.isdisjoint(set(ancestors(becomes)) - {ANY}):
                        topics.add(acts["stop"].as_topic(becomes) or becomes)
    return topics


def changes(acts: dict[str, Act], language: Language, act: str, topic: str | None) -> Iterator[tuple[str, str | None]]:
    """The acts, with their topics, that an act becomes as something that will not be, will be, or is alleged of another."""
    topic = acts[act].as_topic(topic)
    if language.grammar.negators and act not in NEVER_REFUSED:
        yield "refuse", topic
    if topic and language.grammar.future and act not in NEVER_INTENDED:
        yield "will", topic
    for said in (acts[act].alleges, acts[act].own, acts[act].others):
        if said:
            yield said, topic


def _topics(dictionaries: Dictionaries, kind: _Kind, topics: set[str]) -> Iterator[str | None]:
    """The topics that words of this kind may have: their own, or those of a content, or those that their act names."""
    if kind.topic:
        yield kind.topic
        return
    yield None
    yield from (topic for topic in topics if kind.content or dictionaries.composition.names(kind.act, topic))


def _codes(dictionaries: Dictionaries, language: Language, kind: _Kind, topics: set[str], roles: set[str]) -> set[str]:
    composition = dictionaries.composition
    found = set()
    for topic in _topics(dictionaries, kind, topics):
        said = list(changes(dictionaries.acts, language, kind.act, topic))
        if kind.needs != "topic" or composition.names(kind.act, topic or ""):
            said.append((kind.act, topic))
        found |= {row[0] for act, its in said if (row := composition.find(act, its))}
    found |= {becomes for (code, role), becomes in composition.by_source.items() if code in found and becomes and role in roles}
    return found
