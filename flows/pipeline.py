"""Articles to coded records: language, parse, code. No database and no Prefect: `marsad code` and the flows both call it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from coders.article import code_article
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
        texts = [article.text for i in chosen if isinstance(article := batch[i], Article)]
        parser = load_parser(language, models)
        for index, parsed in zip(chosen, parser.parse(texts), strict=True):
            article = batch[index]
            assert isinstance(article, Article)
            if not parsed.sentences:
                reason = parsed.skipped[0].reason if parsed.skipped else "no-sentence"
                results[index] = reject(article, reason, "no sentence of it could be parsed")
                continue
            dateline = article.text[: parsed.dateline_end]
            coded = code_article(article.article_id, language, parsed.sentences, dictionaries, parser.version, article.date, dateline)
            results[index] = CodedRecord(article, language, dateline, parser.version, parsed.sentences, parsed.skipped, coded.discarded, coded.events, sure[index])
    return [result for result in results if result is not None]


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
