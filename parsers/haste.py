"""The same parses as stock Stanza for less work: short batch code around its networks, for models of the kind that ships; Stanza's own for others.

tests/parsers/test_haste.py compares the results; docs/decisions/0012-quick-parsing.md says what was measured.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Protocol

from parsers.attaching import Attacher, attach
from parsers.lemmas import Lemmatiser
from parsers.splitting import OpenEnds, Splitter, SureEnds
from parsers.tagging import Tagger

_FEATURES = ["space_before", "capitalized", "numeric", "end_of_para", "start_of_para"]


class Steps(Protocol):
    """The steps of parsing. Documents are Stanza's or parsers.document's."""

    def split(self, texts: Sequence[str], sure_ends: SureEnds | None = None, open_ends: OpenEnds | None = None) -> list[Any]:
        """Texts with something else than spaces, as documents with sentences, tokens and words; see Splitter.split."""

    def tag(self, documents: Sequence[Any]) -> None:
        """Set the words' tags and features in place."""

    def lemmatise(self, documents: Sequence[Any]) -> None:
        """Set the lemmas of tagged words in place."""

    def attach(self, documents: Sequence[Any]) -> None:
        """Set the heads and relations of words with lemmas in place."""


def steps(pipeline: Any) -> Steps:
    """The quickest steps that a loaded Stanza pipeline allows."""
    return Quick(pipeline) if _is_known(pipeline.processors) else Stock(pipeline)


class Quick:
    """Our own steps around the networks of a pipeline."""

    def __init__(self, pipeline: Any) -> None:
        processors = pipeline.processors
        self._splitter = Splitter(processors["tokenize"], processors["mwt"])
        self._tagger, self._lemmatiser, self._attacher = Tagger(processors["pos"]), Lemmatiser(processors["lemma"]), Attacher(processors["depparse"])

    def split(self, texts: Sequence[str], sure_ends: SureEnds | None = None, open_ends: OpenEnds | None = None) -> list[Any]:
        """See Steps."""
        return self._splitter.split(texts, sure_ends, open_ends)

    def tag(self, documents: Sequence[Any]) -> None:
        """See Steps."""
        self._tagger.tag([sentence.words for document in documents for sentence in document.sentences])

    def lemmatise(self, documents: Sequence[Any]) -> None:
        """See Steps."""
        self._lemmatiser.lemmatise([word for document in documents for sentence in document.sentences for word in sentence.words])

    def attach(self, documents: Sequence[Any]) -> None:
        """See Steps."""
        self._attacher.attach([sentence.words for document in documents for sentence in document.sentences])


class Stock:
    """Stanza's own steps over the documents of a call; where the parser allows it, only chosen arcs are labelled."""

    def __init__(self, pipeline: Any) -> None:
        self._processors = pipeline.processors
        for name in ("pos", "depparse"):
            spell_once(self._processors[name].trainer.model)
        model = self._processors["depparse"].trainer.model
        if _scores_arcs(model):
            model.predict = functools.partial(_predict, model)

    def split(self, texts: Sequence[str], sure_ends: SureEnds | None = None, open_ends: OpenEnds | None = None) -> list[Any]:
        """See Steps; Stanza's own tokeniser is told of no ends."""
        import stanza

        documents = [stanza.Document([], text=text) for text in texts]
        self._run(documents, "tokenize", "mwt")
        return documents

    def tag(self, documents: Sequence[Any]) -> None:
        """See Steps."""
        for document in documents:
            document._count_words()
        self._run(documents, "pos")

    def lemmatise(self, documents: Sequence[Any]) -> None:
        """See Steps."""
        self._run(documents, "lemma")

    def attach(self, documents: Sequence[Any]) -> None:
        """See Steps."""
        self._run(documents, "depparse")

    def _run(self, documents: Sequence[Any], *names: str) -> None:
        for name in names:
            if name in self._processors:
                self._processors[name].bulk_process(documents)


def spell_once(model: Any) -> None:
    """Let a tagger's or parser's character model, in place, read each form of a batch once; about half of a batch's words are repeats."""
    characters = getattr(model, "charmodel", None)
    if characters is not None and not characters.pad:
        characters.forward = functools.partial(_spelled, characters.forward)


def _spelled(forward: Any, chars: Any, mask: Any, order: Any, sentence_lengths: Any, word_lengths: Any) -> Any:
    """CharacterModel.forward: a packed sequence of one row a word, from rows of character ids sorted by length."""
    import torch
    from stanza.models.common.utils import tensor_unsort
    from torch.nn.utils.rnn import pack_sequence

    forms, place = torch.unique(chars, dim=0, return_inverse=True)
    lengths = (forms != 0).sum(1)
    longest_first = lengths.argsort(descending=True)
    encoded = forward(forms[longest_first], None, list(range(len(forms))), [len(forms)], lengths[longest_first].tolist()).data
    back = torch.empty_like(longest_first)
    back[longest_first] = torch.arange(len(forms))
    return pack_sequence(tensor_unsort(encoded[back[place]], order).split(sentence_lengths))


def _predict(model: Any, *batch: Any, resolve_head_constraints: bool = False) -> list[list[tuple[int, str]]]:
    """GraphParser.predict."""
    import torch

    lengths = [int(n) for n in batch[12]]
    padded = model.embed(*batch)
    inside = torch.arange(padded.size(1)).unsqueeze(0) < torch.tensor(lengths).unsqueeze(1)
    return attach(model, padded[inside], lengths, resolve_head_constraints)


def _is_known(processors: Any) -> bool:
    """Whether the models have the parts that our steps know, and no others."""
    if not {"tokenize", "mwt", "pos", "lemma", "depparse"} <= set(processors) or any(hasattr(p, "_variant") for p in processors.values()):
        return False
    tokenize, mwt, pos, lemma, depparse = (processors[name].trainer for name in ("tokenize", "mwt", "pos", "lemma", "depparse"))
    tagger, parser = pos.model, depparse.model
    reads = tokenize.args
    return (
        reads["feat_funcs"] == _FEATURES
        and (reads["hierarchical"], reads["use_mwt"], reads["rnn_layers"], reads["conv_res"]) == (True, True, 1, None)
        and not (reads["use_dictionary"] or reads["skip_newline"] or reads.get("charlm_forward_file") or reads["shorthand"] == "la_ittb")
        and not tokenize.vocab.lang_replaces_spaces
        and not mwt.args["dict_only"]
        and all(_embeds_forms(trainer) for trainer in (pos, depparse))
        and not tagger.share_hid
        and (tagger.link_mode, tagger.column_parents.get("feats")) == ("tag_emb", ("upos",))
        and not processors["lemma"].use_identity
        and not lemma.has_contextual_lemmatizers()
        and _scores_arcs(parser)
        and not depparse.args.get("reversed")
        and (depparse.args["tag_emb_dim"] > 0, depparse.args["use_upos"], depparse.args["use_xpos"], depparse.args["use_ufeats"]) == (True, True, False, False)
    )


def _embeds_forms(trainer: Any) -> bool:
    """Whether a tagger's or a parser's input is a table of words and a plain network over letters."""
    from torch import nn

    args, letters = trainer.args, getattr(trainer.model, "charmodel", None)
    return (
        args["word_emb_dim"] > 0
        and letters is not None
        and letters.attn
        and (letters.num_dir, args["char_num_layers"]) == (1, 1)
        and isinstance(letters.charlstm.lstm, nn.LSTM)
        and args["rec_dropout"] == 0
        and not (args.get("charlm") or args.get("bert_model") or args["pretrain"])
    )


def _scores_arcs(model: Any) -> bool:
    """Whether a parser is a graph parser of the usual kind."""
    from stanza.models.depparse.model import GraphParser

    return isinstance(model, GraphParser) and not model.args.get("use_arc_embedding") and model.args["linearization"] and model.args["distance"]
