"""What a word needs beyond its meaning to tell an event: participants enough, an act that is told and not only spoken of."""

from __future__ import annotations

from coders.actors import ActorResolver
from coders.event import UNKNOWN, Actor
from coders.meaning import Meaning
from coders.participants import Participants
from coders.slots import Slots
from coders.tree import Tree
from coders.triggers import Trigger
from dictionaries import Dictionaries
from dictionaries.acts import Entry

# From this root on the code says force or coercion: a capital is a place there, and the victim may be all that is told.
MATERIAL_CONFLICT = "17"
VIOLENCE = "18"
_TARGET_ALONE = frozenset({"17", "18", "19", "20"})
_FORCE = ("force", "violence", "wmd", "nuclear", "atrocity")
_FREED = "0841"  # who was freed may be all that is told, too


class Licence:
    """Decides for one sentence's triggers whether they tell an event."""

    def __init__(self, tree: Tree, triggers: dict[int, Trigger], slots: Slots, resolver: ActorResolver, participants: Participants, dictionaries: Dictionaries) -> None:
        self.tree, self.triggers, self.slots, self.resolver = tree, triggers, slots, resolver
        self.participants, self.dictionaries = participants, dictionaries

    def licensed(self, meaning: Meaning, code: str, sources: list[Actor], targets: list[Actor]) -> bool:
        """What a word needs beyond its participants to tell an event.

        A noun that no verb carries tells one with doer and other end (or content); force that something inanimate does (an earthquake
        killed ten) tells none; a statement is one to somebody abroad.
        """
        entry, index = meaning.entry, meaning.index
        if entry.noun and self.slots.light_verb(index) < 0:
            freed = code.startswith(_FREED) and bool(targets) and self.tree.language.code == "en"
            if code[:2] < MATERIAL_CONFLICT and not freed and not (sources and (targets or meaning.content >= 0)):
                return False
            if entry.reciprocal and not (sources and targets):
                return False
            if self.tree.language.code == "ar" and code[:2] >= VIOLENCE and self._recalls(index):
                return False
            if not sources and (self.tree.relation(index) == "nmod" or not self._told(index)):
                return False  # "the circumstances of the killing of X" look back on an act, they do not tell it
        if code[:2] >= VIOLENCE and not sources and self._accident(meaning):
            return False
        if code[:2] >= MATERIAL_CONFLICT and not sources and not entry.noun and not self.tree.passive(index) and "subj" in entry.source and not self.participants.unmarked_passive(index, entry):
            subjects = self.slots.subject(index)
            # A verb in the masculine plural has people for its subject (أن مجهولين خطفوا).
            human = self.tree.language.code == "ar" and self.tree.tokens[index].text.endswith(("وا", "ون"))
            if subjects and not human and not any(self._violent(s) for s in subjects):
                return False
        if meaning.act == "state":
            if meaning.inner is not None and self.tree.language.code == "en" and targets and any(self.tree.tokens[i].start == targets[0].start for i in self.tree.subtree(meaning.inner.index)):
                return False  # residents told a reporter that the troops withdrew from Axum: nothing is said to Axum
            return bool(sources and targets) and sources[0].country != targets[0].country and bool(targets[0].country)
        return True

    def _accident(self, meaning: Meaning) -> bool:
        """Whether those whom nobody harmed came to harm by chance: the sentence tells of a crash, a quake or a disease, and of no other act or means of force."""
        accidents, tree = self.tree.language.grammar.accidents, self.tree
        chances = accidents.find(tree.keys) if not accidents.first.isdisjoint(tree.words) else []
        if not chances:
            return False
        # The army helicopter that crashed is no weapon.
        beside = {at for match in chances for at in range(match.start - 2, match.end + 3)}
        if any(match.value.startswith(_FORCE) for at, match in self.resolver.mentions.topics.items() if at not in beside):
            return False
        others = [trigger.entries[0] for trigger in self.triggers.values() if trigger.index != meaning.index]
        return not any((self.dictionaries.acts[e.act].as_topic(e.topic) or "").startswith(_FORCE) for e in others if not self.dictionaries.acts[e.act].harms)

    def _told(self, index: int) -> bool:
        """Whether a noun without doer tells news (Slots.tells); a language without verbs of happening is not asked."""
        return self.slots.tells(index) or not self.tree.language.grammar.happening

    def counted(self, index: int) -> bool:
        """Whether the subject of an Arabic verb is a number of people of whom no dictionary knows more (تظاهر مئات من كوادر الجماعة)."""
        tree = self.tree
        return tree.language.code == "ar" and any(tree.tokens[c].upos == "NUM" and not tree.cases[c] and c > index for c in tree.related(index, "nsubj", "obj"))

    def _recalls(self, index: int) -> bool:
        """Whether an Arabic noun of violence is only spoken of: under a preposition that no verb of telling asks for (ندد بالغارة, في حرب ...), or known by its article."""
        tree = self.tree
        at = index
        while tree.relation(at) in ("conj", "nmod") and tree.head(at) >= 0 and (tree.relation(at) == "conj" or self.slots._passes(tree.head(at))):
            at = tree.head(at)
        return not self._told(index) and (bool(tree.cases[at]) or tree.tokens[index].text.startswith("ال"))

    def _violent(self, subject: int) -> bool:
        """Whether a subject is an act of force or a weapon, or the phrase names one."""
        tree, topics = self.tree, self.resolver.mentions.topics
        if tree.tokens[subject].upos == "PRON":
            return True
        for at in tree.subtree(subject, clauses=False):
            trigger, topic = self.triggers.get(at), topics.get(at)
            if topic is not None and topic.value.startswith(_FORCE):
                return True
            if trigger is not None and trigger.noun:
                becomes = self.dictionaries.acts[trigger.entries[0].act].as_topic(trigger.entries[0].topic) or ""
                if becomes.startswith((*_FORCE, "blockade", "repression")):
                    return True
        return False

    def enough(self, code: str, sources: list[Actor], targets: list[Actor], needs: str | None, noun: bool, meaning: Meaning) -> bool:
        """Whether the participants suffice for an event: somebody known, and a doer unless force says it all."""
        known = any(not a.code.startswith(UNKNOWN) or len(a.code) > 3 for a in [*sources, *targets])
        if not known or (needs == "target" and not targets) or (needs == "source" and not sources):
            return False
        if code[:2] in _TARGET_ALONE or code.startswith(_FREED):
            lent = self.tree.language.code == "ar" and self.slots.light_verb(meaning.index) >= 0  # شن الجيش غارات
            return bool(targets) or (bool(sources) and sources[0].direct and (not noun or lent))
        return bool(sources)

    def fights(self, trigger: Trigger | None) -> bool:
        """Whether a verb's act is conflict in deed (CAMEO 14 to 20)."""
        row = self.dictionaries.composition.find(trigger.entries[0].act, trigger.entries[0].topic) if trigger is not None else None
        return row is not None and row[0][:2] >= "14"

    def speech(self, entry: Entry) -> bool:
        """Whether an entry's act is said rather than done (CAMEO 01 to 13): what protesters demand is an event of its own."""
        row = self.dictionaries.composition.find(entry.act, entry.topic)
        return row is not None and row[0][:2] < "14"
