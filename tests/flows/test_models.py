from __future__ import annotations

import functools
import hashlib
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dictionaries import Dictionaries
from flows.command import app
from parsers.models import SHIPPED, find_models
from parsers.parser import Parser
from tests.parsers.training.tiny import write_treebanks

run = functools.partial(CliRunner().invoke, app)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[str]:
    """A server on loopback that has what Stanza's has: resources_<version>.json and the models of a package, here our own."""
    from stanza._version import __resources_version__

    folder = tmp_path / "mirror"
    listed: dict[str, dict[str, dict[str, str]]] = {}
    for path in (SHIPPED / "en").glob("*.pt"):
        (folder / "en" / path.stem).mkdir(parents=True)
        shutil.copy(path, folder / "en" / path.stem / "ours.pt")
        listed[path.stem] = {"ours": {"md5": hashlib.md5(path.read_bytes()).hexdigest()}}
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        package = {"default": dict.fromkeys(listed, "ours")}
        resources = {"url": url + "/{lang}/{filename}", "en": {"lang_name": "English", "packages": package, **listed}}
        (folder / f"resources_{__resources_version__}.json").write_text(json.dumps(resources))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield url
        server.shutdown()


def test_pulled_models_are_used_from_then_on(mirror: str, tmp_path: Path, dictionaries: Dictionaries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "pulled"))
    result = run(["models", "pull", "en", "--url", mirror])
    assert result.exit_code == 0, result.output
    found = find_models("en")
    assert (found.layout, found.folder) == ("stanza", tmp_path / "pulled")
    [parsed] = Parser(found, dictionaries.languages["en"]).parse(["Sample: Egypt rejected the demand of Ethiopia."])
    assert "rejected" in [token.text for sentence in parsed.sentences for token in sentence.tokens]


@pytest.mark.parametrize("arguments", [["xx"], ["en", "--package", "none-such"]])
def test_what_cannot_be_pulled_is_one_plain_line(arguments: list[str], mirror: str, tmp_path: Path) -> None:
    result = run(["models", "pull", *arguments, "--url", mirror, "--dir", str(tmp_path / "pulled")])
    assert result.exit_code == 1
    assert "could not be fetched" in result.output
    assert "Traceback" not in result.output


def test_a_server_that_is_not_there_is_one_plain_line(tmp_path: Path) -> None:
    result = run(["models", "pull", "en", "--url", "http://127.0.0.1:9", "--dir", str(tmp_path)])
    assert result.exit_code == 1
    assert "Check the network" in result.output


def test_the_list_shows_version_size_scores_and_licence() -> None:
    result = run(["models", "list"])
    assert result.exit_code == 0
    assert "CC BY-NC-SA 3.0" in result.output
    assert all(name in result.output for name in ("ar", "en", "LAS", "MB"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_recipe_trains_models_that_parse(language: str, tmp_path: Path, dictionaries: Dictionaries) -> None:
    """On a dozen sentences and for a handful of steps: what they score means nothing, that all stages fit together does."""
    write_treebanks(tmp_path)
    trained = ["models", "train", language, "--treebank", str(tmp_path), "--out", str(tmp_path / "out"), "--scale", "0.002"]
    result = run(trained)
    assert result.exit_code == 0, result.output
    found = find_models(language, tmp_path / "out")
    assert found.card is not None
    assert {"LAS", "UPOS", "MB"} <= set(found.card.scores)
    [parsed] = Parser(found, dictionaries.languages[language]).parse(["رفضت النرويج الطلب." if language == "ar" else "Norway rejected the demand."])
    assert parsed.sentences
    again = run(trained)
    assert again.exit_code == 0
    assert find_models(language, tmp_path / "out").card == found.card or "step" not in again.output


def test_a_stage_that_there_is_not_is_one_plain_line(tmp_path: Path) -> None:
    write_treebanks(tmp_path)
    result = run(["models", "train", "en", "--treebank", str(tmp_path), "--out", str(tmp_path / "out"), "--stage", "parser"])
    assert result.exit_code == 1
    assert "no stage parser; the stages are tokenize, mwt, lemma, depparse, pos" in result.output
