"""What Arabic spelling proves of a word, whatever the parser says: verbs by their form, accusatives, prepositions of two words.

A tanwin alef (قرضا) marks the accusative, so its noun is no subject. An adjective with the article belongs to a noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coders.mentions import Mentions
from coders.participles import participles
from coders.tree import CLAUSAL, Tree
from parsers.sentence import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "X", "NUM"})
_CLAUSES = frozenset({"root", "conj", "parataxis", "ccomp", "advcl", "acl"})
_VERBAL = "Aspect=Perf|Gender=Masc|Number={}|Person=3"


def respell(tree: Tree, mentions: Mentions) -> Tree:
    """The tree with such words as their spelling says."""
    for step in (_verbs, _passives, _governing, participles, _relations, _phrases, _compounds, _relatives):
        changed = step(tree, mentions)
        if changed:
            tokens = tuple(changed.get(t.index, t) for t in tree.tokens)
            # Changes that are right alone may close a circle together: then nothing is changed.
            tree = Tree(replace(tree.sentence, tokens=tokens), tree.language) if all(rooted(tokens, at) for at in changed) else tree
    return tree


def rooted(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the way up from a token ends at the root."""
    for _ in tokens:
        if at < 0:
            return True
        at = tokens[at].head
    return at < 0


def _verbs(tree: Tree, mentions: Mentions) -> dict[int, Token]:
    """Forms of known verbs, whatever the tokeniser and the tagger made of them: plurals in وا, whose subject stands before them (مسلحون اغتالوا), those after ف (فزار); and auxiliaries that are acts."""
    changed = {}
    for token in tree.tokens:
        at, key, forms = token.index, tree.keys[token.index][0], tree.language.verb_forms
        if at in mentions.roles or at in mentions.names or token.upos == "VERB":
            continue
        if token.upos == "AUX" and any(k in tree.language.verbs for k in tree.verb_keys(at)):
            changed[at] = replace(token, upos="VERB")
        elif (
            at == 0
            and token.text[0] == "و"
            and token.upos in _NOMINAL
            and len(key) > 3
            and key[1:] in forms
            and key not in tree.language.nouns
            and at not in mentions.topics
            and len(tree) > 1
            and tree.tokens[1].upos in _NOMINAL
            and _written(tree, at)[-1] not in "ي"
        ):
            changed[at] = replace(token, upos="VERB", feats=_VERBAL.format("Sing"))  # وأدى انفجار ..., not وادي
        elif (
            token.upos in ("X", "PROPN", "NOUN")
            and key in forms
            and key not in tree.language.nouns
            and at not in mentions.topics
            and at + 1 < len(tree)
            and tree.tokens[at + 1].text.endswith("ون")
            and at + 1 in mentions.roles
            and any(lemma in tree.language.verbs for lemma in forms[key])
        ):
            # أحرق متظاهرون ...: no noun stands before a nominative plural like that.
            head = token.head if tree.head(at) != at + 1 else tree.head(at + 1)
            verb = next((i for i in tree.ancestors(at) if tree.is_verb(i) and i != at + 1), -1)
            changed[at] = replace(token, upos="VERB", feats=_VERBAL.format("Sing"), head=verb if verb >= 0 else head, relation="conj" if verb >= 0 else "parataxis")
            changed[at + 1] = replace(tree.tokens[at + 1], head=at, relation="nsubj", upos="NOUN")
        elif (
            at
            and token.upos in _NOMINAL
            and key == token.text
            and any(lemma in tree.language.verbs for lemma in forms.get(key, ()))
            and any(tanwin(tree.tokens[s]) and s in mentions.roles for s in ([at - 1] if token.head == at - 1 and token.relation == "nmod" else tree.related(at, "nsubj")) if s < at)
        ):
            # إن مقاتلا قتل: no possessor follows a tanwin, and nobody is a killing.
            changed[at] = replace(token, upos="VERB", feats=_VERBAL.format("Sing"), relation="acl" if token.relation == "nmod" else token.relation)
        elif at and token.text[0] == "و" and token.upos in _NOMINAL and len(key) > 3 and at + 1 < len(tree) and _asks_for(tree, key[1:], tree.keys[at + 1][0]):
            verb = next((i for i in range(at - 1, -1, -1) if tree.is_verb(i) and at not in tree.ancestors(i)), -1)  # وأدى إلى مقتل ...
            if verb >= 0:
                changed[at] = replace(token, upos="VERB", feats=_VERBAL.format("Sing"), head=verb, relation="conj")
        elif token.text.endswith("وا") and key in forms and token.upos != "AUX":
            head, relation = token.head, token.relation
            if head >= 0 and tree.relation(at) not in _CLAUSES:
                if head > at:
                    head = next((i for i in range(at - 1, -1, -1) if tree.tokens[i].upos in _NOMINAL and not tree.cases[i] and at not in tree.ancestors(i)), head)
                relation = "acl"
            changed[at] = replace(token, upos="VERB", feats=_VERBAL.format("Plur"), head=head, relation=relation)
            changed |= {c: replace(tree.tokens[c], relation="obj") for c in tree.related(at, "nsubj") if c > at and not tree.cases[c]}  # وأضرموا فيه النار
        elif (
            token.text[0] == "ف"
            and token.upos in _NOMINAL
            and at
            and tree.tokens[at - 1].upos != "NUM"
            and tree.relation(at) not in ("nmod", "nummod")
            and not tree.cases[at]
            and len(key) > 3
            and key == token.text
            and key[1:] in forms
            and key not in forms
            and key not in tree.language.nouns
            and at not in mentions.topics
        ):
            verb = next((i for i in tree.ancestors(at) if tree.is_verb(i)), -1)
            if verb >= 0:
                changed[at] = replace(token, upos="VERB", feats=_VERBAL.format("Sing"), head=verb, relation="conj")
    return changed


def _passives(tree: Tree, mentions: Mentions) -> dict[int, Token]:
    """Passives that the spelling shows (أصيب, اغتيل): the one noun after them undergoes, and nobody who was told before acts."""
    changed: dict[int, Token] = {}
    for verb in range(len(tree)):
        if not tree.is_verb(verb) or tree.tokens[verb].feature("Person") == "1" or not _spelled_passive(tree.keys[verb][0], tree.verb_keys(verb)):
            continue
        bare = [o for o in tree.related(verb, "obj", "nsubj") if not tree.cases[o] and tree.tokens[o].upos != "PRON"]
        if any(tree.relation(o) == "obj" for o in bare):
            changed |= {o: replace(tree.tokens[o], relation="nsubj:pass" if o == bare[0] else "obl") for o in bare}
    return changed


def _spelled_passive(form: str, lemmas: Sequence[str]) -> bool:
    """Whether a form is the passive perfect of a hollow verb with a prefix: its ا has become ي (أصاب, أصيب)."""
    return any(len(lemma) > 3 and lemma[0] == form[0] == "ا" and lemma[-2] == "ا" and form.startswith(lemma[:-2] + "ي" + lemma[-1]) for lemma in lemmas)


def _governing(tree: Tree, mentions: Mentions) -> dict[int, Token]:
    """Nouns taken for prepositions (رفع مجلس الأمن حظر السلاح): they stand where what they govern stood, and it belongs to them."""
    changed: dict[int, Token] = {}
    grammar = tree.language.grammar
    for token in tree.tokens[:-1]:
        at, head, key = token.index, token.head, tree.keys[token.index][0]
        if token.relation != "case" or head <= at or head in changed or not (token.upos == "NOUN" or (token.upos == "ADP" and key in tree.language.nouns)) or at in mentions.names:
            continue
        if len(key) < 3 or key in grammar.locative or key in grammar.directional or key in grammar.occasion or key in grammar.negators or (tree.keys[at - 1][0], token.text) in grammar.compound_prepositions:
            continue
        changed[at] = replace(token, upos="NOUN", head=tree.head(head), relation=tree.tokens[head].relation)
        changed[head] = replace(tree.tokens[head], head=at, relation="nmod")
        changed |= {c: replace(tree.tokens[c], head=at) for c in tree.children[head] if c < at and c not in changed}
    return changed


def tanwin(token: Token) -> bool:
    """Whether a word ends in the alef of an indefinite accusative."""
    return token.text.endswith("ا") and token.lemma == token.text[:-1]


def _governs(tree: Tree, at: int) -> bool:
    """Whether a definite noun or a name follows in the construct state: a dual in ا (رئيسا مصر والسودان), no tanwin."""
    return any(not tree.cases[c] and (tree.tokens[c].text.startswith("ال") or tree.tokens[c].upos == "PROPN" or tree.language.names.find(tree.tokens[c].text)) for n in (at, *tree.related(at, "nmod", "amod")) if n <= at + 1 for c in tree.related(n, "nmod") if c <= at + 2)


def _asks_for(tree: Tree, form: str, preposition: str) -> bool:
    """Whether a form is a verb's that is read together with a preposition (أدى إلى, أسفر عن)."""
    classes = tree.language.grammar.verb_classes
    return any(kind == "cause" and preposition in needed for lemma in tree.language.verb_forms.get(form, ()) for kind, needed in classes.get(lemma, ()))


def _written(tree: Tree, at: int) -> str:
    """A token as the text writes it, ى and ي apart."""
    token, base = tree.tokens[at], tree.sentence.start
    return tree.sentence.text[token.start - base : token.end - base] or token.text


def _relations(tree: Tree, mentions: Mentions) -> dict[int, Token]:
    changed = {}
    for token in tree.tokens:
        at, head = token.index, token.head
        if head < 0:
            continue
        name = mentions.names.get(at)
        if (
            name is not None
            and name.name.relation in ("demonym", "people")
            and at - 1 in mentions.roles
            and at - 1 not in mentions.names
            and tree.head(at - 1) == head
            and not token.text.startswith("ال")
            and not tree.tokens[at - 1].text.startswith("ال")
        ):
            changed[at] = replace(token, head=at - 1, relation="amod")  # متظاهرون أفغان
        elif (
            name is None
            and at - 1 in mentions.roles
            and token.relation in ("obj", "nsubj")
            and any(token.text.endswith(end) and tree.tokens[at - 1].text.endswith(end) for end in ("ون", "ين"))
            and (token.upos == "ADJ" or tree.head(at - 1) == head)
            and not token.text.startswith("ال")
        ):
            changed[at] = replace(token, head=at - 1, relation="amod", upos="ADJ")  # مسلحون مجهولون
        elif token.upos == "ADJ" and token.relation == "amod" and head == at - 1 and at in mentions.roles and name is None and token.text.endswith("ين") and tree.keys[head][0] in tree.language.nouns:
            changed[at] = replace(token, relation="nmod", upos="NOUN")  # تفريق محتجين
        elif token.upos == "ADJ" and token.text.startswith("ال") and token.relation in CLAUSAL and tree.tokens[head].upos in _NOMINAL:
            changed[at] = replace(token, relation="amod")
        elif token.relation == "nsubj" and head < at and token.upos in ("NOUN", "X") and tree.is_verb(head) and tanwin(token) and at not in mentions.names and not tree.passive(head) and not _governs(tree, at):
            changed[at] = replace(token, relation="obj")
        elif (
            token.relation == "obj"
            and token.upos == "NOUN"
            and not token.text.startswith("ال")
            and not tree.cases[at]
            and tree.is_verb(head)
            and any(k in tree.language.grammar.locative for k in tree.keys[at])
        ):
            changed[at] = replace(token, relation="obl")  # وسط المدينة, جنوب بغداد
        elif (
            token.relation == "nsubj"
            and head == at - 1
            and token.upos == "NOUN"
            and tree.is_verb(head)
            and any(k in tree.language.grammar.temporal for k in tree.keys[at])
            and not any(kind == "happen" for k in tree.verb_keys(head) for kind, _ in tree.language.grammar.verb_classes.get(k, ()))
            and any(tree.tokens[c].upos in ("NOUN", "NUM", "X", "PROPN") and c > at and not tree.cases[c] for c in tree.children[head])
        ):
            changed[at] = replace(token, relation="obl")  # أصيب فجر أمس ثلاثة جنود
        elif token.upos == "NUM" and at > 1 and tree.keys[at - 2][0] in ("اكثر", "اقل") and tree.keys[at - 1][0] == "من" and head not in (at - 2, at - 1) and head < at:
            changed[at] = replace(token, head=at - 2, relation="nmod")  # قتل أكثر من 30 شخصا
        elif (
            token.upos == "NUM"
            and token.relation == "nummod"
            and head < at
            and any(k in tree.language.grammar.temporal for k in tree.keys[head])
            and any(tree.cases[c][:1] == ("من",) for c in tree.related(at, "nmod"))
        ):
            verb = next((a for a in tree.ancestors(at) if tree.is_verb(a)), -1)  # خرج مساء أمس مئات من المتظاهرين
            if verb >= 0 and verb < at and not tree.related(verb, "nsubj"):
                changed[at] = replace(token, head=verb, relation="nsubj")
        elif (
            token.upos == "NUM"
            and tree.is_verb(head)
            and head < at
            and tree.tokens[at - 1].upos == "ADP"
            and tree.tokens[at - 1].head == at
            and tree.keys[at - 1][0] in tree.language.grammar.approximate
        ):
            if head == at - 2 and not tree.related(head, "nsubj"):
                changed[at] = replace(token, relation="nsubj")  # تجمع نحو 500 متظاهر
                changed[at - 1] = replace(tree.tokens[at - 1], relation="advmod", upos="ADV")
            elif token.relation in ("obl", "advmod", "nmod") and not tree.related(head, "obj"):
                changed[at] = replace(token, relation="obj")
                changed[at - 1] = replace(tree.tokens[at - 1], relation="advmod", upos="ADV")
        elif token.relation in ("advmod", "obl", "dep", "xcomp") and head == at - 1 and tree.is_verb(head) and at in mentions.roles and tanwin(token) and not tree.cases[at]:
            changed[at] = replace(token, relation="obj", upos="NOUN")  # قواته قتلت مسلحا
        elif token.relation == "nsubj" and head < at and at in mentions.topics and at not in mentions.names and at not in mentions.roles and _gives(tree, head):
            changed[at] = replace(token, relation="obj")  # منحتها مساعدات
    return changed


def _phrases(tree: Tree, mentions: Mentions) -> dict[int, Token]:
    """Phrases of fixed build: أول من أمس is a day, and takes no noun under its من; آخر هجوم is one phrase, its noun no object."""
    changed: dict[int, Token] = {}
    for at in range(len(tree) - 1):
        if at + 2 < len(tree) and tree.keys[at][0] == "اول" and tree.keys[at + 1][0] == "من" and tree.keys[at + 2][0] == "امس":
            governed, verb = tree.head(at + 1), tree.head(at)
            changed[at + 1] = replace(tree.tokens[at + 1], head=at, relation="fixed")
            changed[at + 2] = replace(tree.tokens[at + 2], head=at, relation="fixed")
            if governed > at + 2 and verb >= 0 and governed not in tree.ancestors(verb):
                changed[governed] = replace(tree.tokens[governed], head=verb, relation="obj" if tree.is_verb(verb) else "nmod")
        noun = tree.tokens[at + 1]
        if tree.tokens[at].text in tree.language.grammar.elatives and noun.upos == "NOUN" and noun.relation == "obj" and tree.head(at) == noun.head and tree.relation(at) == "nsubj":
            changed[at + 1] = replace(noun, head=at, relation="nmod")
    return changed


def _gives(tree: Tree, verb: int) -> bool:
    """Whether a verb that takes two objects has a pronoun as its first: then a thing after it is the second, not the subject."""
    pronoun = any(tree.tokens[o].upos == "PRON" and not tree.cases[o] for o in tree.related(verb, "obj", "iobj"))
    return pronoun and any("iobj" in entry.target for key in tree.verb_keys(verb) for entry in tree.language.verbs.get(key, ()))


def _compounds(tree: Tree, mentions: Mentions) -> dict[int, Token]:
    """A preposition and a noun that are one preposition (على يد، في وجه، بحق): what the noun governs takes its place, and both are its case."""
    changed: dict[int, Token] = {}
    known = tree.language.grammar.compound_prepositions
    for noun in range(1, len(tree) - 1):
        if (tree.keys[noun - 1][0], tree.tokens[noun].text) not in known or noun in mentions.names:
            continue
        governed = next((c for c in tree.children[noun] if c > noun and tree.relation(c) in ("nmod", "flat", "dep", "obj", "appos") and not tree.cases[c]), -1)
        head = tree.tokens[noun].head
        if governed < 0 or head == noun - 1 or head < 0:
            continue
        relation = "obl" if tree.is_verb(head) else "nmod"
        changed[governed] = replace(tree.tokens[governed], head=head, relation=relation)
        changed[noun - 1] = replace(tree.tokens[noun - 1], head=governed, relation="case")
        changed[noun] = replace(tree.tokens[noun], upos="ADP", head=noun - 1, relation="fixed")
        for child in tree.children[noun]:
            if child not in changed:
                changed[child] = replace(tree.tokens[child], head=governed)
    return changed


def _relatives(tree: Tree, mentions: Mentions) -> dict[int, Token]:
    """A relative clause belongs to the phrase that its pronoun follows, not to one behind a verb (انتقد الاتحاد روسيا التي قصفت ...)."""
    changed: dict[int, Token] = {}
    for at in range(1, len(tree)):
        if tree.keys[at][0] not in tree.language.grammar.relatives or tree.tokens[at - 1].upos not in (*_NOMINAL, "ADJ"):
            continue
        clause = next((i for i in (at, *tree.ancestors(at)) if tree.tokens[i].relation.startswith("acl")), -1)
        if clause < at or tree.head(clause) >= at:
            continue
        phrase = [at - 1]
        while tree.relation(phrase[-1]) in ("nmod", "amod", "flat", "conj", "appos", "nummod", "compound") and tree.head(phrase[-1]) < at:
            phrase.append(tree.head(phrase[-1]))
        noun = next((i for i in phrase if tree.tokens[i].upos != "ADJ" or tree.relation(i) in ("obj", "nsubj")), -1)
        if noun >= 0 and tree.head(clause) not in phrase:
            changed[clause] = replace(tree.tokens[clause], head=noun)
    return changed
