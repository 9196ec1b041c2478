"""Coded articles made by hand, for the tests of this folder."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from coders.event import Actor, Event, Evidence
from parsers.sentence import Sentence, Skipped, Token
from sources import Article
from warehouse.package import CodedRecord

Tables = Callable[..., dict[str, list[tuple[object, ...]]]]
DAY = datetime.date(2022, 9, 26)
TEXT = "Egypt praised Jordan."


def event(event_id: str, code: str = "051", stack: str = "praise", target: str | None = "JOR") -> Event:
    """Egypt did something to Jordan, as TEXT tells it."""
    whom = Actor(target, "Jordan", 14, 20, ("en/names.yaml:2",)) if target else None
    return Event(event_id, 0, code, Actor("EGYGOV", "Egypt", 0, 5, ("en/names.yaml:1",)), whom, "praised", 6, 13, Evidence(stack, ("en/acts.yaml:1", "en/names.yaml:1"), 0.9))


def record(
    article_id: str,
    events: tuple[Event, ...] | None = None,
    text: str | None = None,
    day: datetime.date | None = DAY,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = "The agency",
    origin: str = "news.jsonl:1",
    skipped: tuple[Skipped, ...] = (),
    discarded: tuple[tuple[int, str], ...] = (),
) -> CodedRecord:
    """An article that begins with the one sentence that was parsed, with one event, unless others are given. Its text is no copy of another's."""
    words = (("Egypt", "PROPN", 1, "nsubj", 0), ("praised", "VERB", -1, "root", 6), ("Jordan", "PROPN", 1, "obj", 14), (".", "PUNCT", 1, "punct", 20))
    tokens = tuple(Token(i, word, word.lower(), upos, "", head, relation, at, at + len(word)) for i, (word, upos, head, relation, at) in enumerate(words))
    article = Article(article_id, f"{TEXT} Report {article_id}." if text is None else text, "en", day, title, url, publisher, origin)
    found = tuple(replace(e, date=e.date or day) for e in ((event(f"{article_id}-051"),) if events is None else events))
    return CodedRecord(article, "en", "", "en-models", (Sentence(0, 0, len(TEXT), TEXT, tokens),), skipped, discarded, found)
