"""Arabic words that belong to what stands right beside them, against the parser: a person's name to the title before it, the one told "among them" to
those told before, the members of a group to its name, the second of two under "between", and what follows an adverb of manner to the verb.
"""

from __future__ import annotations

from coders.mentions import Mentions
from coders.tree import Moves, Tree

_NOMINAL = frozenset({"NOUN", "PROPN", "X", "NUM", "ADJ"})
_ARGUMENTS = frozenset({"nsubj", "obj", "iobj", "obl", "xcomp", "ccomp", "dep", "nmod", "flat", "appos"})
_MEETINGS = frozenset({"consult", "visit", "host", "negotiate"})


def neighbour_moves(tree: Tree, mentions: Mentions) -> Moves:
    """New heads and relations of such words, by their token."""
    moved: Moves = {}
    for at in range(1, len(tree)):
        moved |= _after_title(tree, mentions, at) or _among_them(tree, mentions, at) or _member(tree, mentions, at) or _between(tree, mentions, at) or _after_manner(tree, mentions, at) or _number(tree, at) or _after_name(tree, mentions, at) or _agreeing(tree, mentions, at) or _during(tree, mentions, at)
    return moved


def title_before(tree: Tree, mentions: Mentions, at: int) -> int:
    """The title that the person's name at a token explains (الرئيس التركي فلان), -1 for none: the phrase right before it, of no other country."""
    country = mentions.persons.get(at)
    if country is None or tree.tokens[at - 1].upos not in _NOMINAL or mentions.names.get(at - 1) is mentions.names[at] or tree.cases[at]:
        return -1
    phrase = [at - 1]
    while tree.relation(phrase[-1]) in ("nmod", "amod", "flat", "appos", "compound") and 0 <= tree.head(phrase[-1]) < phrase[-1]:
        phrase.append(tree.head(phrase[-1]))
    head = next((i for i in reversed(phrase) if i in mentions.roles and (i not in mentions.names or i in mentions.persons or phrase[-1] == i)), -1)
    if head < 0 or tree.tokens[head].feature("Number") == "Plur":
        return -1
    named = {mentions.names[i].name.actor for i in range(head, at) if i in mentions.names and len(mentions.names[i].name.actor) == 3}
    return head if named <= {country} else -1


def _after_title(tree: Tree, mentions: Mentions, at: int) -> Moves:
    title = title_before(tree, mentions, at) if at in mentions.persons else -1
    if title < 0 or tree.head(at) == title or (title in mentions.persons and mentions.names[title] is mentions.names[at]):
        return {}
    return {at: (title, "appos")} if tree.relation(at) in _ARGUMENTS and at not in tree.ancestors(title) else {}


def _among_them(tree: Tree, mentions: Mentions, at: int) -> Moves:
    """Who is told after بينهم is no object (قتل أربعة بينهم طفلان في قصف ...), and what hangs on it by a preposition is the verb's."""
    verb = tree.head(at)
    if at < 2 or tree.tokens[at - 1].upos != "PRON" or tree.keys[at - 2][0] not in tree.language.grammar.among or verb < 0 or tree.tokens[at].upos not in _NOMINAL or tree.cases[at]:
        return {}
    if not tree.is_verb(verb) or verb > at or tree.relation(at) not in ("obj", "nsubj"):
        return {}
    told = next((i for i in range(at - 3, verb, -1) if tree.relation(i) in ("nsubj", "obj") and tree.head(i) == verb), -1)
    if told < 0:
        return {}
    return {at: (told, "appos")} | {c: (verb, "obl") for c in tree.related(at, "nmod") if c > at and tree.cases[c]}


def _member(tree: Tree, mentions: Mentions, at: int) -> Moves:
    """من and a group's or a country's name right after an indefinite role: مقاتلون من جماعة كذا."""
    head = tree.head(at)
    if at < 2 or at not in mentions.names or tree.cases[at] != ("من",) or tree.keys[at - 1][0] != "من" or head < 0 or not tree.is_verb(head):
        return {}
    member = at - 2
    while member > 0 and tree.tokens[member].upos == "ADJ" and tree.relation(member) == "amod":
        member -= 1
    indefinite = member in mentions.roles and member not in mentions.names and not tree.tokens[member].text.startswith("ال")
    return {at: (member, "nmod")} if indefinite and at not in tree.ancestors(member) and member != head else {}


def _between(tree: Tree, mentions: Mentions, at: int) -> Moves:
    """بين takes two: what is joined further up and follows the one under it is the second (بين الجيش وقوات الدعم)."""
    if tree.relation(at) != "conj" or tree.tokens[at - 1].upos != "CCONJ" or tree.cases[at] or not (at in mentions.names or at in mentions.roles):
        return {}
    first = at - 2
    while first > 0 and tree.relation(first) in ("nmod", "amod", "flat", "appos", "compound") and not tree.cases[first] and 0 <= tree.head(first) < first:
        first = tree.head(first)
    alone = first > 0 and tree.cases[first][:1] == ("بين",) and tree.head(at) != first and not any(i < at for i in tree.related(first, "conj"))
    return {at: (first, "conj")} if alone and at not in tree.ancestors(first) else {}


def _after_manner(tree: Tree, mentions: Mentions, at: int) -> Moves:
    """An adverb of manner has nothing below it: the noun after بشدة or بالقوة is the object of a verb that has none."""
    manner = at - 1
    if tree.keys[manner][0] not in tree.language.grammar.manners or tree.head(at) != manner or tree.cases[at] or not tree.cases[manner] or tree.tokens[at].upos not in _NOMINAL:
        return {}
    verb = tree.head(manner)
    masdar = any(key in tree.language.nouns for key in tree.keys[at])
    if verb < 0 or not tree.is_verb(verb) or any(not tree.cases[o] and (o < at or not masdar) for o in tree.related(verb, "obj")):
        return {}
    known = at in mentions.names or at in mentions.roles or masdar
    return {at: (verb, "obj" if tree.related(verb, "nsubj") else "nsubj")} if known and not tree.tokens[at].text.startswith("ال") else {}


def _agreeing(tree: Tree, mentions: Mentions, at: int) -> Moves:
    """A relative clause without a subject of its own belongs to the noun of a phrase whose gender it has: عملية في ريف حلب أسفرت عن ..."""
    head, token = tree.head(at), tree.tokens[at]
    if not tree.is_verb(at) or tree.relation(at) != "acl" or not 0 <= head < at or tree.related(at, "nsubj", "nsubj:pass") or token.feature("Number") not in ("Sing", ""):
        return {}
    feminine = token.feature("Gender") == "Fem"
    place = head in mentions.names and tree.relation(head) == "nmod" and bool(tree.cases[head] or tree.cases[tree.head(head)])  # غارة في ريف إدلب أسفرت
    if not token.feature("Gender") or (head in mentions.names and not place) or (not place and _agrees(tree, head, feminine)):
        return {}
    while tree.relation(head) == "nmod" and 0 <= tree.head(head) < head:
        head = tree.head(head)
        if head in mentions.names or tree.tokens[head].upos != "NOUN":
            return {}
        if _agrees(tree, head, feminine) and (not place or any(key in tree.language.nouns for key in tree.keys[head])):
            return {at: (head, "acl")}
    verb = tree.head(head) if tree.relation(head) == "obl" else -1
    acts = [o for o in tree.related(verb, "obj") if o < head and _agrees(tree, o, feminine) and any(key in tree.language.nouns for key in tree.keys[o])] if verb >= 0 and tree.is_verb(verb) else []
    return {at: (acts[-1], "acl")} if acts else {}


def _agrees(tree: Tree, noun: int, feminine: bool) -> bool:
    token = tree.tokens[noun]
    gender, number = token.feature("Gender"), token.feature("Number")
    return not gender or (gender == "Fem" or number == "Plur" if feminine else gender == "Masc" and number != "Plur")


def _during(tree: Tree, mentions: Mentions, at: int) -> Moves:
    """A clause that tells what was done on an occasion, خلالها, has the subject of the verb above; the one noun after it is its object (زيارة التقى خلالها نظيره)."""
    occasion = tree.head(at)
    if not tree.is_verb(at) or tree.relation(at) != "acl" or not 0 <= occasion < at or tree.related(at, "obj", "ccomp", "xcomp"):
        return {}
    if not any(tree.tokens[p].upos == "PRON" and tree.cases[p][:1] == ("خلال",) for p in tree.related(at, "obl", "nmod")):
        return {}
    above = next((a for a in tree.ancestors(occasion) if tree.is_verb(a)), -1)
    subjects = [s for s in tree.related(at, "nsubj") if s > at]
    entries = [e for key in tree.verb_keys(at) for e in tree.language.verbs.get(key, ())]
    if above < 0 or above > at or not tree.related(above, "nsubj") or len(subjects) > 1 or not any(e.act in _MEETINGS for e in entries):
        return {}
    return {at: (above, "conj")} | {s: (at, "obj") for s in subjects}


def _number(tree: Tree, at: int) -> Moves:
    """A number with the noun that it counts after it belongs to no noun before it: قتل مهاجم انتحاري 47 شخصا."""
    head = tree.head(at)
    if tree.tokens[at].upos != "NUM" or tree.relation(at) != "nummod" or not 0 <= head < at or tree.cases[at]:
        return {}
    verb = tree.head(head)
    counts = at + 1 in tree.related(at, "nmod") and not tree.cases[at + 1]
    if not counts or tree.relation(head) != "nsubj" or not 0 <= verb < head or not tree.is_verb(verb) or tree.related(verb, "obj"):
        return {}
    return {at: (verb, "obj")}


def _after_name(tree: Tree, mentions: Mentions, at: int) -> Moves:
    """No indefinite noun belongs to a name before it: after a name under a preposition it is the object of a verb that has none (طلبت من واشنطن أسلحة)."""
    name, verb = at - 1, tree.head(at - 1)
    if tree.head(at) != name or tree.relation(at) not in ("amod", "nmod", "flat", "appos") or tree.cases[at] or tree.tokens[at].text.startswith("ال"):
        return {}
    if name not in mentions.names or at in mentions.names or not tree.cases[name] or not 0 <= verb < name or not tree.is_verb(verb):
        return {}
    known = at in mentions.topics or at in mentions.roles or any(key in tree.language.nouns for key in tree.keys[at])
    return {at: (verb, "obj")} if known and not any(not tree.cases[o] for o in tree.related(verb, "obj")) else {}
