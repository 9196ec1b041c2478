"""Repair of Arabic trees: in verb, noun phrase, noun phrase the first is the subject and the second the object.

In the construct state only the last noun may have the article or be a name, so a phrase is closed after «كوبا» or «الحكومة المالاوية», and a further
bare noun begins another one («ناشدت كوبا الولايات المتحدة», «اعتقلت الشرطة التونسية ثلاثة صحفيين»). The parser often hangs it on the first.
(Construct state: UD Arabic guidelines, nmod.)
"""

from __future__ import annotations

from dataclasses import replace

from coders.accusatives import accusative_moves
from coders.english_repair import english_moves
from coders.mentions import Mentions
from coders.neighbours import neighbour_moves, title_before
from coders.spelling import respell, rooted
from coders.stray import stray_moves
from coders.tree import Tree
from coders.wordclass import reclass

_NOMINAL = frozenset({"NOUN", "PROPN", "X", "NUM"})
_ENDS = frozenset({"PUNCT", "CCONJ", "VERB", "SCONJ", "PRON", "AUX"})


def repair(tree: Tree, mentions: Mentions) -> Tree:
    """The tree with such nouns made subject and object of the verb, and names joined to names; the same tree where there is nothing to mend."""
    if tree.language.code == "ar":
        tree = respell(tree, mentions)
    if tree.language.code == "en":
        tree = reclass(tree)
    if tree.language.code == "ar":
        tree = _moved(tree, neighbour_moves(tree, mentions))
        tree = _moved(tree, stray_moves(tree, mentions))
        tree = _moved(tree, accusative_moves(tree, mentions))
    moved = _joined_names(tree, mentions)
    verbs: set[int] = set()
    if tree.language.code == "en":
        mended, verbs = english_moves(tree, mentions)
        moved |= mended
    if tree.language.code == "ar":
        moved |= _joined_masdars(tree) | _counted(tree, mentions) | _objects(tree, mentions) | _after_shared_subject(tree)
    if not moved and not verbs:
        return tree
    tokens = tuple(replace(t, upos="VERB") if t.index in verbs else t for t in tree.tokens)
    return _moved(Tree(replace(tree.sentence, tokens=tokens), tree.language) if verbs else tree, moved)


def _moved(tree: Tree, moved: dict[int, tuple[int, str]]) -> Tree:
    """The tree with tokens under other heads. Two moves that are right alone may close a circle together: then nothing is moved."""
    if not moved:
        return tree
    tokens = tuple(replace(t, head=moved[t.index][0], relation=moved[t.index][1]) if t.index in moved else t for t in tree.tokens)
    return Tree(replace(tree.sentence, tokens=tokens), tree.language) if all(rooted(tokens, at) for at in moved) else tree


def _joined_names(tree: Tree, mentions: Mentions) -> dict[int, tuple[int, str]]:
    """A name after "and" after a name is joined to that one, whatever the parser joined it to (توقيع مصر والأردن)."""
    moved = {}
    for at in tree.standing("conj"):
        if (
            at > 1
            and tree.tokens[at - 1].upos == "CCONJ"
            and at in mentions.names
            and at - 2 in mentions.names
            and not (tree.tokens[at - 2].upos == "ADJ" and mentions.names[at - 2].name.relation == "demonym" and tree.tokens[at].upos != "ADJ")
        ):
            first = at - 2
            while tree.head(first) >= 0 and mentions.names.get(tree.head(first)) is mentions.names[first]:
                first = tree.head(first)
            if tree.head(at) not in (first, *tree.ancestors(first)) or (tree.head(at) != first and tree.head(at) not in mentions.names):
                moved[at] = (first, "conj")
    return {at: (head, relation) for at, (head, relation) in moved.items() if at not in tree.ancestors(head)}


def _joined_masdars(tree: Tree) -> dict[int, tuple[int, str]]:
    """A masdar joined to a noun inside another masdar's phrase is joined to that masdar: تفجير مطعم ومقتل فتاة."""
    moved = {}
    nouns = tree.language.nouns
    for token in tree.tokens:
        at, first = token.index, token.head
        if (
            token.relation != "conj"
            or first < 0
            or token.upos != "NOUN"
            or token.text.startswith("ال")
            or tree.cases[at]
            or not any(k in nouns for k in tree.keys[at])
            or any(k in nouns for k in tree.keys[first])
        ):
            continue
        above = next((a for a in tree.ancestors(first) if not (tree.relation(a) == "nmod" and not any(k in nouns for k in tree.keys[a]))), -1)
        if above >= 0 and tree.tokens[above].upos == "NOUN" and any(k in nouns for k in tree.keys[above]) and not tree.tokens[above].text.startswith("ال") and not tree.cases[first]:
            moved[at] = (above, "conj")
    return moved


def _objects(tree: Tree, mentions: Mentions) -> dict[int, tuple[int, str]]:
    """Subjects and objects of verbs, objects of masdars, and what is said of them."""
    moved: dict[int, tuple[int, str]] = {}
    for verb in range(len(tree)):
        if tree.is_verb(verb):
            first, *others = _phrases(tree, mentions, verb) or [-1]
            before = tree.tokens[verb].text.endswith(("وا", "ون")) or _dual(tree, verb) or _subject_before(tree, verb)
            if first >= 0 and before and first not in tree.ancestors(verb):
                moved[first] = (verb, "obj")  # a verb in the plural has its subject before it
                above = tree.head(tree.head(verb)) if tree.keys[verb - 1][0] in tree.language.grammar.relatives else -1
                if above >= 0 and tree.is_verb(above) and not tree.related(above, "obj"):
                    # انتقد الوزير الذي يزور مصر سياسة تركيا: the clause has what it needs, the rest is the verb's above.
                    moved |= {noun: (above, "obj") for noun in others[:1] if tree.head(noun) == verb}
            elif others and (first in mentions.names or first in mentions.roles or tree.relation(first) == "nsubj"):
                if first in mentions.towns and others[0] not in mentions.towns and any(e.act == "visit" for key in tree.verb_keys(verb) for e in tree.language.verbs.get(key, ())):
                    first, others = others[0], [first, *others[1:]]  # زار أنقرة ... الرئيس الفلسطيني
                moved[first] = (verb, "nsubj")
                for noun in others:
                    moved[noun] = (verb, "obj")
        elif tree.tokens[verb].upos == "NOUN" and tree.keys[verb][0] in tree.language.nouns and not tree.tokens[verb].text.startswith("ال"):
            # A masdar with its doer and its object: زيارة الوزير المصري أنقرة.
            doer, *objects = _phrases(tree, mentions, verb) or [-1]
            for noun in objects[:1]:
                if doer == verb + 1 and noun in mentions.names and tree.relation(noun) in ("nmod", "flat", "dep", "appos"):
                    moved.setdefault(noun, (verb, "obj"))
            moved |= _object_of_masdar(tree, mentions, verb, moved)
    moved = {noun: (verb, relation) for noun, (verb, relation) in moved.items() if noun not in tree.ancestors(verb)}
    for token in tree.tokens:
        # What follows the object and says more of a noun says it of the object: روسيا التي قصفت ...
        nearest = max((noun for noun in moved if noun < token.index and moved[noun][1] == "obj"), default=-1)
        if nearest > token.head >= 0 and token.index not in moved and tree.relation(token.index) in ("acl", "amod") and nearest in set(tree.subtree(token.head)):
            moved[token.index] = (nearest, token.relation)
    return moved


def _subject_before(tree: Tree, verb: int) -> bool:
    """Whether what an Arabic relative clause says more of is its subject: الوزير الذي يزور مصر, مشروع قرار يطالب المجلس.

    The relative pronoun agrees with the verb, which has no pronoun for its object; without one, it is a message that says it.
    """
    token, grammar = tree.tokens[verb], tree.language.grammar
    before, head = tree.keys[verb - 1][0] if verb else "", tree.head(verb)
    if any(tree.tokens[c].upos == "PRON" and c == verb + 1 for c in tree.children[verb]):
        return False
    if before in grammar.relatives:
        return token.feature("Gender") == grammar.relative_gender.get(before) and token.feature("Number") != "Plur"
    return (
        tree.relation(verb) == "acl"
        and head == verb - 1
        and any(key in grammar.messages for key in tree.keys[head])
        and token.feature("Gender") == "Masc"
        and not tree.tokens[head].text.startswith("ال")
    )


def _dual(tree: Tree, verb: int) -> bool:
    """Whether a verb is in the dual, so that its subject stands before it (وقد غادرا طهران)."""
    return tree.tokens[verb].feature("Number") == "Dual" or (tree.tokens[verb].text.endswith("ا") and tree.keys[verb][0][:-1] in tree.verb_keys(verb))


def _object_of_masdar(tree: Tree, mentions: Mentions, masdar: int, moved: dict[int, tuple[int, str]]) -> dict[int, tuple[int, str]]:
    """The object of a masdar whose doer stands before it, where the parser gave it to the verb above: رفض أرمينيا المشاركة, عن توقيع مصر والأردن اتفاقا.

    It is a noun in a tanwin alef or a definite masdar, and the verb above has an object of its own or governs the masdar by a preposition.
    """
    doer = masdar + 1
    if not any("obj" in (*e.target, *e.content) for e in tree.language.nouns[tree.keys[masdar][0]]) or doer >= len(tree) or tree.head(doer) != masdar:
        return {}
    suffix = tree.tokens[doer].upos == "PRON"
    ruled = doer in mentions.roles and tree.tokens[doer].text.startswith("ال")  # اقتحام الجيش الإسرائيلي مدينة جنين
    if doer not in mentions.names and not suffix and not ruled:
        return {}
    at = doer + 1
    while at < len(tree) and (at in mentions.names or (ruled and tree.tokens[at].upos == "ADJ" and tree.tokens[at].text.startswith("ال")) or (tree.tokens[at].upos == "CCONJ" and at + 1 in mentions.names)):
        at += 1
    if at >= len(tree) or tree.cases[at] or tree.tokens[at].upos not in ("NOUN", "X"):
        return {}
    text, above = tree.tokens[at].text, tree.head(at)
    marked = (text.endswith("ا") and tree.tokens[at].lemma == text[:-1]) or (text.startswith("ال") and tree.keys[at][0] in tree.language.nouns)
    marked = marked or (at + 1 < len(tree) and at + 1 in mentions.names and not tree.cases[at + 1] and tree.keys[at][0] in tree.language.grammar.lands)
    lent = (
        above in tree.ancestors(masdar)
        and tree.is_verb(above)
        and tree.relation(at) in ("obj", "obl")
        and (bool(tree.cases[masdar]) or ((suffix or ruled) and tree.head(masdar) == above) or any(o > at for o in [*tree.related(above, "obj"), *(i for i, move in moved.items() if move == (above, "obj"))]))
    )
    nested = tree.keys[tree.head(masdar)][0] in tree.language.grammar.nominal_negators if tree.head(masdar) >= 0 else False
    return {at: (masdar, "obj")} if marked and (above in (masdar, doer) or lent or nested) else {}


def _counted(tree: Tree, mentions: Mentions) -> dict[int, tuple[int, str]]:
    """Counted nouns, and their adjectives, that the parser took for phrases of their own: in «قتل 150 مدنيا» the number and the noun are one."""
    counted = {
        t.index: (t.index - 1, "amod")
        for t in tree.tokens
        if t.index > 1
        and t.relation == "obj"
        and tree.tokens[t.index - 1].upos == "NOUN"
        and tree.tokens[t.index - 2].upos == "NUM"
        and tree.head(t.index - 1) == t.index - 2
        and not tree.cases[t.index]
        and ((t.upos == "ADJ" and tree.head(t.index - 2) == t.head) or (t.index in mentions.names and mentions.names[t.index].name.relation in ("demonym", "people")))
    }
    return counted | {
        t.index: (t.index - 1, "nmod")
        for t in tree.tokens
        if t.index and t.upos == "NOUN" and tree.tokens[t.index - 1].upos == "NUM" and t.relation == "obj" and tree.head(t.index - 1) == t.head and not tree.cases[t.index]
    }


def _after_shared_subject(tree: Tree) -> dict[int, tuple[int, str]]:
    """«كانت أرمينيا قد ناشدت المنظمة»: the verb shares the subject that stands before it, so the bare noun after it is its object."""
    moved = {}
    for token in tree.tokens:
        verb = token.head
        if token.relation != "nsubj" or verb < 0 or token.index < verb or tree.relation(verb) != "xcomp" or tree.cases[token.index] or tree.related(verb, "obj"):
            continue
        above = tree.head(verb)
        if tree.tokens[above].upos in ("VERB", "AUX") and any(above < subject < verb for subject in tree.related(above, "nsubj")):
            moved[token.index] = (verb, "obj")
    return moved


def _phrases(tree: Tree, mentions: Mentions, verb: int) -> list[int]:
    """The heads of the bare noun phrases that follow a verb, up to the next clause; phrases under a preposition are passed over."""
    heads: list[int] = []
    closed, under_preposition, joined = True, False, -1
    for at in range(verb + 1, len(tree)):
        token = tree.tokens[at]
        if at == verb + 1 and token.upos == "PRON" and tree.is_verb(verb):
            continue  # منحتها الهند قرضا
        if token.upos == "CCONJ" and heads and at + 1 in mentions.names and tree.relation(at + 1) == "conj" and at - 1 in mentions.names and tree.head(at + 1) >= heads[-1]:
            joined = at + 1  # دعت فرنسا وألمانيا إيران
            continue
        if token.upos in _ENDS or any(key in tree.language.grammar.negators for key in tree.keys[at]):
            break
        if token.upos in ("ADP", "DET", "ADV", "PART") and at not in mentions.names:
            under_preposition = under_preposition or token.upos == "ADP"
            closed = closed and token.upos != "ADP"
            continue
        if at in tree.attached:
            under_preposition, closed = True, False
        agrees = at - 1 in mentions.roles and any(token.text.endswith(end) and tree.tokens[at - 1].text.endswith(end) for end in ("ون", "ين")) and not token.text.startswith("ال")
        if (token.upos == "ADJ" and at not in mentions.names and not _noun_after_name(tree, mentions, at)) or (agrees and at not in mentions.names):
            closed = not _construct(tree, mentions, at)  # مسلحون مجهولون
            continue
        if token.upos not in _NOMINAL and at not in mentions.names and not _noun_after_name(tree, mentions, at):
            break
        inner = at in mentions.names and mentions.names.get(at - 1) is mentions.names[at]
        if closed and not inner and not under_preposition and at != joined and _starts(tree, mentions, at, bool(heads)):
            # The number of a counted noun stands for it: the noun is what is moved.
            counted = tree.head(at) if token.upos == "NUM" and tree.relation(at) == "nummod" and tree.head(at) > at else at
            heads.append(counted)
        under_preposition = False
        counts = token.upos == "NUM" and token.text.isdigit() and not (at + 1 < len(tree) and tree.tokens[at + 1].upos in ("NOUN", "X") and tree.head(at + 1) in (at, tree.head(at)))
        # A sound plural that keeps its ن, or an accusative in ا, has no possessor after it (خطف مسلحون مطرانا).
        ended = token.upos == "NOUN" and at in mentions.roles and token.text.endswith(("ون", "ين"))
        definite = token.text.startswith("ال") and token.text not in ("الف", "الاف")  # ألف, آلاف have no article
        closed = at in mentions.names or definite or counts or ended
    return heads


def _construct(tree: Tree, mentions: Mentions, at: int) -> bool:
    """Whether an adjective governs the noun after it, which limits it (قتال واسع النطاق, بيان شديد اللهجة)."""
    text, after = tree.tokens[at].text, tree.tokens[at + 1] if at + 1 < len(tree) else None
    limited = after is not None and after.upos == "NOUN" and after.text.startswith("ال") and at + 1 not in mentions.names and at + 1 not in mentions.roles
    return limited and not text.startswith("ال") and not text.endswith(("ون", "ين", "ان", "ا"))


def _starts(tree: Tree, mentions: Mentions, at: int, subject_found: bool) -> bool:
    temporal = tree.language.grammar.temporal
    if any(key in temporal for key in tree.keys[at]) or (any(key in temporal for key in tree.keys[min(at + 1, len(tree) - 1)]) and tree.tokens[at].upos == "NUM"):
        return False
    name = mentions.names.get(at)
    if name is None and tree.tokens[at].upos == "NOUN" and not tree.tokens[at].text.startswith("ال") and any(key in tree.language.grammar.locative for key in tree.keys[at]):
        return False  # وسط المدينة, جنوب بغداد: where
    if name is not None:
        if title_before(tree, mentions, at) >= 0:
            return False
        # A person's or a place's name stands beside what it names (العاصمة باكو, الرئيس فلان).
        stands_alone = name.name.relation in ("name", "seat", "capital", "city") and not _beside(tree, at)
        return stands_alone if subject_found else name.name.relation != "demonym"
    return tree.tokens[at].upos in ("NOUN", "NUM") or at in mentions.roles or _noun_after_name(tree, mentions, at) or not subject_found


def _noun_after_name(tree: Tree, mentions: Mentions, at: int) -> bool:
    """Whether a word that the tagger takes for an adjective is a noun.

    No adjective follows the name of a place (الخرطوم مبادرة, بغداد الهجوم), and none in the feminine singular people in the plural (مسلحون دورية).
    """
    text, before = tree.tokens[at].text, tree.tokens[at - 1].text
    if at - 1 in mentions.roles and before.endswith(("ون", "ين")) and text.endswith("ة"):
        return not text.startswith("ال")
    place = at - 1 in mentions.names and mentions.names[at - 1].name.relation in ("capital", "city")
    return at - 1 in mentions.names and (at in mentions.roles or tree.keys[at][0] in tree.language.nouns) and (place or not text.startswith("ال"))


def _beside(tree: Tree, at: int) -> bool:
    """Whether the word before is one that a name explains (دولة, العاصمة, الرئيس): then it is no new phrase."""
    return any(key in tree.language.grammar.explained for key in tree.keys[at - 1])
