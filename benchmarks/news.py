"""Invented news in Arabic and English, the same for the same seed: `python -m benchmarks.news --articles N > news.jsonl`.

Templates and words are ours (news_ar.yaml, news_en.yaml); cities are those of the dictionaries. About seven of ten sentences tell no act of CAMEO: weather, sport, markets, culture,
descriptions, numbers, quotes of people in the street. Places, numbers and names of things differ from article to article, so that caches meet new words as they do in real news.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import functools
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dictionaries.load import LANGUAGES, ROOT
from sources import Article

_HERE = Path(__file__).parent
_SLOT = re.compile(r"{(\w+)}")
# Of articles, those that are about politics; of their sentences, those that tell of an act.
_POLITICAL, _EVENTFUL = 0.65, 0.45
_SENTENCES = (5, 15)
# Of sentences, those with an opener, with a tail, with a second tail: some 20 words a sentence, as in real news.
_OPENED, _TAILED, _TAILED_TWICE = 0.3, 0.6, 0.15
_QUOTES = ('"', "«")
_FIRST_DAY = datetime.date(2024, 1, 1)


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """An article, and for each of its sentences whether it tells of an act."""

    article: Article
    eventful: tuple[bool, ...]


def news(articles: int, seed: int = 7, languages: tuple[str, ...] = LANGUAGES) -> Iterator[Told]:
    """So many articles, the languages in turn. Article n is the same however many are asked for."""
    for number in range(articles):
        language = languages[number % len(languages)]
        yield _article(random.Random(f"{seed}-{number}"), f"news-{seed}-{number:06d}", language)


def write_news(file: Path, articles: int, seed: int = 7, long: int = 0) -> Path:
    """So many articles as JSON lines; every so many (`long`) is followed by an article that holds the texts of the last thirty together."""
    with file.open("w", encoding="utf-8") as out:
        texts: list[str] = []
        for number, told in enumerate(news(articles, seed), 1):
            out.write(_line(told.article) + "\n")
            texts.append(told.article.text)
            if long and number % long == 0:
                article = dataclasses.replace(told.article, article_id=f"long-{number}", text="\n".join(texts[-60::2]))
                out.write(_line(article) + "\n")
    return file


def _line(article: Article) -> str:
    return json.dumps({"id": article.article_id, "lang": article.language, "date": str(article.date), "text": article.text}, ensure_ascii=False)


def _article(rng: random.Random, name: str, language: str) -> Told:
    templates = _templates(language)
    countries = rng.sample(sorted(templates["countries"]), 3)
    topic = "politics" if rng.random() < _POLITICAL else rng.choice([t for t in templates["quiet"] if t != "background"])
    sentences, eventful, used = list[str](), list[bool](), set[str]()
    length = rng.randint(*_SENTENCES)
    while len(sentences) < length:
        told = topic == "politics" and (not sentences or rng.random() < _EVENTFUL)
        kinds = ["background", "background", "life", "markets"] if topic == "politics" else [topic, topic, "life", "markets"]
        template = rng.choice(templates["eventful"] if told else templates["quiet"][rng.choice(kinds)])
        if template in used:
            continue
        used.add(template)
        opener = rng.choice(templates["openers"]) if not told and rng.random() < _OPENED else ""
        tails = 0 if template.startswith(_QUOTES) else (rng.random() < _TAILED) + (rng.random() < _TAILED_TWICE)
        sentences.append(_filled("".join([opener, template, *rng.sample(templates["tails"], tails)]), rng, language, countries))
        eventful.append(told)
    text = "".join(sentence + (" ", "\n", " ")[at % 3] for at, sentence in enumerate(sentences)).strip()
    return Told(Article(name, text, language, _FIRST_DAY + datetime.timedelta(rng.randrange(365)), origin="news.jsonl:1"), tuple(eventful))


def _filled(template: str, rng: random.Random, language: str, countries: list[str]) -> str:
    """A sentence, its slots filled and its end set."""
    templates = _templates(language)

    def slot(match: re.Match[str]) -> str:
        name = match[1]
        country, _, part = name.partition("_")
        if country in ("a", "b", "c"):
            return str(templates["countries"][countries["abc".index(country)]][("", "m", "capital").index(part)])
        if name == "city":
            return rng.choice(_cities(language))
        if name in templates["lists"]:
            return str(rng.choice(templates["lists"][name]))
        return {"few": lambda: f"{rng.randint(3, 9)}", "tens": lambda: f"{rng.randint(11, 99)}", "many": lambda: f"{rng.randint(1, 99)}00", "share": lambda: f"{rng.randint(1, 29)}.{rng.randint(1, 9)}", "year": lambda: f"{rng.randint(1871, 2023)}"}[name]()  # fmt: skip

    sentence = _SLOT.sub(slot, template)
    return sentence[0].upper() + sentence[1:] + "."


@functools.cache
def _templates(language: str) -> dict[str, Any]:
    given: dict[str, Any] = yaml.safe_load((_HERE / f"news_{language}.yaml").read_text(encoding="utf-8"))
    return given


@functools.cache
def _cities(language: str) -> list[str]:
    """Names of one word and some letters; short ones are words of the language as well."""
    rows = [line.split("\t")[0] for line in (ROOT / language / "cities.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [name for name in rows if len(name) > 4 and name.isalpha()]


def main() -> None:
    """Print articles as JSON lines."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--articles", type=int, default=1000)
    given.add_argument("--seed", type=int, default=7)
    given.add_argument("--language", choices=LANGUAGES, action="append", help="only this language; may be repeated")
    chosen = given.parse_args()
    for told in news(chosen.articles, chosen.seed, tuple(chosen.language or LANGUAGES)):
        print(_line(told.article))


if __name__ == "__main__":
    main()
