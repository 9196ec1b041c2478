"""Where a trigger's source, target and content stand in the tree (the paths of dictionaries/README.md)."""

from __future__ import annotations

from coders.actors import ActorResolver
from coders.agents import find_agents, find_bullets
from coders.prepositions import prepositional
from coders.subjects import begins_anew, people_above, stray_subject
from coders.tree import Tree
from coders.triggers import Trigger

_STEPS = 6


class Slots:
    """Fillers of the paths of one sentence's triggers. A filler is the index of a phrase's or clause's head."""

    def __init__(self, tree: Tree, triggers: dict[int, Trigger], resolver: ActorResolver) -> None:
        self.tree, self.triggers, self.resolver = tree, triggers, resolver
        self.grammar, self.acts = tree.language.grammar, resolver.dictionaries.acts
        self._light_verbs: dict[int, int] = {}

    def fillers(self, index: int, path: str, noun: bool) -> list[int]:
        """What stands on a path from a trigger, nearest first."""
        tree = self.tree
        if path == "subj":
            if noun:
                return self.light_subject(index)
            if tree.passive(index):
                # "is prepared, determined to" is passive in form only.
                return self.agent(index) or (self.subject(index) if tree.language.code == "en" and self.verb_class(index) == "intend" else [])
            return self.subject(index)
        if path == "obj":
            # Of "warned X that ..." the parser may make X the indirect object.
            return self._noun_object(index) if noun else self.object(index) or (tree.related(index, "iobj") if tree.language.code == "en" else [])
        if path == "iobj":
            objects = tree.related(index, "obj")
            # منحتها الهند قرضا, منح البنك تنزانيا قرضا: of two objects the first is who gets it.
            return tree.related(index, "iobj") or (objects[:1] if len(objects) > 1 else [])
        if path == "clause":
            return self.clauses(index)
        if path == "poss":
            return self._possessors(index) if noun else []
        if path == "mod":
            return self._modifiers(index)
        if path == "'s":
            return [c for c in self._possessors(index) if not tree.cases[c] or tree.cases[c][0] == "'s"] if noun else []
        return prepositional(tree, self.triggers, index, path, self._carrier(index))

    def subject(self, index: int, steps: int = _STEPS) -> list[int]:
        """The subject of a verb as it stands: its own, or the one that it shares or is given by what governs it."""
        tree = self.tree
        own = [s for s in tree.related(index, "nsubj") if not self._relative(s)]
        if own:
            return own
        if steps == _STEPS and tree.language.code == "en" and tree.tokens[index].upos in ("NOUN", "PROPN", "ADJ") and index in self.triggers and not self.triggers[index].noun:
            return [c for c in tree.related(index, "compound", "nmod:desc", "amod") if c < index and self.resolver.resolve(c)] or ([tree.head(index)] if tree.relation(index) == "appos" else [])
        if steps == _STEPS and tree.language.code == "ar":
            stray = stray_subject(tree, self.triggers.get(index), index, self.resolver.resolve)
            if stray:
                return stray
        if steps == 0 or tree.head(index) < 0:
            return []
        head, relation = tree.head(index), tree.relation(index)
        message = any(key in self.grammar.messages for key in tree.keys[head]) and relation == "acl"
        if message and (tree.tokens[index].text.endswith("ing") if tree.language.code == "en" else not tree.tokens[head].text.startswith("ال")):
            # issued a statement condemning X, بيان يدين: who issued it condemns
            while tree.relation(head) == "nmod" and not tree.cases[head] and tree.language.code == "ar":
                head = tree.head(head)  # مشروع قرار
            above = tree.head(head)
            said = [p for p in self._possessors(head) if self.resolver.resolve(p)] or (
                [a for a in self.agent(above)]
                if above >= 0 and tree.passive(above)
                else self.subject(above, steps - 1)
                if above >= 0 and tree.is_verb(above) and tree.relation(head) in ("obj", "obl")
                else []
            )
            return said or [head]
        if relation == "acl":
            first = self.achievers(index)
            if first:
                return first
            # The antecedent is the subject unless the clause has another; «التي بدأتها المنظمة» has its own.
            if tree.tokens[index].text.endswith("وا") and tree.language.code == "ar":
                # Of a phrase (العشرات من مستوطني القرية هاجموا) the people, not the place that it ends in.
                return people_above(tree, head, index, self.resolver.resolve)
            return [head]
        if relation in ("conj", "parataxis") and tree.tokens[head].upos in ("VERB", "AUX"):
            shared = self.subject(head, steps - 1)
            return [] if tree.language.code == "ar" and begins_anew(tree, index, head, shared) else shared
        if relation in ("xcomp", "ccomp", "advcl", "csubj", "obl") and (relation == "xcomp" or not tree.related(index, "nsubj")):
            trailing = index > 0 and tree.tokens[index - 1].text == "," and tree.tokens[index].text.endswith("ing")
            if self._object_controls(head) and not trailing:
                controlled = self.object(head) or tree.related(head, "iobj") or [c for c in tree.related(head, "obl", "nmod") if self.resolver.resolve(c)]
                if controlled:
                    return controlled
            if self.caused(index) and tree.related(head, "obj", "iobj"):
                return tree.related(head, "obj", "iobj")[:1]
            if tree.tokens[head].upos in ("VERB", "AUX", "ADJ"):
                return self.subject(head, steps - 1) if not tree.passive(head) or relation != "ccomp" else []
            return self._possessors(head) or self.light_subject(head)
        return []

    def achievers(self, index: int) -> list[int]:
        """Who became or was the first, the last, the only one to do what an English infinitive says; that one did it."""
        tree, noun = self.tree, self.tree.head(index)
        if tree.language.code != "en" or noun < 0 or tree.relation(index) != "acl" or not any(key in self.grammar.achieving for c in tree.related(noun, "amod", "nmod") for key in tree.keys[c]):
            return []
        if not any(tree.keys[m][0] == "to" for m in tree.marks(index)):
            return []
        copula = tree.related(noun, "cop")
        if copula:
            return tree.related(noun, "nsubj") if tree.keys[copula[0]][0] in ("is", "was", "are", "were") and not tree.related(noun, "aux") else []
        become = tree.head(noun)
        return self.subject(become) if become >= 0 and tree.relation(noun) in ("xcomp", "obj") and tree.verb_keys(become)[-1] == "become" and not tree.related(become, "aux") else []

    def caused(self, index: int) -> bool:
        """Whether an English infinitive is what a verb of causing brings its object to do (persuaded X to go), in whichever relation the parser hung it."""
        tree, head = self.tree, self.tree.head(index)
        infinitive = tree.relation(index) == "xcomp" or (tree.relation(index) == "advcl" and any(tree.keys[m][0] == "to" for m in tree.marks(index)))
        return tree.language.code == "en" and head >= 0 and infinitive and tree.is_verb(head) and self.verb_class(head) == "cause"

    def _relative(self, index: int) -> bool:
        return self.tree.tokens[index].feature("PronType") == "Rel" or (self.tree.keys[index][0] in self.grammar.relatives and self.tree.tokens[index].upos != "PROPN")

    def _object_controls(self, head: int) -> bool:
        trigger = self.triggers.get(head)
        return trigger is not None and self.acts[trigger.entries[0].act].control == "object"

    def object(self, index: int) -> list[int]:
        """The object of a verb; the subject of a passive one; the antecedent of a relative clause that has its own subject."""
        tree = self.tree
        if tree.passive(index):
            return self.subject(index)
        own = tree.related(index, "obj")
        if tree.relation(index) == "acl" and (not own or all(tree.tokens[o].upos == "PRON" for o in own)):
            subjects = [s for s in tree.related(index, "nsubj") if not self._relative(s)]
            if subjects:
                return [tree.head(index)]
        return own

    def agent(self, index: int) -> list[int]:
        """The agent of a passive: by ..., من قبل ..., or whose bullets it was."""
        found = find_agents(self.tree, index, self.resolver.resolve)
        trigger = self.triggers.get(index)
        if self.tree.language.code == "ar":
            found = [f for f in found if not self._of_another_harm(f, index)]
        if found or trigger is None or self.tree.language.code != "ar" or not self.acts[trigger.entries[0].act].harms:
            return found
        return [p for w in find_bullets(self.tree, index) for p in self._possessors(w) if self.resolver.resolve(p) is not None]

    def _of_another_harm(self, at: int, index: int) -> bool:
        """Whether an agent stands below another act of harm: أصيب ثلاثة خلال احتجاج على مقتل مدنيين على أيدي القوات."""
        for above in self.tree.ancestors(at):
            if above == index:
                return False
            trigger = self.triggers.get(above)
            if trigger is not None and above > index and self.acts[trigger.entries[0].act].harms:
                return True
        return False

    def _carrier(self, index: int) -> int:
        """The verb whose phrases a noun's act shares: its light verb, or the one that tells that it happens (clashes erupted between A and B); -1 for none."""
        light, verb = self.light_verb(index), self.tree.head(index)
        if light >= 0 or verb < 0 or self.tree.language.code != "en" or self.tree.relation(index) != "nsubj" or not self.tree.is_verb(verb):
            return light
        return verb if any(key in self.grammar.occurring for key in self.tree.verb_keys(verb)) else -1

    def light_verb(self, index: int) -> int:
        """The verb that lends its subject to a noun's act (launch an attack), -1 where none does."""
        if index not in self._light_verbs:
            self._light_verbs[index] = self._light_verb(index)
        return self._light_verbs[index]

    def _light_verb(self, index: int) -> int:
        tree, at = self.tree, index
        for _ in range(_STEPS):
            head = tree.head(at)
            if head < 0:
                return -1
            relation = tree.relation(at)
            if tree.tokens[head].upos in ("VERB", "AUX"):
                if at != index and any(key in self.grammar.claims for key in tree.keys[at]):
                    return head if self.verb_class(head, at) == "light" else -1  # أعلن مسؤوليته عن التفجير
                return (
                    head
                    if (relation in ("obj", "nsubj", "obl", "iobj", "xcomp") or (tree.language.code == "ar" and relation in ("ccomp", "dep", "advmod", "appos")))
                    and self._is_light(head, index, relation)
                    else -1
                )
            claimed = tree.cases[at][:1] == ("عن",) and any(key in self.grammar.claims for key in tree.keys[head])
            if relation == "conj" or claimed or (relation in ("nmod", "amod", "obj", "compound") and self._passes(head)):
                at = head
                continue
            return -1
        return -1

    def _passes(self, index: int) -> bool:
        """Whether a noun lets through what stands below it: a number of, lack of (a refusal is told by the verb above: قررت عدم المشاركة)."""
        return any(key in self.grammar.transparent or key in self.grammar.nominal_negators for key in self.tree.keys[index])

    def _is_light(self, verb: int, noun: int, relation: str) -> bool:
        kinds = {kind for key in self.tree.verb_keys(verb) for kind, _ in self.grammar.verb_classes.get(key, ())}
        trigger = self.triggers.get(noun)
        if trigger is not None and self.acts[trigger.entries[0].act].harms and "report" in kinds:
            return False  # who announces a killing does not kill
        cases = self.tree.cases[noun]
        if relation == "obl" and cases and self.tree.language.code == "ar" and not any(cases[0] in needed for key in self.tree.verb_keys(verb) for _, needed in self.grammar.verb_classes.get(key, ())):
            return False  # أعلن مقتله في انفجار: he did not set it off
        if relation == "obl" and cases and self.tree.language.code == "en" and self.verb_class(verb) == "light" and any(o != noun for o in self.tree.related(verb, "obj")):
            # expressed sorrow for the shootings: what it lends its subject to is its object
            return any(cases[0] in needed for key in self.tree.verb_keys(verb) for kind, needed in self.grammar.verb_classes.get(key, ()) if kind == "light")
        return self.verb_class(verb, noun) in ("light", "aspect", "intend") and not (relation == "nsubj" and not self._undergone(verb, noun))

    def _undergone(self, verb: int, noun: int) -> bool:
        """Whether a light verb is passive over its noun: in Arabic it is where the noun of an act is its subject and it has no object (هجوم نفذ ضد ...)."""
        tree = self.tree
        bare = [o for o in tree.related(verb, "obj", "iobj") if not tree.cases[o]]
        return tree.passive(verb) or (tree.language.code == "ar" and noun in self.triggers and not bare)

    def verb_class(self, verb: int, besides: int | None = None) -> str | None:
        """The class of a verb in light_verbs.yaml, if it has one and the words that its entry asks for are there."""
        tree = self.tree
        keys = [key for key in tree.verb_keys(verb) if key in self.grammar.verb_classes]
        if not keys:
            return None
        words = {key for c in tree.children[verb] for key in (*tree.keys[c], *tree.cases[c])}
        if besides is not None:
            words |= set(tree.cases[besides])
            found = [kind for key in keys for kind, needed in self.grammar.verb_classes.get(key, ()) if needed <= words]
            return "light" if "light" in found else found[0] if found else None
        return next((kind for key in keys for kind, needed in self.grammar.verb_classes.get(key, ()) if needed <= words), None)

    def tells(self, index: int) -> bool:
        """Whether a noun's act is told as news: by a headline, by a verb that says that it happened, was done, led to or reported, or as the setting of a clause."""
        tree, at = self.tree, index
        for _ in range(_STEPS):
            head, relation, cases = tree.head(at), tree.relation(at), tree.cases[at]
            if head < 0 or tree.tokens[head].upos in ("CCONJ", "PUNCT"):
                return not cases
            if tree.language.code == "ar" and tree.relation(at) == "dep" and any(tree.tokens[i].text == ":" for i in range(head, at)):
                return not cases  # 30 ديسمبر: مقتل ثلاثة ...
            if tree.is_verb(head):
                rows = [(kind, needed) for key in tree.verb_keys(head) for kind, needed in self.grammar.verb_classes.get(key, ())]
                if relation == "nsubj":
                    return any(kind in ("happen", "cause") or (kind == "light" and self._undergone(head, at)) for kind, _ in rows)
                if tree.language.code == "ar" and relation in ("obl", "obj") and any(key in self.grammar.undergo for key in tree.verb_keys(head)) and self.agent(index):
                    return True  # تعرض للضرب على أيدي ...
                return any(kind in ("happen", "cause", "report", "light", "aspect") and (not cases or cases[0] in needed) for kind, needed in rows)
            joined = relation == "conj" and tree.tokens[head].upos in ("NOUN", "PROPN", "X", "NUM", "ADJ")
            if not joined and not (relation in ("nmod", "obj", "amod") and self._passes(head)):
                return False
            at = head
        return False

    def light_subject(self, index: int) -> list[int]:
        """The subject of the light verb over a noun, or of the one in its relative clause (the plan that Egypt put forward)."""
        verb = self.light_verb(index)
        if verb < 0:
            return self._relative_subject(index) or self._predicated(index)
        subjects = self.agent(verb) if self.tree.passive(verb) else self.subject(verb)
        return [s for s in subjects if s != index]

    def _predicated(self, index: int) -> list[int]:
        """The subject of which an Arabic noun or adjective is said without a verb: إن بلاده مستعدة ل ...; a noun of harm there is a verb that the tagger misjudged."""
        if self.tree.language.code != "ar" or self.tree.tokens[index].upos != "ADJ" or (index in self.triggers and self.acts[self.triggers[index].entries[0].act].harms):
            return []
        return [s for s in self.tree.related(index, "nsubj") if s < index and not self._relative(s)]

    def _relative_subject(self, index: int) -> list[int]:
        tree = self.tree
        for clause in tree.related(index, "acl"):
            if not tree.is_verb(clause) or any(tree.relation(m) == "mark" for m in tree.marks(clause)):
                continue  # "concerns that Tehran may ..." are not Tehran's
            found = self.agent(clause) if tree.passive(clause) else [s for s in tree.related(clause, "nsubj") if not self._relative(s)]
            if found:
                return found
        return []

    def _possessors(self, index: int) -> list[int]:
        """Possessors of a noun: 's, of, construct state, suffix; nearest first."""
        tree = self.tree
        if tree.language.code == "en":
            own = [c for c in tree.children[index] if tree.tokens[c].relation in ("nmod:poss", "det:poss")]
            return own + [c for c in tree.related(index, "nmod", "obl") if tree.cases[c][:1] == ("of",)]
        found = [
            c for c in tree.related(index, "nmod", "det", "nsubj", "dep", "flat", "nummod") if not tree.cases[c] and c > index and not self._demonym(c) and tree.tokens[c].feature("PronType") != "Dem"
        ]
        if len(found) > 1 and found[1] == found[0] + 1 and not tree.children[found[0]] and any(key in self.grammar.transparent for key in tree.keys[found[0]]):
            found = found[1:]  # مقتل أحد جنوده, both hung on مقتل
        return found[:1]

    def _noun_object(self, index: int) -> list[int]:
        """The object of a masdar: its second noun without preposition, or its first where that names no doer."""
        tree = self.tree
        bare = [c for c in tree.related(index, "nmod", "obj", "obl") if not tree.cases[c] and c > index and not self._demonym(c) and tree.tokens[c].upos != "PRON"]
        if tree.language.code == "en":
            return tree.related(index, "obj")
        first = self._possessors(index)
        names = self.resolver.mentions.names
        later = [c for c in bare if c not in first and not (first and c in names and names.get(first[0]) is names[c])]
        if not later and first:
            # The object may hang on the possessor: رفض [أرمينيا المشاركة].
            later = [c for c in tree.related(first[0], "nmod", "obj") if not tree.cases[c] and c in self.triggers]
        if later:
            return later
        return [c for c in first if self.resolver.resolve(c) is None or c in self.triggers]

    def _demonym(self, index: int) -> bool:
        match = self.resolver.mentions.names.get(index)
        return match is not None and match.name.relation == "demonym"

    def _modifiers(self, index: int) -> list[int]:
        """Adjectives and compounds of a noun that name an actor; where the noun is joined to another, that one's too."""
        tree, names = self.tree, self.resolver.mentions.names
        found = [c for c in tree.related(index, "amod", "compound", "nmod", "flat", "dep") if c in names and not tree.cases[c]]
        # US-led, Saudi-backed: the name hangs on the participle.
        found += [g for c in tree.related(index, "amod") if c not in names for g in tree.children[c] if g in names and not tree.cases[g]]
        if not found and tree.language.code == "ar":
            return [a for c in tree.related(index, "conj") for a in tree.related(c, "amod") if a in names]  # القصف والتوغل الإسرائيلي
        return found

    def clauses(self, index: int) -> list[int]:
        """Complement clauses: infinitive, that-clause, gerund, أن; also under the light verb of a noun."""
        tree = self.tree
        found = tree.related(index, "xcomp", "ccomp", "csubj")
        for child in tree.related(index, "advcl", "acl", "obl", "obj", "conj", "parataxis", "nmod", "nsubj"):
            marked = any(tree.relation(m) == "mark" and tree.keys[m][0] in ("to", "ان", "بان", "that", "اذ") for m in tree.marks(child))
            if (tree.relation(child) in ("advcl", "acl") and marked and tree.tokens[child].relation != "acl:relcl") or (
                tree.relation(child) in ("obl", "obj", "nmod", "nsubj") and tree.is_verb(child) and marked
            ):
                found.append(child)
        if not tree.is_verb(index) and not found:
            # The parser hangs a noun's clause on what stands last in its phrase: demands from X that ...
            found += [
                c
                for m in tree.related(index, "nmod")
                for c in tree.related(m, "acl", "ccomp")
                if tree.tokens[c].relation != "acl:relcl" and any(tree.keys[k][0] in ("that", "to") for k in tree.marks(c))
            ]
        if tree.language.code == "ar" and tree.is_verb(index):
            # ناشدت كوبا الولايات المتحدة رفع الحصار: the second bare object, a masdar, is what is asked.
            found += [o for o in tree.related(index, "obj")[1:] if o in self.triggers]
        light = self.light_verb(index)
        if not found and light >= 0 and light != index:
            found = [c for c in tree.related(light, "xcomp", "ccomp", "advcl") if c > index]
        return sorted(set(found))
