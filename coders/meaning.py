"""What a trigger says: its act, its topic, and the acts stacked in its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coders.mentions import Mentions
from coders.slots import Slots
from coders.tree import CLAUSAL, Tree
from coders.triggers import Trigger
from dictionaries import Dictionaries
from dictionaries.acts import Entry
from dictionaries.cameo import ancestors

_DEEPEST = 5
_CAUSES = frozenset({"appeal", "demand", "criticise", "accuse", "disapprove", "complain", "demonstrate", "protest", "refuse"})
# A sum of money says what is given only where nothing else does ("five million dollars in military aid").
_SUM = "money"
# Troops on a peacekeeping mission are peacekeepers.
_PLAIN = {"troops": "peacekeepers"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """An act with its topic. `inner` is the act in its content, `inner_at` that act's token, `content` the content's head (-1: none)."""

    act: str
    topic: str | None
    entry: Entry
    index: int
    content: int = -1
    inner: Meaning | None = None
    places: tuple[str, ...] = ()

    @property
    def stack(self) -> str:
        """refuse(appeal(aid.military))"""
        inside = self.inner.stack if self.inner else self.topic
        return f"{self.act}({inside})" if inside else self.act


class MeaningReader:
    """Reads the act stacks of one sentence off its tree."""

    def __init__(self, tree: Tree, triggers: dict[int, Trigger], slots: Slots, mentions: Mentions, dictionaries: Dictionaries) -> None:
        self.tree, self.triggers, self.slots, self.mentions = tree, triggers, slots, mentions
        self.acts, self.composition, self.qualified = dictionaries.acts, dictionaries.composition, dictionaries.qualified
        self.grammar = tree.language.grammar

    def read(self, index: int, entry: Entry, depth: int = 0) -> Meaning:
        """The meaning of a trigger under one of its entries."""
        act = self.acts[entry.act]
        content, inner, topic, places = -1, None, entry.topic, [entry.place]
        for path in entry.content:
            for filler in self.slots.fillers(index, path, entry.noun):
                if filler == index or filler in self.tree.ancestors(index) or self.tree.tokens[filler].upos == "PRON":
                    continue
                inner, found, found_places = self._evoked(filler, entry.act, depth)
                if content < 0:
                    content = filler
                if inner is not None or found is not None:
                    content = filler
                    if topic is None or inner is not None:
                        topic = (self.acts[inner.act].as_topic(inner.topic) if inner else None) or found or topic
                    places += found_places
                    break
            if inner is not None or (topic is not None and content >= 0):
                break
        if content < 0 and not entry.noun and "obj" in entry.content and self.tree.language.code == "ar":
            content, inner, topic, found_places = self._stray_object(index, entry, depth, topic)
            places += found_places
        if inner is None and (act.as_topic(None) or "").startswith("protest"):
            inner = self._cause(index, depth)
            if inner is not None:
                content, topic = inner.index, self.acts[inner.act].as_topic(inner.topic) or topic
        if topic == _SUM and inner is None and entry.topic is None:
            # Pledged 300 million pounds in military aid: the parser may hang the aid on the verb.
            deeper, found_places = next((f for c in self.tree.related(index, "obl") if self.tree.cases[c] == ("in",) for f in [self.topic_of(c, entry.act)] if (f[0] or "").startswith("aid")), (None, []))
            topic, places = deeper or topic, [*places, *found_places]
        if topic is not None and inner is None and entry.topic is None and not self.composition.names(act.name, topic) and self.tree.language.code == "en":
            # Beat to death three detainees: death says more of beating than detainees do.
            deeper, found_places = self._own_topic(index, entry, content)
            topic, places = deeper or topic, [*places, *found_places]
        if topic is None and inner is None:
            topic, found_places = self._own_topic(index, entry, content)
            places += found_places
        if inner is not None:
            places += inner.places
        return Meaning(act.name, topic, entry, index, content, inner, tuple(dict.fromkeys(places)))

    def _cause(self, index: int, depth: int) -> Meaning | None:
        """What protesters call for or denounce in a clause beside the protest (marched, demanding ...; to protest ...)."""
        light = self.slots.light_verb(index) if self.triggers[index].noun else -1
        for root in (index, light):
            for child in self.tree.related(root, "advcl", "acl", "xcomp", "obl") if root >= 0 and depth < _DEEPEST else []:
                trigger = self.triggers.get(child)
                if child > index and trigger is not None and self.tree.tokens[child].relation != "acl:relcl" and trigger.entries[0].act in _CAUSES:
                    return self.read(child, trigger.entries[0], depth + 1)
        return None

    def _stray_object(self, index: int, entry: Entry, depth: int, topic: str | None) -> tuple[int, Meaning | None, str | None, list[str]]:
        """The object of a verb that the parser hung elsewhere: the first bare definite noun after it that evokes something (رفضت روسيا ... الطلب)."""
        if self.tree.related(index, "obj"):
            return -1, None, topic, []
        for at in range(index + 1, self.tree.region_end(index)):
            trigger = self.triggers.get(at)
            if trigger is not None and trigger.noun and not self.tree.cases[at] and self.tree.tokens[at].text.startswith("ال"):
                inner, found, places = self._evoked(at, entry.act, depth)
                if inner is not None or found is not None:
                    return at, inner, (self.acts[inner.act].as_topic(inner.topic) if inner else None) or found or topic, places
        return -1, None, topic, []

    def _evoked(self, filler: int, act: str, depth: int) -> tuple[Meaning | None, str | None, list[str]]:
        """What a content phrase or clause evokes: an act within (perhaps negated), or a topic."""
        if depth >= _DEEPEST:
            return None, None, []
        at, negated = self.down(filler)
        if at in self.triggers:
            entry = self.triggers[at].entries[0]
            inner = self.read(at, entry, depth + 1)
            if self.acts[inner.act].needs == "topic" and inner.topic is None:
                topic, places = self.topic_of(filler, act)
                return None, topic, places
            topic, places = self._at(at)
            if topic and self.composition.names(act, topic) and not self.composition.names(act, self.acts[inner.act].as_topic(inner.topic) or ""):
                return None, topic, places  # وقعت اتفاقا: the agreement, not agreeing
            if negated:
                stop = self.acts["stop"].as_topic(self.acts[inner.act].as_topic(inner.topic))
                return None, stop, list(inner.places)
            return inner, None, []
        topic, places = self.topic_of(at, act)
        if topic is None:
            # An act named deeper in the phrase: "plans for an attack", "the results of the talks".
            for below in self.tree.subtree(at, clauses=False):
                if below != at and below in self.triggers and self.triggers[below].noun and self.tree.relation(below) in ("nmod", "obj", "obl", "compound", "conj", "xcomp", "amod"):
                    return self.read(below, self.triggers[below].entries[0], depth + 1), None, []
        if negated and topic is not None:
            topic = self.acts["stop"].as_topic(topic)
        return None, topic, places

    def down(self, index: int) -> tuple[int, bool]:
        """From the head of a content to the word that says it: through light and aspect verbs, transparent nouns and negating nouns.

        Gives the token and whether what it says is negated (عدم المشاركة; not to attack).
        """
        negated, at = False, index
        for _ in range(_DEEPEST):
            negated ^= self.negator(at) is not None
            if any(key in self.grammar.nominal_negators for key in self.tree.keys[at]):
                below = self.slots._possessors(at) or self.tree.related(at, "nmod", "obj")
                if below:
                    negated, at = not negated, below[0]
                    continue
            if at in self.triggers and not (self.tree.is_verb(at) and self._light_over(at) >= 0):
                return at, negated
            below = [self._light_over(at)] if self._light_over(at) >= 0 else []
            if not below and any(key in self.grammar.transparent for key in self.tree.keys[at]):
                below = [c for c in self.tree.related(at, "nmod", "obl") if c > at]
                if not below:  # جانبا من العقوبات: the parser may hang the rest elsewhere
                    below = [i for i in range(at + 1, min(at + 4, len(self.tree))) if self.tree.tokens[i].upos == "NOUN"][:1]
            if not below:
                return at, negated
            at = below[0]
        return at, negated

    def _light_over(self, verb: int) -> int:
        """The trigger below a light or aspect verb that says what is done, -1 where the verb is none or speaks for itself."""
        tree = self.tree
        if not tree.is_verb(verb) or self.slots.verb_class(verb) not in ("light", "aspect", "intend"):
            return -1
        if verb in self.triggers and self.triggers[verb].entries[0].words:
            return -1
        for child in tree.related(verb, "xcomp", "ccomp", "obj", "obl", "advcl", "nsubj" if tree.passive(verb) else "obj"):
            if child in self.triggers or any(key in self.grammar.nominal_negators for key in tree.keys[child]):
                return child
        return -1

    def negator(self, index: int) -> str | None:
        """The kind of the negation of a word (past, present, future, any), None where it is asserted."""
        for child in self.tree.children[index]:
            if child in self.mentions.names:
                continue  # أطباء بلا حدود
            if child + 1 < len(self.tree) and child + 1 != index and self.tree.keys[child][0] in self.grammar.privative and self.tree.tokens[child + 1].upos == "ADJ" and not self.tree.is_verb(index):
                continue  # المفاوضات غير المباشرة: it negates the adjective
            if self.tree.tokens[child].feature("Polarity") == "Neg" or self.tree.relation(child) in ("advmod", "aux", "mark", "cc", "det", "case", "dep"):
                kind = self.grammar.negators.get(self.tree.keys[child][0]) or self.grammar.negators.get(self.tree.keys[child][-1])
                if kind:
                    return kind
        if self.tree.is_verb(index):
            for noun in self.tree.related(index, "nsubj", "obj"):
                # "No shots were fired", "made no threat"
                if any(self.tree.relation(c) == "det" and self.tree.keys[c][0] in self.grammar.negators for c in self.tree.children[noun]):
                    return "any"
        if index > 0 and self.tree.keys[index - 1][0] in self.grammar.privative:
            return self.grammar.negators.get(self.tree.keys[index - 1][0])  # غير مستعدة
        if index > 0 and self.tree.language.code == "ar" and self.tree.is_verb(index):
            return self.grammar.negators.get(self.tree.keys[index - 1][0])
        return None

    def topic_of(self, index: int, act: str) -> tuple[str | None, list[str]]:
        """The topic of a phrase: one that the act's rows name if there is one, nearest to the head; deepened by a qualifier in the phrase."""
        tokens = self._inside(index) if self.mentions.topics else []
        found: tuple[str, list[str]] | None = None
        for at in tokens:
            match = self.mentions.topics.get(at)
            if match is None:
                continue
            topic, places = self._qualify(match.value, at, tokens)
            places = [match.place, *places]
            if topic in _PLAIN and any(m.value == _PLAIN[topic] for m in map(self.mentions.topics.get, tokens) if m is not None):
                continue
            if self.composition.names(act, topic) and topic != _SUM:
                return topic, places
            if found is None or (topic == _SUM and self.composition.names(act, topic)):
                found = topic, places
        return found if found else (None, [])

    def _at(self, index: int) -> tuple[str | None, list[str]]:
        match = self.mentions.topics.get(index)
        if match is None:
            return None, []
        topic, places = self._qualify(match.value, index, self.tree.subtree(index))
        return topic, [match.place, *places]

    def _inside(self, index: int, clauses: bool = True) -> list[int]:
        """A token and what is below it, nearest first, without the clauses that are joined to a phrase or stand beside it, and so say nothing of its content."""
        tree, queue = self.tree, [index]
        for at in queue:
            queue += [c for c in tree.children[at] if not (tree.cases[c] and tree.cases[c][0] in self.grammar.circumstance and c > index) and (clauses or tree.tokens[c].relation not in CLAUSAL) and not (tree.is_verb(c) and tree.relation(c) in ("conj", "parataxis", "advcl"))]
        return queue

    def _own_topic(self, index: int, entry: Entry, content: int) -> tuple[str | None, list[str]]:
        """A topic that stands anywhere with a trigger and that its act's rows name (attack ... with artillery)."""
        evoking = {*self.mentions.topics, *self.triggers} if self.acts[entry.act].needs == "topic" else self.mentions.topics
        roots = [index] if evoking else []
        light = self.slots.light_verb(index) if entry.noun and evoking else -1
        if light >= 0:
            roots.append(light)
        for root in roots:
            inside = self._inside(root, clauses=False)
            for at in [at for at in inside if at in evoking]:
                match = self.mentions.topics.get(at)
                if match is not None and at != index:
                    topic, places = self._qualify(match.value, at, inside)
                    if self.composition.names(entry.act, topic):
                        return topic, [match.place, *places]
                trigger = self.triggers.get(at)
                if trigger is not None and at != index and trigger.noun and self.acts[entry.act].needs == "topic":
                    topic_of_act = self.acts[trigger.entries[0].act].as_topic(trigger.entries[0].topic)
                    if topic_of_act and self.composition.names(entry.act, topic_of_act):
                        return topic_of_act, [trigger.entries[0].place]
        return None, []

    def _qualify(self, topic: str, at: int, tokens: Sequence[int]) -> tuple[str, list[str]]:
        """The deeper topic that a qualifier beside a base topic makes (military + aid)."""
        if not self.mentions.qualifiers:
            return topic, []
        near = {at, *self.tree.children[at], self.tree.head(at)} & set(tokens)
        near |= {g for c in self.tree.children[at] for g in self.tree.related(c, "conj", "amod", "compound")}
        near |= {i for i in (at - 1, at + 1, at + 2) if 0 <= i < len(self.tree)}
        for index in sorted(near):
            match = self.mentions.qualifiers.get(index)
            if match is not None:
                table = self.qualified.get(match.value, {})
                for name in ancestors(topic):
                    if name in table and name == topic:
                        return table[name], [match.place]
        return topic, []
