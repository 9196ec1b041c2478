"""Minimal pairs: a sentence that must code its event, and its neighbour that must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.accuracy import agrees
from coders.event import Event
from tests.conftest import Coder

HERE = Path(__file__).parent


def pairs() -> list[Any]:
    return [
        pytest.param(
            language,
            pair,
            id=f"{language}-{number:02d} {pair['rule']}",
            # What the coder cannot do yet stays in the list, named; strict: a pair that begins to pass must lose its mark.
            marks=[pytest.mark.xfail(strict=True, reason="open: not reached yet")] if pair.get("open") else [],
        )
        for language in ("ar", "en")
        for number, pair in enumerate(yaml.safe_load((HERE / f"pairs_{language}.yaml").read_text(encoding="utf-8")))
    ]


def coded(pair: dict[str, Any], events: list[Event]) -> bool:
    code, source, target = pair["event"]
    return any(agrees({"code": code, "source": source, "target": target}, event) for event in events)


def said(events: list[Event]) -> list[str]:
    return [f"{e.code} {e.source and e.source.code} -> {e.target and e.target.code} [{e.evidence.stack}]" for e in events]


@pytest.mark.parametrize(("language", "pair"), pairs())
def test_a_minimal_pair(code: Coder, language: str, pair: dict[str, Any]) -> None:
    yes, no = code(pair["yes"], language), code(pair["no"], language)
    assert coded(pair, yes), f"{pair['event']} is missing in {pair['yes']!r}: {said(yes)}"
    assert not coded(pair, no), f"{pair['event']} is wrong in {pair['no']!r}: {said(no)}"
