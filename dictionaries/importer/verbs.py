"""PETRARCH2's verbs and patterns as entries of our acts: a code becomes the act and the topic that composition.yaml makes it of."""

from __future__ import annotations

import re
from typing import Any

from dictionaries.folding import word_key
from dictionaries.importer.blocks import Block, Synonyms, Verb, read_blocks
from dictionaries.importer.codes import reading
from dictionaries.importer.draft import Draft
from dictionaries.importer.ledger import Ledger
from dictionaries.importer.patterns import Pattern
from dictionaries.importer.spelling import UnreadableError
from dictionaries.inflection import english_verb_forms
from dictionaries.load import ROOT, Dictionaries
from dictionaries.problems import Problems

_PLAIN_FRAME = {"source": ["subj"], "target": ["obj"]}


def import_verbs(ledger: Ledger, draft: Draft, language: str, dictionaries: Dictionaries) -> int:
    """Write verbs and patterns to <lang>/acts.yaml; gives the number of entries (a pattern is one for each verb of its block).

    The frame is that of the act's first verbs in our own acts.yaml; a pattern's words become `with`, its set `any`. A pattern without
    event becomes a `without` of its block's verbs where it has one word.
    """
    blocks, sets = read_blocks(ledger)
    writer = _Writer(ledger, draft, language, dictionaries, sets)
    for block in blocks:
        writer.write(block)
    writer.close()
    return writer.entries


class _Writer:
    def __init__(self, ledger: Ledger, draft: Draft, language: str, dictionaries: Dictionaries, sets: dict[str, Synonyms]) -> None:
        self.ledger, self.draft, self.language, self.dictionaries, self.sets = ledger, draft, language, dictionaries, sets
        self.file = f"{language}/acts.yaml"
        self.frames = _frames(language)
        self.used: set[str] = set()
        self.entries = 0
        self.unknown_forms: set[str] = set()

    def write(self, block: Block) -> None:
        """Write a block: its verbs alone, then its patterns. Every line of it ends up written or reported."""
        lemmas = list(dict.fromkeys(verb.lemma for verb in block.verbs))
        without = [word for number, pattern, codes in block.patterns if codes is None for word in self._exception(number, pattern, block)]
        named = False
        for number, pattern, codes in block.patterns:
            if codes is None:
                continue
            try:
                if not lemmas:
                    raise UnreadableError("no verb of its block could be read")
                if not pattern.words and not pattern.sets and not pattern.source and not pattern.target:
                    raise UnreadableError("a pattern without words: the verb alone")
                self._enter(codes, lemmas, self._extra(pattern), pattern)
                self.ledger.write(number)
                if codes[0] and codes[1] not in ("", codes[0]):
                    self.ledger.report(number, f"left out: the event back, {codes[1]}; an entry has one act")
                named = True
            except UnreadableError as error:
                self.ledger.report(number, str(error))
        for codes in dict.fromkeys(verb.codes for verb in block.verbs):
            self._write_alone([verb for verb in block.verbs if verb.codes == codes], codes, without, named)
        self._write_forms(block)

    def _write_alone(self, verbs: list[Verb], codes: tuple[str, str] | None, without: list[str], named: bool) -> None:
        """The verbs of one code without a pattern; those that make no event by themselves count as written where a pattern names them."""
        extra: dict[str, Any] = {"without": without} if without else {}
        fresh: list[str] = []
        for verb in verbs:
            try:
                if codes is None:
                    if not named:
                        raise UnreadableError("makes no event by itself, and no pattern of its block was written")
                elif self._known(verb.lemma, codes[0]):
                    raise UnreadableError("Marsad has it already")
                else:
                    self._enter(codes, [], extra, Pattern())
                    fresh.append(verb.lemma)
                self.ledger.write(verb.line)
            except UnreadableError as error:
                if named:
                    self.ledger.write(verb.line)  # its block's patterns name it
                self.ledger.report(verb.line, str(error))
        if codes is not None and fresh:
            self._enter(codes, list(dict.fromkeys(fresh)), extra, Pattern())

    def _exception(self, number: int, pattern: Pattern, block: Block) -> list[str]:
        """The word that a pattern without event keeps from its block's verbs."""
        if all(verb.codes is None for verb in block.verbs):
            self.ledger.report(number, "no event, and none of its block's verbs makes one by itself: nothing to write")
        elif len(pattern.words) != 1 or pattern.sets:
            self.ledger.report(number, "no event: `without` takes single words, not several that must stand together")
        else:
            self.ledger.write(number)
            return pattern.words
        return []

    def _extra(self, pattern: Pattern) -> dict[str, Any]:
        """The words of a pattern as the keys of a block of acts.yaml."""
        if len(pattern.sets) > 1:
            raise UnreadableError("two sets of synonyms in one pattern; an entry has one `any`")
        extra: dict[str, Any] = {"with": pattern.words} if pattern.words else {}
        for name in pattern.sets:
            if name not in self.sets:
                raise UnreadableError(f"the set {name} is not defined in this file")
            words = self._single(name)
            if not words:
                raise UnreadableError(f"the set {name} has no member of one word")
            extra["any"] = words
        return extra

    def _single(self, name: str) -> list[str]:
        return list(dict.fromkeys(word for _, word in self.sets[name].members if " " not in word and re.search(r"\w", word)))

    def _enter(self, codes: tuple[str, str], lemmas: list[str], extra: dict[str, Any], pattern: Pattern) -> None:
        """Enter lemmas under the act of a code; raises UnreadableError where none is given, and then enters nothing."""
        first, second = codes
        code = first or second
        found = reading(code, self.dictionaries.composition)
        if code not in self.dictionaries.ontology:
            raise UnreadableError(f"{code} is no CAMEO code (1.1b3)")
        if found is None:
            raise UnreadableError(f"no single act gives the code {code}")
        act, topic = found
        frame = self.frames.get(act, _PLAIN_FRAME)
        source, target = [*pattern.source, *frame.get("source", ())], [*pattern.target, *frame.get("target", ())]
        if "subj" in pattern.target and not pattern.source:
            source = [path for path in source if path != "subj"] or ["obj"]
        if "obj" in pattern.source and not pattern.target:
            target = [path for path in target if path != "obj"] or ["subj"]
        if not first:
            source, target = target, source
        slots = {"source": list(dict.fromkeys(source)), "target": list(dict.fromkeys(target)), "content": frame.get("content", [])}
        row: dict[str, Any] = {"act": act, **({"topic": topic} if topic else {}), "frame": {slot: paths for slot, paths in slots.items() if paths}, **extra}
        if first == second:
            row["reciprocal"] = "true"
        self.used.update(pattern.sets)
        if lemmas and self.draft.add({**row, "verbs": lemmas}, self.file):
            self.entries += len(lemmas)

    def _known(self, lemma: str, code: str) -> bool:
        """Whether our own entries give the same act to the verb alone."""
        found = reading(code, self.dictionaries.composition)
        head, *rest = lemma.split()
        return found is not None and any(
            (entry.act, entry.topic) == found and not entry.any_words and entry.words == {word_key(word, self.language) for word in rest}
            for entry in self.dictionaries.languages[self.language].verbs.get(word_key(head, self.language), ())
        )

    def _write_forms(self, block: Block) -> None:
        """English past forms that no rule gives go to irregular_verbs.yaml; Arabic verbs without forms are counted."""
        lexicon = self.dictionaries.languages[self.language]
        heads = {lemma for lemmas in lexicon.verb_forms.values() for lemma in lemmas}
        for verb in block.verbs:
            head = verb.lemma.split()[0]
            if word_key(head, self.language) in heads:
                continue
            if self.language == "ar":
                self.unknown_forms.add(word_key(head, "ar"))
                continue
            regular = english_verb_forms(head, {})
            past = [form for form in dict.fromkeys(verb.forms) if re.search(r"\w", form) and not form.endswith(("ing", "s"))]
            if any(form not in regular for form in past):
                self.draft.at("en/irregular_verbs.yaml").setdefault(head, past)

    def close(self) -> None:
        """Settle the members of sets, and note what concerns the whole file."""
        for name, given in self.sets.items():
            single = set(self._single(name))
            for number, word in given.members:
                if name not in self.used:
                    self.ledger.report(number, f"no pattern that was written uses the set {name}")
                elif " " in word and word.split()[-1] not in single and word.split()[-1].removesuffix("s") not in single:
                    self.ledger.report(number, "a member of several words; `any` takes single words")
                else:
                    self.ledger.write(number)  # in several words, its head stands in the set
        if self.unknown_forms:
            self.ledger.notes.append(f"{len(self.unknown_forms)} verbs have no inflected forms yet; `python -m dictionaries.conjugation {self.draft.folder}` writes those that its conjugator knows")


def _frames(language: str) -> dict[str, dict[str, list[str]]]:
    """The frame of each act: that of its first block with verbs in the acts.yaml that ships."""
    frames: dict[str, dict[str, list[str]]] = {}
    for block in Problems().read_sequence(ROOT / language / "acts.yaml", ROOT):
        if block.get("verbs") and block.get("frame"):
            frames.setdefault(str(block["act"]), {str(slot): [str(path) for path in ([paths] if isinstance(paths, str) else paths or [])] for slot, paths in block["frame"].items()})
    return frames
