"""Pronouns, and who speaks: what a sentence says of an actor that it named before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from coders.event import Actor
from coders.memory import Memory
from coders.mentions import Mentions
from coders.tree import QUOTES, Tree
from dictionaries import Dictionaries


class References:
    """The pronouns and speakers of one sentence; `resolve` gives the actor of a phrase, `block` its tokens."""

    def __init__(self, tree: Tree, mentions: Mentions, dictionaries: Dictionaries, memory: Memory, resolve: Callable[[int], Actor | None], block: Callable[[int], list[int]]) -> None:
        self.tree, self.mentions, self.dictionaries, self.memory = tree, mentions, dictionaries, memory
        self.resolve, self.block = resolve, block
        self.grammar = tree.language.grammar

    def pronoun(self, index: int, others: Sequence[Actor] = ()) -> Actor | None:
        """The actor that a pronoun stands for: in quoted first person the speaker, else the nearest fitting one before it, none of `others`."""
        tree, token = self.tree, self.tree.tokens[index]
        if any(key in self.grammar.first_person for key in tree.keys[index]) or token.feature("Person") == "1":
            speaker = self.speaker(index)
            return replace(speaker, text=token.text, start=token.start, end=token.end, direct=True) if speaker else None
        if token.feature("PronType") in ("Rel", "Int", "Ind") or tree.keys[index][0] in ("it", "who", "which", "that", "what", "there"):
            antecedent = self._antecedent(index)
            if antecedent is not None:
                return antecedent
            if tree.keys[index][0] != "it":
                return None
        if token.feature("PronType") == "Dem" and token.feature("Number") != "Plur":
            return None  # ذلك, this: what was said, not who
        for candidate in [*self._shared_possessors(index), *self._subjects_before(index)]:
            actor = self.resolve(candidate)
            if actor is not None and actor.direct and self._agrees(candidate, index) and all(actor.code[:6] != other.code[:6] for other in others):
                return replace(actor, text=token.text, start=token.start, end=token.end)
        remembered = self.memory.last_subject
        if remembered and any(remembered.code[:6] == other.code[:6] for other in others):
            return None
        return replace(remembered, text=token.text, start=token.start, end=token.end) if remembered else None

    def both(self, index: int) -> list[Actor]:
        """The two whom an Arabic dual pronoun means (محادثاتهما): the nearest two that were joined as a subject before it."""
        token = self.tree.tokens[index]
        if token.upos != "PRON" or token.text != "هما":
            return []
        for candidate in self._subjects_before(index):
            pair = [self.resolve(at) for at in (candidate, *(c for c in self.tree.related(candidate, "conj") if not self.tree.is_verb(c)))]
            if len(pair) == 2 and all(actor is not None and actor.country for actor in pair):
                return [actor for actor in pair if actor is not None]
        return []

    def more(self, index: int) -> Actor | None:
        """Whom "others" are more of: those told last before them (قتل جنديان وأصيب ثلاثة آخرون)."""
        token = self.tree.tokens[index]
        for at in range(index - 2, -1, -1):
            if self.tree.relation(at) in ("nsubj", "obj", "nmod", "nummod") and (self.tree.tokens[at].upos == "NUM" or at in self.mentions.roles or not self.grammar.transparent.isdisjoint(self.tree.keys[at])) and self._harmed(at):
                actor = self.resolve(at)
                if actor is not None:
                    return replace(actor, text=token.text, start=token.start, end=token.end)
        return None

    def _harmed(self, index: int) -> bool:
        """Whether the word over a phrase is one of harm (قتل ثلاثة, مقتل ثلاثة)."""
        tree, head = self.tree, self.tree.head(index)
        keys = (tree.verb_keys(head) if tree.is_verb(head) else tree.keys[head]) if head >= 0 else ()
        table = tree.language.verbs if head >= 0 and tree.is_verb(head) else tree.language.nouns
        return any(self.dictionaries.acts[entry.act].harms for key in keys for entry in table.get(key, ()))

    def _shared_possessors(self, index: int) -> list[int]:
        """The possessor of the noun to which a possessed noun is joined: تدخل الولايات المتحدة وتحذيرها."""
        noun = self.tree.head(index)
        if noun < 0 or self.tree.relation(noun) != "conj":
            return []
        first = self.tree.head(noun)
        return [c for c in self.tree.related(first, "nmod") if c != noun and self.tree.tokens[c].upos != "PRON" and not self.tree.cases[c]]

    def speaks(self, index: int) -> bool:
        """Whether a token stands in what a reporting verb says, with a subject who says it."""
        tree = self.tree
        for verb in tree.ancestors(index):
            if any(kind == "report" for key in tree.verb_keys(verb) for kind, _ in self.grammar.verb_classes.get(key, ())):
                return any(index not in tree.subtree(s) for s in tree.related(verb, "nsubj"))
        return False

    def speaker(self, index: int) -> Actor | None:
        """The subject of the reporting verb over (or beside) a token."""
        tree = self.tree
        for above in tree.ancestors(index):
            for verb in [above, *tree.related(above, "parataxis")]:
                if any(kind == "report" for key in tree.verb_keys(verb) for kind, _ in self.grammar.verb_classes.get(key, ())):
                    for subject in tree.related(verb, "nsubj"):
                        if subject != index and index not in tree.subtree(subject):
                            return self.resolve(subject)
        return self.memory.last_subject if self.memory.quoted or not QUOTES.isdisjoint(tree.sentence.text) else None

    def _antecedent(self, index: int) -> Actor | None:
        for above in self.tree.ancestors(index):
            if self.tree.relation(above) == "acl":
                return self.resolve(self.tree.head(above))
        return None

    def _subjects_before(self, index: int) -> list[int]:
        """Subjects of the clauses above a pronoun, then other subjects before it, nearest first, but not of its own clause's verb."""
        tree = self.tree
        above = list(tree.ancestors(index))
        own = next((a for a in above if tree.is_verb(a)), -1)
        possessive = tree.relation(index) in ("nmod", "det") or tree.tokens[index].feature("Poss") == "Yes"
        found = []
        for verb in above:
            if verb == own and not possessive:
                continue
            found += [s for s in tree.related(verb, "nsubj") if index not in tree.subtree(s)]
        found += [i for i in range(index - 1, -1, -1) if tree.relation(i) == "nsubj" and i not in found and (tree.head(i) != own or possessive) and index not in tree.subtree(i)]
        return [i for i in found if tree.tokens[i].upos != "PRON"]

    def _agrees(self, candidate: int, pronoun: int) -> bool:
        """Number, as far as both show it: "they" may be a government, "he" is no plural."""
        tree = self.tree
        number = tree.tokens[pronoun].feature("Number")
        if tree.language.code == "en" and tree.tokens[pronoun].feature("Gender") in ("Masc", "Fem") and self._impersonal(candidate):
            return False
        return not (number == "Sing" and tree.tokens[pronoun].feature("Gender") == "Masc" and tree.tokens[candidate].feature("Number") == "Plur")

    def _impersonal(self, index: int) -> bool:
        """Whether a phrase is no person: headed by the name of a country, a body or a group ("he" is none of them)."""
        match = self.mentions.names.get(index)
        return match is not None and self.dictionaries.actors[match.name.actor].kind != "person" and not any(i in self.mentions.roles for i in self.block(index))
