"""Names in the dictionaries guard the tokeniser and the tagger: a known name is one word, and no verb."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from dictionaries import Language
from dictionaries.folding import word_key
from dictionaries.names import Name, NameMatch

_CLITICS = frozenset("وفبلكس")
_SUFFIX = re.compile(r"(هما|هم|هن|ها|نا|ه)$")
_WORD = re.compile(r"[^\W\d_]{4,}")
# What a sentence may end with, and how many Arabic words are none.
_STOPS = frozenset(".?!…:;\"”’')]}»؟؛")
_FEWEST_WORDS = 4
# Two-letter words before a full stop may be shortened titles (د. م.).
_END = re.compile(r"(?<=[ء-ي]{3})[.؟!](?=\s+[\"«(“]?[ء-ي]{2})")


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
                expansions.append(_kept_whole(token.text, known) or " ".join(_as_written(token.text, [word.text for word in token.words], known)))
    document.set_mwt_expansions(expansions)


def _kept_whole(text: str, known: Collection[str]) -> str | None:
    """The words of a token that is itself a known word, alone or with a suffix pronoun; None for any other."""
    if text[0] not in _CLITICS:
        return None
    if word_key(text, "ar") in known:
        return text
    if text.startswith("لل") and text[1:] in known:
        return f"ل ال{text[1:]}"  # للاجئين: the article's ل and the word's own are written once
    suffix = _SUFFIX.search(text)
    if suffix and len(text) - len(suffix.group()) >= 3:
        stem = text[: suffix.start()]
        # Before a suffix ة is written ت and the seat of a final hamza changes.
        for word in (stem, stem[:-1] + "ة" if stem.endswith("ت") else stem, stem[:-1] + "ء" if stem[-1] in "ئؤ" else stem):
            if word in known:
                return f"{word} {suffix.group()}"
    return None


def _as_written(text: str, words: list[str], known: Collection[str]) -> list[str]:
    """The expander's words, with a stem before a suffix pronoun as it is written where the expander changed it (علاقاتها is علاقات + ها)."""
    suffix = _SUFFIX.search(text)
    if len(words) < 2 or suffix is None or words[-1] != suffix.group() or "".join(words) == text:
        return words
    clitics = "".join(words[:-2])
    stem = text[len(clitics) : suffix.start()] if text.startswith(clitics) else words[-2]
    return [*words[:-2], words[-2] if words[-2] in known or stem not in known else stem, words[-1]]


def known_words(language: Language) -> frozenset[str]:
    """The keys of single words that the dictionaries know, in all forms listed."""
    words = {*language.nouns, *language.verbs, *language.topics.single, *language.roles.single}
    return frozenset(word for word in words | {form for form in language.verb_forms if len(form) > 3} if len(word) > 2)


def guard_tags(document: Any, names: list[NameMatch], language: Language) -> None:
    """Set in place the tag of a name on verbs and particles that a one-word name covers: X in Arabic, where the treebank tags foreign names so, else PROPN."""
    covered = {(name.start, name.end) for name in names if name.name.relation in ("name", "capital", "city", "people")}
    for sentence in document.sentences:
        for token in sentence.tokens:
            for word in token.words:
                if word.upos in ("VERB", "AUX", "PART", "SCONJ", "INTJ", "X") and word.start_char is not None and (word.start_char, word.end_char) in covered:
                    word.upos, word.feats = ("X", "Foreign=Yes") if language.code == "ar" else ("PROPN", "Number=Sing")


def guard_past_tense(document: Any, language: Language) -> None:
    """Set in place the tag VERB on lower-case words taken for nouns that are the past of a known verb and no noun's form ("flew", "vetoed").

    In a headline without any verb the present too ("Congo rejects demands").
    """
    for sentence in document.sentences:
        verbless = not any(word.upos in ("VERB", "AUX") for word in sentence.words)
        for word in sentence.words:
            form = word.text
            known = form in language.verb_forms and form not in language.nouns and form not in language.verbs
            if word.upos in ("NOUN", "PROPN", "X") and form.islower() and known and (verbless or not form.endswith("s")):
                if form.endswith("s") and language.verb_forms[form][0] in language.nouns:
                    continue
                word.upos, word.feats = "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"


def guard_verbs(document: Any, language: Language, names: list[NameMatch]) -> None:
    """Set in place the tag VERB on a word that opens a sentence, has the form of a known verb and stands before a definite noun, a name, a number or a role.

    News sentences open with their verb; the tagger takes many for nouns (منح البنك الدولي ..., التمس لبنان ...).
    """
    starts = {name.start for name in names}
    for sentence in document.sentences:
        words = [word for word in sentence.words if word.upos != "PUNCT"]
        if len(words) > 2 and words[0].upos == "CCONJ":
            words = words[1:]
        if len(words) < 2 or words[0].upos in ("VERB", "AUX") or words[0].start_char in starts:
            continue
        if word_key(words[0].text, language.code) in language.verb_forms and (
            words[1].start_char in starts or words[1].text.startswith("ال") or words[1].upos == "NUM" or word_key(words[1].text, language.code) in language.roles.single
        ):
            words[0].upos = "VERB"
            words[0].feats = "Aspect=Perf|Gender=Masc|Number=Sing|Person=3|Voice=Act"


def month_names(text: str, language: Language) -> list[NameMatch]:
    """Month names as matches, so that guard_words keeps them whole (سبتمبر is no س of the future with a verb)."""
    return [
        NameMatch(match.start(), match.end(), Name("", "month", "dates.yaml"))
        for match in _WORD.finditer(text)
        if word_key(match.group(), language.code) in language.dates.month_words
    ]


def sure_ends(text: str) -> Iterator[int]:
    """The full stops and question marks of an Arabic paragraph that end a sentence: after a word of three letters or more, before another, outside quotation and brackets."""
    for match in _END.finditer(text):
        before = text[: match.start()]
        if not before.count('"') % 2 and all(before.count(a) <= before.count(b) for a, b in ("«»", "()", "“”")):
            yield match.start()


def open_ends(text: str, ends: Sequence[int], language: str) -> Iterator[int]:
    """Of the characters where the tokeniser ends a sentence of a paragraph, those that end none.

    In English a sentence that is followed by another ends with a stop, a quotation mark or a bracket ("Foreign Minister Urmas | Paet said"), unless capitals tell
    that a headline stood before a dateline; this holds for paragraphs that end so themselves. In Arabic a comma ends no sentence, and four words are none.
    """
    after = -1
    for end in ends:
        if end + 1 >= len(text):
            return
        if language == "ar":
            is_open = text[end] in "،," or (text[end] not in _STOPS and len(text[after + 1 : end + 1].split()) <= _FEWEST_WORDS)
        else:
            following = text[end + 1 :].split(maxsplit=1)
            headline = bool(following) and ((following[0].strip("(,").isupper() and len(following[0]) > 2) or not following[0][0].isalnum())
            is_open = text[end] not in _STOPS and text[-1] in _STOPS and not headline
        if is_open:
            yield end
        else:
            after = end
