"""Did it happen? Negation, condition, modality, future and purpose, read off the clause around a trigger."""

from __future__ import annotations

import enum

from coders.meaning import MeaningReader
from coders.slots import Slots
from coders.tree import QUOTES, Tree
from coders.triggers import Trigger

_STEPS = 8
_REACH = 6


class Realis(enum.Enum):
    """What the text says of an act."""

    ASSERTED = "asserted"
    FUTURE = "future"
    REFUSED = "refused"  # will not, decided not to
    WANTED = "wanted"  # wants to, is keen to
    DEMANDED = "demanded"  # must, should, in what somebody says of another
    REQUIRED = "required"  # must, likewise
    UNREAL = "unreal"  # negated, hypothetical, wished, feared, a purpose


class RealisReader:
    """Reads the status of the triggers of one sentence."""

    def __init__(self, tree: Tree, triggers: dict[int, Trigger], slots: Slots, reader: MeaningReader) -> None:
        self.tree, self.triggers, self.slots, self.reader = tree, triggers, slots, reader
        self.grammar = tree.language.grammar
        # A question that nobody in the sentence asks tells nothing (Can a government strike those ...?).
        self._asked = bool(tree.tokens) and tree.tokens[-1].text in ("?", "؟") and QUOTES.isdisjoint(t.text for t in tree.tokens)

    def status(self, index: int) -> Realis:
        """The status of a trigger that no other trigger's content holds."""
        tree, grammar = self.tree, self.grammar
        if self._asked or self._inverted(index):
            return Realis.UNREAL
        if not grammar.consent.isdisjoint(tree.verb_keys(index)) and tree.is_verb(index) and self.reader.negator(index) in ("past", "present"):
            return Realis.REFUSED  # لم توافق الحكومة على الطلب
        future = wanted = False
        negated: str | None = None
        at, came = index, -1
        for _ in range(_STEPS):
            here = self._here(at, came)
            if here is Realis.UNREAL:
                return Realis.UNREAL
            if here in (Realis.DEMANDED, Realis.REQUIRED):
                return here if at == index else Realis.UNREAL
            future = future or here is Realis.FUTURE
            negated = negated or self.reader.negator(at)
            head, relation = tree.head(at), tree.relation(at)
            if head < 0:
                break
            if relation == "acl" and self.slots.achievers(at):
                negated = negated or self.reader.negator(head) or self.reader.negator(max(tree.head(head), 0))
                break
            if relation == "acl" and self._announces(at):
                future = True  # UN envoy to hold talks
                break
            if any(key in grammar.nominal_negators for key in tree.keys[head]) and relation in ("nmod", "obj", "obl"):
                negated, came, at = "nominal", at, head
                continue
            if relation in ("nmod", "obl", "acl") and self._possible(head):
                return Realis.UNREAL
            if relation == "acl" and any(key in grammar.hearsay for key in tree.keys[head]) and any(tree.relation(m) == "mark" for m in tree.marks(at)):
                return Realis.UNREAL  # reports that it attacked
            if relation in ("advcl", "acl") and tree.is_verb(head) and self._reason(at, head):
                return Realis.UNREAL  # jailed him for helping rebels
            if tree.language.code == "ar" and relation in ("csubj", "ccomp", "xcomp", "acl", "nsubj", "obj") and not grammar.modals.isdisjoint(tree.keys[head]):
                return Realis.UNREAL  # يمكن إبرام اتفاق, من المتوقع أن يزور
            if tree.tokens[head].upos in ("VERB", "AUX", "ADJ", "NOUN") and relation in ("xcomp", "ccomp", "obj", "obl", "advcl", "nsubj", "csubj", "acl", "nmod", "iobj"):
                kind = self.slots.verb_class(head, at) if self._governs(head) else None
                noun = not tree.is_verb(at)
                if tree.is_verb(head) and not noun and tree.keys[head][0] in grammar.modals and relation in ("xcomp", "ccomp", "csubj", "nsubj", "obj"):
                    return Realis.UNREAL  # يمكن أن تلغي
                if kind == "unreal" and relation in ("xcomp", "ccomp", "obj", "obl", "csubj", "nsubj") and not (relation == "nsubj" and not tree.passive(head)):
                    return Realis.UNREAL
                if kind == "want":
                    wanted = relation in ("xcomp", "ccomp", "obl", "advcl") and not noun and not tree.related(head, "obj", "iobj") and not tree.related(at, "nsubj")
                    if not wanted:
                        return Realis.UNREAL
                elif kind == "intend" and relation == "advcl" and tree.language.code == "ar" and tree.tokens[at].feature("VerbForm") == "Part":
                    break  # قررت قطع علاقاتها، متهمة ...: what goes with the decision is done
                elif kind == "intend" and relation in ("xcomp", "ccomp", "obj", "obl", "advcl"):
                    future = future or not self._decreed(index, head)
                elif kind in ("light", "aspect") and relation in ("xcomp", "obj", "obl", "nsubj", "ccomp", "advcl"):
                    if negated == "nominal" or (relation in ("ccomp", "xcomp") and not noun and negated is None and kind == "light"):
                        break
                elif kind == "cause" and self.slots.caused(at):
                    pass  # failed to persuade X to go
                elif kind in ("report", "cause"):
                    break
                elif relation in ("xcomp", "advcl", "acl", "obl") and not noun and self._purpose(at):
                    return Realis.UNREAL
                elif relation == "nmod" and any(key in grammar.transparent for key in tree.keys[head]):
                    pass
                else:
                    if noun and self._undone(at):
                        return Realis.UNREAL  # an event that will test his vow; قد تؤدي أي مواجهة إلى ...: what may come of it has not been
                    break
                came, at = at, head
                continue
            if relation == "conj" and tree.tokens[head].upos in ("VERB", "AUX") and tree.is_verb(at):
                # A joined verb shares what governs the first, not its negation.
                shared = self._here(head, at)
                meant = tree.relation(head) in ("acl", "advcl", "xcomp", "obl") and tree.language.code == "ar" and self._purpose(head)  # لكي تبحث وتتفاوض
                if (meant or shared in (Realis.UNREAL, Realis.DEMANDED, Realis.REQUIRED)) and not tree.marks(at):
                    return Realis.UNREAL
                if not self._finite(at):
                    came, at = at, head
                    continue
            break
        if negated in ("past", "present", "any") and any(key in grammar.exceptive for i in range(index + 1, min(index + _REACH, len(tree))) for key in tree.keys[i]):
            negated = None  # لم تفرج إلا عن عشرين: she did free twenty
        if wanted and negated is not None:
            return Realis.UNREAL
        if negated is not None:
            kept = future or negated == "future" or (negated == "nominal" and self._declared(at))
            return Realis.REFUSED if kept else Realis.UNREAL
        return Realis.WANTED if wanted else Realis.FUTURE if future else Realis.ASSERTED

    def _possible(self, head: int) -> bool:
        """Whether what stands under a noun is only thought of: في حالة الرفض, the risk of an attack."""
        tree, grammar = self.tree, self.grammar
        if tree.is_verb(head):
            return False
        asked = not grammar.eventualities.isdisjoint(tree.keys[head]) and tree.cases[head][:1] in (("في",), ("in",))
        return asked or not grammar.possible.isdisjoint(tree.keys[head])

    def _undone(self, noun: int) -> bool:
        """Whether the verb in whose phrase a noun stands does not hold; in Arabic also where the noun stands deeper in the phrase (لن تتولى مهمة بيع ...)."""
        tree, at = self.tree, noun
        for above in tree.ancestors(noun) if tree.language.code == "ar" else ():
            if tree.relation(at) != "nmod" or tree.is_verb(above):
                break
            at = above
        verb = tree.head(at)
        if verb < 0 or not tree.is_verb(verb):
            return False
        unsettled = (Realis.UNREAL,) if tree.language.code == "ar" else (Realis.UNREAL, Realis.FUTURE)
        return self._here(verb, at) in unsettled or (at != noun and tree.relation(at) == "obj" and self.reader.negator(verb) is not None)

    def _looked_back(self, index: int) -> bool:
        """Whether an English participle without agent says who it is to whom something else happens: "the civilians imprisoned in May were released"."""
        tree, head = self.tree, self.tree.head(index)
        participle = tree.tokens[index].relation == "acl" and tree.passive(index) and not self.slots.agent(index)
        return participle and tree.relation(head) in ("nsubj", "nmod") and tree.head(head) in self.triggers

    def background(self, index: int) -> bool:
        """Whether an Arabic clause looks back on violence to say of whom or what it speaks: a definite relative one (الموقع الذي هاجمته إسرائيل), or one of what goes on.

        A relative clause of an attack that is itself told (وقع الانفجار الذي استهدف ...) tells more of it, and one of a country that attacks tells the attack.
        """
        tree = self.tree
        if not tree.is_verb(index):
            return False
        if tree.language.code == "en":
            return self._looked_back(index)
        at = index
        while tree.relation(at) == "conj" and tree.head(at) >= 0 and tree.is_verb(tree.head(at)):
            at = tree.head(at)
        relative = any(tree.keys[c][0] in self.grammar.relatives for c in (at - 1, at - 2, *tree.children[at]) if 0 <= c < at)
        if tree.relation(at) == "acl" and relative:
            head = tree.head(at)
            # روسيا التي قصفت ...: of a name that acts nothing else is to be told.
            acts = self.slots.subject(index) == [head] and head in self.slots.resolver.mentions.names
            return not acts and not (head in self.triggers and self.slots.tells(head))
        if any(key in self.grammar.perceive for a in tree.ancestors(at) if tree.is_verb(a) for key in tree.verb_keys(a)):
            return False
        return tree.tokens[index].feature("Aspect") == "Imp" and tree.relation(at) in ("acl", "advcl", "xcomp", "conj", "ccomp")

    def _here(self, index: int, came: int) -> Realis:
        """What the function words of one word say of it."""
        tree, grammar = self.tree, self.grammar
        token = tree.tokens[index]
        arabic = tree.language.code == "ar"
        status = Realis.ASSERTED
        marks = tree.marks(index)
        if arabic and index > 0 and tree.is_verb(index) and tree.tokens[index - 1].upos in ("PART", "AUX", "SCONJ", "CCONJ", "ADV"):
            marks = [*marks, index - 1]
        verb = tree.is_verb(index)
        if index > 0 and verb and not grammar.conditionals.isdisjoint(tree.keys[index - 1]):
            return Realis.UNREAL
        for mark in marks:
            keys = tree.keys[mark]
            if not grammar.conditionals.isdisjoint(keys) and tree.relation(mark) in ("mark", "advmod", "cc", "case", "dep"):
                return Realis.UNREAL
            if verb and not arabic and keys[0] in grammar.pending and token.feature("Tense") == "Pres" and token.feature("VerbForm") == "Fin" and tree.relation(index) == "advcl":
                return Realis.UNREAL  # until the rebels withdraw
            if not grammar.future.isdisjoint(keys):
                status = Realis.FUTURE
            elif verb and not arabic and not grammar.obligation.isdisjoint(keys):
                return Realis.DEMANDED
            elif verb and not grammar.necessity.isdisjoint(keys):
                return Realis.REQUIRED
            elif verb and keys[0] in grammar.reported_future and self._reported(index):
                status = Realis.FUTURE  # said it would = "we will"
            elif (verb and not grammar.modals.isdisjoint(keys)) or (arabic and keys[0] == "قد" and token.feature("Aspect") == "Imp"):
                return Realis.UNREAL
        if verb and not arabic and self._subjunctive(index):
            return Realis.REQUIRED
        if came < 0 and self._announces(index):
            return Realis.FUTURE
        if (index == came or came < 0) and not self.slots.achievers(index):
            infinitive = token.feature("VerbForm") == "Inf" and not any(tree.tokens[m].upos == "AUX" and tree.relation(m) != "cop" and tree.keys[m][-1] != "be" for m in marks)
            if infinitive and any(tree.tokens[c].relation in ("cop", "aux") and tree.keys[c][-1] == "be" for c in tree.children[index]):
                return Realis.FUTURE  # are to meet
            if infinitive and tree.relation(index) in ("advcl", "acl", "xcomp", "root", "obl") and self._purpose(index):
                governor = tree.head(index)
                if governor < 0 or not (self._governs(governor) and self.slots.verb_class(governor) in ("light", "aspect", "intend", "want", "cause")):
                    return Realis.UNREAL
        if any(tree.tokens[c].text in ("?", "؟") for c in tree.children[index]):
            return Realis.UNREAL
        return status

    def _announces(self, index: int) -> bool:
        """Whether an English infinitive below an actor makes a headline of what is to come: the sentence has no other verb."""
        tree, head = self.tree, self.tree.head(index)
        named = head in self.reader.mentions.names or head in self.reader.mentions.roles
        if tree.language.code != "en" or tree.head(head) >= 0 or not named or not any(tree.keys[m][0] == "to" for m in tree.marks(index)):
            return False
        return not any(tree.relation(c) == "appos" or tree.tokens[c].text.lower() in ("the", "a", "an") for c in tree.children[head]) and not any(t.feature("VerbForm") == "Fin" for t in tree.tokens)

    def _subjunctive(self, index: int) -> bool:
        """Whether an English that-clause has the bare verb after a subject in the singular (insisted that Baghdad disarm): it says what must be."""
        tree, token = self.tree, self.tree.tokens[index]
        if (
            tree.relation(index) != "ccomp"
            or token.text != token.lemma
            or any(tree.relation(c) in ("aux", "cop") for c in tree.children[index])
            or not any(tree.keys[m][0] == "that" for m in tree.marks(index))
        ):
            return False
        subjects = tree.related(index, "nsubj")
        third = any(tree.tokens[s].feature("Number") == "Sing" and tree.tokens[s].upos in ("PROPN", "NOUN") and not tree.related(s, "conj") for s in subjects)
        return third and token.text not in tree.language.verb_forms and bool(self.slots.verb_class(tree.head(index)) or tree.head(index) in self.triggers)

    def _inverted(self, index: int) -> bool:
        """Whether a verb stands in a condition without "if": had X invaded, Y would have ... (the auxiliary before its subject, and a conditional beside it)."""
        tree, grammar, names = self.tree, self.grammar, self.reader.mentions.names
        if grammar.inverted.isdisjoint(tree.words) or grammar.reported_future.isdisjoint(tree.words):
            return False
        for at in range(index - 1, max(-1, index - _REACH - 2), -1):
            token = tree.tokens[at]
            if tree.keys[at][0] in grammar.inverted:
                subject_before = at > 0 and (tree.tokens[at - 1].upos in ("PROPN", "PRON") or at - 1 in names)
                return not subject_before and at + 1 < index and (tree.tokens[at + 1].upos in ("DET", "PROPN", "PRON", "NUM", "ADJ", "NOUN") or at + 1 in names)
            if at not in names and token.upos in ("PUNCT", "VERB", "CCONJ", "SCONJ"):
                return False
        return False

    def _decreed(self, index: int, head: int) -> bool:
        """Whether deciding is doing: a ban, sanctions or a permission are there once they are decided."""
        if self.reader.negator(index) or not any(key in self.grammar.decisive for key in self.tree.verb_keys(head)):
            return False
        return self.reader.acts[self.triggers[index].entries[0].act].decreed

    def _governs(self, index: int) -> bool:
        """Whether a word may have a class of light_verbs.yaml: a verb, or an English adjective (is ready to host)."""
        return self.tree.is_verb(index) or (self.tree.language.code == "en" and self.tree.tokens[index].upos == "ADJ")

    def _reason(self, index: int, head: int) -> bool:
        """Whether an English gerund under "for" gives the reason of what its verb does to somebody: it is looked back on, and its doer is the one done to."""
        tree = self.tree
        marks = {tree.keys[m][0] for m in tree.children[index] if tree.relation(m) in ("mark", "case")}
        return tree.language.code == "en" and "for" in marks and tree.tokens[index].text.endswith("ing") and head in self.triggers

    def _purpose(self, index: int) -> bool:
        """An infinitive or a ل / أن clause: what is meant to happen."""
        tree = self.tree
        token = tree.tokens[index]
        if tree.language.code == "en":
            return token.feature("VerbForm") == "Inf" or any(tree.keys[m][0] == "to" for m in tree.marks(index))
        if token.feature("Aspect") == "Perf":
            return False
        trigger = self.triggers.get(index)
        if (
            trigger is not None
            and self.reader.acts[trigger.entries[0].act].harms
            and any(tree.tokens[o].upos == "NUM" for o in tree.related(index, "obj"))
            and tree.is_verb(tree.head(index))
            and tree.tokens[tree.head(index)].feature("Aspect") == "Perf"
        ):
            return False  # فجر نفسه ليقتل خمسة: nobody means to kill a number
        return any(tree.keys[m][0] in self.grammar.purpose or tree.keys[m][0] in ("ان", "بان") for m in tree.marks(index))

    def _reported(self, index: int) -> bool:
        """Whether a verb stands in what a reporting verb in the past says, without a condition."""
        tree = self.tree
        head = tree.head(index)
        # "announced it would" reports, with "that" or without.
        reports = head >= 0 and any(kind == "report" and needed <= {"that"} for key in tree.verb_keys(head) for kind, needed in self.grammar.verb_classes.get(key, ()))
        conditional = any(tree.keys[m][0] in self.grammar.conditionals for c in tree.children[index] for m in tree.marks(c))
        return head >= 0 and tree.is_verb(head) and tree.relation(index) in ("ccomp", "conj", "parataxis") and reports and not conditional

    def _finite(self, index: int) -> bool:
        return self.tree.tokens[index].feature("VerbForm") not in ("Inf", "Ger", "Part") and not any(self.tree.keys[m][0] == "to" for m in self.tree.marks(index))

    def _declared(self, index: int) -> bool:
        """Whether a verb of saying or deciding stands over a negated noun (أعلنت عدم مشاركتها)."""
        tree = self.tree
        for above in [index, *tree.ancestors(index)]:
            if tree.is_verb(above):
                return self.slots.verb_class(above) in ("report", "light", "intend") or above in self.triggers
            if tree.keys[above][0] in ("قرار", "decision"):
                return True
        return False
