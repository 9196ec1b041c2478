"""The events of one article, its sentences coded in order."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coders.assembly import Assembler, Coded
from coders.dates import DateReader, EventDate, dateline_day
from coders.event import Actor, Event, event_id
from coders.filter import sentence_filter
from coders.memory import Memory
from coders.mentions import Mentions, discard_reason, facts, find_mentions
from coders.repair import repair
from coders.tree import Tree
from coders.triggers import find_triggers
from dictionaries import Dictionaries
from parsers.sentence import Sentence

_NEWS_YEARS, _FIRST_NEWS = 60, 1945
FILTERED = "filtered"


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """The events of an article, and for each sentence that was put aside its number and the reason: the discard phrase, or "filtered".

    `wanted`: the numbers of unparsed sentences without whose parse the events may not be all, or not these.
    """

    events: tuple[Event, ...]
    discarded: tuple[tuple[int, str], ...]
    wanted: frozenset[int] = frozenset()


def code_article(
    article_id: str,
    language: str,
    sentences: Sequence[Sentence],
    dictionaries: Dictionaries,
    parser_version: str,
    day: datetime.date | None = None,
    dateline: str = "",
) -> CodedArticle:
    """Code the sentences of one article, in their order; of those that are not parsed only who is named is read. Where the filter lets one of these through, nothing is coded.

    `dateline` is its text; the country named there is the article's place, the date its day where `day` is missing.
    """
    lexicon = dictionaries.languages[language]
    day = day or dateline_day(dateline, lexicon.dates)
    memory = Memory(day=day, country=_dateline_country(dateline, dictionaries, language))
    versions = f"{parser_version}/{dictionaries.hash}"
    events: list[Event] = []
    discarded: list[tuple[int, str]] = []
    before = ""
    sieve = sentence_filter(dictionaries, language)
    unparsed = {sentence.number for sentence in sentences if not sentence.parsed}
    wanted = sieve.choose(sentences) & unparsed if unparsed else ()
    if wanted:
        return CodedArticle((), (), frozenset(wanted))
    for sentence in sentences:
        memory.hear(before)
        before = sentence.text
        if not sentence.parsed:
            discarded.append((sentence.number, FILTERED))
            named = sieve.told(sentence)
            if named is not None:
                memory.pass_over(sentence.number, [facts(match, dictionaries) for match in named], sieve.roles(sentence))
            continue
        tree = Tree(sentence, lexicon)
        reason = discard_reason(tree)
        if reason is not None:
            discarded.append((sentence.number, reason))
            continue
        mentions = find_mentions(tree, dictionaries)
        tree = repair(tree, mentions)
        triggers = find_triggers(tree, mentions.closed, mentions.towns)
        if triggers or mentions.names or mentions.roles:
            assembler = Assembler(tree, triggers, mentions, dictionaries, memory)
            coded = [_completed(event, memory) for event in assembler.events()]
            dates = DateReader(assembler.slots, lexicon.dates, day) if coded else None
            dated = [(event, dates.read(event)) for event in coded if dates]
            past = [when.place for _, when in dated if _history(when, day)]
            discarded += [(sentence.number, f"history {past[0]}")] if past else []
            events += [_event(event, when, sentence, tree, article_id, versions) for event, when in dated if not _history(when, day)]
            _remember(memory, assembler, mentions, dictionaries)
    return CodedArticle(tuple(_unique(events)), tuple(discarded), frozenset(memory.asked))


def _dateline_country(dateline: str, dictionaries: Dictionaries, language: str) -> str:
    for match in dictionaries.languages[language].names.find(dateline) if dateline else ():
        if dictionaries.actors[match.name.actor].kind == "country":
            return match.name.actor
    return ""


def _history(when: EventDate, day: datetime.date | None) -> bool:
    """Whether an event is so long past that it is no news: a lifetime before the article, or before the archives of news agencies."""
    if not when.place or when.date is None:
        return False
    return day.year - when.date.year > _NEWS_YEARS if day else when.date.year < _FIRST_NEWS


def _completed(event: Coded, memory: Memory) -> Coded:
    """An event whose target the sentence leaves out, with the target that the article told of the same act before."""
    if event.target is not None or event.source is None:
        return event
    for act, topic, source, target in reversed(memory.acts):
        if (
            target is not None
            and source is not None
            and act == event.meaning.act
            and topic == (event.meaning.topic or "")
            and source.country
            and source.country == event.source.country
            and target.code != event.source.code
        ):
            return replace(event, target=target, evidence=replace(event.evidence, confidence=round(event.evidence.confidence * 0.8, 2)))
    return event


def _event(coded: Coded, when: EventDate, sentence: Sentence, tree: Tree, article_id: str, versions: str) -> Event:
    token = tree.tokens[coded.trigger]
    return Event(
        event_id=event_id(article_id, versions, token.start, coded.code, coded.source, coded.target),
        sentence=sentence.number,
        code=coded.code,
        source=_as_written(coded.source, sentence),
        target=_as_written(coded.target, sentence),
        trigger=sentence.text[token.start - sentence.start : token.end - sentence.start],
        trigger_start=token.start,
        trigger_end=token.end,
        evidence=replace(coded.evidence, entries=(*coded.evidence.entries, when.place)) if when.place else coded.evidence,
        date=when.date,
        date_precision=when.precision,
        date_span=when.span,
    )


def _as_written(actor: Actor | None, sentence: Sentence) -> Actor | None:
    """The actor with its words as the text has them: tokens are normalised. One of another sentence has them already."""
    if actor is None or actor.start < sentence.start or actor.end > sentence.end:
        return actor
    return replace(actor, text=sentence.text[actor.start - sentence.start : actor.end - sentence.start])


def _remember(memory: Memory, assembler: Assembler, mentions: Mentions, dictionaries: Dictionaries) -> None:
    """Take in who was named, and the subject of the sentence's main clause."""
    tree, resolver = assembler.tree, assembler.resolver
    seen = set()
    for index, match in sorted(mentions.names.items()):
        if id(match) not in seen:
            seen.add(id(match))
            known = facts(match, dictionaries)
            token, sentence = tree.tokens[index], tree.sentence
            written = sentence.text[token.start - sentence.start : token.end - sentence.start]
            memory.name(Actor(known.code_on(memory.day), written, token.start, token.end, (known.place,)), known)
    before, memory.asked = memory.asked, set()
    for index, role in mentions.roles.items():
        actor = resolver.resolve(index) if not mentions.names.keys().isdisjoint(resolver.block(index)) else None
        if actor is not None and actor.direct and actor.code[3:] == role.value and actor.country:
            memory.hold(role.value, actor.country)
    subject, told = None, False
    for index in sorted(tree.standing("nsubj"), key=lambda i: len(tree.ancestors(i))):
        if tree.tokens[index].upos == "PRON":
            continue
        actor = resolver.resolve(index)
        if actor is not None and actor.direct and actor.country:
            subject, told = actor, True
            break
        told = told or len(tree.ancestors(index)) <= 1  # who "they" are now is none that the dictionaries know
    memory.tell(subject, told, memory.asked)  # what this depends on matters only where a later sentence looks back to it
    memory.asked = before


def _unique(events: list[Event]) -> list[Event]:
    """One event per id."""
    return list({event.event_id: event for event in events}.values())
