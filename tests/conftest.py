from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coders.article import code_article
from coders.event import Event
from dictionaries import Dictionaries, load_dictionaries
from flows.pipeline import load_parser

SHARED = Path(__file__).parent.parent.parent / "shared"
Coder = Callable[..., list[Event]]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compiled dictionaries are kept for the tests' own processes, and not in the home of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARSAD_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def dictionaries() -> Dictionaries:
    return load_dictionaries()


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared is not here; this check compares with facts that stand there")
    return SHARED


@pytest.fixture(scope="session")
def code(dictionaries: Dictionaries) -> Coder:
    """Code a text with the real models: code(text, language) -> events."""

    def run(text: str, language: str, day: datetime.date | None = None) -> list[Event]:
        parser = load_parser(language)
        parsed = parser.parse([text])[0]
        return list(code_article("test", language, parsed.sentences, dictionaries, parser.version, day, text[: parsed.dateline_end]).events)

    return run
