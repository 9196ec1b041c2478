"""Arabic phrases that the parser hung on a clause between a verb and what belongs to it.

The noun or number that a relative clause has no room for is the main verb's (خطف مسلحون يرتدون زيا عسكريا خمسة مهندسين), a preposition that a verb asks for
brings it its phrase from a clause below (أدت انفجارات ضربت المدينة إلى مقتل ...), and after a clitic object the next actor is the subject (هاجمتهم قوة).
"""

from __future__ import annotations

from coders.mentions import Mentions
from coders.tree import Moves, Tree

_ASKING = ("light", "cause", "aspect")
# Roles of single persons; bodies (البرلمان، الجيش) may stand for a feminine word.
_MEN = frozenset({"CVL", "EDU", "MED", "HLH", "AGR", "REL"})
_NOMINAL = frozenset({"NOUN", "NUM", "X", "PROPN"})


def stray_moves(tree: Tree, mentions: Mentions) -> Moves:
    """New heads and relations of such phrases, by their token."""
    moved: Moves = {}
    for verb in range(len(tree)):
        if tree.is_verb(verb):
            moved |= _complement(tree, verb) | _object_beyond(tree, mentions, verb) | _after_clitic(tree, mentions, verb) | _after_time(tree, verb)
            moved |= _predicate(tree, verb) | _beyond_plural(tree, mentions, verb) | _masculine_after_feminine(tree, mentions, verb)
    return moved


def _complement(tree: Tree, verb: int) -> Moves:
    """The masdar under the preposition that a verb asks for, out of a clause of the verb's subject."""
    asked = {word for key in tree.verb_keys(verb) for kind, needed in tree.language.grammar.verb_classes.get(key, ()) if kind in _ASKING for word in needed}
    own = {case for child in tree.related(verb, "obl", "obj", "nmod", "iobj", "xcomp") for case in tree.cases[child][:1]}
    if not asked or not asked.isdisjoint(own):
        return {}
    for subject in tree.related(verb, "nsubj"):
        for at in sorted(tree.subtree(subject)):
            clause = tree.head(at)
            if at > verb and tree.cases[at][:1] and tree.cases[at][0] in asked and clause >= 0 and tree.is_verb(clause) and clause != verb and any(key in tree.language.nouns for key in tree.keys[at]):
                return {at: (verb, "obj")}
    return {}


def _object_beyond(tree: Tree, mentions: Mentions, verb: int) -> Moves:
    """The second bare object in a relative clause of the subject of a verb that has none: it counts or names people."""
    if any(not tree.cases[o] and tree.tokens[o].upos in ("NUM", "NOUN", "PROPN", "X", "PRON") for o in tree.related(verb, "obj")):
        return {}
    for subject in tree.related(verb, "nsubj"):
        for clause in tree.related(subject, "acl") if subject > verb else []:
            bare = [o for o in tree.related(clause, "obj") if not tree.cases[o] and o > clause]
            if tree.is_verb(clause) and len(bare) > 1 and (tree.tokens[bare[1]].upos == "NUM" or bare[1] in mentions.roles or bare[1] in mentions.names):
                return {bare[1]: (verb, "obj")}
    return {}


def _after_clitic(tree: Tree, mentions: Mentions, verb: int) -> Moves:
    """The noun of an actor right after a clitic object, taken for a second one: the subject."""
    at = verb + 2
    if at >= len(tree) or tree.tokens[verb + 1].upos != "PRON" or tree.head(verb + 1) != verb or tree.related(verb, "nsubj") or tree.cases[at] or tree.head(at) != verb or tree.relation(at) != "obj":
        return {}
    named = at in mentions.roles or at in mentions.names or any(key in tree.language.grammar.transparent for key in tree.keys[at])
    return {at: (verb, "nsubj")} if named and tree.tokens[at].upos in _NOMINAL and not tree.tokens[at].text.endswith("ا") else {}


def _after_time(tree: Tree, verb: int) -> Moves:
    """A number hung on a word of time between a verb and its object (قتلت أول من أمس أربعة من المتهمين)."""
    if tree.related(verb, "obj"):
        return {}
    for when in tree.related(verb, "advmod", "obl"):
        words = [when, *tree.children[when]]
        if not any(key in tree.language.grammar.temporal for at in words for key in tree.keys[at]):
            continue
        for at in [n for w in words for n in tree.related(w, "nummod")]:
            if at > verb and at - 1 in words and tree.tokens[at].upos == "NUM" and any(tree.cases[c][:1] == ("من",) or tree.tokens[c].upos == "NOUN" for c in tree.children[at]):
                return {at: (verb, "obj")}
    return {}


def _predicate(tree: Tree, verb: int) -> Moves:
    """The object of a plural verb taken for the predicate of its subject (أن مسلحين اغتالوا إمام المسجد)."""
    subject = tree.head(verb)
    if tree.relation(verb) != "acl" or not tree.tokens[verb].text.endswith("وا") or not 0 <= subject < verb or tree.relation(subject) != "nsubj" or tree.related(verb, "obj"):
        return {}
    noun = tree.head(subject)
    if noun < verb or tree.is_verb(noun) or tree.tokens[noun].upos not in _NOMINAL or tree.cases[noun] or tree.tokens[noun].text.startswith("ال"):
        return {}
    return {verb: (tree.head(noun), "ccomp" if tree.head(noun) >= 0 else "root"), subject: (verb, "nsubj"), noun: (verb, "obj")}


def _beyond_plural(tree: Tree, mentions: Mentions, verb: int) -> Moves:
    """The object of a plural verb hung on the subject before it (إن رجال أمن اختطفوا منسقها)."""
    subject = tree.head(verb)
    if tree.relation(verb) not in ("acl", "nmod") or not tree.tokens[verb].text.endswith("وا") or not 0 <= subject < verb or tree.related(verb, "obj"):
        return {}
    for noun in tree.related(subject, "nmod", "appos"):
        owned = any(tree.tokens[c].upos == "PRON" for c in tree.related(noun, "nmod"))
        if noun > verb and not tree.cases[noun] and (owned or noun in mentions.roles) and noun not in mentions.names:
            return {noun: (verb, "obj")}
    return {}


def _masculine_after_feminine(tree: Tree, mentions: Mentions, verb: int) -> Moves:
    """A man after a feminine verb is its object; who did it was named before (قصفت القوات البلدة فقتلت مدرسا)."""
    token = tree.tokens[verb]
    if token.feature("Gender") != "Fem" or not token.text.endswith("ت") or any(tree.tokens[o].upos != "NUM" for o in tree.related(verb, "obj")):
        return {}
    for noun in tree.related(verb, "nsubj"):
        word = tree.tokens[noun]
        man = (
            noun in mentions.roles
            and noun not in mentions.names
            and word.upos == "NOUN"
            and word.feature("Gender") == "Masc"
            and word.feature("Number") == "Sing"
            and not word.text.endswith(("ة", "ات"))
        )
        transitive = any("obj" in entry.target[:1] for key in tree.verb_keys(verb) for entry in tree.language.verbs.get(key, ()))
        if man and transitive and noun == verb + 1 and mentions.roles[noun].value in _MEN:
            return {noun: (verb, "obj")}
    return {}
