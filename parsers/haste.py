"""The same parses as stock Stanza for less work: labels for chosen arcs only, trees without search where none is needed, no token expanded twice.

tests/parsers/test_haste.py compares the results; docs/decisions/ says what was measured.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

# Expansions kept beyond those of the model's own dictionary; a day of news has some hundred thousand forms.
_MOST_EXPANSIONS = 200_000


def hasten(pipeline: Any) -> None:
    """Put quicker steps into a loaded Stanza pipeline, in place; processors and models of other kinds are left as they are."""
    from stanza.models.depparse.model import GraphParser

    processors = pipeline.processors
    for name in ("pos", "depparse"):
        spell_once(processors[name].trainer.model)
        characters = processors[name].vocab["char"]
        if not characters.lower:
            characters.map = functools.partial(_identified, characters._unit2id)
    model = processors["depparse"].trainer.model
    if isinstance(model, GraphParser) and not model.args.get("use_arc_embedding") and model.args["linearization"] and model.args["distance"]:
        model.predict = functools.partial(_predict, model)
    mwt = processors.get("mwt")
    if mwt is not None and not mwt.config["dict_only"] and mwt.config.get("ensemble_dict", False):
        mwt.process = functools.partial(_expand, mwt, dict[str, str]())


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


def _identified(table: dict[str, int], characters: Sequence[str]) -> list[int]:
    """CharVocab.map, without two calls a letter."""
    from stanza.models.common.vocab import UNK_ID

    return [table.get(character, UNK_ID) for character in characters]


def _expand(processor: Any, cache: dict[str, str], document: Any) -> Any:
    """Stanza's expansion of multiword tokens, which looks at no context, with each form sent through the network once."""
    import torch
    from stanza.models.common.doc import Document

    trainer = processor.trainer
    forms = document.get_mwt_expansions(evaluation=True)
    if len(cache) > _MOST_EXPANSIONS:
        cache.clear()
    unknown = sorted({form for form in forms if form not in cache and trainer.dict_expansion(form) is None})
    if unknown:
        batch = processor.build_batch(Document([[{"id": (1,), "text": form, "misc": "MWT=Yes"}] for form in unknown]))
        with torch.no_grad():
            predicted = [text for part in batch.to_loader() for text in trainer.predict(part, never_decode_unk=True, vocab=batch.vocab)]
        cache.update(zip(unknown, predicted, strict=True))
    expanded = [trainer.dict_expansion(form) or cache[form] for form in forms]
    document.set_mwt_expansions(expanded, process_manual_expanded=False)
    return document


def _predict(model: Any, *batch: Any, resolve_head_constraints: bool = False) -> list[list[list[Any]]]:
    """Stanza's GraphParser.predict: for each sentence its words' [head, relation]."""
    import torch
    import torch.nn.functional as F
    from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
    from stanza.models.depparse.head_constraints import find_head_constraint_violations, resolve_head_constraint_violations

    lengths = batch[12]
    states = model.embed(*batch)
    size = states.size(1)
    offset = torch.arange(size).view(1, 1, -1) - torch.arange(size).view(1, -1, 1)
    arcs = model.unlabeled(states, states).squeeze(3)
    arcs += F.logsigmoid(model.linearization(states, states).squeeze(3) * torch.sign(offset).float())
    arcs -= torch.log((torch.abs(offset).float() - 1 - F.softplus(model.distance(states, states).squeeze(3))) ** 2 / 2 + 1)
    arcs.masked_fill_(torch.eye(size, dtype=torch.bool).unsqueeze(0), -float("inf"))
    scores = F.log_softmax(arcs, 2).numpy()
    trees = [_tree(scores[i][:n, :n]) for i, n in enumerate(lengths)]

    scorer = model.deprel
    below, above = scorer.hidden_func(scorer.W1(states)), scorer.hidden_func(scorer.W2(states))
    rows = torch.tensor([i for i, n in enumerate(lengths) for _ in range(n - 1)])
    words = torch.tensor([j for n in lengths for j in range(1, n)])
    heads = torch.tensor([head for tree in trees for head in tree[1:]])
    bilinear = scorer.scorer.W_bilin
    chosen, governors = (torch.cat([x, x.new_ones(len(x), 1)], 1) for x in (below[rows, words], above[rows, heads]))
    crossed = (chosen @ bilinear.weight.reshape(bilinear.weight.size(0), -1)).view(len(chosen), *bilinear.weight.shape[1:])
    labels = (torch.bmm(governors.unsqueeze(1), crossed).squeeze(1) + bilinear.bias).argmax(1).tolist()

    vocabulary = model.vocab["deprel"]
    found, at = [], 0
    for i, n in enumerate(lengths):
        tree = trees[i]
        relations = vocabulary.unmap([label + VOCAB_PREFIX_SIZE for label in labels[at : at + n - 1]])
        at += n - 1
        if resolve_head_constraints and find_head_constraint_violations(tree, relations):
            # Second-best labels count only here: a head with two subjects or objects.
            full = F.log_softmax(scorer.scorer(below[i : i + 1, :n], above[i : i + 1, :n])[0], 2).numpy()
            tree, ids = resolve_head_constraint_violations(scores[i][:n, :n], full, tree, vocabulary)
            relations = vocabulary.unmap([label + VOCAB_PREFIX_SIZE for label in ids])
        found.append([[int(head), relation] for head, relation in zip(tree[1:], relations, strict=True)])
    return found


def _tree(scores: Any) -> Any:
    """The best tree with one root. Where every word's best head makes such a tree already, no other is better."""
    heads = scores.argmax(1)
    heads[0] = 0
    return heads if _is_tree(heads.tolist()) else _search(scores)


def _search(scores: Any) -> Any:
    """Stanza's chuliu_edmonds_one_root with a quicker look for cycles; which one is broken first does not change the best tree."""
    import numpy as np
    from stanza.models.common.chuliu_edmonds import expand_contracted_tree, prepare_scores, process_cycle

    scores = scores.astype(np.float64)
    scores[:, 0] += scores[np.isfinite(scores)].min() * len(scores)  # a root costs more than any tree saves: there will be one
    broken = []
    while True:
        prepare_scores(scores)
        tree = scores.argmax(1)
        cycle = _cycle(tree.tolist())
        if not cycle:
            break
        inside = np.zeros(len(tree), dtype=bool)
        inside[cycle] = True
        scores, *contraction = process_cycle(tree, inside, scores)
        broken.append((tree, contraction))
    for wider, contraction in reversed(broken):
        tree = expand_contracted_tree(wider, tree, *contraction)
    return tree


def _cycle(heads: Sequence[int]) -> list[int]:
    """The words of one cycle, [] where there is none."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        at = start
        while at and not seen[at]:
            seen[at] = start
            at = heads[at]
        if at and seen[at] == start:
            cycle, after = [at], heads[at]
            while after != at:
                cycle.append(after)
                after = heads[after]
            return cycle
    return []


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (of 0, the root, and words 1...) lead every word to 0, one of them directly."""
    if heads.count(0) != 2 and len(heads) > 1:
        return False
    state = [0] * len(heads)  # 0 not seen, 1 on the way, 2 leads to the root
    state[0] = 2
    for start in range(1, len(heads)):
        way, at = [], start
        while state[at] == 0:
            state[at] = 1
            way.append(at)
            at = heads[at]
        if state[at] == 1:
            return False
        for word in way:
            state[word] = 2
    return True
