"""Heads and relations of words by Stanza's graph parser: labels for chosen arcs only, trees without search where none is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parsers.document import Word
from parsers.forms import Forms
from parsers.recurrence import Layout, batches, highway
from parsers.trees import best_tree

_MOST_CELLS = 2_500
# Arcs whose relations are scored together: 20 KB each.
_MOST_ARCS = 500


class Attacher:
    """A parser of the kind that parsers/haste.py names."""

    def __init__(self, processor: Any) -> None:
        self._model, self._vocab = processor.trainer.model, processor.vocab
        self._one_subject = bool(processor.config.get("resolve_head_constraints", True))
        self._forms = Forms(self._model, self._vocab)

    def attach(self, sentences: Sequence[Sequence[Word]]) -> None:
        """Set the heads and relations of tagged words with lemmas in place."""
        import torch

        with torch.inference_mode():
            for batch in batches([len(words) + 1 for words in sentences], _MOST_CELLS):
                part = [sentences[number] for number in batch]
                lengths = [len(words) + 1 for words in part]
                for words, found in zip(part, attach(self._model, self._states(part, lengths), lengths, self._one_subject), strict=True):
                    for word, (head, relation) in zip(words, found, strict=True):
                        word.head, word.deprel = head, relation

    def _states(self, sentences: Sequence[Sequence[Word]], lengths: Sequence[int]) -> Any:
        """GraphParser.embed: a row for each word and, before each sentence's, one for its root."""
        import torch
        from stanza.models.common.vocab import ROOT_ID

        model, words = self._model, [word for sentence in sentences for word in sentence]
        numbers, letters = self._forms.rows([word.text for word in words])
        layout = Layout(lengths)
        place = torch.ones(sum(lengths), dtype=torch.bool)
        place[layout.forwards[:, 0]] = False
        rows = torch.empty(sum(lengths), model.input_size)

        def known(name: str, values: list[str]) -> Any:
            return torch.tensor(self._vocab[name].map(values))

        lemmas, tags = known("lemma", [word.lemma or "_" for word in words]), known("upos", [word.upos or "_" for word in words])
        rows[place] = torch.cat([model.word_emb(numbers), model.lemma_emb(lemmas), model.upos_emb(tags), letters], 1)
        root = torch.tensor([ROOT_ID])
        rows[~place] = torch.cat([model.word_emb(root), model.lemma_emb(root), model.upos_emb(root), self._forms.root(ROOT_ID)], 1)
        return highway(model.parserlstm, rows, layout, (model.parserlstm_h_init, model.parserlstm_c_init))


def attach(model: Any, states: Any, lengths: Sequence[int], one_subject: bool) -> list[list[tuple[int, str]]]:
    """GraphParser.predict: for each sentence its words' heads and relations, from rows of states, [words and roots, width]."""
    import torch
    import torch.nn.functional as F
    from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
    from stanza.models.depparse.head_constraints import find_head_constraint_violations, resolve_head_constraint_violations

    layout = Layout(lengths)
    size = layout.inside.size(1)

    def arcs(scorer: Any) -> Any:
        """Scores of arcs, [sentences, words, heads]."""
        bilinear = scorer.scorer.W_bilin
        below, above = (torch.relu(layer(states)) for layer in (scorer.W1, scorer.W2))
        weight = bilinear.weight.squeeze(2)
        crossed = below @ weight[:-1] + weight[-1]
        return torch.baddbmm(crossed[layout.forwards][:, :, -1:], crossed[layout.forwards][:, :, :-1], above[layout.forwards].transpose(1, 2)) + bilinear.bias

    offset = torch.arange(size).view(1, 1, -1) - torch.arange(size).view(1, -1, 1)
    scores = arcs(model.unlabeled)
    scores += F.logsigmoid(arcs(model.linearization) * torch.sign(offset).float())
    scores -= torch.log((torch.abs(offset).float() - 1 - F.softplus(arcs(model.distance))) ** 2 / 2 + 1)
    # No word is its own head or has one behind the sentence's end.
    scores.masked_fill_(torch.eye(size, dtype=torch.bool).unsqueeze(0) | ~layout.inside.unsqueeze(1), -float("inf"))
    best = F.log_softmax(scores, 2).numpy()
    trees = [best_tree(best[i][:n, :n]) for i, n in enumerate(lengths)]

    begins = layout.forwards[:, 0].tolist()
    words = torch.tensor([begin + i for begin, n in zip(begins, lengths, strict=True) for i in range(1, n)])
    heads = torch.tensor([begin + head for begin, tree in zip(begins, trees, strict=True) for head in tree[1:]])
    labels = _labels(model.deprel, states, words, heads)
    vocabulary = model.vocab["deprel"]
    relations = vocabulary.unmap([label + VOCAB_PREFIX_SIZE for label in labels])
    found = []
    for i, (begin, n) in enumerate(zip(begins, lengths, strict=True)):
        tree, names = trees[i], relations[begin - i : begin - i + n - 1]
        if one_subject and find_head_constraint_violations(tree, names):
            # Second-best labels count only here: a head with two subjects or objects.
            rows = states[begin : begin + n].unsqueeze(0)
            full = F.log_softmax(model.deprel(rows, rows)[0], 2).numpy()
            tree, ids = resolve_head_constraint_violations(best[i][:n, :n], full, tree, vocabulary)
            names = vocabulary.unmap([label + VOCAB_PREFIX_SIZE for label in ids])
        found.append([(int(head), name) for head, name in zip(tree[1:], names, strict=True)])
    return found


def _labels(scorer: Any, states: Any, words: Any, heads: Any) -> list[int]:
    """The best relation's number for each arc."""
    import torch

    bilinear = scorer.scorer.W_bilin
    below, above = torch.relu(scorer.W1(states)), torch.relu(scorer.W2(states))
    chosen, governors = (torch.cat([x, x.new_ones(len(x), 1)], 1) for x in (below[words], above[heads]))
    weight, found = bilinear.weight.reshape(bilinear.weight.size(0), -1), list[int]()
    for below_part, above_part in zip(chosen.split(_MOST_ARCS), governors.split(_MOST_ARCS), strict=True):
        crossed = (below_part @ weight).view(len(below_part), *bilinear.weight.shape[1:])
        found += (torch.bmm(above_part.unsqueeze(1), crossed).squeeze(1) + bilinear.bias).argmax(1).tolist()
    return found
