"""Against whom a protest is, where the act itself does not tell: whom its slogans name, whom the protesters clash with."""

from __future__ import annotations

from coders.actors import ActorResolver
from coders.event import UNKNOWN, Actor
from coders.tree import QUOTES, Tree

_LONGEST = 12  # of a slogan's words: a quotation that goes on is unclosed, or a speech


def slogan_target(tree: Tree, resolver: ActorResolver, index: int, sources: list[Actor]) -> Actor | None:
    """The first foreign or official actor named in quotes after a word of chanting or placards (هتفوا «الموت لـ...»), no one cheered, no source."""
    chants = tree.language.grammar.chants
    if chants.isdisjoint(tree.words):
        return None
    quoted, chanted, cheered, opened = False, False, False, 0
    for at in range(len(tree)):
        if tree.tokens[at].text in QUOTES:
            quoted, cheered, opened = not quoted, False, at
            continue
        quoted = quoted and at - opened < _LONGEST
        chanted = chanted or not chants.isdisjoint([*tree.keys[at], *(tree.verb_keys(at) if tree.is_verb(at) else ())])
        cheered = cheered or tree.keys[at][0] in tree.language.grammar.cheers
        if not (quoted and chanted and at > index) or cheered or at not in resolver.mentions.names:
            continue
        actor = resolver.resolve(at)
        if actor is not None and actor.country and not actor.code.startswith(UNKNOWN) and all(actor.code[:3] != s.code[:3] or len(actor.code) > 3 for s in sources):
            return actor
    return None


def demands(tree: Tree, index: int) -> list[int]:
    """What protesters say they want or reject, after a word of protest: شعارات تندد بـ..., متظاهرون مطالبين بـ..."""
    grammar = tree.language.grammar
    return [
        at
        for at in range(index + 1, len(tree))
        if (tree.relation(at) == "acl" and not grammar.chants.isdisjoint(tree.keys[tree.head(at)])) or (tree.tokens[at].text.endswith("ين") and not grammar.demanding.isdisjoint(tree.keys[at]))
    ]
