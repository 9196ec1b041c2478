"""`marsad models train`: all stages of a language's recipe, each begun where an earlier run left it."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from dictionaries import Language
from parsers.card import Card, ModelError, sha256, write_card
from parsers.training.clitics import clitic_tokens, form_types, joined_words, name_list, whole_words, with_names
from parsers.training.depparse import train_parser
from parsers.training.embeddings import read_vectors
from parsers.training.evaluate import MEASURES, evaluate
from parsers.training.expander import train_expander
from parsers.training.fit import Plan
from parsers.training.headlines import with_headlines
from parsers.training.inflected import inflected_words
from parsers.training.jackknife import jackknife
from parsers.training.lemmatizer import train_lemmatizer
from parsers.training.store import store
from parsers.training.tagger import train_tagger
from parsers.training.tokenizer import train_tokenizer
from parsers.training.treebank import Tree, find_treebank, read_treebank

RECIPES = Path(__file__).parent / "recipes.yaml"
STAGES = ("tokenize", "mwt", "lemma", "depparse", "pos")
Say = Callable[[str], None]


def train(language: Language, treebank: Path, out: Path, vectors: Path | None, say: Say, stages: Sequence[str] = STAGES, finish: bool = False, scale: float = 1.0) -> Card:
    """Train the stages that `out`/work has not finished, store the models in `out`, evaluate them and write the card.

    `treebank` holds <language>_train and _dev as .conllu or .conllu.gz; `vectors` is a .npz (see vectors.py). `finish` ends tagger and
    parser at their last checkpoint; `scale` multiplies all steps and epochs. Raises ModelError or TreebankError with what to do.
    """
    import torch

    torch.set_num_threads(1)  # a thread a training: two languages train side by side at no loss
    code, recipe = language.code, read_recipe(language.code)
    dev, full = (read_treebank(find_treebank(treebank, code, part), code) for part in ("dev", "train"))
    short = [tree for tree in full if sum(1 for _ in tree.words()) <= recipe["longest"]]
    known = read_vectors(vectors) if vectors else None
    work = out / "work"
    for stage in stages:
        say(f"{code} {stage}")
        trained = work / stage / f"{stage}.pt"
        if not trained.is_file():
            plan = recipe[stage]
            amount = _scaled(plan, scale)
            if stage in ("depparse", "pos"):
                _trained_by_steps(stage, code, short, known, recipe, Plan(amount, plan["rate"]), work, say, finish, scale).save(str(trained))
            else:
                _trained_by_stanza(stage, language, full, dev, plan, scale, work / stage, say)
        if trained.is_file():
            store(trained, out / f"{stage}.pt", recipe["words"].get(stage))
    scores = evaluate(code, out, dev)
    say(", ".join(f"{name} {value}" for name, value in scores.items()))
    card = card_of(code, out, scores, recipe)
    write_card(out, card)
    return card


def read_recipe(language: str) -> dict[str, Any]:
    """The recipe of a language. Raises ModelError where there is none."""
    recipes: dict[str, Any] = yaml.safe_load(RECIPES.read_text(encoding="utf-8"))
    if language not in recipes:
        raise ModelError(f"no recipe for {language} in {RECIPES}; there are {', '.join(recipes)}")
    recipe: dict[str, Any] = recipes[language]
    return recipe


def card_of(language: str, folder: Path, scores: dict[str, float], recipe: dict[str, Any]) -> Card:
    """The card of a folder of finished models; its version is the day and the checksums' beginning."""
    files = {path.name: sha256(path) for path in sorted(folder.glob("*.pt"))}
    today = datetime.date.today()
    version = f"{today:%Y.%m.%d}-{''.join(checksum[0] for checksum in files.values())}"
    lasting = {name: scores[name] for name in (*MEASURES, "MB")}  # speed is the machine's, not the model's
    return Card(language, version, recipe["licence"], today.isoformat(), files, lasting, tuple(recipe["data"]))


def _scaled(plan: dict[str, Any], scale: float) -> int:
    amount: int = plan["steps"] if "steps" in plan else plan["epochs"]
    return max(1, round(scale * amount))


def _trained_by_steps(stage: str, code: str, trees: Sequence[Tree], vectors: Any, recipe: dict[str, Any], plan: Plan, work: Path, say: Say, finish: bool, scale: float) -> Any:
    if stage == "pos":
        often = recipe["pos"].get("often", [])
        trees = [*trees, *(tree for tree in trees if tree.name.startswith(tuple(often)))] if often else trees
        return train_tagger(trees, code, vectors, plan, work / stage, say, finish, recipe["pos"]["hidden"], recipe["pos"]["learned"])
    folds = recipe["jackknife"]
    tagged = jackknife(trees, code, vectors, folds["folds"], Plan(max(1, round(scale * folds["steps"])), plan.rate), work / "jackknife", say)
    hidden, start = recipe[stage]["hidden"], work / stage
    trainer = train_parser(tagged, code, vectors, plan, start, say, hidden, finish)
    for number, further in enumerate(recipe[stage].get("again", ()), 1):
        begun, start = start / "checkpoint.pt", work / f"{stage}.again{number}"
        trainer = train_parser(tagged, code, vectors, Plan(max(1, round(scale * further["steps"])), further["rate"]), start, say, hidden, finish, start=begun)
    return trainer


def _trained_by_stanza(stage: str, language: Language, trees: Sequence[Tree], dev: Sequence[Tree], plan: dict[str, Any], scale: float, work: Path, say: Say) -> None:
    code, amount = language.code, _scaled(plan, scale)
    unfinished = work.with_name(work.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    if stage == "tokenize":
        if code == "ar":
            names = name_list(language)
            trees = with_headlines([*with_names(trees, names, plan["names"], seed=5), *trees], language, names, plan["headlines"], seed=9)
        again = [{**further, "steps": _scaled(further, scale)} for further in plan.get("again", ())]
        train_tokenizer(trees, dev, code, {**plan, "steps": amount, "again": again}, unfinished, say)
    elif stage == "mwt":
        if not any(len(words) > 1 for tree in trees for _, words, _ in tree.tokens()):
            return
        if code == "ar":
            tokens = [*form_types(trees), *clitic_tokens(trees, name_list(language), plan["made"], seed=3)]
            train_expander(tokens, dev, code, amount, unfinished, {**joined_words(trees, language), **whole_words(trees, language)})
        else:
            train_expander(trees, dev, code, amount, unfinished, {})
    else:
        learned, listed = inflected_words(trees, plan["verb_forms"], plan["noun_forms"], seed=11) if "verb_forms" in plan else ([], [])
        train_lemmatizer(trees, dev, code, amount, unfinished, learned, listed)
    shutil.rmtree(work, ignore_errors=True)
    unfinished.rename(work)
