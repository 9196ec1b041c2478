"""The closed classes of a language: light verbs, negation, prepositions, discards, roles, descriptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dictionaries.folding import entry_keys, phrase_keys, word_key
from dictionaries.inflection import noun_forms
from dictionaries.phrases import Phrases
from dictionaries.problems import Problems
from dictionaries.yaml_source import Mapping, Word

VERB_CLASSES = ("light", "aspect", "report", "intend", "unreal", "want", "cause", "happen")


@dataclass(slots=True)
class Grammar:
    """What the coder asks of a language's closed classes; every word is a key (see folding.word_key)."""

    verb_classes: dict[str, tuple[tuple[str, frozenset[str]], ...]] = field(default_factory=dict)
    negators: dict[str, str] = field(default_factory=dict)
    nominal_negators: frozenset[str] = frozenset()
    conditionals: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()
    obligation: frozenset[str] = frozenset()
    necessity: frozenset[str] = frozenset()
    border: frozenset[str] = frozenset()
    ethnic: frozenset[str] = frozenset()
    undergo: frozenset[str] = frozenset()
    backed: frozenset[str] = frozenset()
    decisive: frozenset[str] = frozenset()
    reported_future: frozenset[str] = frozenset()
    inverted: frozenset[str] = frozenset()
    messages: frozenset[str] = frozenset()
    predicatives: frozenset[str] = frozenset()
    rounding: tuple[tuple[str, ...], ...] = ()
    temporal: frozenset[str] = frozenset()
    exceptive: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()  # those of the future, the modals, and those of duty
    happening: bool = False  # whether there are verbs of happening
    relatives: frozenset[str] = frozenset()
    relative_gender: dict[str, str] = field(default_factory=dict)  # UD's Gender of those that show it
    transitive: frozenset[str] = frozenset()
    reflexive: frozenset[str] = frozenset()
    directional: frozenset[str] = frozenset()
    lands: frozenset[str] = frozenset()
    owned: frozenset[str] = frozenset()
    elatives: frozenset[str] = frozenset()
    perceive: frozenset[str] = frozenset()
    approximate: frozenset[str] = frozenset()
    explained: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    hearsay: frozenset[str] = frozenset()
    occasion: frozenset[str] = frozenset()
    nearby: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    carries: frozenset[str] = frozenset()
    arms: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    chants: frozenset[str] = frozenset()
    cheers: frozenset[str] = frozenset()
    demanding: frozenset[str] = frozenset()
    manners: frozenset[str] = frozenset()
    privative: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    consent: frozenset[str] = frozenset()
    power: frozenset[str] = frozenset()
    bullets: frozenset[str] = frozenset()
    among: frozenset[str] = frozenset()
    future: frozenset[str] = frozenset()
    agentive: tuple[tuple[str, ...], ...] = ()
    locative: frozenset[str] = frozenset()
    comitative: frozenset[str] = frozenset()
    purpose: frozenset[str] = frozenset()
    first_person: frozenset[str] = frozenset()
    transparent: frozenset[str] = frozenset()
    crowds: frozenset[str] = frozenset()
    occurring: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()
    timed: frozenset[str] = frozenset()
    circumstance: frozenset[str] = frozenset()
    achieving: frozenset[str] = frozenset()
    natural: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    eventualities: frozenset[str] = frozenset()
    settlement: frozenset[str] = frozenset()
    accidents: Phrases = field(default_factory=lambda: Phrases(""))
    taken_under: frozenset[str] = frozenset()
    beneficiary: frozenset[str] = frozenset()
    compound_prepositions: frozenset[tuple[str, ...]] = frozenset()


def read_grammar(root: Path, language: str, problems: Problems) -> Grammar:
    """light_verbs.yaml, negation.yaml and grammar.yaml of a language; what is missing stays empty."""

    def read(name: str) -> Mapping:
        path = root / language / name
        return problems.read_mapping(path, root) if path.is_file() else Mapping()

    def keys(value: object) -> frozenset[str]:
        return frozenset(key for word in problems.words(value) for key in entry_keys(str(word), language))

    grammar = Grammar()
    classes: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for name, items in read("light_verbs.yaml").items():
        if name not in VERB_CLASSES:
            problems.note(name, f"unknown class {name!s}; known are {', '.join(VERB_CLASSES)}")
        for item in problems.sequence(items, name):
            fields = Mapping(lemma=item) if isinstance(item, Word) else problems.mapping(item)
            if not isinstance(fields.get("lemma"), Word):
                problems.note(item, "an item is a lemma, or a mapping with lemma and with")
                continue
            classes.setdefault(word_key(str(fields["lemma"]), language), []).append((str(name), keys(fields.get("with"))))
    # An entry that asks for a further word is the better reading where that word is there.
    grammar.verb_classes = {key: tuple(sorted(rows, key=lambda row: -len(row[1]))) for key, rows in classes.items()}
    negation = read("negation.yaml")
    negators = negation.get("negators")
    if isinstance(negators, Mapping):
        grammar.negators = {word_key(str(word), language): str(kind) for word, kind in negators.items()}
    else:
        grammar.negators = dict.fromkeys(keys(negators), "any")
    grammar.nominal_negators, grammar.conditionals = keys(negation.get("nominal")), keys(negation.get("conditionals"))
    grammar.modals, grammar.future = keys(negation.get("modals")), keys(negation.get("future"))
    words = read("grammar.yaml")
    grammar.agentive = tuple(phrase_keys(str(word), language) for word in problems.words(words.get("agentive")))
    grammar.compound_prepositions = frozenset(phrase_keys(str(word), language) for word in problems.words(words.get("compound_prepositions")))
    grammar.rounding = tuple(phrase_keys(str(word), language) for word in problems.words(words.get("rounding")))
    genders = words.get("relative_gender")
    grammar.relative_gender = {word_key(str(word), language): str(gender) for word, gender in genders.items()} if isinstance(genders, Mapping) else {}
    grammar.accidents = Phrases(language)
    for word in problems.words(words.get("accidents")):
        for form in noun_forms(str(word), language):
            grammar.accidents.add(form, "accident", word.place.short)
    for name in (
        "inverted",
        "messages",
        "predicatives",
        "locative",
        "comitative",
        "purpose",
        "first_person",
        "transparent",
        "crowds",
        "occurring",
        "pending",
        "timed",
        "circumstance",
        "achieving",
        "natural",
        "settlement",
        "possible",
        "eventualities",
        "taken_under",
        "beneficiary",
        "obligation",
        "necessity",
        "border",
        "ethnic",
        "undergo",
        "backed",
        "decisive",
        "reported_future",
        "temporal",
        "explained",
        "exceptive",
        "relatives",
        "transitive",
        "reflexive",
        "directional",
        "lands",
        "owned",
        "elatives",
        "perceive",
        "approximate",
        "foreign",
        "hearsay",
        "occasion",
        "nearby",
        "leading",
        "sites",
        "carries",
        "arms",
        "claims",
        "chants",
        "cheers",
        "among",
        "demanding",
        "manners",
        "privative",
        "others",
        "consent",
        "power",
        "bullets",
    ):
        setattr(grammar, name, keys(words.get(name)))
    grammar.auxiliaries = grammar.future | grammar.modals | grammar.necessity | grammar.obligation
    grammar.happening = any(kind == "happen" for rows in grammar.verb_classes.values() for kind, _ in rows)
    return grammar


def read_topics(root: Path, language: str, topics: frozenset[str], qualified: dict[str, dict[str, str]], problems: Problems) -> tuple[Phrases, Phrases]:
    """The topic words and the qualifiers of a language's topics.yaml."""
    path = root / language / "topics.yaml"
    words, qualifiers = Phrases(language), Phrases(language)
    file = problems.read_mapping(path, root) if path.is_file() else Mapping()
    for section, known, table in (("topics", topics, words), ("qualifiers", qualified.keys(), qualifiers)):
        for name, phrases in problems.mapping(file.get(section)).items():
            if name not in known:
                problems.note(name, f"unknown {section[:-1]} {name!s}")
            for phrase in problems.words(phrases, name):
                for form in noun_forms(str(phrase), language) if language == "ar" else {str(phrase)}:
                    table.add(form, str(name), phrase.place.short)
    return words, qualifiers


def read_roles(root: Path, language: str, problems: Problems) -> tuple[Phrases, dict[str, frozenset[str]]]:
    """The role nouns of agents.yaml, and for each word of a definite description the kinds of actor that it may mean."""
    path = root / language / "agents.yaml"
    file = problems.read_mapping(path, root) if path.is_file() else Mapping()
    roles = Phrases(language)
    for given in problems.sequence(file.get("roles")):
        row = problems.mapping(given)
        role = row.get("role")
        if role is None:
            problems.note(given, "a row of roles needs role")
            continue
        for phrase in [*problems.words(row.get("phrases"), row), *problems.words(row.get("nouns"), row)]:
            for form in noun_forms(str(phrase), language):
                roles.add(form, str(role), phrase.place.short)
    descriptions: dict[str, frozenset[str]] = {}
    for given in problems.sequence(file.get("descriptions")):
        row = problems.mapping(given)
        kinds = frozenset(str(kind) for kind in problems.words(row.get("kinds"), row))
        for noun in problems.words(row.get("nouns"), row):
            key = word_key(str(noun), language)
            descriptions[key] = descriptions.get(key, frozenset()) | kinds
    return roles, descriptions


def read_discards(root: Path, language: str, problems: Problems) -> Phrases:
    """The phrases of discards.yaml, each with the reason why its sentence is no event."""
    path = root / language / "discards.yaml"
    discards = Phrases(language)
    own = problems.overlay / language / "discards.yaml" if problems.overlay else path
    file = problems.read_mapping(path, root) if path.is_file() or own.is_file() else Mapping()
    for key in file:
        if key != "sentences":
            problems.note(key, f"unknown key {key!s}; a file of discards has sentences")
    for given in problems.sequence(file.get("sentences")):
        row = problems.mapping(given)
        for key in row:
            if key not in ("reason", "phrases"):
                problems.note(key, f"unknown key {key!s} of a discard; it has reason and phrases")
        for phrase in problems.words(row.get("phrases"), row):
            discards.add(str(phrase), str(row.get("reason") or "discarded"), phrase.place.short)
    return discards
