"""What the dictionaries know of a sentence's words, looked up once: names, roles, topics, qualifiers, discards."""

from __future__ import annotations

from dataclasses import dataclass, field

from coders.tree import QUOTES, Tree
from dictionaries import Dictionaries
from dictionaries.actors import ActorFacts
from dictionaries.names import NameMatch
from dictionaries.phrases import Match

_SIDES = ("pro-", "anti-")
_NO_ADJECTIVES = frozenset({"name", "capital", "city"})


@dataclass(frozen=True, slots=True)
class Mentions:
    """Names, roles, topics and qualifiers by the token that they cover."""

    names: dict[int, NameMatch]
    roles: dict[int, Match]
    topics: dict[int, Match]
    qualifiers: dict[int, Match]
    persons: dict[int, str] = field(default_factory=dict)  # the names of persons, with the first three letters of their codes: their country

    @property
    def towns(self) -> set[int]:
        """Tokens of the names of cities."""
        return {index for index, match in self.names.items() if match.name.relation in ("city", "capital")}

    @property
    def closed(self) -> set[int]:
        """Tokens inside a name or a role of several words (the ministry of defence): they evoke nothing else."""
        return {*self.names, *(i for i, match in self.roles.items() if match.end - match.start > 1)}


def find_mentions(tree: Tree, dictionaries: Dictionaries) -> Mentions:
    """Look a sentence up in its language's tables."""
    language, sentence = tree.language, tree.sentence
    names: dict[int, NameMatch] = {}
    found = language.names.find(sentence.text)
    if found:
        named = bytearray(len(sentence.text))
        for match in found:
            named[match.start : match.end] = b"\1" * (match.end - match.start)
        for token in tree.tokens:
            start, end = token.start - sentence.start, token.end - sentence.start
            if named.find(1, start, max(end, start + 1)) < 0:
                continue
            over = [match for match in found if start < match.end and end > match.start]
            if not over or (token.upos in ("PUNCT", "CCONJ", "ADP", "PRON") and len(token.text) <= 2):
                continue
            for match in over:
                if language.code == "en" and token.text.lower().startswith(_SIDES):
                    continue  # a pro-Russian rebel is not Russia's
                if token.upos == "ADJ" and match.name.relation in _NO_ADJECTIVES and language.code == "ar" and token.text.endswith(("ي", "ية")) and " " not in sentence.text[match.start : match.end]:
                    continue  # دعم مالي is financial support, not Mali's
                if dictionaries.actors[match.name.actor].kind == "region" and sentence.text[match.start - 1 : match.start] in QUOTES and sentence.text[match.end : match.end + 1] in QUOTES:
                    continue  # «الشرق الأوسط» is a newspaper
                names[token.index] = match
                break
    roles = {i: match for i, match in _cover(language.roles.find(tree.keys)).items() if match.end - match.start > 1 or not _adjective(tree, i, names) or tree.head(i) in names}
    qualifiers = _cover(language.qualifiers.find(tree.keys))
    # The adjective of علاقات دبلوماسية qualifies; the noun دبلوماسي is a topic.
    topics = {
        i: match
        for i, match in _cover(language.topics.find(tree.keys)).items()
        if i not in names and match.value != "none" and not (i in qualifiers and match.end - match.start == 1 and _adjective(tree, i, names))
    }
    persons = {i: dictionaries.actors[m.name.actor].code[:3] for i, m in names.items() if dictionaries.actors[m.name.actor].kind == "person"}
    return Mentions(names, roles, topics, qualifiers, persons)


def discard_reason(tree: Tree) -> str | None:
    """The reason and place of a phrase that marks the sentence as no event ("sport en/discards.yaml:3"), if it holds one."""
    if tree.language.discards.first.isdisjoint(tree.words):
        return None
    for match in tree.language.discards.find([(keys[0],) for keys in tree.keys]):
        return f"{match.value} {match.place}"
    return None


def facts(match: NameMatch, dictionaries: Dictionaries) -> ActorFacts:
    """The actor that a name stands for."""
    return dictionaries.actors[match.name.actor]


def _adjective(tree: Tree, index: int, names: dict[int, NameMatch]) -> bool:
    """Whether a word stands as an adjective (الهجوم العسكري): it names no one.

    A name is definite, so an Arabic word without the article after one is none (طردت بولندا دبلوماسيين).
    """
    above = names.get(tree.head(index))
    if tree.language.code == "ar" and above is not None and above.name.relation == "name" and not tree.tokens[index].text.startswith("ال"):
        return False
    if tree.language.code == "ar" and tree.head(index) >= 0 and tree.tokens[tree.head(index)].text.startswith("ال") and tree.tokens[index].text.endswith(("ين", "ون")) and not tree.tokens[index].text.startswith("ال"):
        return False  # بالقوة متظاهرين: an adjective would have the article, too
    if tree.language.code == "ar" and tree.head(index) >= 0 and tree.tokens[tree.head(index)].feature("Number") == "Sing" and tree.tokens[index].text.endswith(("ين", "ون")):
        return False  # تفريق محتجين: nor is it plural beside a singular
    counted = tree.head(index) >= 0 and tree.tokens[tree.head(index)].upos == "NUM"  # 11 مدنيا
    return tree.tokens[index].upos == "ADJ" and tree.relation(index) == "amod" and not counted


def _cover(matches: list[Match]) -> dict[int, Match]:
    return {i: match for match in matches for i in range(match.start, match.end)}
