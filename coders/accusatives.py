"""Arabic nouns whose ending or whose verb tells what they are, against the parser: an indefinite accusative is no clause, the noun that a verb's
idiom asks for is its object and brings it its phrases (أطلقت النار على مواقع), and a verb after a quotation is joined to the one that quotes.
"""

from __future__ import annotations

from coders.mentions import Mentions
from coders.spelling import tanwin
from coders.tree import QUOTES, Moves, Tree

_NOMINAL = frozenset({"NOUN", "ADJ", "X"})


def accusative_moves(tree: Tree, mentions: Mentions) -> Moves:
    """New heads and relations of such nouns and verbs, by their token."""
    moved: Moves = {}
    for verb in range(len(tree)):
        if tree.is_verb(verb):
            moved |= _accusative(tree, mentions, verb) | _idiom(tree, mentions, verb) | _no_adjective(tree, mentions, verb)
    return moved | _after_quotation(tree)


def _accusative(tree: Tree, mentions: Mentions, verb: int) -> Moves:
    """A noun in -an after its verb, taken for a clause, where the verb has no bare object: قصفت بالمدفعية مخيما. (Taken for a subject: spelling.py.)"""
    if any(not tree.cases[o] for o in tree.related(verb, "obj", "iobj")):
        return {}
    for noun in tree.related(verb, "ccomp", "xcomp"):
        if noun > verb and tree.tokens[noun].upos in _NOMINAL and tanwin(tree.tokens[noun]) and noun not in mentions.names and noun not in mentions.roles and not tree.cases[noun] and not tree.marks(noun):
            return {noun: (verb, "obj")}
    return {}


def _no_adjective(tree: Tree, mentions: Mentions, verb: int) -> Moves:
    """A singular noun hung on the plural subject before it as an adjective, which would be plural too (فجر مسلحون قنبلة): the object."""
    if any(not tree.cases[o] for o in tree.related(verb, "obj", "iobj")):
        return {}
    for subject in tree.related(verb, "nsubj"):
        for noun in tree.related(subject, "amod") if subject > verb and tree.tokens[subject].text.endswith("ون") else ():
            if noun == subject + 1 and noun in mentions.topics and not tree.tokens[noun].text.startswith("ال") and not tree.tokens[noun].text.endswith(("ون", "ين")):
                return {noun: (verb, "obj")}
    return {}


def _idiom(tree: Tree, mentions: Mentions, verb: int) -> Moves:
    """The noun right after a verb that asks for it, taken for its subject: its object; the phrases under the verb's own prepositions are the verb's."""
    noun = verb + 1
    if noun >= len(tree) or tree.head(noun) != verb or tree.relation(noun) != "nsubj" or tree.cases[noun] or noun in mentions.roles or noun in mentions.names:
        return {}
    entries = [e for key in tree.verb_keys(verb) for e in tree.language.verbs.get(key, ()) if not (e.words | e.any_words).isdisjoint(tree.keys[noun])]
    paths = {path for entry in entries for path in entry.target}
    if not entries or "subj" in paths or any(not tree.cases[o] for o in tree.related(verb, "obj")):  # قصف الطيران سوقا
        return {}
    return {noun: (verb, "obj")} | {child: (verb, "obl") for child in tree.children[noun] if child > noun and tree.cases[child][:1] and tree.cases[child][0] in paths}


def _after_quotation(tree: Tree) -> Moves:
    """A verb behind a closing quotation mark that the parser joined to a verb inside: to the verb that the quotation depends on."""
    inside: list[bool] = []
    is_open = False
    for token in tree.tokens:
        is_open = not is_open if token.text in QUOTES else is_open
        inside.append(is_open)
    moved: Moves = {}
    for at in range(len(tree)) if any(inside) else ():
        head = tree.head(at)
        if tree.is_verb(at) and tree.relation(at) == "conj" and not inside[at] and 0 <= head < at and inside[head]:
            while head >= 0 and inside[head]:
                head = tree.head(head)
            if head >= 0 and tree.is_verb(head):
                moved[at] = (head, "conj")
    return moved
