"""Arabic participles that stand for a clause: in ا, ة or ين after a comma they have the subject of the verb before them (، محذرة من ...)."""

from __future__ import annotations

from dataclasses import replace

from coders.mentions import Mentions
from coders.tree import Tree
from parsers.sentence import Token


def participles(tree: Tree, mentions: Mentions) -> dict[int, Token]:
    """Active participles of known verbs after a comma (or joined to such a one) that no preposition governs: clauses that share the subject of the verb above."""
    changed: dict[int, Token] = {}
    for token in tree.tokens[2:]:
        at = token.index
        lemmas = [lemma for lemma in tree.language.participles.get(token.text, ()) if lemma in tree.language.verbs]
        if not lemmas or at in mentions.names or at in mentions.roles or tree.cases[at] or token.upos not in ("ADJ", "NOUN", "X", "VERB", "PROPN") or at + 1 >= len(tree):
            continue
        before = tree.tokens[at - 1]
        joined = before.upos == "CCONJ" and any(i in changed for i in range(max(0, at - 15), at))
        # الآلاف ... مطالبين ب: an indefinite accusative after a definite noun is no adjective of it.
        loose = token.text.endswith(("ين", "ا")) and tree.tokens[at + 1].upos in ("ADP", "SCONJ") and tree.keys[at - 1][0] not in tree.language.grammar.manners and (before.text.startswith("ال") or at - 1 in mentions.names or before.upos == "PRON")
        loose = loose and _circumstantial(tree, at, lemmas)
        if before.text not in ("،", ",") and not joined and not loose:
            continue
        if tree.tokens[at + 1].upos not in ("ADP", "SCONJ", "NOUN", "PROPN", "X", "CCONJ", "PRON", "NUM", "DET") or tree.tokens[at + 1].text in ("و", ",", "،"):
            continue
        verb = next((i for i in tree.ancestors(at) if tree.is_verb(i) and i < at and i not in changed), -1)
        if verb < 0:
            verb = next((i for i in range(at - 1, -1, -1) if tree.is_verb(i) and i not in changed and at not in tree.ancestors(i)), -1)
        if verb >= 0:
            changed[at] = replace(token, upos="VERB", lemma=lemmas[0], feats="VerbForm=Part|Voice=Act", head=verb, relation="advcl")
            for child in tree.related(at, "nmod", "flat", "dep"):
                if child == at + 1 and not tree.cases[child] and tree.tokens[child].upos != "PRON":
                    changed[child] = replace(tree.tokens[child], relation="obj")
    return changed


def _circumstantial(tree: Tree, at: int, lemmas: list[str]) -> bool:
    """Whether a participle tells how somebody acts (وتجمعوا مطالبين ب): its verb asks for the preposition that follows, and no copula has it for its predicate."""
    after = tree.keys[at + 1][0]
    asked = {p for lemma in lemmas for e in tree.language.verbs[lemma] for p in (*e.words, *e.target, *e.content)}
    copula = any(tree.relation(c) in ("cop", "aux") for c in tree.children[at]) or any("كان" in tree.verb_keys(a) for a in tree.ancestors(at)[:1])
    return not copula and (after in asked or (tree.tokens[at + 1].upos == "SCONJ" and "clause" in asked))
