"""The phrases under a preposition that belong to a trigger, where the parser hung them and where it should have."""

from __future__ import annotations

from coders.tree import Tree
from coders.triggers import Trigger


def prepositional(tree: Tree, triggers: dict[int, Trigger], index: int, preposition: str, light: int) -> list[int]:
    """Phrases under a preposition, by their heads: the trigger's own, its light verb's (-1: none), else the nearest one after it that no other trigger takes."""
    grammar = tree.language.grammar
    words = tuple(preposition.split())
    if (preposition[:1], preposition[1:]) in grammar.compound_prepositions:
        words = (preposition[0], preposition[1:])  # بحق: two tokens
    if preposition not in tree.words and not tree.words.issuperset(words):
        return []
    # What two joined nouns share hangs on the last: sanctions and travel bans on officials.
    roots = [index, *(c for c in tree.related(index, "conj") if not tree.is_verb(c) and tree.is_verb(index) is False)]
    if light >= 0:
        roots.append(light)
    for root in roots:
        own = [
            c
            for c in tree.related(root, "obl", "nmod", "advcl", "acl", "xcomp", "iobj", "obj", "ccomp", "dep", "advmod")
            if _under(words, tree.cases[c]) and c != index and not _manner(tree, c) and not _excluded(tree, c)
        ]
        if own:
            return own
    if tree.language.code == "ar" and index in triggers and tree.is_verb(index):
        # رفعت دعوى ضد ...: what hangs on the noun of a verb's idiom is the verb's
        idiom = {word for entry in triggers[index].entries for word in (*entry.words, *entry.any_words)}
        own = [c for o in tree.related(index, "obj", "obl") if any(not idiom.isdisjoint(tree.keys[i]) for i in (o, *tree.related(o, "amod", "nmod"))) for c in tree.related(o, "nmod", "obl") if _under(words, tree.cases[c])]
        if own:
            return own
    if tree.language.code == "en" and tree.is_verb(index):
        # failed to reach an agreement with X
        below_it = [x for x in tree.related(index, "xcomp") if preposition in grammar.comitative]
        own = [c for x in below_it for y in (x, *tree.related(x, "obj")) for c in tree.related(y, "obl", "nmod") if _under(words, tree.cases[c])]
        if own:
            return own
    if (tree.language.code == "en" or tree.head(index) not in triggers) and _is_object(tree, index):
        # What follows an object closely may be its own, though it hangs on the verb: lifted the ban [on the party].
        verb = tree.head(index)
        own = [c for c in tree.related(verb, "obl") if _under(words, tree.cases[c]) and c > index and not _between(tree, index, c)]
        if own:
            return own[:1]
    end = tree.region_end(index)
    below = set(tree.subtree(light if light >= 0 else index))
    for at in range(index + 1, end):
        if preposition == "of" and tree.language.code == "en" and tree.keys[index + 1][0] != "of":
            break  # "of" belongs to the noun before it
        if (
            tree.cases[at][: len(words)] == words
            and at in below
            and not _manner(tree, at)
            and not _excluded(tree, at)
            and not _clause_between(tree, at, index, light)
            and not _taken(tree, triggers, at, index, preposition)
        ):
            return [at]
        if tree.keys[at][0] == preposition and at + 1 < end and tree.tokens[at + 1].feature("VerbForm") in ("Ger", "Part") and tree.tokens[at + 1].text.endswith("ing"):
            return [at + 1]  # accused X of attacking
    return []


def _excluded(tree: Tree, index: int) -> bool:
    """Whether an English phrase is taken out: "but not with its leaders"."""
    negators = tree.language.grammar.negators
    return tree.language.code == "en" and any(tree.tokens[c].upos in ("PART", "ADV") and tree.keys[c][0] in negators for c in tree.children[index])


def _manner(tree: Tree, index: int) -> bool:
    """Whether a noun is half of a preposition that governs nothing: من جانب واحد names nobody."""
    cases = tree.cases[index]
    return bool(cases) and (cases[0], tree.keys[index][0]) in tree.language.grammar.compound_prepositions


def _between(tree: Tree, noun: int, phrase: int) -> list[int]:
    """The words between a noun and a later phrase that belong to neither."""
    own = {*tree.subtree(noun), *tree.subtree(phrase)}
    return [at for at in range(noun + 1, phrase) if at not in own]


def _taken(tree: Tree, triggers: dict[int, Trigger], at: int, index: int, preposition: str) -> bool:
    """Whether another trigger between has the preposition among its own paths, and the phrase below it."""
    for above in tree.ancestors(at):
        if above == index:
            return False
        trigger = triggers.get(above)
        if trigger is not None and any(preposition in (*e.source, *e.target, *e.content) for e in trigger.entries[:1]):
            return True
    return False


def _clause_between(tree: Tree, below: int, index: int, light: int) -> bool:
    """Whether another verb's clause lies between a token and the trigger above it."""
    for above in tree.ancestors(below):
        if above in (index, light):
            return False
        if tree.is_verb(above):
            return True
    return True


def _is_object(tree: Tree, index: int) -> bool:
    """Whether a token is a noun that is a verb's object."""
    return not tree.is_verb(index) and tree.relation(index) == "obj" and tree.is_verb(tree.head(index))


def _under(words: tuple[str, ...], cases: tuple[str, ...]) -> bool:
    """Whether a preposition of one word or more stands among the prepositions of a phrase."""
    return any(cases[i : i + len(words)] == words for i in range(min(2, len(cases))))
