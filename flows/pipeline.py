"""Articles to coded records: language, parse, code. No database and no Prefect: `marsad code` and the flows both call it."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from coders.article import CodedArticle, code_article
from dictionaries import Dictionaries, load_dictionaries
from flows.memory import give_back_memory
from parsers.language import identify_surely
from parsers.models import find_models
from parsers.parser import Parser
from sources import Article, Rejected
from warehouse.package import CodedRecord, Package, pack, write_package

# Enough articles to fill the models' batches, few enough that progress shows and a lost batch costs little.
BATCH_ARTICLES = 32
BATCH_CHARACTERS = 200_000
FIRST_BATCH = 8
# "off" in this variable: every sentence is parsed, whether or not it can tell an event.
FILTER_VARIABLE = "MARSAD_FILTER"


def batches(articles: Iterable[Article | Rejected], first: int = BATCH_ARTICLES) -> Iterator[list[Article | Rejected]]:
    """Articles in batches for the models; the first may be small so that a result shows early."""
    batch: list[Article | Rejected] = []
    size, limit = 0, first
    for article in articles:
        batch.append(article)
        size += len(article.text) if isinstance(article, Article) else 0
        if len(batch) >= limit or size >= BATCH_CHARACTERS:
            yield batch
            batch, size, limit = [], 0, BATCH_ARTICLES
    if batch:
        yield batch


def first_of_each(articles: Iterable[Article | Rejected]) -> Iterator[Article | Rejected]:
    """The articles; one whose id stood before in what is read is rejected in its place."""
    seen: dict[str, str] = {}
    for article in articles:
        if isinstance(article, Article) and article.article_id in seen:
            same = seen[article.article_id] == article.text_hash
            yield reject(article, "duplicate" if same else "id-taken", "the article stands twice in what was read" if same else "another text has this id already")
            continue
        if isinstance(article, Article):
            seen[article.article_id] = article.text_hash
        yield article


def code_package(batch: Sequence[Article | Rejected], models: Path | None = None) -> Package:
    """Code a batch and pack it for the loader."""
    results = code_batch(batch, models)
    package = pack([r for r in results if isinstance(r, CodedRecord)], [r for r in results if isinstance(r, Rejected)], load_dictionaries().hash)
    give_back_memory()
    return package


def write_coded(batch: Sequence[Article | Rejected], models: Path | None, folder: Path) -> Path:
    """What a worker process does: code a batch, and leave it in a folder for the loader."""
    write_package(code_package(batch, models), folder)
    return folder


def code_batch(batch: Sequence[Article | Rejected], models: Path | None = None) -> list[CodedRecord | Rejected]:
    """Code a batch; one record, or one Rejected with its reason, for each member in its order."""
    dictionaries = load_dictionaries()
    languages: list[str] = []
    sure: list[float | None] = []
    results: list[CodedRecord | Rejected | None] = [None] * len(batch)
    for index, article in enumerate(batch):
        given = "" if isinstance(article, Rejected) else article.language
        language, confidence = (given, None) if isinstance(article, Rejected) or given else identify_surely(article.text)
        languages.append(language or "")
        sure.append(confidence)
        if isinstance(article, Rejected):
            results[index] = article
        elif language not in dictionaries.languages:
            results[index] = reject(article, "language-not-supported", f"language {language or 'unknown'}; Marsad codes {' and '.join(dictionaries.languages)}")
    for language in sorted({languages[i] for i, result in enumerate(results) if result is None}):
        chosen = [i for i, result in enumerate(results) if result is None and languages[i] == language]
        articles = [article for i in chosen if isinstance(article := batch[i], Article)]
        parser = load_parser(language, models)
        for index, result in zip(chosen, _coded(articles, language, parser, dictionaries), strict=True):
            results[index] = replace(result, language_confidence=sure[index]) if isinstance(result, CodedRecord) else result
    return [result for result in results if result is not None]


def _coded(articles: Sequence[Article], language: str, parser: Parser, dictionaries: Dictionaries) -> list[CodedRecord | Rejected]:
    """Articles of one language parsed together and coded. Of each only those sentences are parsed that can tell an event, and those to which these look back."""
    texts = parser.tag([article.text for article in articles])
    if os.environ.get(FILTER_VARIABLE) == "off":
        parser.attach(texts, [range(len(text.sentences)) for text in texts])
    coded: list[CodedArticle] = [CodedArticle((), ())] * len(texts)
    todo = list(range(len(texts)))
    while todo:
        for i in todo:
            article, text = articles[i], texts[i]
            coded[i] = code_article(article.article_id, language, text.sentences, dictionaries, parser.version, article.date, article.text[: text.dateline_end])
        todo = [i for i in todo if coded[i].wanted]
        parser.attach([texts[i] for i in todo], [coded[i].wanted for i in todo])
    return [
        CodedRecord(article, language, article.text[: text.dateline_end], parser.version, text.sentences, text.skipped, of_it.discarded, of_it.events)
        if text.sentences
        else reject(article, text.skipped[0].reason if text.skipped else "no-sentence", "no sentence of it could be parsed")
        for article, text, of_it in zip(articles, texts, coded, strict=True)
    ]


@functools.cache
def load_parser(language: str, models: Path | None = None) -> Parser:
    """The parser of a language, loaded once a process."""
    return Parser(find_models(language, models), load_dictionaries().languages[language])


def prepare(languages: Iterable[str], models: Path | None = None) -> Dictionaries:
    """Load what coding needs ahead of time."""
    dictionaries = load_dictionaries()
    for language in languages:
        load_parser(language, models)
    return dictionaries


def reject(article: Article, reason: str, detail: str) -> Rejected:
    """What tells of an article that is not coded, and why."""
    file, _, line = article.origin.rpartition(":")
    numbered = bool(file) and line.isdigit()
    return Rejected(file if numbered else article.origin, int(line) if numbered else 0, article.article_id, reason, f"{article.origin}: article {article.article_id}: {detail}")
