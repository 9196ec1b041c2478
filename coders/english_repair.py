"""Repair of English trees: objects that stand after a phrase or behind "over", and verbs that the tagger took for nouns or adjectives."""

from __future__ import annotations

from coders.english_clauses import clause_moves
from coders.mentions import Mentions
from coders.tree import Moves, Tree

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
# From here on a number is one that is rounded: "over 150 prisoners", but "fought over two islands".
_ROUND = 10



def english_moves(tree: Tree, mentions: Mentions) -> tuple[Moves, set[int]]:
    """New heads and relations by token, and the tokens that are verbs."""
    found: tuple[Moves, set[int]] = ({}, set())
    for moves, verbs in (
        _headline(tree, mentions),
        _after_auxiliary(tree),
        (_approximate(tree), set()),
        (_late_object(tree, mentions), set()),
        (_days(tree), set()),
        (_beside(tree), set()),
        (_participles(tree, mentions), set()),
        *((moves, set[int]()) for moves in clause_moves(tree, mentions)),
    ):
        if (moves or verbs) and moves.keys().isdisjoint(found[0]):
            found = (found[0] | moves, found[1] | verbs)
    return found


def _approximate(tree: Tree) -> Moves:
    """ "Released at least 19 people", "free over 150 prisoners": what the parser takes for a phrase under a preposition is the object, the preposition a part of the number."""
    moved: Moves = {}
    for noun in tree.standing("obl"):
        verb = tree.head(noun)
        if verb < 0 or noun < verb or not (tree.is_verb(verb) or tree.relation(verb) in ("ccomp", "xcomp", "root")) or tree.related(verb, "obj"):
            continue
        number = next((c for c in sorted(tree.subtree(noun, clauses=False)) if tree.tokens[c].upos == "NUM" and c <= noun), -1)
        for phrase in tree.language.grammar.rounding if number >= 0 else ():
            first = number - len(phrase)
            words = tuple(tree.keys[at][0] for at in range(max(first, 0), number))
            exact = phrase[-1] in ("least", "most", "than", "many")
            if first > verb and words == phrase and (exact or _round(tree, number)) and not any(tree.cases[c] for c in (first - 1,) if c > verb):
                if first > verb + 1 and tree.tokens[first - 1].upos == "ADP":
                    continue
                if not exact and any(phrase[0] in (*e.source, *e.target, *e.content) for key in tree.verb_keys(verb) for e in tree.language.verbs.get(key, ())):
                    continue
                moved[noun] = (verb, "obj")
                moved |= {at: (noun, "advmod") for at in range(first, number)}
    return moved


def _participles(tree: Tree, mentions: Mentions) -> Moves:
    """ "Gunmen riding motorcycles attacked": those who ride are the subject, not what they ride."""
    moved: Moves = {}
    for at in range(1, len(tree) - 1):
        ridden, rider = tree.head(at), at - 1
        if tree.tokens[at].upos != "VERB" or tree.relation(at) != "amod" or not tree.tokens[at].text.endswith("ing") or ridden < at or rider not in mentions.roles:
            continue
        if tree.head(rider) != ridden or tree.relation(rider) != "compound" or not tree.tokens[rider].text.endswith(("s", "men", "people", "police")):
            continue
        moved |= {rider: (tree.head(ridden), tree.relation(ridden)), at: (rider, "acl"), ridden: (at, "obj")}
        moved |= {child: (rider, tree.relation(child)) for child in tree.children[ridden] if child < rider}
    return moved


def _round(tree: Tree, number: int) -> bool:
    digits = tree.tokens[number].text.replace(",", "")
    return not digits.isdigit() or int(digits) >= _ROUND


def _after_auxiliary(tree: Tree) -> tuple[Moves, set[int]]:
    """ "Would free 1,500 prisoners", "to free them": the word after an auxiliary or "to" that the tagger took for an adjective or noun is the verb, the noun after it its object."""
    moved: Moves = {}
    verbs: set[int] = set()
    auxiliaries = tree.language.grammar.auxiliaries
    for at in [at for at, keys in enumerate(tree.keys[:-1], 1) if keys[0] == "to" or keys[0] in auxiliaries]:
        if tree.tokens[at].upos not in ("ADJ", "NOUN", "PROPN") or tree.keys[at][0] not in tree.language.verbs or not (tree.keys[at - 1][0] in auxiliaries or tree.tokens[at - 1].upos == "PART"):
            continue
        noun = tree.head(at)
        if tree.head(at - 1) == at and not tree.related(at, "cop"):
            verbs.add(at)
        elif tree.relation(at) in ("amod", "compound") and noun > at and tree.relation(noun) in ("root", "ccomp", "conj", "parataxis"):
            verbs.add(at)
            moved[at] = (tree.head(noun), tree.tokens[noun].relation)
            moved[noun] = (at, "obj")
            moved |= {c: (at, tree.tokens[c].relation) for c in tree.children[noun] if c < at}
            moved |= {c: (at, tree.tokens[c].relation) for c in tree.children[noun] if tree.relation(c) in ("obl", "advcl", "parataxis", "ccomp", "punct") and c > noun}
    return moved, verbs


def _headline(tree: Tree, mentions: Mentions) -> tuple[Moves, set[int]]:
    """ "The United States sanctions Nicaragua", "Hungary suspended cooperation": a form of a known verb between a name and a further phrase, in a sentence without a verb at its root, is the verb."""
    for at in sorted(name + 1 for name in mentions.names):
        if at + 1 >= len(tree) or at in mentions.names or not any(k in tree.language.verbs for k in tree.language.verb_forms.get(tree.keys[at][0], ())):
            continue
        token, after = tree.tokens[at], tree.tokens[at + 1]
        present = token.upos in ("NOUN", "PROPN", "ADJ") and token.text.endswith("s") and (at + 1 in mentions.names or after.upos in ("DET", "NUM"))
        past = token.upos in ("VERB", "ADJ") and token.relation == "amod" and not token.text.endswith("ing") and after.upos in (*_NOMINAL, "ADJ")
        if not (present or past) or mentions.names[at - 1].name.relation == "demonym":
            continue
        subject, thing = _top(tree, at - 1, at), tree.head(at) if past else _top(tree, at + 1, at)
        root = next((i for i in (subject, at, thing) if tree.head(i) < 0), -1)
        if (past and tree.head(subject) == thing == root and tree.head(at - 1) == thing) or (past and root == thing and tree.head(at - 1) == at):
            subject = at - 1
        if root < 0 or len({subject, at, thing}) < 3:
            continue
        moves: Moves = {at: (-1, "root"), subject: (at, "nsubj"), thing: (at, "obj")}
        moves |= {c: (at, tree.tokens[c].relation) for c in tree.children[root] if root != at and c not in (subject, at, thing) and tree.relation(c) in ("punct", "obl", "advcl", "ccomp", "parataxis")}
        return moves, {at}
    return {}, set()


def _top(tree: Tree, index: int, but: int) -> int:
    """The head of the phrase in which a token stands, on its side of another."""
    at = index
    while tree.head(at) >= 0 and tree.head(at) != but and (tree.head(at) < but) == (index < but):
        at = tree.head(at)
    return at


def _late_object(tree: Tree, mentions: Mentions) -> Moves:
    """ "Beat to death three detainees", "took into custody two officers": a counted or named noun right after a phrase with a preposition is the object that the verb lacks."""
    moved: Moves = {}
    temporal = tree.language.grammar.temporal
    for verb in range(len(tree) - 3):
        if not tree.is_verb(verb):
            continue
        if tree.tokens[verb + 1].upos not in ("ADP", "PART", "SCONJ") or tree.related(verb, "obj") or tree.passive(verb):
            continue
        if not any("obj" in e.target or "obj" in e.content for key in tree.verb_keys(verb) for e in tree.language.verbs.get(key, ())):
            continue
        last = verb + 2
        start = last + 1
        if tree.tokens[last].upos == "DET" or start >= len(tree) or not (tree.tokens[last].upos == "NOUN" or tree.relation(last) == "obl"):
            continue
        if not (tree.tokens[start].upos in ("NUM", "DET") or start in mentions.names) or last in mentions.names:
            continue
        noun = start
        while noun + 1 < len(tree) and (tree.head(noun) > noun or tree.tokens[noun].upos in ("DET", "ADJ")) and tree.tokens[noun + 1].upos in (*_NOMINAL, "ADJ"):
            noun += 1
        inside = tree.head(noun) in (last, verb, verb + 1) or tree.head(noun) == start
        stolen = tree.head(verb + 1) == noun and tree.head(last) in (verb, noun)  # the preposition of the phrase between
        if tree.tokens[noun].upos in _NOMINAL and inside and (stolen or not tree.cases[noun]) and not any(key in temporal for key in tree.keys[noun]):
            moved[noun] = (verb, "obj")
            if stolen:
                moved |= {verb + 1: (last, "case"), last: (verb, "obl")}
    return moved


def _days(tree: Tree) -> Moves:
    """ "Ethiopia on Sunday accused Egypt": when it happened belongs to the verb after it, not to the subject before it."""
    moved: Moves = {}
    for at in tree.standing("nmod"):
        subject = tree.head(at)
        if at < 2 or subject < 0 or subject > at or not tree.cases[at] or tree.relation(subject) != "nsubj" or tree.head(subject) < at:
            continue
        if any(key in tree.language.grammar.temporal for key in tree.keys[at]) and tree.tokens[at].upos == "PROPN":
            moved[at] = (tree.head(subject), "obl")
    return moved


def _beside(tree: Tree) -> Moves:
    """ "President Bush met", "the group Amnesty International demanded": of two subjects side by side the second, a name, says who the first is."""
    moved: Moves = {}
    for at in tree.standing("nsubj"):
        verb = tree.head(at)
        if verb < at or tree.tokens[at].relation != "nsubj" or tree.tokens[at].upos != "PROPN":
            continue
        first = next((s for s in tree.related(verb, "nsubj") if s < at and tree.tokens[s].relation == "nsubj" and tree.tokens[s].upos in ("NOUN", "PROPN")), -1)
        if first >= 0 and not set(range(first + 1, at)) - set(tree.subtree(at)):
            moved[at] = (first, "appos")
    return moved
