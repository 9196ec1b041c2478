"""The events of one sentence: triggers to meanings, meanings to codes, slots to actors."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coders.actors import ActorResolver
from coders.event import UNKNOWN, Actor, Evidence
from coders.meaning import Meaning, MeaningReader
from coders.memory import Memory
from coders.mentions import Mentions
from coders.realis import Realis, RealisReader
from coders.slots import Slots
from coders.tree import Tree
from coders.triggers import Trigger
from dictionaries import Dictionaries
from dictionaries.acts import Entry

# Acts that answer another's act: what was asked, proposed, demanded or alleged before is what they answer.
_ANSWERS = frozenset({"refuse", "accede", "deny", "concur", "support", "praise", "veto"})
# What may be meant by "the request", "the accusation", "the offer": acts by the act that names them.
_REQUESTS = frozenset({"appeal", "demand", "invite", "give-ultimatum"})
_ASKED = {**dict.fromkeys(_REQUESTS, _REQUESTS), "accuse": frozenset({"accuse", "criticise"}), "criticise": frozenset({"accuse", "criticise"}),
          "intend": frozenset({"intend", "appeal"}), "threaten": frozenset({"threaten", "warn", "give-ultimatum"}), "warn": frozenset({"threaten", "warn"})}
# What two or more agree on among themselves.
_MUTUAL = ("cooperation", "meeting", "negotiation", "agreement", "settlement", "deescalation.ceasefire", "relations", "normalisation")
# From this root on the code says force or coercion: a capital is a place there, and the victim may be all that is told.
_MATERIAL_CONFLICT = "17"
_TARGET_ALONE = frozenset({"17", "18", "19", "20"})
_MOST_ACTORS = 4


@dataclass(frozen=True, slots=True)
class Coded:
    """One event before it has an id."""

    code: str
    source: Actor | None
    target: Actor | None
    trigger: int
    meaning: Meaning
    evidence: Evidence


class Assembler:
    """Codes one sentence."""

    def __init__(self, tree: Tree, triggers: dict[int, Trigger], mentions: Mentions, dictionaries: Dictionaries, memory: Memory) -> None:
        self.tree, self.triggers, self.dictionaries, self.memory = tree, triggers, dictionaries, memory
        self.resolver = ActorResolver(tree, mentions, dictionaries, memory)
        self.slots = Slots(tree, triggers, self.resolver)
        self.slots.object_control = frozenset(name for name, act in dictionaries.acts.items() if act.control == "object")
        self.reader = MeaningReader(tree, triggers, self.slots, mentions, dictionaries)
        self.realis = RealisReader(tree, triggers, self.slots, self.reader)

    def events(self) -> list[Coded]:
        """The events of the sentence, those nearer to the root first."""
        held: set[int] = set()
        coded: list[Coded] = []
        for index in sorted(self.triggers, key=self._depth):
            if index in held:
                continue
            status = self.realis.status(index)
            for entry in self.triggers[index].entries:
                meaning = self.reader.read(index, entry)
                if status is Realis.UNREAL:
                    held |= self._held(meaning, always=True)
                    break
                changed = self._alleged(meaning) or self._changed(meaning, status)
                if changed is None:
                    continue
                found = self._code(changed, meaning)
                if found or self.dictionaries.composition.find(changed.act, changed.topic):
                    held |= self._held(changed)
                if found:
                    coded += found
                    break
        return _distinct(coded)

    def _depth(self, index: int) -> tuple[int, int]:
        return sum(1 for _ in self.tree.ancestors(index)), index

    def _held(self, meaning: Meaning, always: bool = False) -> set[int]:
        """The triggers inside a content that did not happen: they are no events of their own."""
        acts = self.dictionaries.acts
        held: set[int] = set()
        if meaning.content >= 0 and (always or not acts[meaning.act].realis or meaning.inner is not None):
            inside = self._said(meaning.content)
            above = {meaning.index, *self.tree.ancestors(meaning.index)}
            held |= {i for i in self.triggers if i in inside and i not in above}
        if meaning.inner is not None:
            held.add(meaning.inner.index)
        return held

    def _said(self, content: int) -> set[int]:
        """The tokens of a content without the finite relative and adverbial clauses in it, which tell facts (the attack that killed five)."""
        inside, queue = set(), [content]
        for at in queue:
            inside.add(at)
            queue += [c for c in self.tree.children[at] if not self._tells_fact(c)]
        return inside

    def _tells_fact(self, index: int) -> bool:
        tree = self.tree
        if not tree.is_verb(index) or tree.relation(index) not in ("acl", "advcl", "parataxis"):
            return False
        token = tree.tokens[index]
        if tree.language.code == "ar":
            return token.feature("Aspect") == "Perf"
        return token.feature("VerbForm") == "Fin" or tree.tokens[index].relation in ("acl:relcl", "parataxis") or any(tree.relation(c) == "aux" for c in tree.children[index])

    def _changed(self, meaning: Meaning, status: Realis) -> Meaning | None:
        """The meaning under its status: what will be is intended, what will not be is refused."""
        acts = self.dictionaries.acts
        if status is Realis.ASSERTED:
            return meaning
        topic = acts[meaning.act].as_topic(meaning.topic)
        if status is Realis.REFUSED:
            if meaning.act in ("refuse", "deny", "accuse", "criticise", "threaten"):
                return None
            return replace(meaning, act="refuse", topic=topic)
        if status is Realis.DEMANDED:
            return replace(meaning, act="appeal", topic=topic) if topic else None
        if meaning.act in ("refuse", "threaten", "intend", "warn", "deny"):
            return meaning
        return replace(meaning, act="will", topic=topic) if topic else None

    def _alleged(self, meaning: Meaning) -> Meaning | None:
        """An evaluating word (aggression) in what somebody says of another is the speaker's accusation."""
        alleges = self.dictionaries.acts[meaning.act].alleges
        if alleges is None or not self.resolver.speaks(meaning.index):
            return None
        return replace(meaning, act=alleges, topic=self.dictionaries.acts[meaning.act].as_topic(meaning.topic))

    def _code(self, meaning: Meaning, original: Meaning) -> list[Coded]:
        composition, acts = self.dictionaries.composition, self.dictionaries.acts
        meaning = self._recalled(meaning)
        act, entry = acts[meaning.act], meaning.entry
        row = composition.find(meaning.act, meaning.topic)
        if row is None:
            return []
        code, place = row
        if (entry.needs or act.needs) == "topic" and not composition.names(meaning.act, meaning.topic or "") and meaning.act == entry.act:
            return []
        if entry.needs == "content" and meaning.content < 0:
            return []
        sources, targets = self._participants(meaning, original)
        if meaning.act != original.act and (meaning.act == "appeal" or meaning.act == acts[original.act].alleges):
            # "X said that Y must ...", "X spoke of Y's aggression": the speaker asks it of, or alleges it against, the one who acts.
            sources, targets = self._speaker(meaning.index), sources
        if acts[entry.act].alleges and not sources and meaning.act == entry.act:
            return []
        mutual = entry.reciprocal or (meaning.act in ("intend", "will") and (meaning.topic or "").startswith(_MUTUAL))
        if mutual and len(sources) > 1 and (not targets or not self._with_whom(entry, meaning)):
            targets = sources
        targets = [t for t in targets if t.code != UNKNOWN or t.direct]
        if not targets and (code[:2] >= "18" or code[:2] == "15"):
            # Violence of which only the place is told is done to the country of the place.
            targets = self._place(meaning.index, sources)
        if not self._licensed(meaning, code, sources, targets):
            return []
        if not self._enough(code, sources, targets, "target" if "target" in (entry.needs, act.needs) else entry.needs, entry.noun, meaning):
            return []
        by_source = self._by_source(code, sources)
        if by_source is None:
            return []
        code = by_source
        if code[:2] < _MATERIAL_CONFLICT:
            sources, targets = [_seated(a) for a in sources], [_seated(a) for a in targets]
        for source in sources or [None]:
            others = [t for t in targets if source is None or not _same(source, t)]
            self.memory.act(meaning.act, meaning.topic, source, others[0] if others else None)
        entries = tuple(dict.fromkeys([*meaning.places, place, *(p for a in [*sources, *targets] for p in a.places)]))
        confidence = self._confidence(meaning, sources, targets)
        stack = meaning.stack if meaning.act == original.act else f"{meaning.act}({original.stack})"
        evidence = Evidence(stack, entries, confidence)
        pairs = [(s, t) for s in (sources or [None])[:_MOST_ACTORS] for t in (targets or [None])[:_MOST_ACTORS] if s is None or t is None or not (_same(s, t) or _overlap(s, t))]
        if not pairs and sources and not (entry.needs or act.needs) == "target" and code[:2] < _MATERIAL_CONFLICT:
            pairs = [(s, None) for s in sources[:_MOST_ACTORS]]
        if entry.reciprocal and meaning.act == entry.act:
            pairs += [(t, s) for s, t in pairs if s is not None and t is not None and not t.code.startswith(UNKNOWN) and (t, s) not in pairs]
        return [Coded(code, s, t, meaning.index, meaning, evidence) for s, t in pairs]

    def _with_whom(self, entry: Entry, meaning: Meaning) -> bool:
        """Whether a mutual act names its partner under "with" (or against), not only a place."""
        grammar = self.tree.language.grammar
        return any(self.slots.fillers(meaning.index, path, entry.noun) for path in entry.target if path in grammar.comitative)

    def _recalled(self, meaning: Meaning) -> Meaning:
        """ "The request" of which nothing more is said has the topic of the request that the article told before."""
        inner = meaning.inner
        if meaning.act not in _ANSWERS or inner is None or inner.act not in _ASKED or meaning.topic is not None:
            return meaning
        topic = self.memory.earlier_topic(_ASKED[inner.act])
        return replace(meaning, topic=topic, inner=replace(inner, topic=topic)) if topic else meaning

    def _participants(self, meaning: Meaning, original: Meaning) -> tuple[list[Actor], list[Actor]]:
        """Source and target of a trigger, each filler used once; then what the content, the article and the place give."""
        entry, index = meaning.entry, meaning.index
        used: set[int] = {index}
        if meaning.content >= 0 and (meaning.inner is not None or (entry.noun and meaning.topic is not None)):
            used.add(meaning.content)
        if "between" in entry.source or "بين" in entry.source:
            both = [a for path in ("between", "بين") if path in entry.source for f in self.slots.fillers(index, path, entry.noun) for a in self.resolver.resolve_all(f)]
            if len(both) > 1:
                return both, both
        if not entry.noun and self._unmarked_passive(index, entry):
            victims = [a for f in self.slots.subject(index) for a in self.resolver.resolve_all(f)]
            return [a for f in self.slots.agent(index) for a in self.resolver.resolve_all(f)], victims
        if entry.noun:
            agents = [a for f in self.slots.agent(index) if f not in used for a in self.resolver.resolve_all(f)]
            if agents:
                # With "by X" the possessor is the one done to: the shelling of the villages by Ethiopia.
                done_to = self._fill(("of", "poss", *entry.target), index, True, used, "target", meaning)
                return agents, done_to or self._from_content(meaning, agents)
        order = ("target", "source") if entry.noun else ("source", "target")
        found: dict[str, list[Actor]] = {}
        for slot in order:
            found[slot] = self._fill(getattr(entry, slot), index, entry.noun, used, slot, meaning)
        sources, targets = found["source"], found["target"]
        if entry.noun and not sources and targets and "poss" not in entry.source:
            # A masdar whose possessor is the one done to, unless a preposition names that one: قصف إسرائيل لغزة.
            sources = self._fill(("poss",), index, True, used, "source", meaning)
        if entry.noun and not sources:
            light = self.slots.light_subject(index)
            sources = [a for f in light if f not in used for a in self.resolver.resolve_all(f)]
        if not sources and not entry.noun and not self.tree.passive(index) and "subj" in entry.source:
            sources = self._dropped(index)
        if not targets:
            targets = self._from_content(meaning, sources)
        if not targets and entry.act == "visit" and self.memory.country and sources and sources[0].country != self.memory.country:
            # A visit without destination is one to the place of the article.
            targets = [replace(sources[0], code=self.memory.country, text="", end=sources[0].start, places=())]
        return self._apart(sources, targets), targets

    def _apart(self, sources: list[Actor], targets: list[Actor]) -> list[Actor]:
        """A source that only a pronoun gives and that is the target too stands for somebody else, if anybody."""
        if len(sources) != 1 or len(targets) != 1 or not _same(sources[0], targets[0]):
            return sources
        at = next((t.index for t in self.tree.tokens if t.start == sources[0].start and t.upos == "PRON" and t.end == sources[0].end), None)
        other = self.resolver.pronoun(at, targets) if at is not None else None
        return [other] if other is not None else sources

    def _unmarked_passive(self, index: int, entry: Entry) -> bool:
        """An Arabic verb of harm with a subject and no object: its vowels, which the text does not show, make it passive (قتل جندي)."""
        tree = self.tree
        return (
            tree.language.code == "ar"
            and self.dictionaries.acts[entry.act].harms
            and entry.target[:1] == ("obj",)
            and not tree.passive(index)
            and bool(tree.related(index, "nsubj"))
            and not tree.related(index, "obj", "iobj")
        )

    def _fill(self, paths: tuple[str, ...], index: int, noun: bool, used: set[int], slot: str, meaning: Meaning) -> list[Actor]:
        for path in paths:
            for filler in self.slots.fillers(index, path, noun):
                if filler in used or self.tree.is_verb(filler) and filler not in self.resolver.mentions.names:
                    continue
                if filler == meaning.content and slot == "target" and (filler in self.triggers or filler in self.resolver.mentions.topics):
                    continue
                actors = self.resolver.resolve_all(filler)
                if actors and (slot != "source" or path != "poss" or actors[0].direct):
                    used.add(filler)
                    return actors
        return []

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

    def _from_content(self, meaning: Meaning, sources: list[Actor]) -> list[Actor]:
        """The target that the content names: the doer of what one answers, asks or alleges, else the one whom it concerns."""
        act = self.dictionaries.acts[meaning.act]
        inner = meaning.inner
        targets: list[Actor] = []
        if inner is not None:
            doers, done_to = self._participants(inner, inner)
            deeper = inner
            while not doers and deeper.inner is not None and (act.reacts or act.control == "object"):
                # "demanded an end to the attacks of X": X is to end them.
                deeper = deeper.inner
                doers, below = self._participants(deeper, deeper)
                done_to = done_to if doers else done_to or below
            doers = [d for d in doers if not any(_same(d, s) for s in sources)]
            done_to = [d for d in done_to if not any(_same(d, s) for s in sources)]
            answers = act.reacts or act.control == "object"
            targets = (doers or done_to) if answers else (done_to or doers)
        if not targets and meaning.act in _ANSWERS:
            targets = self._asked_before(meaning, sources)
        if not targets and meaning.content >= 0:
            targets = self._concerned(meaning.content, sources)
        return targets

    def _asked_before(self, meaning: Meaning, sources: list[Actor]) -> list[Actor]:
        """Whose appeal is refused or granted when the text only says "the request": the article told it before.

        A bare definite noun without an act of its own ("condemned the decision") means what somebody else did last.
        """
        inner = meaning.inner
        if inner is not None:
            acts = _ASKED.get(inner.act, frozenset())
        elif meaning.content >= 0 and self.resolver.definite(meaning.content) and not self.tree.related(meaning.content, "nmod", "acl", "amod", "obl"):
            acts = None
        else:
            return []
        earlier = self.memory.earlier(acts, sources)
        return [earlier] if earlier else []

    def _concerned(self, content: int, sources: list[Actor]) -> list[Actor]:
        """The first actor inside a content phrase that is not the source; one that a preposition gives as the place comes last."""
        places: list[Actor] = []
        for at in sorted(self.tree.subtree(content)):
            if at not in self.resolver.mentions.names and not (at in self.resolver.mentions.roles and self.tree.relation(at) in ("nmod", "obj", "obl", "nsubj")):
                continue
            actor = self.resolver.resolve(at)
            own = at == content and any(actor is not None and actor.country == s.country for s in sources)
            if actor is None or not actor.country or own or any(_same(actor, s) for s in sources):
                continue
            if self.resolver.locative(at):
                places.append(actor)
            else:
                return [actor]
        return places[:1]

    def _place(self, index: int, sources: list[Actor]) -> list[Actor]:
        """The country that a preposition of place, or a border "with" it, gives in the phrase or clause of a word."""
        tree = self.tree
        verb = next((a for a in [index, *tree.ancestors(index)] if tree.is_verb(a)), index)
        for at in [*tree.subtree(index, clauses=False), *tree.subtree(verb, clauses=False)]:
            if at in self.resolver.mentions.names and (self.resolver.locative(at) or tree.cases[at][:1] and tree.cases[at][0] in tree.language.grammar.comitative):
                actor = self.resolver.resolve(at)
                if actor is not None and actor.country in self.dictionaries.actors and all(actor.country != s.country for s in sources):
                    return [replace(actor, code=actor.country, seat=False, direct=False)]
        return []

    def _speaker(self, index: int) -> list[Actor]:
        speaker = self.resolver.speaker(index)
        return [speaker] if speaker else []

    def _licensed(self, meaning: Meaning, code: str, sources: list[Actor], targets: list[Actor]) -> bool:
        """What a word needs beyond its participants to tell an event.

        A noun that no verb carries tells one with doer and other end (or content); force that something inanimate does (an earthquake
        killed ten) tells none; a statement is one to somebody abroad.
        """
        entry, index = meaning.entry, meaning.index
        if entry.noun and self.slots.light_verb(index) < 0:
            if code[:2] < _MATERIAL_CONFLICT and not (sources and (targets or meaning.content >= 0)):
                return False
            if entry.reciprocal and not (sources and targets):
                return False
        if code[:2] >= _MATERIAL_CONFLICT and not sources and not entry.noun and not self.tree.passive(index) and "subj" in entry.source:
            subjects = self.slots.subject(index)
            if subjects and not any(self._violent(s) for s in subjects):
                return False
        if meaning.act == "state":
            return bool(sources and targets) and sources[0].country != targets[0].country and bool(targets[0].country)
        return True

    def _violent(self, subject: int) -> bool:
        """Whether a subject is an act of force or a weapon, or the phrase names one."""
        tree, topics = self.tree, self.resolver.mentions.topics
        if tree.tokens[subject].upos == "PRON":
            return True
        for at in tree.subtree(subject, clauses=False):
            trigger, topic = self.triggers.get(at), topics.get(at)
            if topic is not None and topic.value.startswith(("force", "violence", "wmd", "nuclear", "atrocity")):
                return True
            if trigger is not None and trigger.noun:
                becomes = self.dictionaries.acts[trigger.entries[0].act].as_topic(trigger.entries[0].topic) or ""
                if becomes.startswith(("force", "violence", "wmd", "nuclear", "atrocity", "blockade", "repression")):
                    return True
        return False

    def _enough(self, code: str, sources: list[Actor], targets: list[Actor], needs: str | None, noun: bool, meaning: Meaning) -> bool:
        """Whether the participants suffice for an event: somebody known, and a doer unless force says it all."""
        known = any(not a.code.startswith(UNKNOWN) or len(a.code) > 3 for a in [*sources, *targets])
        if not known or (needs == "target" and not targets) or (needs == "source" and not sources):
            return False
        if code[:2] in _TARGET_ALONE:
            return bool(targets) or (bool(sources) and sources[0].direct and not noun)
        return bool(sources)

    def _by_source(self, code: str, sources: list[Actor]) -> str | None:
        """The code for this kind of source (cameo/by_source.yaml): a killing by an army is military force. None: no event."""
        for source in sources:
            role = source.code[3:6] or ("state" if source.country and self.dictionaries.actors.get(source.code) else source.code)
            table = self.dictionaries.composition.by_source
            if (code, role) in table:
                return table[code, role]
        return code

    def _confidence(self, meaning: Meaning, sources: list[Actor], targets: list[Actor]) -> float:
        """A rough trust: each end that was found in a roundabout way costs a fifth, each that is missing three tenths."""
        trust = 1.0
        for actors in (sources, targets):
            trust *= 0.7 if not actors else 0.8 if not actors[0].direct or actors[0].code.startswith(UNKNOWN) else 1.0
        return round(trust * (0.9 if meaning.entry.noun else 1.0), 2)


def _seated(actor: Actor) -> Actor:
    """A capital that acts or is addressed stands for its government."""
    return replace(actor, code=actor.code + "GOV") if actor.seat and len(actor.code) == 3 else actor


def _same(one: Actor, other: Actor) -> bool:
    """One phrase, or one actor under two phrases; a state and a part of it are two."""
    return (one.start, one.end) == (other.start, other.end) or (one.code == other.code and one.code != UNKNOWN and bool(one.country))


def _overlap(one: Actor, other: Actor) -> bool:
    """Whether one phrase lies inside the other: the same words cannot be both doer and other end."""
    return one.end > one.start and other.end > other.start and ((one.start <= other.start and other.end <= one.end) or (other.start <= one.start and one.end <= other.end))


def _distinct(coded: list[Coded]) -> list[Coded]:
    """Without events that another of the sentence says more fully (same code and source, and a target)."""
    kept: list[Coded] = []
    for event in coded:
        same = [k for k in kept if k.code == event.code and (k.source and k.source.code) == (event.source and event.source.code)]
        if any((k.target and k.target.code) == (event.target and event.target.code) or event.target is None for k in same):
            continue
        kept = [k for k in kept if not (k in same and k.target is None)]
        kept.append(event)
    return kept
