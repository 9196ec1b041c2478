"""Those who are named after what they do (protesters, متظاهرون): where nothing else tells the act, they tell it."""

from __future__ import annotations

from coders.tree import Tree
from dictionaries.acts import Entry

_NOMINAL = frozenset({"NOUN", "PROPN", "X", "NUM", "ADJ"})


def find_doers(tree: Tree) -> list[tuple[int, int, Entry]]:
    """Each such noun that does something in a clause, with the verb of the clause and its entry (acts.yaml, `source: [self]`), in their order.

    What is done to protesters, or what they say, does not tell that they protest now.
    """
    found, doers = [], tree.language.doers
    for token in tree.tokens:
        if token.upos not in ("NOUN", "PROPN", "X", "ADJ"):
            continue
        entry = next((doers[key] for key in tree.keys[token.index] if key in doers), None) if not doers.keys().isdisjoint(tree.keys[token.index]) else None
        if entry is None:
            continue
        if tree.language.code == "ar" and tree.keys[token.index][0] == entry.lemma and token.text.startswith("ال"):
            continue  # المتظاهر, one and any
        verb = _clause(tree, token.index)
        if verb >= 0:
            found.append((token.index, verb, entry))
    return found


def _clause(tree: Tree, index: int) -> int:
    """The verb whose subject a noun is, alone, counted or joined; -1 for none."""
    at, transparent = index, tree.language.grammar.transparent
    if len(tree.cases[index]) > 1 or (tree.cases[index] and tree.cases[index][0] not in ("من", "of")):
        return -1
    while tree.head(at) >= 0:
        head = tree.head(at)
        if tree.is_verb(head):
            reports = any(kind == "report" for key in tree.verb_keys(head) for kind, _ in tree.language.grammar.verb_classes.get(key, ()))
            # المتظاهرين after its verb is in no case of a subject, whatever the parser says.
            oblique = at == index > head and tree.tokens[at].text.endswith("ين")
            return head if tree.relation(at) == "nsubj" and not oblique and not reports and not tree.passive(head) else -1
        # "The number of protesters" is a figure, "a number of protesters" (عدد من) are they.
        if tree.language.code == "ar" and tree.keys[head][0] in ("عدد", "احد") and (tree.keys[head][0] == "احد" or not tree.cases[at]):
            return -1
        counts = tree.tokens[head].upos == "NUM" or any(key in transparent for key in tree.keys[head])
        if not counts and not (tree.relation(at) == "conj" and tree.tokens[head].upos in _NOMINAL):
            return -1
        at = head
    return -1
