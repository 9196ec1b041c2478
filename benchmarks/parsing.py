"""Sentences parsed a second on one thread: Marsad's parser with the models in use, against stock Stanza with the same models and with others.

    python -m benchmarks.parsing [--baseline DIR]     DIR holds ar/*.pt and en/*.pt, for instance ../shared/models

The text is our own annotated news sentences (tests/coders/news_*.jsonl), each an article of its own. CPU seconds, not wall-clock.
"marsad" is the best of some rounds over it, as the others; "marsad, unseen words" is the first round of a parser that has read only the sample articles:
it remembers words between calls, and news lies between the two.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import ROOT, Figures, Row, parser
from benchmarks.plain import pipeline
from dictionaries import load_dictionaries
from flows.run import SAMPLES
from parsers.models import find_models
from parsers.normalise import normalise
from parsers.parser import Parser
from sources import Article, read_sources

_BATCH = 32
_ROUNDS = 3


def main() -> None:
    """Print a table and write benchmarks/parsing.json."""
    given = parser(__doc__)
    given.add_argument("--baseline", type=Path, default=ROOT.parent / "shared" / "models")
    baseline = given.parse_args().baseline
    figures, rows = Figures("parsing"), list[Row]()
    for language in ("ar", "en"):
        texts = [json.loads(line)["text"] for line in (ROOT / "tests" / "coders" / f"news_{language}.jsonl").open(encoding="utf-8")]
        found = find_models(language)
        runs: dict[str, Callable[[Sequence[str]], Any]] = {"marsad": Parser(found, load_dictionaries().languages[language]).parse, "stock": _stock(language, found.folder)}
        others = [article.text for article in read_sources([str(SAMPLES)]) if isinstance(article, Article) and article.language == language]
        unseen = min(_round(_warmed(Parser(found, load_dictionaries().languages[language]), others), texts) for _ in range(_ROUNDS))
        rows.append({"language": language, "run": "marsad, unseen words", "sentences": len(texts), "sentences_per_s": round(len(texts) / unseen, 1)})
        if (baseline / language).is_dir():
            runs["stock, baseline models"] = _stock(language, baseline / language)
        for name, parse in runs.items():
            rows.append({"language": language, "run": name, "sentences": len(texts), "sentences_per_s": round(len(texts) / _seconds(parse, texts), 1)})
    for row in rows:
        first = next(r for r in reversed(rows) if r["language"] == row["language"])
        row["times"] = round(row["sentences_per_s"] / first["sentences_per_s"], 2)
    figures.tell(rows)


def _stock(language: str, folder: Path) -> Callable[[Sequence[str]], Any]:
    """Stanza as it comes, over the same batches."""
    stock = pipeline(language, folder)
    return lambda texts: stock.bulk_process([normalise(text, language).text for text in texts])


def _warmed(parser: Parser, texts: Sequence[str]) -> Callable[[Sequence[str]], Any]:
    parser.parse(texts)
    return parser.parse


def _seconds(parse: Callable[[Sequence[str]], Any], texts: Sequence[str]) -> float:
    """The best of some rounds, after one to warm up."""
    return min([_round(parse, texts) for _ in range(_ROUNDS + 1)][1:])


def _round(parse: Callable[[Sequence[str]], Any], texts: Sequence[str]) -> float:
    started = time.process_time()
    for at in range(0, len(texts), _BATCH):
        parse(texts[at : at + _BATCH])
    return time.process_time() - started


if __name__ == "__main__":
    main()
