"""What an article has told so far: its date and place, who was named, who did what to whom, and which unparsed sentences could have told more."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from coders.event import Actor
from coders.tree import QUOTES
from dictionaries.actors import ActorFacts

# Of the unparsed sentences that may have the last subject so many are asked at once: the nearest mostly has it.
_NEAREST = 3


@dataclass(slots=True)
class Memory:
    """Grows as the sentences of one article are coded in order. `asked` are the numbers of unparsed sentences that an answer may depend on."""

    day: datetime.date | None = None
    country: str = ""
    named: list[tuple[Actor, ActorFacts]] = field(default_factory=list)
    countries: dict[str, int] = field(default_factory=dict)
    quoted: bool = False  # whether a quotation is open
    acts: list[tuple[str, str, Actor | None, Actor | None]] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)
    _subject: Actor | None = None
    # Of which country the last soldiers, police ... were whose country was told, and how many were named before.
    _holders: dict[str, tuple[str, int]] = field(default_factory=dict)
    # Unparsed sentences that may have a later subject; and all of them with how many were named before them, and who is named in them, in which roles.
    _unread: set[int] = field(default_factory=set)
    _passed: list[tuple[int, int, Sequence[ActorFacts], frozenset[str]]] = field(default_factory=list)

    @property
    def last_subject(self) -> Actor | None:
        """The subject of the main clause of the last sentence that had one."""
        if self._unread:
            self.asked |= set(sorted(self._unread)[-_NEAREST:])
        return self._subject

    def tell(self, subject: Actor | None, told: bool, asked: set[int]) -> None:
        """Remember the subject of a sentence, None for one that the dictionaries do not know; one not `told` changes nothing. `asked` are the unparsed sentences that this depends on."""
        if told:
            self._subject, self._unread = subject, set()
        self._unread |= asked

    def pass_over(self, number: int, named: Sequence[ActorFacts], roles: frozenset[str]) -> None:
        """Remember that a sentence was not parsed, who is named in it, and the roles that it speaks of."""
        self._unread.add(number)
        self._passed.append((number, len(self.named), named, roles))

    def hold(self, role: str, country: str) -> None:
        """Remember of which country those in a role were."""
        self._holders[role] = country, len(self.named)

    def holder(self, role: str) -> str:
        """The country of those in a role whose country was told last, "" for none."""
        country, last = self._holders.get(role, ("", 0))
        self.asked |= {number for number, before, named, roles in self._passed if before >= last and named and role in roles}
        return country

    def hear(self, text: str) -> None:
        """Take in the quotation marks of a sentence: what one of them opens may end in a later sentence."""
        for mark in text:
            if mark in QUOTES:
                self.quoted = not self.quoted if mark == '"' else mark in "«“"

    def described(self, kinds: frozenset[str], phrase: Actor) -> Actor | None:
        """The actor of a fitting kind named last ("the bloc"), in the words of the phrase at hand."""
        last = next((at for at in range(len(self.named) - 1, -1, -1) if self.named[at][1].kind in kinds), -1)
        self.asked |= {number for number, before, named, _ in self._passed if before > last and any(facts.kind in kinds for facts in named)}
        return replace(self.named[last][0], text=phrase.text, start=phrase.start, end=phrase.end, direct=True) if last >= 0 else None

    def context_country(self, clause_places: list[str]) -> str:
        """The country of a bare office or force: where the clause happens, else the dateline's, else the only one named so far."""
        if clause_places:
            return clause_places[0]
        if self.country:
            return self.country
        if len(self.countries) < 2:
            self.asked |= {number for number, _, named, _ in self._passed if any(facts.kind == "country" and facts.key not in self.countries for facts in named)}
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
