"""By whom a thing is done that is told in the passive."""

from __future__ import annotations

from collections.abc import Callable

from coders.event import Actor
from coders.tree import Tree


def find_agents(tree: Tree, index: int, resolve: Callable[[int], Actor | None]) -> list[int]:
    """The phrases under a preposition of agency (by, من قبل) that belong to a verb or masdar, by their heads."""
    agentive = tree.language.grammar.agentive
    found = []
    for child in [*tree.related(index, "obl", "nmod"), *(g for c in tree.related(index, "obl", "nmod", "obj", "nsubj") for g in tree.related(c, "nmod", "obl"))]:
        cases = tree.cases[child]
        if tree.tokens[child].relation == "obl:agent" or any(cases[: len(a)] == a for a in agentive):
            found.append(child)
    if not found and tree.language.code == "en" and tree.passive(index):
        # Barred from entering the town by soldiers: it may hang on the verb of what they were barred from.
        under = [c for c in tree.related(index, "xcomp", "advcl") if tree.is_verb(c) and not tree.passive(c)]
        found = [c for b in under for c in tree.related(b, "obl") if tree.cases[c][:1] in agentive and resolve(c)]
    return found or (_lower(tree, index) if tree.language.code == "ar" else [])


def find_bullets(tree: Tree, index: int) -> list[int]:
    """The bullets by which somebody came to harm (لقوا حتفهم برصاص قوات الأمن): whose they are did it."""
    below = [*tree.related(index, "obl", "nmod", "obj"), *(g for c in tree.related(index, "obj", "nsubj") for g in tree.related(c, "obl", "nmod"))]
    return [w for w in below if w > index and tree.cases[w][:1] == ("ب",) and not tree.language.grammar.bullets.isdisjoint(tree.keys[w])]


def _lower(tree: Tree, index: int) -> list[int]:
    """The agent that the parser hung lower: اعتقل ثلاثة صحفيين من قبل الشرطة."""
    agentives = [agentive for agentive in tree.language.grammar.agentive if tree.words.issuperset(agentive)]
    for at in range(index + 1, tree.region_end(index)) if agentives else ():
        if _of_another_moment(tree, at, index):
            continue
        for agentive in agentives:
            if tuple(tree.keys[i][0] for i in range(at, min(at + len(agentive), len(tree)))) == agentive:
                below = at + len(agentive)
                # من جانب واحد is no agent.
                return [below] if below < len(tree) and tree.tokens[below].upos not in ("CCONJ", "ADJ", "PUNCT", "ADP") else []
    return []


def _of_another_moment(tree: Tree, at: int, index: int) -> bool:
    """Whether a word stands in a clause of time below a verb: what is done there is done by others."""
    verb = next((a for a in tree.ancestors(at) if tree.is_verb(a)), index)
    return verb != index and tree.relation(verb) == "advcl" and index in tree.ancestors(verb)
