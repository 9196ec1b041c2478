"""Scores of a folder of models from raw text, by the CoNLL 2018 measures, with stock Stanza on one thread."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from parsers.training.treebank import Tree, paragraphs, write_conllu

MEASURES = ("Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS", "CLAS")
# The seed by which the sentences of a dev file are put together to paragraphs.
EVALUATED = 7


def evaluate(language: str, folder: Path, trees: Sequence[Tree]) -> dict[str, float]:
    """F1 in per cent for each measure, load time in seconds, words and sentences parsed a second, size in MB.

    The text read is the trees' in paragraphs of two to six sentences.
    """
    import stanza
    import torch
    from stanza.utils.conll import CoNLL
    from udtools import udeval

    torch.set_num_threads(1)
    text = "\n\n".join(" ".join(tree.text for tree in group) for group in paragraphs(trees, EVALUATED))
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        (work / "resources.json").write_text("{}")
        files = {path.stem: str(path) for path in folder.glob("*.pt")}
        processors = ",".join(name for name in ("tokenize", "mwt", "pos", "lemma", "depparse") if name in files)
        started = time.perf_counter()
        pipeline = stanza.Pipeline(
            language, dir=scratch, download_method=None, allow_unknown_language=True, use_gpu=False, verbose=False, processors=processors,
            **{f"{name}_model_path": path for name, path in files.items()},
        )  # fmt: skip
        loaded = time.perf_counter()
        document = pipeline(text)
        done = time.perf_counter()
        CoNLL.write_doc2conll(document, str(work / "system.conllu"))
        write_conllu(trees, work / "gold.conllu")
        gold, system = (udeval.load_conllu(io.StringIO((work / name).read_text(encoding="utf-8")), "", {}) for name in ("gold.conllu", "system.conllu"))
    scores = udeval.evaluate(gold, system)
    row = {name: round(100 * scores[name].f1, 2) for name in MEASURES}
    size = sum(Path(path).stat().st_size for path in files.values())
    return row | {
        "load_s": round(loaded - started, 2),
        "words_per_s": round(document.num_words / (done - loaded)),
        "sentences_per_s": round(len(document.sentences) / (done - loaded), 1),
        "MB": round(size / 1e6, 1),
    }
