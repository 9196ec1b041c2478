"""Repair of Arabic trees: where a noun phrase is closed, the next noun begins another one.

In the construct state only the last noun may have the article or be a name, so after «كوبا» or «الحكومة المالية» a further bare noun is
no possessor but the verb's object («ناشدت كوبا الولايات المتحدة», «اعتقلت الشرطة التونسية ثلاثة صحفيين»). The parser often hangs it on
the subject. (Construct state: UD Arabic guidelines, nmod.)
"""

from __future__ import annotations

from dataclasses import replace

from coders.mentions import Mentions
from coders.tree import Tree

_NOMINAL = frozenset({"NOUN", "PROPN", "X", "NUM", "ADJ"})


def repair(tree: Tree, mentions: Mentions) -> Tree:
    """The tree with such nouns made objects of the verb; the same tree where there are none, and for other languages."""
    if tree.language.code != "ar":
        return tree
    moved: dict[int, int] = {}
    for verb in range(len(tree)):
        if tree.is_verb(verb):
            for subject in tree.related(verb, "nsubj"):
                if subject > verb:
                    for noun in _begun_anew(tree, mentions, subject):
                        moved[noun] = verb
    if not moved:
        return tree
    tokens = tuple(replace(t, head=moved[t.index], relation="obj") if t.index in moved else t for t in tree.tokens)
    return Tree(replace(tree.sentence, tokens=tokens), tree.language)


def _begun_anew(tree: Tree, mentions: Mentions, subject: int) -> list[int]:
    """The nouns in a subject's phrase that stand after it is closed, and begin a phrase of their own."""
    inside = set(tree.subtree(subject, clauses=False))
    found: list[int] = []
    closed = False
    for at in range(subject, max(inside) + 1):
        token = tree.tokens[at]
        if at not in inside or token.upos in ("PUNCT", "CCONJ", "VERB", "SCONJ", "PRON") or tree.relation(at) == "conj":
            break
        if token.upos in ("ADP", "DET", "ADV", "PART") or tree.cases[at]:
            continue
        starts = at != subject and token.upos in _NOMINAL and not _same_name(mentions, at) and _starts(tree, mentions, at, closed)
        if starts:
            found.append(at)
            closed = False
        closed = closed or at in mentions.names or (token.text.startswith("ال") and token.upos in ("NOUN", "ADJ", "X", "PROPN")) or (token.upos == "ADJ" and at > subject)
    return found


def _same_name(mentions: Mentions, at: int) -> bool:
    return at in mentions.names and mentions.names.get(at - 1) is mentions.names[at]


def _starts(tree: Tree, mentions: Mentions, at: int, closed: bool) -> bool:
    token = tree.tokens[at]
    temporal = tree.language.grammar.temporal
    if not closed or any(key in temporal for key in tree.keys[at]) or tree.relation(at) == "nummod":
        return False
    if at in mentions.names:
        # A person's or a place's name stands beside what it names (العاصمة باكو, الرئيس فلان).
        return mentions.names[at].name.relation in ("name", "seat") and token.upos != "ADJ" and not _beside(tree, at)
    if token.upos == "NUM":
        return at + 1 < len(tree) and tree.tokens[at + 1].upos == "NOUN" and not any(key in temporal for key in tree.keys[at + 1])
    return token.upos == "NOUN"


def _beside(tree: Tree, at: int) -> bool:
    """Whether the word before is one that a name explains (دولة, العاصمة, الرئيس): then it is no new phrase."""
    return any(key in tree.language.grammar.explained for key in tree.keys[at - 1])
