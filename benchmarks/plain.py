"""The plain way: stock Stanza with the same models, an article at a time, and the same coder: `python -m benchmarks.plain FILE` prints a line an article, then what it took.

This is the reference of others, and what somebody would write who has Stanza's manual and `code_article`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import processors
from coders.article import code_article
from dictionaries import load_dictionaries
from parsers.models import PROCESSORS, find_models
from parsers.normalise import normalise
from parsers.sentence import Sentence, Token
from sources import Article, read_sources


def pipeline(language: str, folder: Path | None = None) -> Any:
    """Stanza as it comes, with the models in use or those in a folder."""
    import stanza

    models = folder or find_models(language).folder
    with tempfile.TemporaryDirectory() as empty:
        (Path(empty) / "resources.json").write_text("{}")
        files = {f"{name}_model_path": str(models / f"{name}.pt") for name in PROCESSORS}
        return stanza.Pipeline(language, dir=empty, download_method=None, allow_unknown_language=True, use_gpu=False, verbose=False, processors=",".join(PROCESSORS), **files)


def sentences(document: Any) -> list[Sentence]:
    """Stanza's document as the coder reads it."""
    found = []
    for number, sentence in enumerate(document.sentences):
        tokens = []
        for word in sentence.words:
            at = word if word.start_char is not None else word.parent
            tokens.append(Token(word.id - 1, word.text, word.lemma or word.text, word.upos or "X", word.feats or "", word.head - 1, word.deprel, at.start_char, at.end_char))
        start, end = tokens[0].start, tokens[-1].end
        found.append(Sentence(number, start, end, document.text[start:end], tuple(tokens)))
    return found


def main() -> None:
    """Code a file; the last line is JSON: articles, sentences, events, seconds and seconds of processors without start-up."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("file", type=Path)
    articles = [article for article in read_sources([str(given.parse_args().file)]) if isinstance(article, Article)]
    dictionaries = load_dictionaries()
    pipelines = {language: pipeline(language) for language in sorted({article.language or "" for article in articles})}
    started, used, size, events = time.monotonic(), processors(), 0, 0
    for article in articles:
        language = article.language or ""
        parsed = sentences(pipelines[language](normalise(article.text, language).text))
        coded = code_article(article.article_id, language, parsed, dictionaries, "plain", article.date)
        size, events = size + len(parsed), events + len(coded.events)
        print(json.dumps([[event.code, event.trigger] for event in coded.events]), flush=True)
    print(json.dumps({"articles": len(articles), "sentences": size, "events": events, "seconds": time.monotonic() - started, "cpu_seconds": processors() - used}))


if __name__ == "__main__":
    main()
