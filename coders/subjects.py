"""Where an Arabic verb's subject is another than its place suggests."""

from __future__ import annotations

from collections.abc import Callable

from coders.event import Actor
from coders.tree import Tree
from coders.triggers import Trigger


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


def stray_subject(tree: Tree, trigger: Trigger | None, index: int, resolve: Callable[[int], Actor | None]) -> list[int]:
    """The "object" of an Arabic verb that takes none (نزل آلاف الأشخاص إلى الشوارع): its subject."""
    if (
        trigger is None
        or trigger.noun
        or any(path in ("obj", "iobj") for e in trigger.entries for path in (*e.target, *e.content))
        or not all(e.source[:1] == ("subj",) or e.target[:1] == ("subj",) for e in trigger.entries)
    ):
        return []
    bare = [o for o in tree.related(index, "obj") if o > index and not tree.cases[o] and tree.tokens[o].upos != "PRON"]
    return [o for o in bare if not any(key in tree.language.grammar.temporal for key in tree.keys[o]) and resolve(o) is not None][:1]
