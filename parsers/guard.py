"""Names in the dictionaries guard the tokeniser and the tagger: a known name is one word, and no verb."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from dictionaries import Language
from dictionaries.folding import word_key
from dictionaries.names import Name, NameMatch

_SUFFIX = re.compile(r"(هما|هم|هن|ها|نا|ه)$")
_WORD = re.compile(r"[^\W\d_]{4,}")


def guard_words(document: Any, names: list[NameMatch], known: Collection[str] = ()) -> None:
    """Undo in place the splitting of written tokens inside a known name (وواشنطن is و + واشنطن, سبتمبر is one word) or word (لقائه is لقاء + ه).

    `document` is a Stanza Document after multiword expansion; `names` are the matches in its text, `known` the keys of words that
    begin like a clitic.
    """
    within = {at: name for name in names for at in range(name.start, name.end)}
    expansions: list[str] = []
    for sentence in document.sentences:
        for token in sentence.tokens:
            start, end = token.start_char, token.end_char
            name = within.get(end - 1)
            if name is not None and name.end >= end:
                inside = max(start, name.start)
                clitics, word = list(token.text[: inside - start]), token.text[inside - start :]
                # A token that ends with a name, or stands inside a longer one, is the name and the clitics before it.
                if clitics or len(token.id) > 1:
                    token.misc = "MWT=Yes"
                    hidden = name.hidden_article and inside == name.start
                    expansions.append(" ".join([*clitics, "ال" + word[1:] if hidden else word]))
            elif len(token.id) > 1:
                expansions.append(_kept_whole(token.text, known) or " ".join(word.text for word in token.words))
    document.set_mwt_expansions(expansions)


def _kept_whole(text: str, known: Collection[str]) -> str | None:
    """The words of a token that is itself a known word, alone or with a suffix pronoun; None for any other."""
    if word_key(text, "ar") in known:
        return text
    suffix = _SUFFIX.search(text)
    if suffix and len(text) - len(suffix.group()) >= 3:
        stem = text[: suffix.start()]
        # Before a suffix ة is written ت and the seat of a final hamza changes.
        for word in (stem, stem[:-1] + "ة" if stem.endswith("ت") else stem, stem[:-1] + "ء" if stem[-1] in "ئؤ" else stem):
            if word in known:
                return f"{word} {suffix.group()}"
    return None


def words_like_clitics(language: Language) -> frozenset[str]:
    """The keys of dictionary words whose first letter could be a clitic (وساطة, لقاء, بحث)."""
    words = {*language.nouns, *language.verbs, *language.topics.single, *language.roles.single}
    return frozenset(word for word in words if word[:1] in "وفبلكس" and len(word) > 2)


def guard_tags(document: Any, names: list[NameMatch]) -> None:
    """Set in place the tag X, as the treebank tags foreign names, on verbs and particles that a one-word name covers."""
    covered = {(name.start, name.end) for name in names if name.name.relation in ("name", "capital", "city", "people")}
    for sentence in document.sentences:
        for token in sentence.tokens:
            for word in token.words:
                if word.upos in ("VERB", "AUX", "PART", "SCONJ", "INTJ") and word.start_char is not None and (word.start_char, word.end_char) in covered:
                    word.upos, word.feats = "X", "Foreign=Yes"


def month_names(text: str, language: Language) -> list[NameMatch]:
    """Month names as matches, so that guard_words keeps them whole (سبتمبر is no س of the future with a verb)."""
    return [
        NameMatch(match.start(), match.end(), Name("", "month", "dates.yaml"))
        for match in _WORD.finditer(text)
        if word_key(match.group(), language.code) in language.grammar.months
    ]
