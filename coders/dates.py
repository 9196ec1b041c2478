"""When an event happened: the date expression of its own clause, else the article's day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from coders.assembly import Coded
from coders.date_expressions import DateExpression, find_dates
from coders.meaning import Meaning
from coders.slots import Slots
from coders.tree import CLAUSAL
from dictionaries.dates import Dates

ARTICLE = "article"
# Roots of what is said of a deed, and so has another date than the deed (CAMEO 1.1b3: statements, appeals, demands, threats ...).
_SAID = frozenset({"01", "02", "03", "09", "10", "11", "12", "13"})

# How many tokens (a place, a mark) may stand before a date that heads a sentence.
_HEADED = 3


@dataclass(frozen=True, slots=True)
class EventDate:
    """The first day of the period in which an event happened, its precision (day, week, month, year; "article": nothing is said), the expression's span in the article's text, and its entry."""

    date: datetime.date | None
    precision: str = ARTICLE
    span: tuple[int, int] | None = None
    place: str = ""


class DateReader:
    """Reads the dates of one sentence's events."""

    def __init__(self, slots: Slots, lexicon: Dates, day: datetime.date | None) -> None:
        self.slots, self.tree, self.triggers, self.lexicon, self.day = slots, slots.tree, slots.triggers, lexicon, day
        self.names = slots.resolver.mentions.names
        self.expressions = [e for e in find_dates([t.text for t in self.tree.tokens], lexicon, day) if e.date is not None]

    def read(self, coded: Coded) -> EventDate:
        """The date of an event of the sentence.

        Of the expressions that hang on the trigger, its light verb or its clause's verb the nearest counts. An event that is told of
        as to come (will, must, threatens to) happens when it is told of, and so has the date of the verb that tells it, if any.
        """
        if not self.expressions:
            return EventDate(self.day)
        carriers = self._carriers(coded.meaning)
        found = self._nearest(carriers, coded)
        if found is None and carriers:
            found = self._inherited(carriers[-1], coded) or self._opening(carriers)
        found = found or self._heading()
        if found is None:
            return EventDate(self.day)
        tokens = self.tree.tokens
        return EventDate(found.date, found.precision, (tokens[found.first].start, tokens[found.last].end), found.place)

    def _carriers(self, meaning: Meaning) -> list[int]:
        """The tokens whose date is the event's: the trigger, and the verb that carries it."""
        tree, slots, index = self.tree, self.slots, meaning.index
        if meaning.act != meaning.entry.act:
            return [at for at in tree.ancestors(index) if tree.is_verb(at) and not self._to_come(at)][:1]
        carriers = [index]
        light = slots.light_verb(index)
        if light >= 0:
            carriers.append(light)
        elif meaning.entry.noun:
            carriers += [c for c in tree.related(index, "acl") if tree.is_verb(c) and self._dates_its_noun(c, index)]
            verb = next((at for at in tree.ancestors(index) if tree.is_verb(at)), -1)
            if verb >= 0 and verb not in self.triggers and slots.verb_class(verb) != "report":
                carriers.append(verb)
        return carriers

    def _to_come(self, verb: int) -> bool:
        """Whether a verb is itself future, obligatory or an infinitive: it tells nothing that has been."""
        tree, grammar = self.tree, self.tree.language.grammar
        marks = {tree.keys[mark][0] for mark in tree.marks(verb)}
        return tree.tokens[verb].feature("VerbForm") == "Inf" or "to" in marks or bool(marks & (grammar.future | grammar.obligation | grammar.necessity | grammar.reported_future))

    def _dates_its_noun(self, clause: int, noun: int) -> bool:
        """Whether a relative clause tells that the act of its noun happened (the attack that took place on Monday), not what came of it."""
        return self.slots.verb_class(clause, noun) in ("light", "aspect") or any(key in self.lexicon.happen for key in self.tree.verb_keys(clause))

    def _nearest(self, carriers: list[int], coded: Coded) -> DateExpression | None:
        ranked = []
        for expression in self.expressions:
            steps = min(self._steps(expression, carriers, coded), default=-1)
            if steps >= 0:
                ranked.append((steps, abs(expression.first - coded.trigger), expression.first, expression))
        return min(ranked)[-1] if ranked else None

    def _steps(self, expression: DateExpression, carriers: list[int], coded: Coded) -> Iterator[int]:
        """The numbers of steps up the tree from the words of an expression to a carrier, through no other clause and no other act's noun."""
        tree, inside = self.tree, range(expression.first, expression.last + 1)
        if self._blocked(expression):
            return
        relative, verb = self._relative(expression)
        if verb in carriers:
            yield 1
        carriers = [carrier for carrier in carriers if carrier > relative]
        for carrier in carriers:
            if tree.head(carrier) in inside and tree.relation(carrier) in ("conj", "parataxis", "ccomp"):
                yield 1  # "Earlier this month, ..." taken for the clause that the sentence's verb is joined to
        for top in inside:
            if tree.head(top) in inside or tree.tokens[top].upos in ("PUNCT", "ADP", "DET"):
                continue
            below = top
            for steps, at in enumerate(tree.ancestors(top), 1):
                if at in carriers:
                    if not expression.own or (steps == 1 and at == coded.trigger):
                        yield steps
                    break
                if expression.own or tree.is_verb(at) or (below != top and tree.tokens[below].relation in CLAUSAL) or not self._open(at, top, expression, carriers, coded):
                    break
                below = at

    def _blocked(self, expression: DateExpression) -> bool:
        """Whether a preposition over an expression says from when or until when (since Monday), not when."""
        tree, inside = self.tree, range(expression.first, expression.last + 1)
        over = {expression.first - 1} if expression.first else set()
        over |= {c for at in inside for c in tree.children[at] if c < expression.first and tree.relation(c) in ("case", "mark", "advmod")}
        return any(tree.keys[at][0] in self.lexicon.blocked for at in over)

    def _relative(self, expression: DateExpression) -> tuple[int, int]:
        """The relative pronoun before an expression with no comma between, and the verb after it that the expression then belongs to; -1 where there is none.

        The parser hangs such dates on the antecedent or above (الهجوم الذي شنته إيران يوم الاثنين).
        """
        tree, verb = self.tree, -1
        for at in range(expression.first - 1, -1, -1):
            token = tree.tokens[at]
            if token.upos == "PUNCT" and token.text in ",،;؛":
                break
            if tree.is_verb(at) and verb < 0:
                verb = at
            if tree.keys[at][0] in tree.language.grammar.relatives and token.upos in ("PRON", "DET"):
                if verb < 0 and at + 2 >= expression.first:  # which in 1973 attacked
                    verb = next((i for i in range(expression.last + 1, len(tree)) if tree.is_verb(i)), -1)
                return at, verb
        return -1, -1

    def _open(self, noun: int, top: int, expression: DateExpression, carriers: list[int], coded: Coded) -> bool:
        """Whether a date below a noun may be that of the event above the noun."""
        joined = self._joined(noun, top, expression)
        other = noun in self.triggers and self.triggers[noun].noun
        content = coded.meaning.content
        if self._part_of(noun, carriers, coded):
            return True
        if joined:
            return False  # ahead of Thursday's vote
        if not other and noun != content:
            return True
        if noun == content and coded.code[:2] not in _SAID:
            return True  # signed an agreement in 2014
        # "condemned the attack on Monday": the parser cannot know whose day it is; an older date is the attack's.
        return expression.precision == "day" and not expression.dated

    def _part_of(self, noun: int, carriers: list[int], coded: Coded) -> bool:
        """Whether an event happened in, or by, what a noun beside its verb names: killed in Monday's attack, Monday's attack killed five."""
        tree = self.tree
        if tree.head(noun) not in carriers:
            return False
        within = tree.cases[noun][:1] and tree.cases[noun][0] in self.lexicon.within
        return bool(within) or (tree.relation(noun) == "nsubj" and coded.code[:2] not in _SAID)

    def _joined(self, noun: int, top: int, expression: DateExpression) -> bool:
        """Whether an expression says which one a noun means: Monday's attack, the Monday attack, هجوم الاثنين."""
        tree = self.tree
        if tree.language.code == "ar":
            return noun in self.triggers and expression.first == noun + 1 and not tree.cases[top] and not tree.tokens[noun].text.startswith("ال")
        return tree.tokens[top].relation == "nmod:poss" or (tree.relation(top) == "compound" and top < noun and tree.tokens[noun].upos == "NOUN" and noun not in self.names)

    def _inherited(self, verb: int, coded: Coded) -> DateExpression | None:
        """The date of the verb above that a verb shares.

        A joined verb shares an opening date, and with the subject the day too; so do a participle of what followed (killing five) and
        a clause of the same moment (were killed on Monday when ...).
        """
        tree = self.tree
        above = next((at for at in tree.ancestors(verb) if tree.is_verb(at)), -1)
        if above < 0 or not tree.is_verb(verb):
            return None
        found = self._nearest([above], coded)
        if found is None:
            return None
        if tree.relation(verb) == "conj":
            same = not tree.related(verb, "nsubj") and found.precision == "day" and not found.dated
            return found if tree.head(verb) == above and (found.last < above or same) else None
        participle = tree.tokens[verb].feature("VerbForm") in ("Part", "Ger") and not tree.related(verb, "aux", "nsubj")
        follows = tree.head(verb) == above or (verb > 0 and tree.tokens[verb - 1].text == ",")
        same_moment = any(tree.keys[at][0] in self.lexicon.simultaneous for at in {verb - 1, *tree.marks(verb)} if at >= 0)
        if tree.relation(verb) not in ("advcl", "acl", "parataxis", "obl", "ccomp") or not follows:
            return None
        return found if participle or same_moment or self.slots.verb_class(verb) == "cause" else None

    def _heading(self) -> DateExpression | None:
        """A date that stands over the sentence with a colon (5 فبراير 2004: ...)."""
        tokens = self.tree.tokens
        for expression in self.expressions[:1]:
            after = expression.last + 1
            if expression.first <= _HEADED and expression.precision == "day" and after < len(tokens) and tokens[after].text == ":":
                return expression
        return None

    def _opening(self, carriers: list[int]) -> DateExpression | None:
        """A date that opens the sentence and that the parser hung on no verb is that of the first verb after it."""
        tree = self.tree
        for expression in self.expressions:
            inside = range(expression.first, expression.last + 1)
            verbs = [i for i in range(len(tree)) if tree.is_verb(i) and i not in inside]
            loose = not any(tree.is_verb(at) and at not in inside for top in inside for at in tree.ancestors(top))
            if verbs and expression.last < verbs[0] and verbs[0] in carriers and loose and not expression.own and not self._blocked(expression):
                return expression
        return None


def dateline_day(dateline: str, lexicon: Dates) -> datetime.date | None:
    """The day that a dateline gives with its year, for an article that comes without a date."""
    return next((e.date for e in find_dates(dateline.split(), lexicon, None) if e.dated and e.precision == "day"), None)
