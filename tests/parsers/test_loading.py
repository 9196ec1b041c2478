from __future__ import annotations

import pickle
import subprocess
import sys
from collections import OrderedDict
from datetime import timedelta
from pathlib import Path

import pytest
import torch
from stanza.models.common import utils

from parsers.loading import load_pipeline
from parsers.models import PROCESSORS, SHIPPED

FILES = {f"{name}_model_path": str(SHIPPED / "en" / f"{name}.pt") for name in PROCESSORS}


def tokenizer(folder: Path, model: Path) -> object:
    (folder / "resources.json").write_text("{}")
    return load_pipeline("en", dir=str(folder), allow_unknown_language=True, processors="tokenize", tokenize_model_path=str(model))


def test_the_weights_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "resources.json").write_text("{}")
    pipeline = load_pipeline("en", dir=str(tmp_path), allow_unknown_language=True, processors=",".join(PROCESSORS), **FILES)
    for name in ("tokenize", "mwt", "pos", "depparse"):
        given = torch.load(FILES[f"{name}_model_path"], weights_only=True)["model"]
        loaded = pipeline.processors[name].trainer.model.state_dict()
        assert given and all(torch.equal(loaded[key], value.to(loaded[key].dtype)) for key, value in given.items() if key in loaded)


def test_a_file_that_holds_more_than_weights_is_refused(tmp_path: Path) -> None:
    for number, content in enumerate((OrderedDict(weight=torch.zeros(2), then=timedelta(1)), timedelta(1))):
        file = tmp_path / f"{number}.pt"
        torch.save(content, file, _use_new_zipfile_serialization=bool(number))
        with pytest.raises(pickle.UnpicklingError, match="timedelta"):
            tokenizer(tmp_path, file)


def test_torch_and_stanza_are_left_as_they_were(tmp_path: Path) -> None:
    before = torch.load, utils.dispatch_optimizer
    (tmp_path / "broken.pt").write_text("no weights")
    with pytest.raises(pickle.UnpicklingError):
        tokenizer(tmp_path, tmp_path / "broken.pt")
    assert (torch.load, utils.dispatch_optimizer) == before


def test_parsing_does_without_the_compiler_and_coding_without_prefect() -> None:
    script = "import sys; from pathlib import Path; from flows.code import code_lines; code_lines('-', None, None); assert not {'torch._dynamo', 'prefect'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], input=b'{"id": "1", "lang": "en", "text": "Sample: Egypt rejected the demand of Ethiopia."}', check=True, stdout=subprocess.DEVNULL)
