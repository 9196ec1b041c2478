"""A noun phrase to an actor: country or body from its names, role from its nouns, context where it says neither."""

from __future__ import annotations

from dataclasses import replace

from coders.context import Context
from coders.event import UNKNOWN, Actor
from coders.memory import Memory
from coders.mentions import Mentions
from coders.owners import Owners
from coders.places import Places
from coders.references import References
from coders.tree import CLAUSAL, Tree
from dictionaries import Dictionaries

# The head noun says least in "army spokesman", "rebel leader", "police chief": the modifier's role is the actor's.
_VAGUE = frozenset({"GOV", "ELI", "CVL"})
# Roles that a state's own bodies and people have: without a country they belong to the one that the context gives.
_DOMESTIC = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "OPP", "SPY", "CVL", "EDU", "MED", "LAB", "BUS", "HLH", "AGR", "REL", "ELI", "SET"})
_KEEPS_ROLE = frozenset({"MIL", "PKO", "COP", "JUD", "LEG", "REB", "CVL", "MED", "SPY", "OPP"})
_REACH = 6
_LEVEL = {"demonym": 0, "people": 0, "name": 1, "military-seat": 1, "seat": 1, "capital": 2, "city": 3}


class ActorResolver:
    """Resolves the phrases of one sentence; the article's memory answers what the sentence leaves open."""

    def __init__(self, tree: Tree, mentions: Mentions, dictionaries: Dictionaries, memory: Memory) -> None:
        self.tree, self.mentions, self.dictionaries, self.memory = tree, mentions, dictionaries, memory
        self.grammar = tree.language.grammar
        self.places = Places(tree, mentions, dictionaries)
        self._known: dict[int, Actor | None] = {}
        self._blocks: dict[int, list[int]] = {}
        self._joined: dict[int, list[int]] = {}

    @property
    def references(self) -> References:
        """Its pronouns and speakers: made when asked for, so that no circle keeps the sentence alive until the collector comes."""
        return References(self.tree, self.mentions, self.dictionaries, self.memory, self.resolve, self.block)

    @property
    def owners(self) -> Owners:
        """To whom its phrases belong; made when asked for, for the same reason."""
        return Owners(self.tree, self.mentions, self.dictionaries, self.memory, self.references)

    @property
    def context(self) -> Context:
        """Of which country its bare roles are; made when asked for, for the same reason."""
        return Context(self.tree, self.mentions, self.dictionaries, self.memory, self.places, self.resolve, self.block)

    def resolve_all(self, index: int) -> list[Actor]:
        """The actors of a phrase and of those joined to it ("Russia and its allies")."""
        found: list[Actor] = []
        for actor in [a for member in [index, *self.conjuncts(index)] for a in self._spread(member)]:
            if all(actor.code != other.code or actor.start != other.start for other in found):
                found.append(actor)
        return found

    def _spread(self, index: int) -> list[Actor]:
        """The actor of a phrase, and one more for each country joined to the one that it names (the presidents of Kenya and Somalia)."""
        actor = self.resolve(index)
        if actor is None:
            return []
        actors = self.references.both(index) or [actor]
        for at in self.block(index) if actor.country else ():
            match = self.mentions.names.get(at)
            if match is None or self.dictionaries.actors[match.name.actor].key != actor.country:
                continue
            for other in self.conjuncts(at):
                named = self.mentions.names.get(other)
                if named is not None and at != index and self.dictionaries.actors[named.name.actor].kind == "country":
                    token = self.tree.tokens[other]
                    actors.append(replace(actor, code=named.name.actor + actor.code[3:], text=token.text, start=token.start, end=token.end))
        return actors

    def conjuncts(self, index: int) -> list[int]:
        """The heads of the phrases joined to this one, through a chain too."""
        if index not in self._joined:
            self._joined[index] = self._conjuncts(index) if self.tree.children[index] else []
        return self._joined[index]

    def _conjuncts(self, index: int) -> list[int]:
        joined: list[int] = []
        for child in self.tree.related(index, "conj"):
            negated = any(key in self.grammar.negators for i in (child - 1, *self.tree.children[child]) for key in self.tree.keys[i])
            if self.tree.tokens[child].upos not in ("VERB", "AUX") and not negated:
                joined += [child, *self.conjuncts(child)]
        for name in self.tree.related(index, "appos") if self.tree.language.code == "en" else []:
            joined += self.conjuncts(name)  # the leader X and the president Y: the parser joins the second to the name
        return joined

    def resolve(self, index: int) -> Actor | None:
        """The actor that the phrase headed by a token names; None for a phrase that is no actor."""
        if index not in self._known:
            self._known[index] = None  # a phrase that leads back to itself resolves to nothing
            self._known[index] = self._resolve(index)
        return self._known[index]

    def _resolve(self, index: int) -> Actor | None:
        tree, token = self.tree, self.tree.tokens[index]
        if token.upos == "PUNCT" or (token.upos == "PROPN" and tree.language.code == "en" and index not in self.mentions.names and any(key in self.grammar.temporal for key in tree.keys[index])):
            return None  # Sunday acts nowhere
        if token.upos == "PRON" or (token.upos == "DET" and token.feature("PronType") in ("Prs", "Dem")):
            return self.references.pronoun(index)
        block = self.block(index)
        if index in self.mentions.names and self.ethnic(index):
            # Ethnic Albanians of Serbia are Serbia's.
            name = self._best_name(block)
            country = self.mentions.names[name].name.actor if name is not None else self.context.near(index, but=self.mentions.names[index].name.actor)
            return self._actor((country or UNKNOWN) + "CVL", index, block)
        if index in self.mentions.names:
            return self._named(index, index, block, direct=True)
        if index in self.mentions.roles and self._power(index, block):
            return None
        if index in self.mentions.roles:
            return self._role(index, block)
        if self._transparent(index):
            for child in tree.related(index, "nmod", "obl", "nummod", "appos", "amod"):
                actor = self.resolve(child)
                if actor is not None:
                    return actor
            body = self._body_after(index)
            if body is not None:
                return body
            country = self.context.country(index) if not tree.related(index, "nmod") and any(key in self.grammar.crowds for key in tree.keys[index]) else ""
            if country:
                return self._actor(country + "CVL", index, block)  # thousands marched
        if tree.keys[index][0] in self.grammar.others and (tree.tokens[index - 1].upos == "NUM" or not self.grammar.transparent.isdisjoint(tree.keys[index - 1])):
            return self.references.more(index)
        kinds = tree.language.descriptions.get(tree.keys[index][0]) or tree.language.descriptions.get(tree.keys[index][-1])
        land = self.owners.owner(index) if kinds and "country" in kinds else ""
        if land:
            return self._actor(land, index, [index])  # قال الوزير الإيراني إن بلاده ...
        inside = self._best_name(block)
        # A name in apposition or flat beside an unknown proper name, or a title before it.
        roles = [i for i in block if i in self.mentions.roles and (tree.relation(i) in ("compound", "flat", "appos", "amod", "nmod") and not tree.cases[i])]
        if token.upos in ("PROPN", "X") and (roles or inside is not None):
            if roles:
                return self._role(roles[0], block, index)
            if inside is not None and tree.relation(inside) in ("compound", "flat", "amod", "appos"):
                return self._named(inside, index, block, direct=True)
        owned = any(i in self.mentions.names and not tree.cases[i] for c in tree.related(index, "nmod", "amod", "compound", "flat") for i in (c, *tree.children[c]))
        if kinds and self.definite(index) and not owned and token.feature("Number") != "Plur":
            return self.memory.described(kinds, self._actor("", index, [index]))
        if inside is not None and self.owners.arms(index) and not self.places.locative(inside):
            return replace(self._named(inside, index, block, direct=True), seat=False)
        if roles_of := [i for i in tree.related(index, "nmod", "obl") if i in self.mentions.roles and tree.cases[i] == ("ل",) and self.definite(i)]:
            return self._role(roles_of[0], block, index)  # دورية للجيش
        if inside is not None:
            return self._named(inside, index, block, direct=bool(kinds) and tree.relation(inside) not in ("amod", "compound"))
        inside_it = self.owners.users(index)
        actor = next((a for a in map(self.resolve, inside_it) if a is not None and a.code != UNKNOWN), None)
        if actor is not None:
            return replace(actor, direct=False)
        owner = self.owners.of_arms(index)
        if owner:
            return self._actor(owner + "MIL", index, [index])
        if any(key in self.grammar.natural for i in block for key in tree.keys[i]):
            return None  # Typhoon Gaemi
        if (token.upos == "PROPN" and tree.language.code == "en") or (token.upos in ("X", "PROPN") and tree.language.code == "ar" and not token.text.startswith("ال")):
            return self._actor(UNKNOWN, index, block)
        return None

    def _power(self, index: int, block: list[int]) -> bool:
        """Whether an Arabic noun means power, not who has it: الاستيلاء على السلطة."""
        tree = self.tree
        taken = bool(tree.cases[index]) or tree.relation(index) in ("nmod", "obj")
        return taken and not self.grammar.power.isdisjoint(tree.keys[index]) and tree.tokens[index].feature("Number") != "Plur" and not any(i in self.mentions.names or i != index for i in block)

    def _body_after(self, index: int) -> Actor | None:
        """The organisation whose states or members a noun means, where it stands a few words on (the other member states of the bloc)."""
        for at in range(index + 1, min(index + _REACH, len(self.tree))):
            if self.tree.is_verb(at):
                return None
            match = self.mentions.names.get(at)
            if match is not None and self.dictionaries.actors[match.name.actor].kind in ("alliance", "union", "organisation"):
                return self._named(at, index, [index], direct=True)
        return None

    def _transparent(self, index: int) -> bool:
        token = self.tree.tokens[index]
        return token.upos == "NUM" or (any(key in self.grammar.transparent for key in self.tree.keys[index]) and index not in self.mentions.names)

    def block(self, index: int) -> list[int]:
        """The tokens of a phrase without its clauses and what is joined to it, nearest to the head first."""
        if index not in self._blocks:
            self._blocks[index] = self._block(index)
        return self._blocks[index]

    def _block(self, index: int) -> list[int]:
        tree, queue = self.tree, [index]
        for at in queue:
            for child in tree.children[at]:
                relation = tree.relation(child)
                if relation == "obj" and tree.language.code == "ar" and any(key in self.grammar.owned for key in tree.keys[at]) and tree.cases[child]:
                    queue.append(child)  # حافلة مملوكة للحرس
                    continue
                if tree.tokens[child].relation in CLAUSAL or relation in ("conj", "cc", "punct", "case", "mark", "nsubj", "obj", "cop", "aux") or tree.tokens[child].upos == "VERB":
                    continue
                queue.append(child)
        return queue

    def _named(self, name: int, head: int, block: list[int], direct: bool) -> Actor:
        match = self.mentions.names[name]
        known = self.dictionaries.actors[match.name.actor]
        code = known.code_on(self.memory.day)
        if code[3:] == "MIL" and self.tree.language.code == "ar":
            # قوات الاحتلال اليابانية: of whom the adjective says, not of whom the phrase is mostly used.
            others = (self.mentions.names[i].name for i in self.tree.related(head, "amod") if i in self.mentions.names)
            code = next((other.actor for other in others if other.relation == "demonym"), code[:3]) + "MIL"
        role = ""
        if match.name.relation == "military-seat":
            role = "MIL"
        elif match.name.relation == "seat":
            role = "GOV"
        elif known.kind == "country" and direct and head in block:
            role = self._role_in([i for i in block if i not in self.mentions.names or i == head], head)
        seat = match.name.relation == "capital" and direct and not self.places.locative(head)
        tokens = [i for i in block if i not in self.mentions.names or self.mentions.names[i] is match or i == head]
        return self._actor(code + role, head, tokens, (known.place, match.name.place), seat=seat and not role, direct=direct)

    def _role(self, role_index: int, block: list[int], head: int | None = None) -> Actor:
        """An actor whose head (or title) is a role noun, with the country or body that its phrase names, else the context's."""
        head = role_index if head is None else head
        match = self.mentions.roles[role_index]
        role, places = match.value, [match.place]
        if role in _VAGUE or role == "COP":
            finer = self._role_in([i for i in block if not match.start <= i < match.end], head)
            # An officer in the army is no policeman.
            role = finer if finer and (finer not in _VAGUE if role in _VAGUE else finer == "MIL") else role
        foreign = self.context.foreign(block)
        name = self.owners.leader(block)
        if name is None:
            name = self._best_name([i for i in block if i not in range(match.start, match.end) or i in self.mentions.names])
        if role == "IGO" and name is not None and self.tree.language.code == "ar" and self.places.locative(name):
            return self._actor(role, head, block, tuple(places))  # المبعوث الأممي إلى ليبيا
        if name is not None and not (foreign and self.places.locative(name)):  # دبلوماسي أجنبي في بكين
            named = self.mentions.names[name]
            known = self.dictionaries.actors[named.name.actor]
            places += [known.place, named.name.place]
            code = known.code_on(self.memory.day)
            if known.kind in ("country", "region"):
                return self._actor((known.settlers if role == "SET" else code) + role, head, block, tuple(places))
            if known.kind in ("group", "party") or role not in _KEEPS_ROLE:
                return self._actor(code, head, block, tuple(places))
            return self._actor(code if code.endswith(role) else code + role, head, block, tuple(places))
        owner = self.owners.owner(role_index)
        if owner and (role in _DOMESTIC or role == "UAF") and not foreign:
            return self._actor(owner + role, head, block, tuple(places))
        body = self.owners.body(role_index, self.definite)
        if body is not None:
            return self._actor((body or UNKNOWN) + role, head, block, tuple(places))
        foreign = foreign or (role == "IGO" and self.tree.language.code == "ar")
        country = "" if foreign else self.owners.among(head) or self.context.country(head, role if self.definite(head) and role not in _VAGUE else "") if role in _DOMESTIC else self.context.near(head)
        country = self.dictionaries.actors[country].settlers if role == "SET" and country in self.dictionaries.actors else country
        prefix = country or (UNKNOWN if role in _DOMESTIC - {"CVL"} else "")
        return self._actor(prefix + role, head, block, tuple(places))

    def unnamed(self, index: int, role: str) -> Actor:
        """Those whom nothing but their act names (a demonstration breaks out): a role of the country that the context gives."""
        return self._actor(self.context.country(index) + role, index, [index], direct=False)

    def _role_in(self, block: list[int], head: int) -> str:
        for index in [head, *block]:
            match = self.mentions.roles.get(index)
            if match and (index == head or match.value not in ("CVL",)) and not self.places.locative(index):
                return match.value
        return ""

    def _best_name(self, block: list[int]) -> int | None:
        """The name in a phrase that owns its head: a demonym or possessor before a place that a preposition gives."""
        best, best_rank = None, (9, 9, 9)
        for order, index in enumerate(block):
            match = self.mentions.names.get(index)
            if match is None or self.ethnic(index) or self.owners.backer(index) or self.places.on_border(index) or self.dictionaries.actors[match.name.actor].kind == "region":
                continue
            rank = (3 if self.places.beside(index, block[0]) else 2 if self.places.locative(index) else 0, _LEVEL.get(match.name.relation, 1), order)
            if rank < best_rank:
                best, best_rank = index, rank
        return best

    def people(self, actor: Actor) -> bool:
        """Whether an actor with a bare country's code is told by a plural that is not the country's name (Algerians, Iraqi Kurds): people, not their state."""
        names = self.mentions.names
        return len(actor.code) == 3 and any(
            actor.start <= t.start < actor.end and t.upos in ("NOUN", "PROPN") and t.feature("Number") == "Plur" and (t.index not in names or names[t.index].name.relation in ("demonym", "people"))
            for t in self.tree.tokens
        )

    def ethnic(self, index: int) -> bool:
        """Whether a demonym tells descent, not state (ethnic Albanians)."""
        tree, ethnic = self.tree, self.grammar.ethnic
        if tree.language.code == "en" and tree.tokens[index].feature("Number") == "Plur" and self.mentions.names[index].name.relation in ("demonym", "people"):
            # The Albanians of Serbia.
            owners = [c for c in tree.related(index, "nmod") if c in self.mentions.names and tree.cases[c][:1] == ("of",)]
            if any(self.mentions.names[c].name.actor != self.mentions.names[index].name.actor for c in owners):
                return True
        return not ethnic.isdisjoint(tree.words) and any(key in ethnic for at in [index - 1, *tree.children[index]] if 0 <= at < len(tree) for key in tree.keys[at])

    def definite(self, index: int) -> bool:
        """Whether a noun has the article or a demonstrative."""
        token = self.tree.tokens[index]
        if self.tree.language.code == "ar":
            return token.text.startswith("ال") or bool(self.tree.related(index, "det"))
        return any(self.tree.keys[c][0] in ("the", "this", "that") for c in self.tree.related(index, "det"))

    def verb_agrees(self, verb: int, subject: int) -> bool:
        """Whether an Arabic verb can have a subject: gender of a single country or body, number of persons; what is not marked agrees."""
        tree = self.tree
        feminine, plural = tree.tokens[verb].feature("Gender") == "Fem", tree.tokens[verb].feature("Number") == "Plur"
        named = (
            subject in self.mentions.names and self.dictionaries.actors[self.mentions.names[subject].name.actor].kind == "country" and self.mentions.names[subject].name.relation in ("name", "capital")
        )
        if named:
            masculine = tree.keys[subject][0] in ("لبنان", "عراق", "سودان", "يمن", "اردن", "مغرب", "صومال", "فاتيكان")
            return not plural and (masculine or feminine)
        gender = tree.tokens[subject].feature("Gender") or ("Fem" if tree.tokens[subject].text.endswith("ة") else "")
        return not feminine or gender == "Fem" or tree.tokens[subject].feature("Number") == "Plur"

    def _actor(self, code: str, head: int, tokens: list[int], places: tuple[str, ...] = (), seat: bool = False, direct: bool = True) -> Actor:
        near = sorted(i for i in tokens if self.tree.tokens[i].upos != "PUNCT")
        run = [head]
        for step in (1, -1):
            at = head + step
            while at in near or (0 <= at < len(self.tree) and at + step in near and self.tree.tokens[at].upos in ("ADP", "DET", "PART", "PUNCT")):
                run.append(at)
                at += step
        start, end = self.tree.tokens[min(run)].start, self.tree.tokens[max(run)].end
        base = self.tree.sentence.start
        return Actor(code, self.tree.sentence.text[start - base : end - base], start, end, places, seat, direct)
