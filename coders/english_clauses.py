"""Repair of English trees, clauses: complements that the parser hung on a noun beside their verb, and subjects that it took for parts of another phrase."""

from __future__ import annotations

from coders.mentions import Mentions
from coders.tree import Moves, Tree

_NOMINAL = frozenset({"NOUN", "PROPN"})


def clause_moves(tree: Tree, mentions: Mentions) -> list[Moves]:
    """New heads and relations by token, one mapping for each rule."""
    return [
        _gerunds(tree),
        _gerunds_under_prepositions(tree),
        _noun_infinitives(tree),
        _that_clauses(tree),
        _crossed_subjects(tree, mentions),
        _compound_subjects(tree),
        _subjects_in_time(tree),
        _joined_by_comma(tree, mentions),
        _visitors(tree, mentions),
        _trailing_participles(tree),
        _messages(tree),
        _abbreviations(tree, mentions),
    ]


def _gerunds(tree: Tree) -> Moves:
    """ "Ruled out threatening X", "denied attacking Y": a gerund right after a verb that takes a clause is its complement, whatever the parser calls it."""
    moved: Moves = {}
    for at in tree.standing("advcl"):
        verb = tree.head(at)
        if verb < 0 or not tree.is_verb(at) or not tree.is_verb(verb) or not tree.tokens[at].text.endswith("ing") or tree.marks(at):
            continue
        between = set(range(verb + 1, at)) - {c for c in tree.children[verb] if tree.tokens[c].relation == "compound:prt"}
        if not between and at > verb and _takes_clause(tree, verb):
            moved[at] = (verb, "xcomp")
    return moved


def _gerunds_under_prepositions(tree: Tree) -> Moves:
    """ "Accused Kigali of backing rebels": the gerund says what the verb accuses of, not which Kigali."""
    moved: Moves = {}
    for at in tree.standing("acl"):
        noun = tree.head(at)
        verb = tree.head(noun) if noun >= 0 else -1
        if verb < 0 or not tree.is_verb(at) or not tree.is_verb(verb) or not tree.tokens[at].text.endswith("ing") or tree.relation(noun) not in ("obj", "nsubj", "obl") or noun > at:
            continue
        cases = tree.cases[at]
        if cases and any(cases[0] in e.content for key in tree.verb_keys(verb) for e in tree.language.verbs.get(key, ())):
            moved[at] = (verb, "advcl")
    return moved


def _noun_infinitives(tree: Tree) -> Moves:
    """ "Dismissed an appeal from X to lay down arms": the infinitive is what the noun before it asks for or promises, where the noun and not the verb takes one."""
    moved: Moves = {}
    for at in tree.standing("advcl", "xcomp"):
        verb = tree.head(at)
        if verb < 0 or verb > at or not tree.is_verb(verb) or not any(tree.keys[m][0] == "to" for m in tree.marks(at)):
            continue
        noun = next((o for o in tree.related(verb, "obj") if verb < o < at), -1)
        takes = noun >= 0 and any("clause" in e.content for key in tree.keys[noun] for e in tree.language.nouns.get(key, ()))
        if takes and not any(key in tree.language.grammar.verb_classes for key in tree.verb_keys(verb)):
            moved[at] = (noun, "acl")
    return moved


def _that_clauses(tree: Tree) -> Moves:
    """ "Demands that it begin reforms": a clause whose "that" only marks it and that has its own subject is no relative clause.

    It hangs on the verb before it where the noun between can have none ("denied on Thursday that it had ...").
    """
    moved: Moves = {}
    for at in tree.standing("acl"):
        that = next((m for m in tree.children[at] if tree.keys[m][0] == "that" and m < at), -1)
        subjects = [s for s in tree.related(at, "nsubj") if s != that and tree.keys[s][0] not in tree.language.grammar.relatives]
        if that < 0 or tree.tokens[at].relation != "acl:relcl" or not subjects or not (tree.related(at, "xcomp", "ccomp") or [o for o in tree.related(at, "obj") if o != that] or tree.passive(at)):
            continue
        if tree.relation(that) not in ("mark", "obj"):
            continue
        noun = tree.head(at)
        verb = tree.head(noun)
        day = any(key in tree.language.grammar.temporal for key in tree.keys[noun])
        moved[at] = (verb, "ccomp") if day and verb >= 0 and tree.is_verb(verb) and _takes_clause(tree, verb) else (noun, "acl")
        if tree.relation(that) == "obj":
            moved[that] = (at, "mark")
    return moved


def _takes_clause(tree: Tree, verb: int) -> bool:
    keys = tree.verb_keys(verb)
    return any(key in tree.language.grammar.verb_classes for key in keys) or any("clause" in e.content for key in keys for e in tree.language.verbs.get(key, ()))


def _crossed_subjects(tree: Tree, mentions: Mentions) -> Moves:
    """ "Bolivia severed diplomatic relations", "as militias attacked villages": who stands right before a verb without subject is it, no part of the object behind the verb."""
    moved: Moves = {}
    for at in sorted({*mentions.names, *mentions.roles}):
        verb = at + 1
        if verb >= len(tree) or not tree.is_verb(verb) or verb in mentions.names or tree.related(verb, "nsubj") or tree.relation(verb) == "amod":
            continue
        thing = tree.head(at)
        if thing > verb and tree.head(thing) == verb and tree.relation(thing) == "obj" and tree.relation(at) in ("compound", "amod"):
            moved[at] = (verb, "nsubj")
    return moved


def _compound_subjects(tree: Tree) -> Moves:
    """ "After an earthquake killed thousands": a noun with an article of its own right before a finite verb with an object is its subject."""
    moved: Moves = {}
    for at in tree.standing("compound"):
        verb = tree.head(at)
        if verb == at + 1 and tree.is_verb(verb) and tree.tokens[verb].feature("VerbForm") != "Ger" and tree.related(verb, "obj") and not tree.related(verb, "nsubj"):
            moved[at] = (verb, "nsubj")
            moved |= {c: (at, "det") for c in tree.children[verb] if c < at and tree.relation(c) == "det"}
    return moved


def _subjects_in_time(tree: Tree) -> Moves:
    """ "Fled as soldiers attacked villages", "after an earthquake killed thousands": the noun between a word of time and a finite verb is the verb's subject."""
    moved: Moves = {}
    for at in tree.standing("obl"):
        verb = at + 1
        mark = next((c for c in tree.children[at] if tree.relation(c) == "case" and tree.keys[c][0] in tree.language.grammar.timed and c < at), -1)
        if mark < 0 or verb >= len(tree) or not tree.is_verb(verb) or tree.relation(verb) != "advcl" or tree.head(verb) != tree.head(at):
            continue
        if tree.tokens[verb].text.endswith("ing") or tree.related(verb, "nsubj", "mark") or not tree.related(verb, "obj", "xcomp", "ccomp"):
            continue
        moved |= {at: (verb, "nsubj"), mark: (verb, "mark")}
    return moved


def _joined_by_comma(tree: Tree, mentions: Mentions) -> Moves:
    """ "US, Philippines open war games": two names of countries at the head of a headline, with a comma for "and"."""
    for comma in range(1, min(6, len(tree) - 2)):
        if tree.tokens[comma].text != "," or comma - 1 not in mentions.names or comma + 1 not in mentions.names:
            continue
        verb = next((at for at in range(comma + 2, min(comma + 5, len(tree))) if tree.is_verb(at)), -1)
        one, other = mentions.names[comma - 1], mentions.names[comma + 1]
        if verb < 0 or one.name.actor == other.name.actor or any(at not in mentions.names for at in (*range(comma), *range(comma + 1, verb))):
            return {}
        first, second = _top(tree, comma - 1, range(comma)), _top(tree, verb - 1, range(comma + 1, verb))
        if verb in (tree.head(first), tree.head(second)) and not any(tree.relation(s) == "nsubj" for s in tree.children[verb] if s not in (first, second)):
            return {first: (verb, "nsubj"), second: (first, "conj")}
    return {}


def _top(tree: Tree, index: int, span: range) -> int:
    """The head of the stretch of words in which a token stands."""
    while tree.head(index) in span:
        index = tree.head(index)
    return index


def _trailing_participles(tree: Tree) -> Moves:
    """ "Rejected an offer by X to mediate, accusing Y": a participle after a comma says what the subject of the sentence does, not who is to mediate."""
    moved: Moves = {}
    for at in tree.standing("advcl"):
        below = tree.head(at)
        if at < 2 or below < 0 or below > at or tree.tokens[at - 1].text != "," or not tree.tokens[at].text.endswith("ing") or tree.marks(at) or tree.related(at, "nsubj"):
            continue
        if tree.relation(below) not in ("acl", "xcomp", "advcl") or not any(tree.keys[m][0] == "to" for m in tree.marks(below)):
            continue
        verb = next((a for a in tree.ancestors(below) if tree.is_verb(a) and not any(tree.keys[m][0] == "to" for m in tree.marks(a))), -1)
        if verb >= 0 and verb < at:
            moved[at] = (verb, "advcl")
    return moved


def _messages(tree: Tree) -> Moves:
    """ "Sent a letter to the head of the WHO threatening to ...": the letter threatens, and so who sent it, not who gets it."""
    moved: Moves = {}
    for at in tree.standing("acl"):
        noun = tree.head(at)
        verb = next((a for a in tree.ancestors(at) if tree.is_verb(a)), -1)
        if verb < 0 or noun < verb or not tree.is_verb(at) or not tree.tokens[at].text.endswith("ing") or tree.marks(at):
            continue
        message = next((o for o in tree.related(verb, "obj") if o < noun and any(key in tree.language.grammar.messages for key in tree.keys[o])), -1)
        if message >= 0 and any(tree.relation(a) in ("obl", "nmod") for a in (noun, *tree.ancestors(noun)) if a > message):
            moved[at] = (message, "acl")
    return moved


def _abbreviations(tree: Tree, mentions: Mentions) -> Moves:
    """ "The World Health Organization (WHO)": a name in brackets after the same name is that one again, and does nothing of its own."""
    moved: Moves = {}
    for at in mentions.names:
        before = at - 2
        if before < 0 or at + 1 >= len(tree) or tree.tokens[at - 1].text != "(" or tree.tokens[at + 1].text != ")" or before not in mentions.names:
            continue
        if mentions.names[before].name.actor == mentions.names[at].name.actor and tree.head(at) != before and at not in tree.ancestors(before):
            moved[at] = (before, "appos")
    return moved


def _visitors(tree: Tree, mentions: Mentions) -> Moves:
    """ "Met with visiting Chinese Foreign Minister X": the participle under the preposition of a partner describes him."""
    moved: Moves = {}
    for at in tree.standing("advcl"):
        if not tree.is_verb(at) or not tree.tokens[at].text.endswith("ing") or at == 0 or tree.keys[at - 1][0] not in tree.language.grammar.comitative or tree.head(at) < 0:
            continue
        person = next((o for o in tree.related(at, "obj") if o > at), -1)
        if tree.head(at - 1) == at and person >= 0 and tree.keys[at + 1][0] not in ("the", "a", "an") and any(i in mentions.roles for i in range(at + 1, person + 1)):
            moved |= {person: (tree.head(at), "obl"), at - 1: (person, "case"), at: (person, "acl")}
            moved |= {o: (person, "flat") for o in tree.related(at, "obj") if o > person}
    return moved
