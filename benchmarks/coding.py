"""Sentences coded a second on one thread: coding alone, over parses that are already there.

    python -m benchmarks.coding

The text is our own annotated news sentences (tests/coders/news_*.jsonl), each an article of its own, parsed once in this run. CPU seconds, the best of
some rounds over sentences read anew from their JSON, as the warehouse stores them (reading is not counted). The reference is the parsing of the same
text in the same run, its first round: what coding takes beside it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from benchmarks.figures import ROOT, Figures, Row, parser
from coders.article import code_article
from dictionaries import Dictionaries, load_dictionaries
from parsers.models import find_models
from parsers.parser import Parser
from parsers.sentence import Sentence

_ROUNDS = 7

# A sentence's number, span, text and tokens as JSON.
Stored = tuple[int, int, int, str, str]


def main() -> None:
    """Print a table and write benchmarks/coding.json."""
    parser(__doc__).parse_args()
    figures, dictionaries = Figures("coding"), load_dictionaries()
    rows: list[Row] = []
    for language in ("ar", "en"):
        texts = [json.loads(line)["text"] for line in (ROOT / "tests" / "coders" / f"news_{language}.jsonl").open(encoding="utf-8")]
        models = Parser(find_models(language), dictionaries.languages[language])
        started = time.process_time()
        parsed = models.parse(texts)
        parsing = time.process_time() - started
        stored = [[(s.number, s.start, s.end, s.text, s.to_json()) for s in article.sentences] for article in parsed]
        sentences = sum(map(len, stored))
        seconds, events = _best(stored, language, dictionaries)
        for run, took in (("coding", seconds), ("parsing", parsing)):
            rows.append({"language": language, "run": run, "sentences": sentences, "events": events, "sentences_per_s": round(sentences / took, 1), "times": round(parsing / took, 2)})
    figures.tell(rows, asked="coding on one core: en >= 5,000, ar >= 3,000 sentences a second")


def _best(stored: Sequence[Sequence[Stored]], language: str, dictionaries: Dictionaries) -> tuple[float, int]:
    """CPU seconds of the best of some rounds, after one to warm up, and the number of events."""
    rounds = [_round(stored, language, dictionaries) for _ in range(_ROUNDS + 1)]
    return min(seconds for seconds, _ in rounds[1:]), rounds[0][1]


def _round(stored: Sequence[Sequence[Stored]], language: str, dictionaries: Dictionaries) -> tuple[float, int]:
    articles = [[Sentence.from_json(*sentence) for sentence in article] for article in stored]
    started = time.process_time()
    events = sum(len(code_article(str(number), language, sentences, dictionaries, "benchmark").events) for number, sentences in enumerate(articles))
    return time.process_time() - started, events


if __name__ == "__main__":
    main()
