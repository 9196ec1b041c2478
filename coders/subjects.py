"""Where an Arabic verb's subject is another than its place suggests."""

from __future__ import annotations

from collections.abc import Callable

from coders.event import Actor
from coders.tree import Tree


def begins_anew(tree: Tree, index: int, head: int, shared: list[int]) -> bool:
    """Whether a joined Arabic verb has another subject: it is singular after a plural one, and its own noun follows (خمسة قتلوا وأصيب تسعة)."""
    plural = tree.tokens[head].text.endswith(("وا", "ون")) and all(s < head for s in shared)
    return plural and not tree.tokens[index].text.endswith(("وا", "ون")) and any(o > index and not tree.cases[o] and tree.tokens[o].upos != "PRON" for o in tree.related(index, "obj"))


def people_above(tree: Tree, head: int, index: int, resolve: Callable[[int], Actor | None]) -> list[int]:
    """The nearest noun of a phrase before a plural verb that names an actor; the head itself where none does."""
    at = head
    while resolve(at) is None and tree.relation(at) in ("nmod", "amod", "flat") and 0 <= tree.head(at) < index:
        at = tree.head(at)
    return [at if resolve(at) is not None else head]
