"""What is universal: the CAMEO ontology, the inventory of acts and topics, and the composition of codes."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dictionaries.problems import Problems
from dictionaries.yaml_source import Word

ANY = "*"
_ACT_KEYS = {"control", "as", "reacts", "realis", "reciprocal", "needs", "like", "alleges", "own", "others", "harms", "decreed"}


@dataclass(frozen=True, slots=True)
class Code:
    """One CAMEO code (1.1b3): label, Goldstein score in -10..10 or None, quad classes 1..4, PLOVER event."""

    code: str
    label: str
    goldstein: float | None
    quad: int
    quad_gdelt: int
    plover: str | None
    mode: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One act of concepts.yaml; see the comment there for what each field says."""

    name: str
    control: str
    becomes: tuple[tuple[str, str], ...]
    reacts: bool
    realis: bool
    reciprocal: bool
    needs: str | None
    like: str | None
    alleges: str | None
    own: str | None
    others: str | None
    harms: bool
    decreed: bool

    def as_topic(self, topic: str | None) -> str | None:
        """The topic that this act, with its own topic, is when it is another act's content; None for none."""
        if not self.becomes:
            return None
        table = dict(self.becomes)
        for name in ancestors(topic):
            if name in table:
                return topic if table[name] == "=" else table[name]
        return None


@dataclass(frozen=True, slots=True)
class Composition:
    """act x topic -> code. `rows` are keyed by (act, topic), `by_source` by (code, role); `places` give the file and line of each row."""

    acts: dict[str, Act]
    rows: dict[tuple[str, str], str | None]
    places: dict[tuple[str, str], str]
    by_source: dict[tuple[str, str], str | None]

    def find(self, act: str, topic: str | None) -> tuple[str, str] | None:
        """The code of an act with a topic (None where none is known) and the place of its row.

        A topic falls back on its parents, then on the act's own code, then on the act that it is like. None: no event.
        """
        name: str | None = act
        while name is not None:
            for candidate in ancestors(topic):
                row = (name, candidate)
                if row in self.rows and not (candidate == ANY and self.acts[act].needs == "topic"):
                    code = self.rows[row]
                    return (code, self.places[row]) if code is not None else None
            parent = self.acts[name].like
            name = parent if parent != name else None
        return None

    def names(self, act: str, topic: str) -> bool:
        """Whether a row names this topic, or a parent of it, for this act: the topic is of the act's own kind."""
        return any(self.rows.get((name, t)) for name in (act, self.acts[act].like) if name for t in ancestors(topic) if t != ANY)


@functools.cache
def ancestors(topic: str | None) -> tuple[str, ...]:
    """A topic, its parents from near to far, and "*"."""
    return (topic, *ancestors(topic.rpartition(".")[0])) if topic else (ANY,)


def read_ontology(root: Path, problems: Problems) -> dict[str, Code]:
    """The codes of cameo/ontology.yaml by code."""
    codes: dict[str, Code] = {}
    for name, fields in problems.read_mapping(root / "cameo" / "ontology.yaml", root).items():
        row = problems.mapping(fields, name)
        try:
            codes[str(name)] = Code(
                code=str(name),
                label=str(row["label"]),
                goldstein=None if row["goldstein"] is None else float(row["goldstein"]),
                quad=int(row["quad"]),
                quad_gdelt=int(row["quad_gdelt"]),
                plover=_text(row.get("plover")),
                mode=_text(row.get("mode")),
                contexts=tuple(str(word) for word in problems.words(row.get("contexts"), name)),
            )
        except (KeyError, ValueError) as error:
            problems.note(name, f"the code {name!s} needs label, goldstein, quad and quad_gdelt ({error})")
    return codes


def read_concepts(root: Path, problems: Problems) -> tuple[dict[str, Act], frozenset[str], dict[str, dict[str, str]]]:
    """The acts, the topics, and for each qualifier what it makes of a topic, of cameo/concepts.yaml."""
    file = problems.read_mapping(root / "cameo" / "concepts.yaml", root)
    topics = frozenset(str(word) for word in problems.words(file.get("topics")))
    acts: dict[str, Act] = {}
    for name, fields in problems.mapping(file.get("acts")).items():
        row = problems.mapping(fields, name)
        for key in row:
            if key not in _ACT_KEYS:
                problems.note(key, f"unknown key {key!s} of the act {name!s}")
        becomes = row.get("as")
        table = {ANY: becomes} if isinstance(becomes, Word) else problems.mapping(becomes, name)
        for topic in table.values():
            if topic != "=" and topic not in topics:
                problems.note(topic, f"unknown topic {topic!s}")
        acts[str(name)] = Act(
            name=str(name),
            control=str(row.get("control") or "subject"),
            becomes=tuple((str(k), str(v)) for k, v in table.items()),
            reacts=row.get("reacts") == "true",
            realis=row.get("realis") != "false",
            reciprocal=row.get("reciprocal") == "true",
            needs=_text(row.get("needs")),
            like=_text(row.get("like")),
            alleges=_text(row.get("alleges")),
            own=_text(row.get("own")),
            others=_text(row.get("others")),
            harms=row.get("harms") == "true",
            decreed=row.get("decreed") == "true",
        )
    for act in acts.values():
        if act.like and act.like not in acts:
            problems.append(f"cameo/concepts.yaml: the act {act.name} is like {act.like}, which is unknown")
    qualified: dict[str, dict[str, str]] = {}
    for qualifier, table in problems.mapping(file.get("qualified")).items():
        qualified[str(qualifier)] = {str(k): str(v) for k, v in problems.mapping(table, qualifier).items()}
        for topic in problems.mapping(table, qualifier).values():
            if topic not in topics:
                problems.note(topic, f"unknown topic {topic!s}")
    return acts, topics, qualified


def read_composition(root: Path, problems: Problems, acts: dict[str, Act], topics: frozenset[str], codes: dict[str, Code]) -> Composition:
    """The table of cameo/composition.yaml, each row checked against acts, topics and codes."""
    known = topics | {parent for topic in topics for parent in ancestors(topic)}
    rows: dict[tuple[str, str], str | None] = {}
    places: dict[tuple[str, str], str] = {}
    for act, fields in problems.read_mapping(root / "cameo" / "composition.yaml", root).items():
        if act not in acts:
            problems.note(act, f"unknown act {act!s}")
        for topic, code in problems.mapping(fields, act).items():
            if topic not in known:
                problems.note(topic, f"unknown topic {topic!s}")
            if code is not None and code not in codes:
                problems.note(code, f"unknown code {code!s}")
            rows[str(act), str(topic)] = None if code is None else str(code)
            places[str(act), str(topic)] = topic.place.short
    return Composition(acts, rows, places, _read_by_source(root, problems, codes))


def _read_by_source(root: Path, problems: Problems, codes: dict[str, Code]) -> dict[tuple[str, str], str | None]:
    table: dict[tuple[str, str], str | None] = {}
    for given in problems.read_sequence(root / "cameo" / "by_source.yaml", root):
        row = problems.mapping(given)
        for code in (row.get("code"), row.get("becomes")):
            if code is not None and code not in codes:
                problems.note(code, f"unknown code {code!s}")
        for role in problems.words(row.get("roles"), given):
            targets = problems.words(row.get("targets"), given)
            for key in [f"{role} on {target}" for target in targets] or [str(role)]:
                table.setdefault((str(row.get("code")), key), _text(row.get("becomes")))
    return table


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
