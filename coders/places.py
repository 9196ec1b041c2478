"""Where something happens: which names a clause gives as places."""

from __future__ import annotations

from coders.mentions import Mentions
from coders.tree import Tree
from dictionaries import Dictionaries


class Places:
    """The places of one sentence."""

    def __init__(self, tree: Tree, mentions: Mentions, dictionaries: Dictionaries) -> None:
        self.tree, self.mentions, self.dictionaries = tree, mentions, dictionaries
        self.grammar = tree.language.grammar

    def locative(self, index: int) -> bool:
        """Whether a phrase stands under a preposition of place."""
        tree, cases = self.tree, self.tree.cases[index]
        above = tree.head(index)
        if not cases and above >= 0 and any(key in self.grammar.border for key in tree.keys[above]) and tree.cases[above]:
            return True
        if not cases and tree.relation(index) in ("nmod", "compound", "flat") and index not in self.mentions.roles:
            head = tree.head(index)  # in the east of Congo, في شرق الكونغو
            if tree.language.code == "ar" and head >= 0 and tree.tokens[head].upos == "NOUN" and not tree.cases[head] and any(key in self.grammar.locative for key in tree.keys[head]):
                return True  # an adverb of place: جنوب بغداد
            return head >= 0 and head not in self.mentions.roles and head not in self.mentions.names and bool(tree.cases[head]) and tree.cases[head][0] in self.grammar.locative
        return bool(cases) and cases[0] in self.grammar.locative and self.tree.relation(index) in ("nmod", "obl", "dep", "advmod")

    def beside(self, index: int, head: int) -> bool:
        """Whether an Arabic name only tells what stands near the phrase (مدرسة بالقرب من السفارة الأميركية)."""
        tree = self.tree
        for at in [index, *tree.ancestors(index)] if tree.language.code == "ar" and not self.grammar.nearby.isdisjoint(tree.words) else []:
            if at == head or (at == index and self.locative(at) and tree.cases[at][:1] == ("في",)):
                return False
            if tree.cases[at] and any(key in self.grammar.nearby for i in range(max(head + 1, at - 2), at) for key in tree.keys[i]):
                return True
        return False

    def on_border(self, index: int) -> bool:
        """Whether a name only tells by which border an English phrase stands (a camp on the Thai border)."""
        above = self.tree.head(index)
        return (
            self.tree.language.code == "en"
            and above >= 0
            and not self.tree.cases[index]
            and any(key in self.grammar.border for key in self.tree.keys[above])
            and self.tree.cases[above][:1] in (("on",), ("near",), ("along",), ("at",))
        )

    def of_clause(self, head: int) -> list[str]:
        """Countries that the clause of a phrase gives as its place, nearest first."""
        verb = next((a for a in self.tree.ancestors(head) if self.tree.is_verb(a)), head)
        found = []
        for index in self.tree.subtree(verb, clauses=False) if self.mentions.names else ():
            match = self.mentions.names.get(index)
            if match and (self.locative(index) or self.in_land(index)) and self._place_case(index) and self.dictionaries.actors[match.name.actor].kind == "country":
                found.append(match.name.actor)
        return found

    def place(self, index: int) -> bool:
        """Whether a name stands under a preposition that makes it a place, not an end of what is done."""
        return self.locative(index) and self._place_case(index)

    def _place_case(self, index: int) -> bool:
        """Whether the preposition over an Arabic name says where, not to, from, or for whom."""
        at = index if self.tree.cases[index] else self.tree.head(index)
        if at == index and self.tree.cases[at][0] == "من":
            return True  # صحفيين من جيبوتي
        return self.tree.language.code != "ar" or at < 0 or not self.tree.cases[at] or self.tree.cases[at][0] not in self.grammar.directional

    def in_land(self, index: int) -> bool:
        """Whether a demonym tells the country of a place (في عدة مدن باكستانية, in the Russian region of Ryazan)."""
        head = self.tree.head(index)
        if head < 0 or self.tree.relation(index) != "amod" or not self.tree.cases[head] or not any(key in self.grammar.lands for key in self.tree.keys[head]):
            return False
        return self.tree.language.code == "ar" or self.tree.cases[head][0] in self.grammar.locative

    def of_the_reported(self, head: int) -> str:
        """The country of an English bare office that speaks beside a clause: that of the clause's subject, where another is only spoken to or with (Turkey appealed to Belgium, the minister said)."""
        tree, verb = self.tree, self.tree.head(head)
        told = tree.head(verb) if verb >= 0 and tree.relation(verb) == "parataxis" else next(iter(tree.related(verb, "ccomp")), -1) if verb >= 0 else -1
        if tree.language.code != "en" or tree.relation(head) != "nsubj" or told < 0 or told > head:
            return ""
        countries = {at: m.name.actor for at, m in self.mentions.names.items() if self.dictionaries.actors[m.name.actor].kind == "country"}
        subject = next((s for s in tree.related(told, "nsubj") if s in countries), -1)
        others = [at for at in tree.subtree(told) if subject >= 0 and at in countries and countries[at] != countries[subject]]
        return countries[subject] if others and all(tree.cases[at][:1] in (("to",), ("with",)) for at in others) else ""

    def opposite(self, index: int, phrase: list[int]) -> bool:
        """Whether a name is itself an actor beside a phrase: "the government" that accuses France is not the French one."""
        tree, match = self.tree, self.mentions.names[index]
        if tree.language.code == "ar" or match.name.relation not in ("name", "capital") or self.locative(index):
            return False
        return tree.relation(index) in ("nsubj", "obj", "iobj", "obl") and index not in phrase
