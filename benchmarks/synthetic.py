"""Made load packages for benchmarks: articles, sentences and mentions of the right shape and of no meaning, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from dictionaries import Dictionaries
from warehouse.package import SCHEMAS, Package

MENTIONS_AN_ARTICLE = 4
_SENTENCES = 2
_COUNTRIES = ("EGY", "SDN", "USA", "RUS", "UKR", "IRN", "IRQ", "ISR", "PSE", "SYR", "TUR", "FRA", "CHN", "IND", "PAK", "ETH", "LBY", "SAU", "YEM", "QAT")
_ROLES = ("", "", "GOV", "MIL", "OPP", "CVL")
_TEXT = "Sample: the government of one country spoke of another country on the day that the sample names, and did so in words of no meaning."
_PARSE = str([["word", "word", "NOUN", "Number=Sing", 1, "nsubj", 0, 4]] * 22).replace("'", '"')
_DAYS = 3650


def packages(mentions: int, dictionaries: Dictionaries, articles: int = 61_440, seed: int = 7) -> Iterator[Package]:
    """Packages of at most `articles` articles that hold so many mentions together; 61,440 articles fill whole row groups of DuckDB (122,880 rows)."""
    codes = np.array([code for code in dictionaries.ontology if len(code) > 2])
    actors = np.array([country + role for country in _COUNTRIES for role in _ROLES])
    rng = np.random.default_rng(seed)
    for first in range(0, mentions // MENTIONS_AN_ARTICLE, articles):
        yield _package(first, min(articles, mentions // MENTIONS_AN_ARTICLE - first), codes, actors, dictionaries.hash, rng)


def _package(first: int, size: int, codes: np.ndarray, actors: np.ndarray, version: str, rng: np.random.Generator) -> Package:
    names = np.array([f"made-{first + at:09d}" for at in range(size)])
    days = np.datetime64("2015-01-01") + rng.integers(0, _DAYS, size)
    total = size * MENTIONS_AN_ARTICLE
    source, target = actors[rng.integers(0, len(actors), total)], actors[rng.integers(0, len(actors), total)]
    start = rng.integers(0, 60, total)
    columns: dict[str, dict[str, object]] = {
        "articles": {
            "article_id": names, "language": _all("en", size), "published": days, "publisher": [f"Agency {n}" for n in rng.integers(0, 40, size)], "url": [f"https://news.example/{name}" for name in names],
            "canonical_url": [f"https://news.example/{name}" for name in names], "origin": _all("made.jsonl", size), "text": [f"{name} {_TEXT} {_TEXT}" for name in names],
            "text_hash": [f"{name:>32}" for name in names], "dateline": _all("", size), "parser_version": _all("made", size), "digest": [f"{name:>32}" for name in names], "bands": _all([], size),
        },
        "codings": {"article_id": names, "outcome": _all("coded", size), "dictionaries": _all(version, size), "coding": [f"{name:>32}" for name in names]},
        "sentences": {
            "article_id": np.repeat(names, _SENTENCES), "sentence": np.tile(np.arange(_SENTENCES, dtype=np.int32), size), "span_start": np.tile(np.array([0, 150], dtype=np.int32), size),
            "span_end": np.tile(np.array([149, 290], dtype=np.int32), size), "text": _all(_TEXT, size * _SENTENCES), "parser_version": _all("made", size * _SENTENCES), "parse": _all(_PARSE, size * _SENTENCES),
        },
        "mentions": {
            "mention_id": [f"{first * MENTIONS_AN_ARTICLE + at:016x}" for at in range(total)], "article_id": np.repeat(names, MENTIONS_AN_ARTICLE), "sentence": (np.arange(total) % _SENTENCES).astype(np.int32),
            "event_date": np.repeat(days, MENTIONS_AN_ARTICLE), "date_precision": _all("article", total), "code": codes[rng.integers(0, len(codes), total)],
            "source": source, "source_country": source.astype("U3"), "source_text": source, "source_start": start.astype(np.int32), "source_end": (start + 5).astype(np.int32), "source_entries": _all(["en/names.yaml:1"], total),
            "target": target, "target_country": target.astype("U3"), "target_text": target, "target_start": (start + 20).astype(np.int32), "target_end": (start + 25).astype(np.int32), "target_entries": _all(["en/names.yaml:2"], total),
            "trigger": _all("spoke", total), "trigger_start": (start + 10).astype(np.int32), "trigger_end": (start + 15).astype(np.int32), "stack": _all("say", total),
            "entries": _all(["en/acts.yaml:1", "cameo/composition.yaml:1"], total), "confidence": np.round(rng.random(total), 2), "parser_version": _all("made", total), "dictionaries": _all(version, total),
        },
    }  # fmt: skip
    rows = {"articles": size, "codings": size, "sentences": size * _SENTENCES, "mentions": total}
    return Package(
        {name: pa.Table.from_arrays([pa.array(columns.get(name, {}).get(field.name, [None] * rows.get(name, 0)), field.type) for field in schema], schema=schema) for name, schema in SCHEMAS.items()}
    )


def _all(value: object, size: int) -> list[object]:
    return [value] * size
