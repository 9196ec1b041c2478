"""What an article has told so far: its date and place, who was named, who did what to whom."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from coders.event import Actor
from dictionaries.actors import ActorFacts


@dataclass(slots=True)
class Memory:
    """Grows as the sentences of one article are coded in order."""

    day: datetime.date | None = None
    country: str = ""
    last_subject: Actor | None = None
    named: list[tuple[Actor, ActorFacts]] = field(default_factory=list)
    countries: dict[str, int] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)  # of which country the last soldiers, police ... were whose country was told
    quoted: bool = False  # whether a quotation is open
    acts: list[tuple[str, str, Actor | None, Actor | None]] = field(default_factory=list)

    def hear(self, text: str) -> None:
        """Take in the quotation marks of a sentence: what one of them opens may end in a later sentence."""
        for mark in text:
            if mark in '"«»“”':
                self.quoted = not self.quoted if mark == '"' else mark in "«“"

    def described(self, kinds: frozenset[str], phrase: Actor) -> Actor | None:
        """The actor of a fitting kind named last ("the bloc"), in the words of the phrase at hand."""
        for actor, facts in reversed(self.named):
            if facts.kind in kinds:
                return replace(actor, text=phrase.text, start=phrase.start, end=phrase.end, direct=True)
        return None

    def context_country(self, clause_places: list[str]) -> str:
        """The country of a bare office or force: where the clause happens, else the dateline's, else the only one named so far."""
        if clause_places:
            return clause_places[0]
        if self.country:
            return self.country
        return next(iter(self.countries)) if len(self.countries) == 1 else ""

    def name(self, actor: Actor, facts: ActorFacts) -> None:
        """Remember that an actor was named."""
        self.named.append((actor, facts))
        if facts.kind == "country":
            self.countries[facts.key] = self.countries.get(facts.key, 0) + 1

    def act(self, act: str, topic: str | None, source: Actor | None, target: Actor | None) -> None:
        """Remember who did what to whom."""
        self.acts.append((act, topic or "", source, target))

    def earlier(self, acts: frozenset[str] | None, others: list[Actor]) -> Actor | None:
        """Who did the last of such acts (any, for None) that the article reported, and is none of the others."""
        for act, _, source, _ in reversed(self.acts):
            if (acts is None or act in acts) and source is not None and source.country and all(source.code[:6] != other.code[:6] for other in others):
                return source
        return None

    def earlier_topic(self, acts: frozenset[str]) -> str | None:
        """The topic of the last of such acts that had one."""
        return next((topic for act, topic, _, _ in reversed(self.acts) if act in acts and topic), None)
