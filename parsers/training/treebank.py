"""CoNLL-U in and out, as the recipe needs it: normalised like running text, paragraphs of a few sentences, rows that may be changed."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dictionaries.folding import fold

FORM, LEMMA, UPOS, FEATS, HEAD, RELATION, MISC = 1, 2, 3, 5, 6, 7, 9
_NAME = "# sent_id = "
_SPACE_AFTER = re.compile(r"(^|\|)SpaceAfter=No(\||$)")


class TreebankError(Exception):
    """A treebank that cannot be used; the message says which file and what to do."""


@dataclass(slots=True)
class Tree:
    """One annotated sentence: its text, its CoNLL-U rows of ten columns, ranges of multiword tokens among them, and its name in the treebank."""

    text: str
    rows: list[list[str]] = field(default_factory=list)
    name: str = ""

    def words(self) -> Iterator[list[str]]:
        """The rows of syntactic words."""
        return (row for row in self.rows if row[0].isdigit())

    def tokens(self) -> Iterator[tuple[str, list[list[str]], bool]]:
        """Written tokens: form, the rows of their words (one, or those of a range), whether a space follows."""
        last = 0
        for at, row in enumerate(self.rows):
            if "-" in row[0]:
                first, last = (int(n) for n in row[0].split("-"))
                yield row[FORM], [r for r in self.rows[at + 1 :] if r[0].isdigit() and first <= int(r[0]) <= last], not _SPACE_AFTER.search(row[MISC])
            elif int(row[0]) > last:
                yield row[FORM], [row], not _SPACE_AFTER.search(row[MISC])


def read_treebank(path: Path, language: str) -> list[Tree]:
    """The sentences of a CoNLL-U file (.gz or plain), forms and lemmas folded as parsers/normalise.py folds running text.

    XPOS, enhanced graphs and empty nodes are left out. Raises TreebankError for a file that is missing or no CoNLL-U.
    """
    if not path.is_file():
        raise TreebankError(f"{path} is missing; a treebank folder holds {language}_train.conllu.gz and {language}_dev.conllu.gz (or .conllu)")
    trees: list[Tree] = []
    tree = Tree("")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for number, written in enumerate(file, 1):
            line = written.rstrip("\n")
            if line.startswith("#"):
                tree.name = line.removeprefix(_NAME) if line.startswith(_NAME) else tree.name
                continue
            if not line:
                if tree.rows:
                    trees.append(_spaced(tree))
                tree = Tree("")
                continue
            row = line.split("\t")
            if len(row) != 10:
                raise TreebankError(f"{path}:{number}: a CoNLL-U row has 10 columns, this one {len(row)}")
            if "." in row[0]:
                continue
            row[FORM], row[LEMMA] = fold(row[FORM], language) or row[FORM], fold(row[LEMMA], language) or row[LEMMA]
            row[4], row[8] = "_", "_"
            row[RELATION] = row[RELATION] if "-" not in row[0] else "_"
            row[MISC] = "SpaceAfter=No" if _SPACE_AFTER.search(row[MISC]) else "_"
            tree.rows.append(row)
    if tree.rows:
        trees.append(_spaced(tree))
    if not trees:
        raise TreebankError(f"{path} holds no sentence")
    return trees


def _spaced(tree: Tree) -> Tree:
    """The text as its tokens give it: what the models are to read is what they are trained on."""
    tree.text = "".join(form + (" " if space else "") for form, _, space in tree.tokens()).strip()
    return tree


def write_conllu(trees: Iterable[Tree], path: Path) -> None:
    """Write sentences as CoNLL-U."""
    with path.open("w", encoding="utf-8") as file:
        for tree in trees:
            file.write(f"# text = {tree.text}\n")
            file.writelines("\t".join(row) + "\n" for row in tree.rows)
            file.write("\n")


def paragraphs(trees: Sequence[Tree], seed: int, fewest: int = 2, most: int = 6) -> list[list[Tree]]:
    """Sentences in their order, put together to paragraphs: treebanks are one sentence a line, news is not."""
    rng, found, at = random.Random(seed), [], 0
    while at < len(trees):
        size = rng.randint(fewest, most)
        found.append(list(trees[at : at + size]))
        at += size
    return found


def find_treebank(folder: Path, language: str, part: str) -> Path:
    """The file of a language and part (train, dev) in a folder, compressed or not."""
    packed = folder / f"{language}_{part}.conllu.gz"
    return packed if packed.is_file() else folder / f"{language}_{part}.conllu"
