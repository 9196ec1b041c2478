"""To whom a phrase belongs that names no country itself: the body spoken of, and in Arabic its possessor, leader, members or users."""

from __future__ import annotations

from collections.abc import Callable

from coders.event import Actor
from coders.memory import Memory
from coders.mentions import Mentions
from coders.references import References
from coders.tree import Tree
from dictionaries import Dictionaries

_REACH = 6


class Owners:
    """Of one sentence; `references` answers whom a possessive pronoun means."""

    def __init__(self, tree: Tree, mentions: Mentions, dictionaries: Dictionaries, memory: Memory, references: References) -> None:
        self.tree, self.mentions, self.dictionaries, self.memory, self.references = tree, mentions, dictionaries, memory, references
        self.grammar = tree.language.grammar

    def owner(self, noun: int) -> str:
        """The country of an Arabic possessive pronoun: the army announced the death of one of "its" soldiers."""
        if self.tree.language.code != "ar":
            return ""
        for pronoun in self.tree.related(noun, "nmod", "det"):
            if self.tree.tokens[pronoun].upos == "PRON" and not self.tree.cases[pronoun]:
                actor = self.references.pronoun(pronoun)
                return actor.country if actor is not None and actor.country in self.dictionaries.actors else ""
        return ""

    def body(self, role: int, definite: Callable[[int], bool]) -> str | None:
        """Whose a role is where a description tells it (the bloc's ministers): the code of the body spoken of, "" for one that no name told; None without such a phrase."""
        tree, descriptions = self.tree, self.tree.language.descriptions
        for at in tree.related(role, "nmod"):
            kinds = descriptions.get(tree.keys[at][0]) or descriptions.get(tree.keys[at][-1])
            if not kinds or "country" in kinds or at in self.mentions.names or at in self.mentions.roles or tree.tokens[at].upos != "NOUN" or not definite(at):
                continue
            if tree.tokens[at].relation == "nmod:poss" or tree.cases[at] == ("of",):
                token = tree.tokens[at]
                body = self.memory.described(kinds, Actor("", token.text, token.start, token.end))
                return body.code if body is not None else ""
        return None

    def leader(self, block: list[int]) -> int | None:
        """The name of the country whose forces an Arabic phrase says they are under: قوات بقيادة ..., قوات تقودها ..."""
        tree, leading, names = self.tree, self.grammar.leading, self.mentions.names
        for at in block if tree.language.code == "ar" and not leading.isdisjoint(tree.words) else []:
            below = tree.related(at, "nmod") if not leading.isdisjoint(tree.keys[at]) and tree.cases[at][:1] == ("ب",) else []
            below += [s for c in tree.related(at, "acl") if not leading.isdisjoint(tree.verb_keys(c)) for s in tree.related(c, "nsubj")]
            for name in below:
                if name in names and self.dictionaries.actors[names[name].name.actor].kind == "country":
                    return name
        return None

    def among(self, head: int) -> str:
        """The country of the ones named among an Arabic plural: سياسيون بينهم رئيس وزراء لبنان."""
        tree, names = self.tree, self.mentions.names
        for at in range(head + 1, min(head + _REACH, len(tree) - 1)) if tree.language.code == "ar" else ():
            if tree.is_verb(at):
                return ""
            if tree.keys[at][0] in self.grammar.among and tree.tokens[at + 1].upos == "PRON":
                named = [names[i].name.actor for i in range(at + 2, min(at + 2 + _REACH, len(tree))) if i in names]
                return self.dictionaries.actors[named[0]].code_on(self.memory.day)[:3] if named else ""
        return ""

    def users(self, index: int) -> list[int]:
        """Who uses a site or rides in a vehicle, as its clause tells: مطعم يرتاده جنود, سيارة تقل نشطاء."""
        tree, found = self.tree, list[int]()
        for clause in tree.related(index, "acl") if any(key in self.grammar.sites for key in tree.keys[index]) else []:
            if any(key in self.grammar.carries for key in tree.verb_keys(clause)):
                found += [o for o in tree.related(clause, "obj") if tree.tokens[o].upos != "PRON"]
            elif any(tree.tokens[c].upos == "PRON" for c in tree.related(clause, "obj", "obl", "iobj")):
                found += [s for s in tree.related(clause, "nsubj", "obj") if tree.tokens[s].upos != "PRON"]
        return found

    def of_arms(self, index: int) -> str:
        """The country of an army whose arms act: طائراته قصفت."""
        return self.owner(index) if self.arms(index) else ""

    def arms(self, index: int) -> bool:
        """Whether an Arabic noun is a weapon or craft of war that acts for its army: طائرات إسرائيلية قصفت."""
        return any(key in self.grammar.arms for key in self.tree.keys[index])

    def backer(self, index: int) -> bool:
        """Whether a name only stands behind the one who acts (Saudi-backed forces, Taliban-held towns)."""
        head = self.tree.head(index)
        return head >= 0 and self.tree.relation(head) in ("amod", "acl", "compound") and any(key in self.grammar.backed for key in self.tree.verb_keys(head))
