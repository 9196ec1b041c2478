"""Train Stanza's tagger: UPOS and features."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from parsers.haste import spell_once
from parsers.training.embeddings import Vectors, set_vectors, widen_vocabulary
from parsers.training.fit import Plan, averaged, fit
from parsers.training.treebank import FORM, UPOS, Tree, write_conllu

_BATCH = 60  # sentences
_CUTOFF = 3
_OPTIONS = (
    "--no_pretrain --no_bert_model --char_hidden_dim 80 --char_emb_dim 50 --tag_emb_dim 30 --transformed_dim 80 "
    "--deep_biaff_hidden_dim 100 --composite_deep_biaff_hidden_dim 50 --num_layers 1 --dropout 0.4 --word_dropout 0.2 --augment_nopunct 0.1 --beta2 0.99"
)


def train_tagger(trees: Sequence[Tree], language: str, vectors: Vectors | None, plan: Plan, work: Path, say: Callable[[str], None], finish: bool = False, hidden: int = 160, learned: int = 32) -> Any:
    """Train on trees; returns Stanza's trainer with the model. `work` keeps data and checkpoint; `finish` takes the checkpoint as it is.

    `hidden` is the width of the LSTM, `learned` the number of learned columns in the word table.
    """
    from stanza.models import tagger
    from stanza.models.pos.data import Dataset
    from stanza.models.pos.trainer import Trainer
    from stanza.utils.conll import CoNLL

    work.mkdir(parents=True, exist_ok=True)
    write_conllu(trees, work / "train.conllu")
    width = (vectors.width if vectors else 64) + learned
    # A cutoff of 1: a word with a vector is in the table however rare.
    options = f"{_OPTIONS} --hidden_dim {hidden} --word_emb_dim {width} --word_cutoff 1 --batch_size {_BATCH} --lang {language} --shorthand {language}_marsad --cpu --lr {plan.rate}"
    arguments = tagger.parse_args(options.split())
    document = CoNLL.conll2doc(str(work / "train.conllu"))
    vocabulary = Dataset.init_vocab([document], arguments)
    if vectors:
        widen_vocabulary(vocabulary["word"], vectors)
    data = Dataset(document, arguments, None, vocab=vocabulary)
    trainer = Trainer(args=arguments, vocab=vocabulary, pretrain=None, device="cpu")
    if vectors:
        set_vectors(trainer.model, vocabulary["word"], vectors, (row[FORM] for tree in trees for row in tree.words()), _CUTOFF)
    spell_once(trainer.model)
    checkpoint = work / "checkpoint.pt"
    if finish:
        say(f"ended at step {averaged(trainer, checkpoint)}")
    else:
        fit(trainer, _batches(data), plan, checkpoint, say)
    return trainer


def tag(trainer: Any, trees: Sequence[Tree]) -> None:
    """Set in place the UPOS that a trained tagger gives."""
    from stanza.models.pos.data import Dataset
    from stanza.utils.conll import CoNLL

    text = "\n\n".join("\n".join("\t".join(row) for row in tree.rows) for tree in trees) + "\n\n"
    document = CoNLL.conll2doc(input_str=text)
    data = Dataset(document, trainer.args, None, vocab=trainer.vocab, evaluation=True)
    predicted = [sentence for part in data.to_loader(batch_size=_BATCH) for sentence in trainer.predict(part)]
    for tree, sentence in zip(trees, predicted, strict=True):
        for row, tags in zip(tree.words(), sentence, strict=True):
            row[UPOS] = tags[0]


def _batches(data: Any) -> Iterator[Any]:
    """Batches of sentences of like length, in another order each time round, without end."""
    lengths = [len(sample.word[0]) for sample in data.data]
    rng = random.Random(1)
    while True:
        order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 6)
        groups = [order[i : i + _BATCH] for i in range(0, len(order), _BATCH)]
        rng.shuffle(groups)
        for group in groups:
            yield data.collate_fn([data[i] for i in group])
