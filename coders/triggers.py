"""Words that evoke acts in a sentence, and the entries that they may mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coders.tree import Tree
from dictionaries.acts import Entry

# How far from a trigger the words of its entry's "with" may stand.
_BEFORE, _AFTER = 2, 6
_NOTHING: frozenset[str] = frozenset()
_EVOKING = frozenset({"VERB", "NOUN", "PROPN", "X", "ADJ"})
_CLAUSES = frozenset({"root", "parataxis", "ccomp", "conj", "acl", "advcl"})
_PREDICATES = frozenset({"root", "parataxis", "ccomp", "conj", "advcl", "acl:relcl"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that evokes an act, with the entries that fit it, the most specific first."""

    index: int
    entries: tuple[Entry, ...]
    noun: bool


def find_triggers(tree: Tree, named: Collection[int] = (), towns: Collection[int] = ()) -> dict[int, Trigger]:
    """The triggers of a sentence by their token; a token that is part of a name is none.

    `towns` are names of cities: as what is taken they are as good as the word "city" to the entries that ask for it (captured Goma).
    """
    triggers, words = {}, tree.words
    for token in tree.tokens:
        if token.upos not in _EVOKING or token.index in named or (token.upos == "VERB" and tree.keys[token.index][0] in tree.language.grammar.modals):
            continue  # يمكنه: he can, and enables nobody
        entries, noun = _entries(tree, token.index)
        if entries and not noun and token.feature("VerbForm") == "Ger" and not any(_fits(tree, token.index, entry, _NOTHING) for entry in entries):
            entries, noun = _under(tree.language.nouns, tree.keys[token.index]), True  # ethnic cleansing
        if entries:
            # Most words that entries ask for stand nowhere in a sentence: those near a trigger need not be looked at.
            town = tree.language.grammar.settlement if towns and _takes(tree, token.index, towns) else _NOTHING
            fitting = [entry for entry in entries if (not entry.words or entry.words <= words or (town and entry.words <= words | town)) and _fits(tree, token.index, entry, town) and not entry.doer]
            if fitting:
                particles = {tree.keys[c][0] for c in tree.children[token.index] if tree.tokens[c].relation == "compound:prt"}
                # A verb's particle counts for more than a preposition further on: turned down [a request to ...].
                fitting.sort(key=lambda entry: -len(entry.words) - bool(entry.any_words) - (not particles.isdisjoint(entry.words)) / 2)
                triggers[token.index] = Trigger(token.index, tuple(fitting), noun)
    return triggers


def _entries(tree: Tree, index: int) -> tuple[tuple[Entry, ...], bool]:
    """The entries of a word by its part of speech; a word that the tagger misjudged is tried as the other."""
    language, token = tree.language, tree.tokens[index]
    if token.upos == "VERB":
        verbs = _verbs(tree, index)
        if verbs:
            return verbs, False
        return (_under(language.nouns, tree.keys[index]) if language.code == "ar" or token.feature("VerbForm") == "Ger" else ()), True
    nouns = _under(language.nouns, tree.keys[index])
    if nouns and (token.upos != "ADJ" or language.code == "ar"):
        return nouns, True
    if language.code == "ar":
        predicate = token.upos in ("X", "NOUN") and bool(token.lemma) and token.relation in _CLAUSES and not token.text.startswith("ال")
    elif token.upos == "ADJ":
        predicate = token.feature("VerbForm") == "Part"
    else:
        predicate = token.relation in _PREDICATES and token.text.lower() in language.verb_forms  # "flew" taken for a noun
    return (_verbs(tree, index) if predicate else ()), not predicate


def _verbs(tree: Tree, index: int) -> tuple[Entry, ...]:
    """The entries of a verb, by its lemma and, in Arabic, by the table of inflected forms."""
    return _under(tree.language.verbs, tree.verb_keys(index))


def _under(table: dict[str, tuple[Entry, ...]], keys: Sequence[str]) -> tuple[Entry, ...]:
    """The entries of a word under its keys, each once."""
    found: tuple[Entry, ...] = ()
    for key in keys:
        entries = table.get(key, ())
        found = found + tuple(entry for entry in entries if entry not in found) if found and entries else found or entries
    return found


def _takes(tree: Tree, index: int, towns: Collection[int]) -> bool:
    taken = tree.language.grammar.taken_under
    return any(child in towns and (tree.relation(child) in ("obj", "nsubj:pass") or (len(tree.cases[child]) == 1 and tree.cases[child][0] in taken)) for child in tree.children[index])


def _fits(tree: Tree, index: int, entry: Entry, town: frozenset[str]) -> bool:
    if not entry.words and not entry.any_words and entry.without.isdisjoint(tree.words) and entry.without.isdisjoint(town):
        return True
    if entry.any_words and entry.any_words.isdisjoint(tree.words) and entry.any_words.isdisjoint(town):
        return False
    near = set(range(max(0, index - _BEFORE), min(len(tree), index + _AFTER + 1)))
    for child in tree.children[index]:
        near |= {child, *tree.children[child]}
    if tree.head(index) >= 0 and entry.noun:
        near.add(tree.head(index))
    near.discard(index)
    words = {key for i in near for key in tree.keys[i] if not (_other_pronoun(tree, i, entry) if tree.language.code == "ar" else _stray_particle(tree, index, i, entry))}
    words |= town
    return entry.words <= words and entry.without.isdisjoint(words) and (not entry.any_words or not entry.any_words.isdisjoint(words))


def _other_pronoun(tree: Tree, near: int, entry: Entry) -> bool:
    """Whether a pronoun near an Arabic trigger belongs to none of the words that its entry asks for (سفيرها is asked for, not لديها)."""
    return tree.tokens[near].upos == "PRON" and not entry.words & set(tree.keys[tree.head(near)])


def _stray_particle(tree: Tree, index: int, near: int, entry: Entry) -> bool:
    """Whether a preposition or particle near a trigger is not its own: "gave $40 million in aid" is no giving in."""
    token = tree.tokens[near]
    if token.upos not in ("ADP", "ADV", "PART", "SCONJ") or token.head == index:
        return False
    if token.upos == "ADP" and token.head > near and not tree.language.grammar.temporal.isdisjoint(tree.keys[token.head]) and tree.tokens[token.head].upos == "PROPN":
        return True  # on Monday called X a farce
    if near == index + 1:
        return False
    paths = {word for path in (*entry.source, *entry.target, *entry.content) for word in path.split()}
    return not (tree.head(near) >= 0 and tree.head(tree.head(near)) == index and tree.keys[near][0] in paths)
