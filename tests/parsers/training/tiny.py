"""A treebank of ours, a dozen sentences a language in shorthand: form/lemma/UPOS/head/relation, + joins the words of one token."""

from __future__ import annotations

import gzip
from pathlib import Path

ENGLISH = """
Sudan/Sudan/PROPN/2/nsubj rejected/reject/VERB/0/root the/the/DET/4/det demand/demand/NOUN/2/obj ././PUNCT/2/punct
Kenya/Kenya/PROPN/4/nsubj did/do/AUX/4/aux + n't/not/PART/4/advmod reply/reply/VERB/0/root ././PUNCT/4/punct
Norway/Norway/PROPN/2/nsubj sent/send/VERB/0/root tents/tent/NOUN/2/obj to/to/ADP/5/case Chad/Chad/PROPN/2/obl ././PUNCT/2/punct
Troops/troop/NOUN/2/nsubj left/leave/VERB/0/root the/the/DET/4/det city/city/NOUN/2/obj ././PUNCT/2/punct
"""
ARABIC = """
رفضت/رفض/VERB/0/root النرويج/نرويج/PROPN/1/nsubj الطلب/طلب/NOUN/1/obj ././PUNCT/1/punct
زار/زار/VERB/0/root الوزير/وزير/NOUN/1/nsubj بيروت/بيروت/PROPN/1/obj و/و/CCONJ/5/cc + دمشق/دمشق/PROPN/3/conj ././PUNCT/1/punct
طلب/طلب/VERB/0/root السودان/سودان/PROPN/1/nsubj مساعدة/مساعدة/NOUN/1/obj ل/ل/ADP/5/case + اللاجئين/لاجئ/NOUN/3/nmod ././PUNCT/1/punct
غادر/غادر/VERB/0/root الجنود/جندي/NOUN/1/nsubj مدينة/مدينة/NOUN/1/obj + هم/هم/PRON/3/nmod ././PUNCT/1/punct
"""
_WRITTEN = {"لاللاجئين": "للاجئين", "مدينةهم": "مدينتهم"}


def write_treebanks(folder: Path) -> None:
    """Write ar and en, train (three times over) and dev, the English ones compressed."""
    for language, text in (("ar", ARABIC), ("en", ENGLISH)):
        sentences = [_conllu(line) for line in text.strip().splitlines()]
        for part, times in (("train", 3), ("dev", 1)):
            whole = "".join(sentences * times)
            if language == "en":
                with gzip.open(folder / f"en_{part}.conllu.gz", "wt", encoding="utf-8") as file:
                    file.write(whole)
            else:
                (folder / f"ar_{part}.conllu").write_text(whole, encoding="utf-8")


def _conllu(line: str) -> str:
    groups = [group.split() for group in line.replace(" + ", "+").split()]
    tokens = [[word.rsplit("/", 4) for word in group[0].split("+")] for group in groups]
    rows, number = [], 0
    for at, words in enumerate(tokens):
        space = "SpaceAfter=No" if at >= len(tokens) - 2 else "_"
        if len(words) > 1:
            form = "".join(word[0] for word in words)
            rows.append(f"{number + 1}-{number + len(words)}\t{_WRITTEN.get(form, form)}" + "\t_" * 7 + f"\t{space}")
            space = "_"
        for form, lemma, upos, head, relation in words:
            number += 1
            rows.append(f"{number}\t{form}\t{lemma}\t{upos}\tX\t_\t{head}\t{relation}\t_\t{space}")
    return "# text = left out\n" + "\n".join(rows) + "\n\n"
