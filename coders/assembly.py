"""The events of one sentence: triggers to meanings, meanings to codes, slots to actors."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coders.actors import ActorResolver
from coders.doers import find_doers
from coders.dyads import can_face, own_government, same_actor
from coders.event import UNKNOWN, Actor, Evidence
from coders.licence import MATERIAL_CONFLICT, VIOLENCE, Licence
from coders.meaning import Meaning, MeaningReader
from coders.memory import Memory
from coders.mentions import Mentions
from coders.participants import ANSWERS, ASKED, Participants
from coders.realis import Realis, RealisReader
from coders.slogans import demands, slogan_target
from coders.slots import Slots
from coders.tree import Tree
from coders.triggers import Trigger
from dictionaries import Dictionaries
from dictionaries.acts import Entry

# What two or more agree on among themselves.
_MUTUAL = ("cooperation", "meeting", "negotiation", "agreement", "settlement", "deescalation.ceasefire", "relations", "normalisation")
_MOST_ACTORS = 4
_INTENT = "03"


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
        self.reader = MeaningReader(tree, triggers, self.slots, mentions, dictionaries)
        self.participants = Participants(tree, triggers, self.slots, self.resolver, dictionaries, memory)
        self.licence = Licence(tree, triggers, self.slots, self.resolver, self.participants, dictionaries)
        self.realis = RealisReader(tree, triggers, self.slots, self.reader)

    def events(self) -> list[Coded]:
        """The events of the sentence, those nearer to the root first."""
        held: set[int] = set()
        coded: list[Coded] = []
        for index in sorted(self.triggers, key=self._depth):
            if index in held:
                continue
            status = self.realis.status(index)
            for meaning in self._meanings(index):
                if status is Realis.UNREAL:
                    held |= self._held(meaning, always=True)
                    break
                alleged = self._alleged(meaning)
                changed = alleged or self._changed(self._by_whom(meaning), status)
                if changed is None:
                    continue
                found = self._code(changed, meaning, of_another=alleged is not None)
                if meaning.entry.words and any(c.target for c in found) and not meaning.entry.noun and self.tree.language.code == "en":
                    # Lodged a protest with X: the noun that makes the phrase is no second act.
                    for noun in (o for o in self.tree.related(index, "obj") if o in self.triggers and not meaning.entry.words.isdisjoint(self.tree.keys[o])):
                        held |= {noun, *self._held(self.reader.read(noun, self.triggers[noun].entries[0]))}
                if found and status is not Realis.ASSERTED and self.tree.language.code == "en":
                    held |= {o for o in self.tree.related(index, "obj") if o in self.triggers}  # will host talks: no talks yet
                if status is Realis.WANTED:
                    # What one wants is an intent where it is cooperation; else nothing has happened.
                    coded += [c for c in found if c.code.startswith(_INTENT)]
                    held |= self._held(meaning, always=True)
                    break
                # What a reporter is told has happened, though telling it is no event.
                told = changed.act == "state" and self.tree.language.code == "en"
                if found or (not told and self.dictionaries.composition.find(changed.act, changed.topic)):
                    held |= self._held(changed)
                if found:
                    coded += found
                    break
        coded = _distinct(coded)
        coded += self._named_after(coded)
        return [self._aimed(event, coded) for event in coded]

    def _aimed(self, event: Coded, coded: list[Coded]) -> Coded:
        """A protest whose words name no target, against those with whom it clashes or whom its slogans name."""
        source, known = event.source, event.target
        if (
            event.code[:2] != "14"
            or source is None
            or self.tree.language.code != "ar"
            or (known is not None and known.text and known.country and (known.country != source.country or len(known.code) > 3))
        ):
            return event
        clashes = [c.target for c in coded if c.code[:2] == "19" and c.source is not None and c.source.code == source.code and c.target is not None and c.target.country]
        demanded = [a for at in demands(self.tree, event.trigger) for a in self.participants.concerned(at, [source], True)]
        target = slogan_target(self.tree, self.resolver, event.trigger, [source]) or next(iter([*demanded, *clashes]), None)
        return replace(event, target=target) if target is not None else event

    def _named_after(self, coded: list[Coded]) -> list[Coded]:
        """The act of those who are named after it (protesters), where the sentence tells no other event of its family."""
        for index, verb, entry in find_doers(self.tree):
            row = self.dictionaries.composition.find(entry.act, entry.topic)
            actor = self.resolver.resolve(index)
            trigger = self.triggers.get(verb)
            if trigger is not None and (self.licence.speech(trigger.entries[0]) or trigger.entries[0].target[:1] == ("subj",) or self.participants.unmarked_passive(verb, trigger.entries[0])):
                continue
            if self.tree.language.code == "ar" and self.tree.tokens[index].text.startswith("ال") and self.tree.head(index) == verb and not self.licence.fights(trigger):
                continue  # "the" protesters were told before; what else they do is no new protest
            if row is None or actor is None or any(c.code[:2] == row[0][:2] for c in coded) or self.realis.status(index) is not Realis.ASSERTED:
                continue
            meaning = Meaning(entry.act, entry.topic, entry, verb, places=(entry.place,))
            targets: list[Actor | None] = [*self.participants.against(meaning, index)]
            places = tuple(dict.fromkeys([entry.place, row[1], *actor.places, *(p for t in targets if t for p in t.places)]))
            evidence = Evidence(entry.act, places, round(self._confidence(meaning, [actor], [t for t in targets if t]) * 0.8, 2))
            return [Coded(row[0], actor, target, index, meaning, evidence) for target in targets or [None]]
        return []

    def _meanings(self, index: int) -> list[Meaning]:
        """The readings of a trigger by its entries, in their order; of the same act one whose content says something comes before one whose content does not."""
        read = [self.reader.read(index, entry) for entry in self.triggers[index].entries]
        return (
            sorted(read, key=lambda m: m.topic is None and m.inner is None and m.act == read[0].act and not m.entry.needs and not m.entry.any_words)
            if self.tree.language.code == "en" and not read[0].entry.needs
            else read
        )

    def _depth(self, index: int) -> tuple[int, int]:
        return len(self.tree.ancestors(index)), index

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
        if status in (Realis.DEMANDED, Realis.REQUIRED):
            return replace(meaning, act="appeal" if status is Realis.DEMANDED else "demand", topic=topic) if topic else None
        if meaning.act in ("refuse", "threaten", "intend", "warn", "deny"):
            return meaning
        return replace(meaning, act="will", topic=topic) if topic else None

    def _alleged(self, meaning: Meaning) -> Meaning | None:
        """An evaluating word (aggression) in what somebody says of another is the speaker's accusation."""
        alleges = self.dictionaries.acts[meaning.act].alleges or self._against_speaker(meaning)
        if alleges is None or not self.resolver.references.speaks(meaning.index):
            return None
        return replace(meaning, act=alleges, topic=self.dictionaries.acts[meaning.act].as_topic(meaning.topic))

    def _against_speaker(self, meaning: Meaning) -> str | None:
        """What a country says that another did to "it" is an accusation (Israel said that it had been attacked by Syria)."""
        row = self.dictionaries.composition.find(meaning.act, meaning.topic)
        if row is None or row[0][:2] < MATERIAL_CONFLICT or self.tree.language.code != "en" or not self.resolver.references.speaks(meaning.index):
            return None
        pronouns = [f for path in meaning.entry.target for f in self.slots.fillers(meaning.index, path, meaning.entry.noun) if self.tree.tokens[f].upos == "PRON"]
        speaker = self.resolver.references.speaker(meaning.index)
        doers, _ = self.participants.find(meaning, meaning) if pronouns else ([], [])
        hurt = [a for f in pronouns for a in self.resolver.resolve_all(f)]
        named = speaker is not None and bool(speaker.country) and bool(doers) and all(d.country != speaker.country for d in doers)
        return "accuse" if named and speaker is not None and any(a.code == speaker.code for a in hurt) else None

    def _by_whom(self, meaning: Meaning) -> Meaning:
        """The act that a warning or a claim is by who does what its clause says (concepts.yaml: own, others)."""
        act, composition = self.dictionaries.acts[meaning.act], self.dictionaries.composition
        if meaning.topic is None or meaning.content < 0 or not (act.own or act.others) or (act.needs == "topic" and not composition.names(act.name, meaning.topic)):
            return meaning
        subjects = self.tree.related(meaning.content, "nsubj")
        if not self.tree.is_verb(meaning.content) or not subjects:
            return meaning
        sayers = [a for s in self.slots.subject(meaning.index) for a in self.resolver.resolve_all(s)]
        doers = [a for s in subjects for a in self.resolver.resolve_all(s)]
        same = any(one.code == other.code or own_government(one, other) for one in sayers for other in doers)
        becomes = act.own if same else act.others if doers else None
        return replace(meaning, act=becomes) if becomes and composition.names(becomes, meaning.topic) else meaning

    def _code(self, meaning: Meaning, original: Meaning, of_another: bool = False) -> list[Coded]:
        composition, acts = self.dictionaries.composition, self.dictionaries.acts
        meaning = self._recalled(meaning)
        act, entry = acts[meaning.act], meaning.entry
        row = composition.find(meaning.act, meaning.topic)
        if row is None:
            return []
        code, place = row
        if (entry.needs or act.needs) == "topic" and not composition.names(meaning.act, meaning.topic or "") and meaning.act == entry.act:
            return []
        if entry.needs in ("content", "target and content") and meaning.content < 0:
            return []
        if (
            entry.needs == "target and content"
            and "clause" in entry.content
            and self.tree.language.code == "en"
            and not any(self.slots.fillers(meaning.index, path, entry.noun) for path in entry.target)
        ):
            return []  # wants to inspect the plant: nobody is asked for anything
        if code[:2] >= (VIOLENCE if self.tree.language.code == "ar" else MATERIAL_CONFLICT) and meaning.act == original.act and self.realis.background(meaning.index):
            return []
        sources, targets = self.participants.find(meaning, original)
        if meaning.act != original.act and (meaning.act in ("appeal", "demand") or of_another):
            # "X said that Y must ...", "X spoke of Y's aggression": the speaker asks it of, or alleges it against, the one who acts.
            sources, targets = self.participants.speaker(meaning.index), sources
        if acts[entry.act].alleges and not sources and meaning.act == entry.act:
            return []
        mutual = entry.reciprocal or (meaning.act in ("intend", "will", "stop") and (meaning.topic or "").startswith(_MUTUAL))
        if mutual and len(sources) > 1 and (not targets or not self._with_whom(entry, meaning)):
            targets = sources
        # Who is warned or told must be named as such: "shipping near the Philippines" is not the Philippines.
        targets = [t for t in targets if t.direct or (t.code != UNKNOWN and (act.needs != "target" or (act.reacts and self.tree.language.code == "en")))]
        told = not entry.noun or self.slots.light_verb(meaning.index) >= 0 or self.tree.relation(meaning.index) != "nmod"
        if entry.noun and self._recalled_by_article(meaning.index):
            told = False  # "after the attack": of which there is no more to tell here
        if not targets and told and (code[:2] >= "18" or code[:2] == "15"):
            # Violence of which only the place is told is done to the country of the place.
            targets = self.participants.place(meaning.index, sources)
        if not targets and code[:2] == "14" and meaning.act == entry.act and self.tree.language.code == "ar":
            # Those who protest and of whom no more is told do it at home: against their own state.
            targets = [replace(s, code=s.country, text="", end=s.start, direct=False) for s in sources[:1] if s.country in self.dictionaries.actors and len(s.code) > 3]
        nameless = not sources and bool(entry.by) and meaning.act == entry.act and (self.slots.tells(meaning.index) if entry.noun else self.licence.counted(meaning.index))
        if nameless:
            sources = [self.resolver.unnamed(meaning.index, entry.by)]
        if not nameless and not self.licence.licensed(meaning, code, sources, targets):
            return []
        if not self.licence.enough(code, sources, targets, "target" if act.needs == "target" or "target" in (entry.needs or "") else entry.needs, entry.noun, meaning):
            return []
        by_source = self._by_source(code, sources, targets)
        if by_source is None:
            return []
        code = by_source
        if code[:2] < MATERIAL_CONFLICT:
            sources, targets = [_seated(a) for a in sources], [_seated(a) for a in targets]
        doers: list[Actor | None] = [*sources[:_MOST_ACTORS]] or [None]
        done_to: list[Actor | None] = [*targets[:_MOST_ACTORS]] or [None]
        for source in doers:
            others = [t for t in targets if source is None or not same_actor(source, t)]
            self.memory.act(meaning.act, meaning.topic, source, others[0] if others else None)
        entries = tuple(dict.fromkeys([*meaning.places, place, *(p for a in [*sources, *targets] for p in a.places)]))
        confidence = self._confidence(meaning, sources, targets)
        stack = meaning.stack if meaning.act == original.act else f"{meaning.act}({original.stack})"
        evidence = Evidence(stack, entries, confidence)
        pairs = [(s, t) for s in doers for t in done_to if s is None or t is None or can_face(s, t)]
        at_home = any(own_government(s, t) for s in sources for t in targets)
        if not pairs and sources and (((entry.needs or act.needs) != "target" and code[:2] <= MATERIAL_CONFLICT) or at_home):
            pairs = [(s, None) for s in doers]
        if entry.reciprocal and meaning.act == entry.act:
            pairs += [(t, s) for s, t in pairs if s is not None and t is not None and not t.code.startswith(UNKNOWN) and (t, s) not in pairs]
        return [Coded(code, s, t, meaning.index, meaning, evidence) for s, t in pairs]

    def _recalled_by_article(self, index: int) -> bool:
        """Whether an English noun with "the", under a preposition, without doer or place of its own, only recalls an act."""
        tree = self.tree
        return tree.language.code == "en" and bool(tree.cases[index]) and self.resolver.definite(index) and not tree.related(index, "nmod", "acl", "amod", "compound")

    def _with_whom(self, entry: Entry, meaning: Meaning) -> bool:
        """Whether a mutual act names its partner under "with" (or against), not only a place."""
        grammar = self.tree.language.grammar
        return any(self.slots.fillers(meaning.index, path, entry.noun) for path in entry.target if path in grammar.comitative)

    def _recalled(self, meaning: Meaning) -> Meaning:
        """ "The request" of which nothing more is said has the topic of the request that the article told before."""
        inner = meaning.inner
        if meaning.act not in ANSWERS or inner is None or inner.act not in ASKED or meaning.topic is not None:
            return meaning
        topic = self.memory.earlier_topic(ASKED[inner.act])
        return replace(meaning, topic=topic, inner=replace(inner, topic=topic)) if topic else meaning

    def _by_source(self, code: str, sources: list[Actor], targets: list[Actor]) -> str | None:
        """The code for this kind of source, and of target where a row asks for one (cameo/by_source.yaml): a killing by an army is military force. None: no event."""
        for source in sources:
            role = source.code[3:6] or ("state" if source.country and self.dictionaries.actors.get(source.code) else source.code)
            table = self.dictionaries.composition.by_source
            for target in targets:
                for key in (f"{role} on {target.code[3:6]}", f"{role} on {target.code}", f"{role} on {target.code[:3]}"):
                    if (code, key) in table:
                        return table[code, key]
            if (code, role) in table:
                becomes = table[code, role]
                # Border guards of two states who fight each other repress nobody.
                abroad = becomes == "175" and any(t.country in self.dictionaries.actors and t.country != source.country and t.code[3:6] in ("COP", "MIL") for t in targets)
                return code if abroad else becomes
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
