"""Words that the dictionaries lack: verbs and nouns without entry that stand between two known actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from coders.actors import ActorResolver
from coders.memory import Memory
from coders.mentions import Mentions, find_mentions
from coders.repair import repair
from coders.slots import Slots
from coders.tree import Tree
from coders.triggers import find_triggers
from dictionaries import Dictionaries
from dictionaries.folding import word_key
from parsers.sentence import Sentence

_ENDS = ("nsubj", "obj", "iobj", "obl")


@dataclass(slots=True)
class WordGap:
    """A verb or noun without entry: in how many sentences it stands between two known actors, on which paths the second one stands, and the shortest of them."""

    language: str
    lemma: str
    noun: bool
    sentences: int = 0
    example: str = ""
    targets: Counter[str] = field(default_factory=Counter)


def find_word_gaps(sentences: Iterable[tuple[str, Sentence]], dictionaries: Dictionaries) -> list[WordGap]:
    """The words without entry that cost most, the most frequent first, from sentences (each with its language) that told no event."""
    gaps: dict[tuple[str, str, bool], WordGap] = {}
    for code, sentence in sentences:
        tree = Tree(sentence, dictionaries.languages[code])
        mentions = find_mentions(tree, dictionaries)
        if len({match.name.actor for match in mentions.names.values()}) < 2:
            continue
        tree = repair(tree, mentions)
        for index, noun, path in dict.fromkeys(_uncoded(tree, mentions, dictionaries)):
            lemma = word_key(tree.tokens[index].lemma or tree.tokens[index].text, code)
            gap = gaps.setdefault((code, lemma, noun), WordGap(code, lemma, noun))
            gap.sentences += 1
            gap.targets[path] += 1
            if not gap.example or len(sentence.text) < len(gap.example):
                gap.example = sentence.text
    return sorted(gaps.values(), key=lambda gap: (-gap.sentences, gap.language, gap.lemma))


def _uncoded(tree: Tree, mentions: Mentions, dictionaries: Dictionaries) -> Iterator[tuple[int, bool, str]]:
    """The verbs of a sentence without entry between two actors, and the nouns without entry under a light verb; each with the path of the second actor."""
    language = tree.language
    triggers = find_triggers(tree, mentions.closed)
    slots = Slots(tree, triggers, ActorResolver(tree, mentions, dictionaries, Memory()))
    for index in range(len(tree)):
        if not tree.is_verb(index) or index in mentions.names:
            continue
        ends = [(child, actors) for child in tree.related(index, *_ENDS) if (actors := _actors(tree, mentions, child))]
        path = _second(tree, ends)
        kind = slots.verb_class(index)
        if kind is None and path and index not in triggers and not any(key in language.verbs for key in tree.verb_keys(index)):
            yield index, False, path
        for noun in tree.related(index, "obj", "obl") if kind == "light" else ():
            known = noun in mentions.names or noun in mentions.topics or noun in mentions.roles or any(key in language.nouns for key in tree.keys[noun])
            below = [(c, actors) for c in tree.related(noun, "nmod", "obl") if (actors := _actors(tree, mentions, c))]
            others = [end for end in ends if end[0] != noun]
            path = _second(tree, [*others, *below])
            if tree.tokens[noun].upos == "NOUN" and not known and path:
                yield noun, True, path


def _second(tree: Tree, ends: list[tuple[int, frozenset[str]]]) -> str:
    """Where the second of two different actors stands: obj, or the preposition over it; "" where there are no two."""
    first = ends[0][1] if ends else frozenset()
    for child, actors in ends[1:]:
        if actors - first:
            return " ".join(tree.cases[child][:1]) or ("obj" if tree.relation(child) in ("obj", "iobj", "nsubj") else "poss")
    return ""


def _actors(tree: Tree, mentions: Mentions, index: int) -> frozenset[str]:
    return frozenset(mentions.names[at].name.actor for at in tree.subtree(index, clauses=False) if at in mentions.names)
