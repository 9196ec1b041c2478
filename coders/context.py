"""Of which country a bare role is ("the police"): what the clause, the sentence and the article give."""

from __future__ import annotations

from collections.abc import Callable

from coders.event import Actor
from coders.memory import Memory
from coders.mentions import Mentions
from coders.places import Places
from coders.tree import Tree
from dictionaries import Dictionaries

_ARMED = ("REB", "UAF", "SEP")


class Context:
    """The countries that one sentence and its article lend; `resolve` gives the actor of a phrase, `block` its tokens."""

    def __init__(self, tree: Tree, mentions: Mentions, dictionaries: Dictionaries, memory: Memory, places: Places, resolve: Callable[[int], Actor | None], block: Callable[[int], list[int]]) -> None:
        self.tree, self.mentions, self.dictionaries, self.memory = tree, mentions, dictionaries, memory
        self.places, self.resolve, self.block = places, resolve, block

    def country(self, head: int, role: str = "") -> str:
        """The country of a role that its phrase does not tell: of what it is joined to, the clause's place, the sentence's only one, its subject's, the article's.

        `role`: what a definite phrase speaks of; its like may have been told before.
        """
        tree = self.tree
        if tree.relation(head) == "conj":
            first = self.resolve(tree.head(head))
            if first is not None and first.country in self.dictionaries.actors:
                return first.country
        places = self.places.of_clause(head)
        if places:
            return places[0]
        holder = self.memory.holder(role) if role else ""
        if holder:
            return holder  # "the soldiers" are those of whom the article spoke before
        if tree.language.code == "en" and tree.relation(head) in ("obj", "obl"):
            # Twenty people killed by X in a sentence that has one place elsewhere are of that place.
            elsewhere = {country for at, country in self._countries() if self.places.locative(at)}
            if len(elsewhere) == 1:
                return next(iter(elsewhere))
        spoken = self.places.of_the_reported(head)
        if spoken:
            return spoken
        here = self._here(head)
        if len(here) == 1:
            return next(iter(here))
        verb = next((a for a in tree.ancestors(head) if tree.is_verb(a)), None)
        for subject in tree.related(verb, "nsubj") if verb is not None else []:
            if head not in tree.subtree(subject):
                actor = self.resolve(subject)
                if actor is not None and actor.country in self.dictionaries.actors:
                    other = here - {actor.country}
                    # Gaza's ministry said that Israeli strikes had killed seventy: those killed are not Israel's.
                    deed = tree.language.code == "en" and subject not in self.mentions.roles and any(key in tree.language.nouns for key in tree.keys[subject])
                    if deed and len(here) == 2 and len(other) == 1:
                        return next(iter(other))
                    # An armed group may fight abroad: the article knows better where.
                    return (actor.code[3:6] in _ARMED and self.memory.context_country([])) or actor.country
        return self.memory.context_country([])

    def near(self, head: int, but: str = "") -> str:
        """The only country of the clause's places, else of the sentence's names, without `but`; "" where there are several or none."""
        arabic = self.tree.language.code == "ar"
        first = self.resolve(self.tree.head(head)) if arabic and self.tree.relation(head) == "conj" else None
        if first is not None and first.country in self.dictionaries.actors:
            return first.country  # بين الحكومة الكولومبية ومتمردي ...
        places = (set(self.places.of_clause(head)) or self._here(head)) - {but}
        if len(places) > 1 and arabic:
            places &= {country for at, country in self._countries() if self.places.place(at)}
        return next(iter(places)) if len(places) == 1 else ""

    def foreign(self, block: list[int]) -> bool:
        """Whether a phrase, or the last of a row of them (رؤساء ومسؤولون أجانب), says that it is of no country at hand."""
        tree = self.tree
        joined = (c for at in block for c in tree.related(at, "conj") if tree.language.code == "ar")
        inside = [*block, *(a for c in joined for a in tree.related(c, "amod"))]
        return any(key in tree.language.grammar.foreign for i in inside for key in tree.keys[i])

    def _here(self, head: int) -> set[str]:
        """The countries that the sentence names, without those that are actors beside the phrase."""
        return {country for at, country in self._countries() if not self.places.opposite(at, self.block(head))}

    def _countries(self) -> list[tuple[int, str]]:
        return [(at, match.name.actor) for at, match in self.mentions.names.items() if self.dictionaries.actors[match.name.actor].kind == "country"]
