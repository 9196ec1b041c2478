"""Train Stanza's graph parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F

from parsers.haste import spell_once
from parsers.training.embeddings import Vectors, set_vectors, widen_vocabulary
from parsers.training.fit import Plan, averaged, fit
from parsers.training.treebank import FORM, Tree, write_conllu

_BATCH = 1600  # words
_LEARNED = 32  # learned columns of the word table
_CUTOFF = 3
# No features: Stanza's parser (1.15) embeds them and then hands on the tags' embedding in their place.
_OPTIONS = (
    "--no_pretrain --no_bert_model --no_xpos --no_ufeats --char_hidden_dim 80 --char_emb_dim 50 --tag_emb_dim 40 --transformed_dim 80 "
    "--deep_biaff_hidden_dim 100 --num_layers 2 --dropout 0.4 --word_dropout 0.2 --augment_nopunct 0.1 --optim adam --no_second_optim --weight_decay 0 --beta2 0.95"
)


def train_parser(trees: Sequence[Tree], language: str, vectors: Vectors | None, plan: Plan, work: Path, say: Callable[[str], None], hidden: int = 200, finish: bool = False, start: Path | None = None) -> Any:
    """Train on trees whose tags are predicted ones; returns Stanza's trainer with the model. `work` keeps data and checkpoint.

    `start` is the checkpoint of an earlier round whose averaged weights this one begins with.
    """
    from stanza.models import parser
    from stanza.models.common.doc import Document
    from stanza.models.depparse.data import DataLoader
    from stanza.models.depparse.trainer import GraphTrainer
    from stanza.utils.conll import CoNLL

    work.mkdir(parents=True, exist_ok=True)
    write_conllu(trees, work / "train.conllu")
    width = (vectors.width if vectors else 64) + _LEARNED
    options = f"{_OPTIONS} --hidden_dim {hidden} --word_emb_dim {width} --word_cutoff 2 --batch_size {_BATCH} --lang {language} --shorthand {language}_marsad --cpu --lr {plan.rate}"
    arguments = parser.parse_args(options.split())
    sentences, _, _ = CoNLL.conll2dict(input_file=str(work / "train.conllu"))
    loader = DataLoader(Document(sentences), _BATCH, arguments, None)
    if vectors:
        widen_vocabulary(loader.vocab["word"], vectors)
        loader = DataLoader(Document(sentences), _BATCH, arguments, None, vocab=loader.vocab)
    trainer = GraphTrainer(args=arguments, vocab=loader.vocab, pretrain=None, device="cpu")
    model = trainer.model
    if vectors:
        set_vectors(model, loader.vocab["word"], vectors, (row[FORM] for tree in trees for row in tree.words()), _CUTOFF)
    model.loss = lambda *batch: (_loss(model, *batch), None)
    spell_once(model)
    if start is not None:
        averaged(trainer, start)
    checkpoint = work / "checkpoint.pt"
    if finish:
        say(f"ended at step {averaged(trainer, checkpoint)}")
    else:
        fit(trainer, _batches(loader), plan, checkpoint, say)
    del model.loss
    return trainer


def _batches(loader: Any) -> Iterator[Any]:
    while True:
        loader.reshuffle()
        yield from loader


def _loss(model: Any, *batch: Any) -> torch.Tensor:
    """GraphParser's own loss, computed for less: labels are scored at the heads of the treebank only, not for all pairs of words."""
    word, word_mask, wordchars, head, deprel = batch[0], batch[1], batch[2], batch[9], batch[10]
    states = model.embed(*batch)
    dependent, governor = model.drop(states), model.drop(states)
    size = word.size(1)
    offset = (torch.arange(size).view(1, 1, -1) - torch.arange(size).view(1, -1, 1)).expand(word.size(0), -1, -1)
    arcs = model.unlabeled(dependent, governor).squeeze(3)
    linear = model.linearization(dependent, governor).squeeze(3)
    arcs = arcs + F.logsigmoid(linear * torch.sign(offset).float()).detach()
    distance = -torch.log((torch.abs(offset).float() - 1 - F.softplus(model.distance(dependent, governor).squeeze(3))) ** 2 / 2 + 1)
    arcs = arcs + distance.detach()
    arcs = arcs.masked_fill(torch.eye(size, dtype=torch.bool).unsqueeze(0), -float("inf"))[:, 1:].masked_fill(word_mask.unsqueeze(1), -float("inf"))
    target = head.masked_fill(word_mask[:, 1:], -1)
    loss = model.crit(arcs.reshape(-1, size), target.view(-1))

    scorer = model.deprel
    below = scorer.dropout(scorer.hidden_func(scorer.W1(dependent)))[:, 1:]
    above = scorer.dropout(scorer.hidden_func(scorer.W2(governor)))
    above = torch.gather(above, 1, head.unsqueeze(2).expand(-1, -1, above.size(2)))
    kept = ~word_mask[:, 1:]
    below, above = below[kept], above[kept]
    bilinear = scorer.scorer.W_bilin
    below, above = (torch.cat([x, x.new_ones(len(x), 1)], 1) for x in (below, above))
    crossed = (below @ bilinear.weight.reshape(bilinear.weight.size(0), -1)).view(len(below), *bilinear.weight.shape[1:])
    labels = torch.bmm(above.unsqueeze(1), crossed).squeeze(1) + bilinear.bias
    loss = loss + model.crit(labels, deprel[kept] - (len(model.vocab["deprel"]) - model.num_relations))

    at_head = torch.gather(linear[:, 1:], 2, head.unsqueeze(2)).view(-1)
    right = torch.gather((offset[:, 1:] > 0).long(), 2, head.unsqueeze(2)).view(-1)
    loss = loss + F.cross_entropy(torch.stack([-at_head / 2, at_head / 2], 1)[kept.reshape(-1)], right[kept.reshape(-1)], reduction="sum")
    loss = loss - torch.gather(distance[:, 1:], 2, head.unsqueeze(2))[kept].sum()
    return loss / wordchars.size(0)
