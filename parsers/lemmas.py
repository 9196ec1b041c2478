"""Lemmas by Stanza's lemmatiser, asked once for each form and tag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parsers.decoding import quicken
from parsers.document import Word

_MOST_LEMMAS = 50_000


class Lemmatiser:
    """A lemmatiser that looks at no context. Its own store of results, which has no bound, is not used."""

    def __init__(self, processor: Any) -> None:
        processor.store_results = False
        quicken(processor.trainer.model, processor.config["beam_size"])
        self._processor, self._trainer = processor, processor.trainer
        self._has_dictionary = processor.config.get("ensemble_dict", False) and not processor.config.get("dict_only", False)
        self._known: dict[tuple[str, str | None], str | None] = {}

    def lemmatise(self, words: Sequence[Word]) -> None:
        """Set the lemmas of tagged words in place."""
        from stanza.models.common.doc import Document

        if len(self._known) > _MOST_LEMMAS:
            self._known.clear()
        new = list(dict.fromkeys(key for word in words if (key := (word.text, word.upos)) not in self._known))
        if new:
            # The model's own dictionary answers for most words; its network needs a document.
            listed = self._trainer.skip_seq2seq(new) if self._has_dictionary else [False] * len(new)
            found = [pair for pair, is_listed in zip(new, listed, strict=True) if is_listed]
            self._known.update((pair, lemma if lemma != "_" else None) for pair, lemma in zip(found, self._trainer.ensemble(found, [""] * len(found)), strict=True))
            unlisted = [pair for pair, is_listed in zip(new, listed, strict=True) if not is_listed]
            if unlisted:
                document = Document([[{"id": (i + 1,), "text": text, "upos": upos} for i, (text, upos) in enumerate(unlisted)]])
                self._processor.process(document)
                self._known.update(zip(unlisted, (word.lemma for word in document.sentences[0].words), strict=True))
        for word in words:
            word.lemma = self._known[word.text, word.upos]
