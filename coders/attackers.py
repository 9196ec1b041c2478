"""Whose force it was, where the clause of those who came to harm does not tell: the attack in its content, the clause of the moment, what led to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coders.event import ROLES, UNKNOWN, Actor
from coders.meaning import Meaning
from coders.slots import Slots
from coders.tree import Tree
from coders.triggers import Trigger
from dictionaries import Dictionaries

_FORCE = ("18", "19", "20")
Find = Callable[[Meaning, Meaning], tuple[list[Actor], list[Actor]]]


class Attackers:
    """Of one sentence. `find` gives the sources and targets of an act (participants.py)."""

    def __init__(self, tree: Tree, triggers: dict[int, Trigger], slots: Slots, dictionaries: Dictionaries, find: Find) -> None:
        self.tree, self.triggers, self.slots, self.dictionaries, self._find = tree, triggers, slots, dictionaries, find
        self.grammar = tree.language.grammar

    def at_the_time(self, index: int) -> list[Actor]:
        """Who used force in the clause that tells when an Arabic passive happened: أصيب ثلاثة عندما قصفت القوات ..."""
        for clause in self.tree.related(index, "advcl") if self.tree.language.code == "ar" else []:
            # في حين sets one thing against another
            told = any(self.tree.keys[m][0] in self.grammar.occasion for m in self.tree.marks(clause))
            if told and self.tree.is_verb(clause) and any(self._force(at) for at in [clause, *self.tree.related(clause, "obj")]):
                return [a for s in self.slots.subject(clause) for a in self.slots.resolver.resolve_all(s)]
        return []

    def leading_to(self, index: int) -> list[Actor]:
        """Whose act the subject of an Arabic verb of causing over a noun of harm is (غارة إسرائيلية أدت إلى مقتل ...), or the act told just before it (... مما أدى إلى مقتل)."""
        tree = self.tree
        at = index
        while tree.relation(at) == "conj" and not tree.is_verb(tree.head(at)):
            at = tree.head(at)
        verb = tree.head(at)
        if (
            tree.language.code != "ar"
            or verb < 0
            or not tree.is_verb(verb)
            or at < verb
            or not any(kind == "cause" for key in tree.verb_keys(verb) for kind, _ in self.grammar.verb_classes.get(key, ()))
        ):
            return []
        subjects = self.slots.subject(verb)
        told = [s for s in subjects if tree.tokens[s].upos != "PRON" and s < index]
        before = [t for t in self.triggers if t < verb and self._force(t)]
        acts = told if told else before[-1:]
        for act in acts:
            trigger = self.triggers.get(act)
            if trigger is not None and self._force(act):
                meaning = Meaning(trigger.entries[0].act, trigger.entries[0].topic, trigger.entries[0], act)
                return self._find(meaning, meaning)[0]
        return []

    def of_the_attacked(self, victims: list[Actor], attacked: list[Actor]) -> list[Actor]:
        """Victims of whom only a role is told, with the country of those whom the attack was on (قتل عشرون شخصا في هجوم على أنصار ...)."""
        country = next((a.country for a in attacked if a.country in self.dictionaries.actors), "")
        return [replace(v, code=country + v.code.removeprefix(UNKNOWN)) if country and v.code.removeprefix(UNKNOWN) in ROLES else v for v in victims]

    def _force(self, index: int) -> bool:
        trigger = self.triggers.get(index)
        row = self.dictionaries.composition.find(trigger.entries[0].act, trigger.entries[0].topic) if trigger is not None else None
        return row is not None and row[0].startswith(_FORCE)
