"""Which Arabic words hold clitics: a matter of the form alone, so the expander decides it and the tokeniser only hands the form on.

In PADT and PUD 57 of 60,000 tokens are split otherwise than their form usually is. A tokeniser that decides it letter by letter
takes the beginning of names for clitics (و + اشنطن); the expander sees the word whole, and keeps a dictionary.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dictionaries import Language
from dictionaries.folding import fold
from parsers.training.treebank import FEATS, FORM, MISC, UPOS, Tree

# What a tokeniser takes for a clitic at the head of a name (و in واشنطن, س in سبتمبر).
_LIKE_CLITICS = "وفبلكس"
_JOINED = ("و", "ف", "ب", "ل", "ك")
_SUFFIXES = ("ه", "ها", "هم", "هما", "نا")
_NAME_TAGS = frozenset({"PROPN", "X"})
# Where one of these stands at the edge of a word it may be a clitic.
_CANDIDATE = re.compile(r"^[وفبلكس][\u0621-\u064a]|[\u0621-\u064a](?:ه|ها|هم|هما|هن|نا|ي|ك|كم|ما|من|لا)$")
_ARABIC = re.compile(r"[\u0621-\u064a]{3,}(?: [\u0621-\u064a]{2,}){0,2}")


def may_hold_clitics(form: str) -> bool:
    """Whether a written word has the shape of one with a clitic (وكالة too, which has none)."""
    return bool(_CANDIDATE.search(form))


def form_types(trees: Sequence[Tree]) -> list[Tree]:
    """A sentence of one token for each form of the treebank that may hold clitics, with its usual words: one word, marked, where it holds none."""
    seen: dict[str, Counter[tuple[str, ...]]] = {}
    for tree in trees:
        for form, words, _ in tree.tokens():
            if len(words) > 1 or may_hold_clitics(form):
                seen.setdefault(form, Counter())[tuple(word[FORM] for word in words)] += 1
    return [_token(counts.most_common(1)[0][0], form) for form, counts in seen.items()]


def whole_words(trees: Sequence[Tree], language: Language) -> dict[str, str]:
    """Forms that may hold clitics and hold none, each to itself, for the expander's dictionary.

    They are the treebank's own, names of the dictionaries, and forms of their verbs and nouns that the treebank does not split.
    """
    split = {form for tree in trees for form, words, _ in tree.tokens() if len(words) > 1}
    own = {form for tree in trees for form, words, _ in tree.tokens() if len(words) == 1}
    names = {part for name in name_list(language) for part in name.split()}
    listed = {key for key in {*language.verb_forms, *language.nouns, *language.topics.single, *language.roles.single} if len(key) > 3 and not key.endswith(("نا", "ها", "هم", "كم"))}
    return {form: form for form in sorted(own | names | listed) if may_hold_clitics(form) and not form.startswith("لل") and form not in split}


def joined_words(trees: Sequence[Tree], language: Language) -> dict[str, str]:
    """Names, and nouns and adjectives that the treebank has twice, behind one clitic, each to its two words, for the expander's dictionary.

    A form that is a word of its own in the treebank or the dictionaries is left out.
    """
    counts = Counter(row[FORM] for tree in trees for row in tree.words() if row[UPOS] in ("NOUN", "ADJ", "PROPN", "X") and len(row[FORM]) > 3)
    words = {word for word, times in counts.items() if times > 1} | {name for name in name_list(language) if " " not in name and len(name) > 2}
    own = {form for tree in trees for form, rows, _ in tree.tokens()} | words
    joined = {_written([clitic, word]): f"{clitic} {word}" for word in sorted(words) if _ARABIC.fullmatch(word) for clitic in ("و", "ب", "ل")}
    return {form: parts for form, parts in joined.items() if form not in own}


def name_list(language: Language) -> list[str]:
    """The names that the dictionaries know, folded, of one to three Arabic words; those that begin like a clitic stand four times."""
    names = {fold(written, "ar") for row in language.names._rows.values() for _, written, _ in row}
    kept = sorted(name for name in names if _ARABIC.fullmatch(name))
    months = [fold(str(month), "ar") for month in language.dates.months]
    return kept + [name for name in kept + months for _ in range(3) if name[0] in _LIKE_CLITICS and not name.startswith(("ال", "بن "))]


def with_names(trees: Sequence[Tree], names: Sequence[str], share: float, seed: int) -> list[Tree]:
    """Copies of a share of the sentences in which other names stand for theirs, bare or behind a clitic.

    The copies are good for the tokeniser alone: relations and numbers of words are not kept up.
    """
    rng, copies = random.Random(seed), []
    for tree in trees:
        places = [at for at, (_, rows, _) in enumerate(tree.tokens()) if rows[-1][UPOS] in _NAME_TAGS or rows[-1][UPOS] == "NOUN"]
        if not places or rng.random() > share:
            continue
        chosen = {at for at in places if rng.random() < 0.25} or {rng.choice(places)}
        rows: list[list[str]] = []
        for at, (form, words, space) in enumerate(tree.tokens()):
            if at in chosen:
                parts = rng.choice(names).split()
                joined = rng.choice(_JOINED) if rng.random() < 0.3 else ""
                for number, part in enumerate(parts):
                    _add(rows, [joined, part] if joined and number == 0 else [part], space or number < len(parts) - 1)
            else:
                _add(rows, [word[FORM] for word in words], space, form)
        copy = Tree("", rows)
        copy.text = "".join(form + (" " if space else "") for form, _, space in copy.tokens()).strip()
        copies.append(copy)
    return copies


def clitic_tokens(trees: Sequence[Tree], names: Sequence[str], size: int, seed: int) -> Iterator[Tree]:
    """Sentences of one token each: names that are one word though they begin or end like two, and names, nouns and verbs of the treebank with clitics."""
    rng = random.Random(seed)
    single = sorted({part for name in names for part in name.split() if may_hold_clitics(part) and not part.startswith("لل")})
    nouns, verbs, imperfects = (sorted({row[FORM] for tree in trees for row in tree.words() if fits(row) and _ARABIC.fullmatch(row[FORM])}) for fits in (_noun, _verb, _imperfect))
    joiners = (["و"], ["ف"], ["ب"], ["ل"], ["ك"], ["و", "ب"], ["و", "ل"], ["و", "ك"], ["ف", "ل"])
    for _ in range(size):
        draw = rng.random()
        if (draw < 0.3 and not single) or (0.55 <= draw < 0.65 and not imperfects) or (draw >= 0.85 and not verbs):
            continue
        if draw < 0.3:
            yield _token([rng.choice(single)])
        elif draw < 0.4:
            yield _token([*rng.choice(joiners), rng.choice(names).split()[0]])
        elif draw < 0.55:
            yield _token([*rng.choice(joiners), rng.choice(nouns)])
        elif draw < 0.65:
            yield _token([*rng.choice((["س"], ["و", "س"], ["ف", "س"], ["و"])), rng.choice(imperfects)])
        else:
            word = rng.choice(nouns if draw < 0.85 else verbs)
            if not word.startswith("ال") and word[-1] not in "اءيئؤه":
                before = rng.choice(joiners) if draw < 0.85 and rng.random() < 0.25 else []
                yield _token([*before, word, rng.choice(_SUFFIXES)])


def _noun(row: list[str]) -> bool:
    return row[UPOS] == "NOUN"


def _verb(row: list[str]) -> bool:
    return row[UPOS] == "VERB"


def _imperfect(row: list[str]) -> bool:
    return row[UPOS] == "VERB" and "Aspect=Imp" in row[FEATS]


def _token(words: Sequence[str], form: str | None = None) -> Tree:
    rows: list[list[str]] = []
    _add(rows, words, True, form)
    if len(words) == 1:
        rows[0][MISC] = "MWT=Yes"
    return Tree(rows[0][FORM], rows)


def _written(parts: Sequence[str]) -> str:
    """How clitics and word are written together: ل before the article drops its alef, ة before a suffix is ت."""
    text = ""
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else ""
        if part == "ل" and following.startswith("ال"):
            return text + "لل" + following[2:] + "".join(parts[number + 2 :])
        text += part[:-1] + "ت" if part.endswith("ة") and following else part
    return text


def _add(rows: list[list[str]], words: Sequence[str], space: bool, form: str | None = None) -> None:
    last = int(rows[-1][0]) if rows else 0
    misc = "_" if space else "SpaceAfter=No"
    if len(words) > 1:
        rows.append([f"{last + 1}-{last + len(words)}", form or _written(words), "_", "_", "_", "_", "_", "_", "_", misc])
        misc = "_"
    for number, word in enumerate(words, last + 1):
        rows.append([str(number), word, word, "NOUN", "_", "_", "0" if number == 1 else "1", "root" if number == 1 else "dep", "_", misc])
