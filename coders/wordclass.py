"""English words that the tagger took for another class than their place allows: "held talks" are nouns, "to interrogate the men" is a verb.

The subject or object of a verb, and what a preposition governs, is nominal (UD guidelines: nsubj, obj, obl, nmod); a clause in their place
is csubj, ccomp, xcomp or advcl. What stands between "to" and an article or a number is an infinitive.
"""

from __future__ import annotations

from dataclasses import replace

from coders.spelling import rooted
from coders.tree import Tree
from parsers.sentence import Token

_NOMINAL = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "compound"})
_CLAUSES = frozenset({"nsubj", "csubj", "obj", "ccomp", "xcomp", "aux", "cop", "mark", "expl"})
_DETERMINERS = frozenset({"DET", "PRON", "NUM"})
_NOUNS = frozenset({"PROPN", "NOUN", "ADJ"})


def reclass(tree: Tree) -> Tree:
    """The tree with such words in their class; the same tree where there are none."""
    for step in (_names, _nouns, _infinitives):
        changed = step(tree)
        tokens = tuple(changed.get(t.index, t) for t in tree.tokens) if changed else tree.tokens
        if changed and all(rooted(tokens, at) for at in changed):
            tree = Tree(replace(tree.sentence, tokens=tokens), tree.language)
    return tree


def _names(tree: Tree) -> dict[int, Token]:
    """WHO and US for "who" and "us": a pronoun in capitals is a name, unless the whole sentence is in capitals."""
    found = {t.index: replace(t, upos="PROPN", lemma=t.text, feats="Number=Sing") for t in tree.tokens if t.upos == "PRON" and len(t.text) > 1 and t.text.isupper()}
    return found if found and any(t.text.islower() for t in tree.tokens) else {}


def _nouns(tree: Tree) -> dict[int, Token]:
    """Verbs in the place of nouns; a word with a subject, an object or an auxiliary of its own is a verb all the same."""
    return {
        t.index: replace(t, upos="NOUN", feats="Number=Plur" if t.text.endswith("s") else "Number=Sing")
        for t in tree.tokens
        if t.upos == "VERB" and tree.relation(t.index) in _NOMINAL and "VerbForm=Ger" not in t.feats and not any(tree.relation(c) in _CLAUSES for c in tree.children[t.index])
    }


def _infinitives(tree: Tree) -> dict[int, Token]:
    """Known verbs after "to" before an article, a pronoun, a number or their particle, or before any noun where they are no nouns themselves; the noun is their object."""
    changed: dict[int, Token] = {}
    for at in [at for at, keys in enumerate(tree.keys[:-2], 1) if keys[0] == "to"]:
        token, key, after = tree.tokens[at], tree.keys[at][0], tree.tokens[at + 1]
        if token.upos not in ("NOUN", "ADJ") or tree.keys[at - 1][0] != "to" or key not in tree.language.verbs or token.text != key:
            continue
        particle = after.upos in ("ADP", "ADV") and any(tree.keys[at + 1][0] in entry.words for entry in tree.language.verbs[key])  # to hand over two officers
        if not particle and after.upos not in _DETERMINERS and not (after.upos in _NOUNS and key not in tree.language.nouns):
            continue
        above = token.head
        noun = next((i for i in range(at + 1 + particle, min(at + 8, len(tree))) if tree.head(i) < at or tree.head(i) == above or i == above), -1)
        if above > at:  # what the parser took for a noun before its noun (an interrogate detainee)
            noun, above = above, tree.head(above)
        if above < 0 or above > at:
            continue
        changed[at] = replace(token, upos="VERB", feats="VerbForm=Inf", head=above, relation="xcomp" if tree.is_verb(above) else "acl")
        changed[at - 1] = replace(tree.tokens[at - 1], upos="PART", head=at, relation="mark")
        if particle:
            changed[at + 1] = replace(after, head=at, relation="compound:prt")
        if noun > at:
            changed[noun] = replace(tree.tokens[noun], head=at, relation="obj")
    return changed
