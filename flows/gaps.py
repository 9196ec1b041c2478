"""`marsad dictionaries gaps`: what a warehouse shows to be missing from the dictionaries."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from coders.gaps import WordGap, find_word_gaps
from dictionaries.load import LANGUAGES, load_dictionaries
from flows.show import table
from parsers.sentence import Sentence
from warehouse.gaps import ActorGap, silent_sentences, unknown_actors
from warehouse.query import QueryError

_WIDEST = 110
# What the writer has to fill in; the linter names the place of each that is left.
_BLANK = '"???"'


def show_gaps(db: Path, limit: int, style: str) -> None:
    """Print the actor phrases and the words without entry that cost most events, at most `limit` of each a language. QueryError for an unknown format."""
    if style not in ("table", "yaml"):
        raise QueryError(f"unknown format {style}; use table or yaml")
    actors = unknown_actors(db, limit)
    sentences = ((s.language, Sentence.from_json(s.number, s.start, s.end, s.text, s.parse)) for s in silent_sentences(db))
    words = _most(find_word_gaps(sentences, load_dictionaries()), limit)
    print(as_yaml(actors, words) if style == "yaml" else as_table(actors, words))


def as_table(actors: list[ActorGap], words: list[WordGap]) -> str:
    """Two tables: actor phrases by the events that name them, words by the sentences that they leave without event."""
    known: list[tuple[Any, ...]] = [(a.language, a.text, a.code, a.events, a.example) for a in actors]
    lacking: list[tuple[Any, ...]] = [(w.language, w.lemma, "noun" if w.noun else "verb", w.sentences, w.example) for w in words]
    return "\n".join(
        ["Actor phrases without a code", table(["lang", "phrase", "code", "events", "example"], known, _WIDEST), "",
         "Words without entry between two known actors", table(["lang", "word", "kind", "sentences", "example"], lacking, _WIDEST)]
    )  # fmt: skip


def as_yaml(actors: list[ActorGap], words: list[WordGap]) -> str:
    """Blocks for <lang>/names.yaml, actors/ and <lang>/acts.yaml, each line with its example; what is to be filled in is ???."""
    lines = []
    for language in LANGUAGES:
        own = [a for a in actors if a.language == language]
        if own:
            lines += [f"# {language}/names.yaml: say what each is (organisations, groups or persons)", "organisations:"]
            lines += [f"  {_key(a.text)}: [{_quoted(a.text)}]   # {_said(a.events, 'event', a.example)}" for a in own]
            lines.append("# actors/organisations.yaml")
            lines += [f"{_key(a.text)}: {{code: {_BLANK}, kind: organisation}}" + (f"   # {a.code[3:]} of a country not known" if a.code[3:] else "") for a in own] + [""]
        missing = [w for w in words if w.language == language]
        if missing:
            lines.append(f"# {language}/acts.yaml: an act of cameo/concepts.yaml for each")
        order = sorted(missing, key=lambda w: (w.noun, w.targets.most_common(1)[0][0]))
        for (noun, path), group in groupby(order, key=lambda w: (w.noun, w.targets.most_common(1)[0][0])):
            frame = "noun_frame: {source: [poss, mod]" if noun else "frame: {source: [subj]"
            lines += [f"- act: {_BLANK}", f"  {frame}, target: [{_quoted(path)}]}}", f"  {'nouns' if noun else 'verbs'}:"]
            lines += [f"  - {_quoted(w.lemma)}   # {_said(w.sentences, 'sentence', w.example)}" for w in group]
        if missing:
            lines.append("")
    return "\n".join(lines)


def _most(words: list[WordGap], limit: int) -> list[WordGap]:
    return [word for language in LANGUAGES for word in [w for w in words if w.language == language][:limit]]


def _said(count: int, what: str, example: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}: {' '.join(example.split())[:_WIDEST]}"


def _key(text: str) -> str:
    """A key for an actor: its words joined by underscores, without what YAML reads as its own."""
    return "_".join("".join(c for c in word if c.isalnum()) for word in text.lower().split() if any(c.isalnum() for c in word))


def _quoted(text: str) -> str:
    """A YAML scalar: quoted, for names may hold commas and colons, and "on" is a truth value."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
