"""Who takes part in an act: its slots filled, then what the content, the article and the place give."""

from __future__ import annotations

from dataclasses import replace

from coders.actors import ActorResolver
from coders.attackers import Attackers
from coders.dyads import overlap, same_actor
from coders.event import UNKNOWN, Actor
from coders.meaning import Meaning
from coders.memory import Memory
from coders.slots import Slots
from coders.spelling import tanwin
from coders.tree import Tree
from coders.triggers import Trigger
from dictionaries import Dictionaries
from dictionaries.acts import Entry

# Acts that answer another's act: what was asked, proposed, demanded or alleged before is what they answer.
ANSWERS = frozenset({"refuse", "accede", "deny", "concur", "support", "praise", "veto"})
# What may be meant by "the request", "the accusation", "the offer": acts by the act that names them.
_REQUESTS = frozenset({"appeal", "demand", "invite", "give-ultimatum"})
ASKED = {
    **dict.fromkeys(_REQUESTS, _REQUESTS),
    "accuse": frozenset({"accuse", "criticise"}),
    "criticise": frozenset({"accuse", "criticise"}),
    "intend": frozenset({"intend", "appeal"}),
    "threaten": frozenset({"threaten", "warn", "give-ultimatum"}),
    "warn": frozenset({"threaten", "warn"}),
}


class Participants:
    """Finds the sources and targets of one sentence's acts."""

    def __init__(self, tree: Tree, triggers: dict[int, Trigger], slots: Slots, resolver: ActorResolver, dictionaries: Dictionaries, memory: Memory) -> None:
        self.tree, self.triggers, self.slots, self.resolver = tree, triggers, slots, resolver
        self.dictionaries, self.memory = dictionaries, memory
        self.attackers = Attackers(tree, triggers, slots, dictionaries, self.find)

    def find(self, meaning: Meaning, original: Meaning) -> tuple[list[Actor], list[Actor]]:
        """Source and target of a trigger, each filler used once; then what the content, the article and the place give."""
        entry, index = meaning.entry, meaning.index
        used: set[int] = {index}
        if meaning.content >= 0 and (meaning.inner is not None or (entry.noun and meaning.topic is not None)):
            used.add(meaning.content)
        if "between" in entry.source or "بين" in entry.source:
            both = [a for path in ("between", "بين") if path in entry.source for f in self.slots.fillers(index, path, entry.noun) for a in self.resolver.resolve_all(f)]
            if len(both) > 1:
                return both, both
        if self.unmarked_passive(index, entry):
            undergo = self.slots.subject(index) or self.tree.related(index, "obj")[:1]
            weapons = [f for f in undergo if self._weapon(f)]
            if weapons:
                # أصاب صاروخ إسرائيلي السيارة: the weapon does it, and whose it is.
                hit = [a for o in self.tree.related(index, "obj") if o not in weapons for a in self.resolver.resolve_all(o)]
                return [a for f in weapons for a in self.resolver.resolve_all(f)], hit
            victims = [a for f in undergo for a in self.resolver.resolve_all(f)] or ([] if undergo else self._dropped(index))
            agents = [a for f in self.slots.agent(index) for a in self.resolver.resolve_all(f)]
            return agents or self._attackers(meaning, victims), self._of_the_attacked(meaning, victims)
        if self._objectless(index, entry):
            accused = [a for f in self.slots.subject(index) for a in self.resolver.resolve_all(f)]
            speaker = self.memory.last_subject if not self.slots.agent(index) and index <= 1 else None
            doers = [a for f in self.slots.agent(index) for a in self.resolver.resolve_all(f)] or ([replace(speaker, text="", end=speaker.start)] if speaker else [])
            return [d for d in doers if not any(d.country == a.country for a in accused)], accused
        if entry.noun:
            agents = [a for f in self.slots.agent(index) if f not in used for a in self.resolver.resolve_all(f)]
            if agents:
                # With "by X" the possessor is the one done to: the shelling of the villages by Ethiopia.
                done_to = self._fill(("of", "poss", *entry.target), index, True, used, "target", meaning)
                return agents, done_to or self._undergoer(index, agents) or self._from_content(meaning, agents)
        order = ("target", "source") if entry.noun else ("source", "target")
        found: dict[str, list[Actor]] = {}
        for slot in order:
            found[slot] = self._fill(getattr(entry, slot), index, entry.noun, used, slot, meaning, found.get("source", []))
        sources, targets = found["source"], found["target"]
        if entry.noun and not sources and targets and "poss" not in entry.source:
            # A masdar whose possessor is the one done to, unless a preposition names that one: قصف إسرائيل لغزة.
            sources = self._fill(("poss",), index, True, used, "source", meaning)
        if entry.noun and not sources:
            light = self.slots.light_subject(index)
            sources = [a for f in light if f not in used for a in self.resolver.resolve_all(f)]
        if entry.noun and not sources and self.dictionaries.acts[entry.act].harms:
            sources = (self._attackers(meaning, targets) if self.tree.language.code == "ar" else []) or self.attackers.leading_to(index)
        if not sources and not entry.noun and not self.tree.passive(index) and "subj" in entry.source:
            told = meaning.inner is not None and self.tree.language.code == "en" and meaning.inner.index in self.slots.subject(index)
            # US attacks killed ten: who attacked killed them.
            sources = self.find(meaning.inner, meaning.inner)[0] if told and meaning.inner is not None else self._dropped(index)
        if (self.dictionaries.acts[entry.act].as_topic(None) or "").startswith("protest"):
            sources = [replace(s, code=s.code + "CVL") if s.country and self.resolver.people(s) else s for s in sources]
        if not sources and self.dictionaries.acts[entry.act].harms and not entry.noun and self.tree.language.code == "ar":
            sources = [a for f in self.slots.agent(index) if f not in used for a in self.resolver.resolve_all(f)]
        if not sources and self.tree.passive(index) and self.dictionaries.acts[entry.act].harms:
            sources = self._attackers(meaning, targets)
        if not targets and entry.noun:
            targets = self._undergoer(index, sources, harmed=self.dictionaries.acts[entry.act].harms)
        if all(t.code == UNKNOWN for t in targets):
            targets = self._from_content(meaning, sources) or targets
        if not targets and entry.act == "visit" and self.memory.country and sources and sources[0].country != self.memory.country:
            # A visit without destination is one to the place of the article.
            targets = [replace(sources[0], code=self.memory.country, text="", end=sources[0].start, places=())]
        sources = self._apart(sources, targets)
        return sources, self._of_the_attacked(meaning, self._others(targets, sources))

    def _of_the_attacked(self, meaning: Meaning, victims: list[Actor]) -> list[Actor]:
        inner = meaning.inner
        harmed = victims and inner is not None and self.tree.language.code == "ar" and self.dictionaries.acts[meaning.act].harms
        return self.attackers.of_the_attacked(victims, self.find(inner, inner)[1]) if harmed and inner is not None else victims

    def _others(self, targets: list[Actor], sources: list[Actor]) -> list[Actor]:
        """A pronoun beside a verb is never its subject: where it seems to be, it stands for the last other actor before it (... الهند ... سريلانكا وقد منحتها)."""
        if len(sources) != 1 or len(targets) != 1 or not same_actor(sources[0], targets[0]) or sources[0].country != targets[0].country:
            return targets
        at = next((t.index for t in self.tree.tokens if t.start == targets[0].start and t.end == targets[0].end and t.upos == "PRON"), None)
        if at is None or self.tree.relation(at) in ("nmod", "det") or any(case in self.slots.grammar.reflexive for case in self.tree.cases[at]):
            return targets
        names = self.resolver.mentions.names
        for other in sorted((i for i in names if i < at), reverse=True):
            actor = self.resolver.resolve(other)
            if actor is not None and actor.country and actor.country != sources[0].country:
                token = self.tree.tokens[at]
                return [replace(actor, text=token.text, start=token.start, end=token.end, direct=False)]
        return targets

    def unmarked_passive(self, index: int, entry: Entry) -> bool:
        """An Arabic verb of harm with one noun phrase: its vowels, which the text does not show, make it passive (قتل جندي).

        The parser calls that phrase subject or object; an object after a subject of the clause before it stays one, and so does a pronoun.
        """
        tree = self.tree
        if entry.noun or tree.language.code != "ar" or not self.dictionaries.acts[entry.act].harms or entry.target[:1] != ("obj",) or tree.passive(index):
            return False
        objects = [o for o in tree.related(index, "obj", "iobj") if not tree.cases[o]]
        if not objects and self.slots.agent(index):
            return True  # خطفوا على أيدي مسلحين
        if not objects:
            plural = tree.tokens[index].text.endswith("وا") or tree.tokens[index].feature("Number") == "Plur"
            said = tree.relation(index) == "acl" and tree.head(index) == index - 1 and tanwin(tree.tokens[index - 1])  # إن جنديا قتل
            return said or bool(tree.related(index, "nsubj")) or (plural and tree.relation(index) in ("acl", "root", "ccomp", "parataxis"))
        bare = [o for o in objects if not tree.cases[o]]
        singular = tree.tokens[index].feature("Number") != "Plur" and tree.tokens[index].feature("Gender") != "Fem"
        return singular and len(bare) == len(objects) and all(tree.tokens[o].upos != "PRON" for o in bare) and not self.slots.subject(index)

    def _weapon(self, index: int) -> bool:
        topic = self.resolver.mentions.topics.get(index)
        return topic is not None and topic.value.startswith("force") and index not in self.resolver.mentions.roles

    def _attackers(self, meaning: Meaning, victims: list[Actor]) -> list[Actor]:
        """Whose attack killed or hurt those who were: "killed in an Israeli raid", or when the army shelled the town."""
        inner = meaning.inner
        doers: list[Actor] = []
        if inner is not None and inner.entry.noun and (self.dictionaries.acts[inner.act].as_topic(inner.topic) or "").startswith(("force", "violence")):
            doers, others = self.find(inner, inner)
            if not doers and inner.entry.reciprocal:
                doers = others  # killed in clashes with X
        doers = doers or self.attackers.at_the_time(meaning.index)
        return [d for d in doers if d.country and not any(same_actor(d, v) for v in victims)]

    def _objectless(self, index: int, entry: Entry) -> bool:
        """An Arabic verb whose object is never left out, with a subject and no object: passive, or the "subject" is the object and the doer was named before."""
        tree = self.tree
        if entry.noun or tree.language.code != "ar" or tree.passive(index) or not any(key in self.slots.grammar.transitive for key in tree.verb_keys(index)):
            return False
        subjects = [s for s in tree.related(index, "nsubj") if s > index]
        return len(subjects) == 1 and all(tree.cases[o] for o in tree.related(index, "obj", "iobj")) and bool(tree.related(index, "obj", "obl", "ccomp", "advcl"))

    def _fill(self, paths: tuple[str, ...], index: int, noun: bool, used: set[int], slot: str, meaning: Meaning, but: list[Actor] | None = None) -> list[Actor]:
        for path in paths:
            for filler in self.slots.fillers(index, path, noun):
                names = self.resolver.mentions.names
                if filler in used or (filler in names and any(names.get(u) is names[filler] for u in used)) or (self.tree.is_verb(filler) and filler not in names):
                    continue
                if slot == "source" and path == "من" and filler not in names and any(key in self.resolver.grammar.lands for key in self.tree.keys[filler]):
                    continue  # انطلقت تظاهرة من مدينة ...: where it set out from
                if slot == "target" and path == "poss" and "poss" in meaning.entry.source and not self._place_name(filler):
                    continue  # زيارة القاهرة is a visit to Cairo, زيارة الوزير the minister's
                if filler == meaning.content and slot == "target" and (filler in self.triggers or filler in self.resolver.mentions.topics):
                    continue
                actors = self.resolver.resolve_all(filler)
                if but and path == "من" and all(any(a.country == b.country for b in but) for a in actors):
                    continue  # انسحبت القوات الفرنسية من قواعدها في مالي
                if actors and (slot != "source" or path != "poss" or actors[0].direct):
                    used.add(filler)
                    return actors
        return []

    def against(self, meaning: Meaning, doer: int) -> list[Actor]:
        """Those at whom an entry's own prepositions point in a verb's clause (marched on the embassy); none inside the doer's own phrase."""
        return self._fill(meaning.entry.target, meaning.index, False, {meaning.index, *self.tree.subtree(doer)}, "target", meaning)

    def _place_name(self, index: int) -> bool:
        match = self.resolver.mentions.names.get(index)
        return match is not None and match.name.relation in ("name", "capital", "city") and self.dictionaries.actors[match.name.actor].kind == "country"

    def _dropped(self, index: int) -> list[Actor]:
        """The subject that an Arabic verb leaves out: one put before it (أما روسيا فرفضت), the last subject, or who was spoken of last."""
        tree = self.tree
        if tree.language.code != "ar" or self.slots.subject(index) or tree.relation(index) == "acl":
            return []
        token = tree.tokens[index]
        below = set(tree.subtree(index))
        candidates = [i for i in range(index - 1, -1, -1) if i not in below and tree.relation(i) == "nsubj" and tree.tokens[i].upos != "PRON"]
        candidates += [i for i in range(min(index, 4)) if i in self.resolver.mentions.names and not tree.cases[i]]
        candidates += [i for i in below if i < index and i in self.resolver.mentions.names and not tree.cases[i]]
        for candidate in candidates:
            actor = self.resolver.resolve(candidate)
            if actor is not None and actor.direct and self.resolver.verb_agrees(index, candidate):
                return [replace(actor, text=token.text, start=token.start, end=token.end)]
        speaker = self.memory.last_subject
        return [replace(speaker, text=token.text, start=token.start, end=token.end)] if speaker else []

    def _apart(self, sources: list[Actor], targets: list[Actor]) -> list[Actor]:
        """A source that only a pronoun gives and that is the target too stands for somebody else, if anybody."""
        if len(sources) != 1 or len(targets) != 1 or not same_actor(sources[0], targets[0]):
            return sources
        at = next((t.index for t in self.tree.tokens if t.start == sources[0].start and t.upos == "PRON" and t.end == sources[0].end), None)
        other = self.resolver.references.pronoun(at, targets) if at is not None else None
        return [other] if other is not None else sources

    def _from_content(self, meaning: Meaning, sources: list[Actor]) -> list[Actor]:
        """The target that the content names: the doer of what one answers, asks or alleges, else the one whom it concerns."""
        act = self.dictionaries.acts[meaning.act]
        inner = meaning.inner
        targets: list[Actor] = []
        if inner is not None:
            doers, done_to = self.find(inner, inner)
            deeper = inner
            while not doers and deeper.inner is not None and (act.reacts or act.control == "object"):
                # "demanded an end to the attacks of X": X is to end them.
                deeper = deeper.inner
                doers, below = self.find(deeper, deeper)
                done_to = done_to if doers else done_to or below
            doers = [d for d in doers if not any(same_actor(d, s) for s in sources)]
            done_to = [d for d in done_to if not any(same_actor(d, s) for s in sources)]
            if not doers and inner.act == "withdraw" and inner.content >= 0 and self.tree.language.code == "ar":
                doers = [d for d in self.resolver.resolve_all(inner.content) if d.country and not any(same_actor(d, s) for s in sources)]  # سحب القوات الروسية من ...
            if not doers and inner.act == "release":
                doers = [d for d in self._holders(inner, done_to) if not any(same_actor(d, s) for s in sources)]
            if not doers and meaning.act == "accuse" and not meaning.entry.noun and any(o != meaning.content for o in self.tree.related(meaning.index, "obj")):
                return []  # accused "the group" of passing information to rebels: it is not the rebels who are accused
            answers = act.reacts or act.control == "object" or (meaning.act in ANSWERS and inner.act in ASKED)
            if not doers and act.as_topic(None) == "criticism" and _is_violent(self.dictionaries.acts[inner.act].as_topic(inner.topic)):
                return []  # who condemns an attack on a mosque condemns whoever attacked it, named or not
            targets = (doers or done_to) if answers else (done_to or doers)
        elif meaning.content in self.triggers and self.triggers[meaning.content].noun:
            # The content counts as a topic, and still has its own other end: provide [aid to refugees].
            topical = self.triggers[meaning.content].entries[0]
            if act.as_topic(None) == "criticism" and _is_violent(self.dictionaries.acts[topical.act].as_topic(topical.topic)):
                return []
            targets = [t for t in self._fill(topical.target, meaning.content, True, {meaning.index}, "target", meaning) if not any(same_actor(t, s) for s in sources)]
        if not targets and meaning.act in ANSWERS:
            targets = self._asked_before(meaning, sources)
        if not targets and meaning.content >= 0:
            row = self.dictionaries.composition.find(meaning.act, meaning.topic)
            if meaning.act == "state":
                return []  # it is made to somebody, not about whoever its words name
            targets = self.concerned(meaning.content, sources, act.needs != "target" or act.reacts, self.tree.language.code == "ar" and row is not None and row[0] >= "18")
        if not targets and act.control == "object" and (meaning.topic or "").startswith("reform") and self.tree.language.code == "en":
            targets = self.place(meaning.index, sources)  # demanded reform in Cuba
        return targets

    def _undergoer(self, index: int, sources: list[Actor], harmed: bool = False) -> list[Actor]:
        """The subject of a verb under which a noun's act is done to it (faced criticism from X, received assurances from X)."""
        tree = self.tree
        verb = tree.head(index)
        if (
            not (sources or (harmed and tree.language.code == "ar"))
            or verb < 0
            or tree.passive(verb)
            or tree.relation(index) not in ("obj", "obl")
            or not any(key in self.slots.grammar.undergo for key in tree.verb_keys(verb))
        ):
            return []
        return [a for s in self.slots.subject(verb) for a in self.resolver.resolve_all(s) if not any(same_actor(a, other) for other in sources)]

    def _holders(self, release: Meaning, freed: list[Actor]) -> list[Actor]:
        """Who holds those whose release is asked for: "demanded the release of fishermen detained by India"."""
        starts = {f.start for f in freed}
        return [
            actor
            for at in self.tree.subtree(release.index)
            if at in self.triggers and not self.triggers[at].noun and self.tree.relation(at) == "acl" and self.triggers[at].entries[0].act in ("arrest", "abduct")
            for agent in (self.slots.agent(at) if self.tree.passive(at) or not self.tree.related(at, "nsubj") else self.slots.subject(at))
            for actor in self.resolver.resolve_all(agent)
            if actor.start not in starts
        ]

    def _asked_before(self, meaning: Meaning, sources: list[Actor]) -> list[Actor]:
        """Whose appeal is refused or granted when the text only says "the request": the article told it before.

        A bare definite noun without an act of its own ("condemned the decision") means what somebody else did last.
        """
        inner = meaning.inner
        if inner is not None:
            acts = ASKED.get(inner.act, frozenset())
        elif meaning.content >= 0 and self.resolver.definite(meaning.content) and not self.tree.related(meaning.content, "nmod", "acl", "amod", "obl"):
            acts = None
        else:
            return []
        earlier = self.memory.earlier(acts, sources)
        return [earlier] if earlier else []

    def concerned(self, content: int, sources: list[Actor], placed: bool, stateless: bool = False) -> list[Actor]:
        """The first actor inside a content phrase that is not the source; one that a preposition gives as the place comes last, if `placed` lets it in, and after it, if `stateless`, people of whom no country is told."""
        places: list[Actor] = []
        people: list[Actor] = []
        for at in sorted(self.tree.subtree(content)):
            if self.resolver.places.on_border(at):
                continue
            if at not in self.resolver.mentions.names and not (at in self.resolver.mentions.roles and self.tree.relation(at) in ("nmod", "obj", "obl", "nsubj")):
                continue
            actor = self.resolver.resolve(at)
            own = (at == content or self.tree.tokens[content].upos == "NUM") and any(actor is not None and actor.country == s.country for s in sources)
            if stateless and actor is not None and not actor.country and len(actor.code) > 3 and not any(overlap(actor, s) for s in sources):
                people.append(actor)
            if actor is None or not actor.country or own or any(same_actor(actor, s) or overlap(actor, s) for s in sources):
                continue
            if self.resolver.places.locative(at):
                places.append(actor)
            else:
                return [actor]
        return (places[:1] if placed else []) or people[:1]

    def place(self, index: int, sources: list[Actor]) -> list[Actor]:
        """The country that a preposition of place, or a border "with" it, gives in the phrase or clause of a word."""
        tree = self.tree
        verb = next((a for a in [index, *tree.ancestors(index)] if tree.is_verb(a)), index)
        for at in [*tree.subtree(index, clauses=False), *tree.subtree(verb, clauses=False)]:
            if tree.language.code == "en" and (tree.cases[at][:1] == ("from",) or self.resolver.places.on_border(at)):
                continue  # where the fire came from is not where it fell, nor is what lies beyond the border
            in_land = tree.language.code == "en" and tree.is_verb(index) and self.resolver.places.in_land(at)
            if at in self.resolver.mentions.names and (in_land or self.resolver.places.locative(at) or (tree.cases[at][:1] and tree.cases[at][0] in tree.language.grammar.comitative)):
                actor = self.resolver.resolve(at)
                if actor is not None and actor.country in self.dictionaries.actors and all(actor.country != (s.code if tree.language.code == "ar" else s.country) for s in sources):
                    return [replace(actor, code=actor.country, seat=False, direct=False)]
        return []

    def speaker(self, index: int) -> list[Actor]:
        """Who says what a token stands in, as a list of one or none."""
        speaker = self.resolver.references.speaker(index)
        return [speaker] if speaker else []


def _is_violent(topic: str | None) -> bool:
    return (topic or "").startswith(("force", "violence", "atrocity"))
