"""Words that evoke acts, with the frames that say where source, target and content stand (<lang>/acts.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dictionaries.cameo import Act
from dictionaries.folding import entry_keys, phrase_keys, word_key
from dictionaries.inflection import noun_forms
from dictionaries.problems import Problems
from dictionaries.yaml_source import Mapping, Word

SLOTS = ("source", "target", "content")
_ENTRY_KEYS = {"lemma", "masdar", "with", "any", "without", "topic", "needs", "reciprocal", "act", "form", "masdar_frame", "by", *SLOTS}
_BLOCK_KEYS = {"act", "frame", "noun_frame", "verbs", "nouns", "needs", "topic", "with", "any", "without", "reciprocal", "by"}
_NEEDS = {"target", "content", "topic", "source", "target and content"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One word that evokes one act: where its slots stand (paths, best first), what must stand with it, and its place.

    `by` is the role of whoever does it where the text names nobody (a demonstration is civilians').
    """

    lemma: str
    act: str
    noun: bool
    source: tuple[str, ...]
    target: tuple[str, ...]
    content: tuple[str, ...]
    words: frozenset[str]
    any_words: frozenset[str]
    without: frozenset[str]
    topic: str | None
    needs: str | None
    reciprocal: bool
    place: str
    by: str = ""

    @property
    def doer(self) -> bool:
        """Whether the word names the one who acts (protester): it tells the act where nothing else does."""
        return self.source[:1] == ("self",)


def read_acts(path: Path, root: Path, language: str, acts: dict[str, Act], topics: frozenset[str], problems: Problems) -> tuple[dict[str, tuple[Entry, ...]], dict[str, tuple[Entry, ...]]]:
    """The verbs and the nouns of an acts.yaml, each by the key of its lemma. What is wrong is noted in `problems`."""
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, list[Entry]] = {}
    for block in problems.read_sequence(path, root):
        row = problems.mapping(block)
        act = row.get("act")
        if act not in acts:
            problems.note(act or row, f"unknown act {act!s}")
            continue
        for key in row:
            if key not in _BLOCK_KEYS:
                problems.note(key, f"unknown key {key!s} of a block")
        frame, noun_frame = problems.mapping(row.get("frame")), problems.mapping(row.get("noun_frame"))
        for given in (frame, noun_frame):
            for key in given:
                if key not in SLOTS:
                    problems.note(key, f"unknown slot {key!s}; a frame has source, target, content")
        for kind, slots, table in (("verbs", frame, verbs), ("nouns", noun_frame, nouns)):
            for given in problems.sequence(row.get(kind), row):
                fields = _fields(given, problems)
                if fields is None:
                    continue
                entry = _entry(fields, row, slots, kind == "nouns", language, acts, topics, problems)
                for form in noun_forms(entry.lemma, language) if entry.doer else (entry.lemma,):
                    for key in entry_keys(form, language):
                        table.setdefault(key, []).append(entry)
                for masdar in problems.words(fields.get("masdar"), given):
                    # A masdar's slots are the noun frame's; the verb's own prepositions (طلب من) hold for it too.
                    prepositions = {slot: [p for p in problems.words(fields.get(slot), given) if p not in ("subj", "obj", "iobj", "clause")] for slot in SLOTS}
                    noun = Mapping({**fields, "lemma": masdar})
                    noun.place = masdar.place
                    for slot in SLOTS:
                        noun[slot] = None
                    own = _entry(noun, row, noun_frame, True, language, acts, topics, problems, prepositions)
                    for key in entry_keys(own.lemma, language):
                        nouns.setdefault(key, []).append(own)
    return {k: tuple(v) for k, v in verbs.items()}, {k: tuple(v) for k, v in nouns.items()}


def _fields(given: Any, problems: Problems) -> Mapping | None:
    if isinstance(given, Word):
        fields = Mapping(lemma=given)
        fields.place = given.place
        return fields
    if not isinstance(given, Mapping) or not isinstance(given.get("lemma"), Word):
        problems.note(given, "an entry is a lemma, or a mapping with lemma")
        return None
    for key in given:
        if key not in _ENTRY_KEYS:
            problems.note(key, f"unknown key {key!s} of an entry")
    return given


def _entry(
    fields: Mapping, block: Mapping, frame: Mapping, noun: bool, language: str, acts: dict[str, Act], topics: frozenset[str], problems: Problems, first: dict[str, list[Word]] | None = None
) -> Entry:
    act = str(fields.get("act") or block["act"])
    if act not in acts:
        problems.note(fields.get("act"), f"unknown act {act}")
        act = str(block["act"])
    topic, needs = fields.get("topic") or block.get("topic"), fields.get("needs") or block.get("needs")
    if topic is not None and topic not in topics:
        problems.note(topic, f"unknown topic {topic!s}")
    if needs is not None and needs not in _NEEDS:
        problems.note(needs, f"needs must be one of {', '.join(sorted(_NEEDS))}")
    slots = {}
    for slot in SLOTS:
        paths = [str(p) for p in problems.words(fields.get(slot) if fields.get(slot) is not None else frame.get(slot), fields)]
        before = [str(p) for p in (first or {}).get(slot, [])]
        slots[slot] = tuple(dict.fromkeys(_path_key(path, language) for path in before + paths))
    head, _, rest = str(fields["lemma"]).partition(" ")
    return Entry(
        lemma=head,
        act=act,
        noun=noun,
        words=frozenset(word_key(str(w), language) for w in [*problems.words(fields.get("with"), fields), *problems.words(block.get("with")), *rest.split()]),
        any_words=frozenset(word_key(str(w), language) for w in [*problems.words(fields.get("any"), fields), *problems.words(block.get("any"))]),
        without=frozenset(word_key(str(w), language) for w in [*problems.words(fields.get("without"), fields), *problems.words(block.get("without"))]),
        topic=None if topic is None else str(topic),
        needs=None if needs is None else str(needs),
        reciprocal=(fields.get("reciprocal") or block.get("reciprocal")) == "true" or acts[act].reciprocal,
        place=fields.place.short,
        by=str(fields.get("by") or block.get("by") or ""),
        **slots,
    )


def _path_key(path: str, language: str) -> str:
    return path if path in ("subj", "obj", "iobj", "clause", "poss", "mod") else " ".join(phrase_keys(path, language))
