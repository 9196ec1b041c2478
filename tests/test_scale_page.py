"""docs/scale.md says what the figures in benchmarks/*.json say."""

from __future__ import annotations

from benchmarks.scale_page import PAGE, page


def test_the_page_is_made_of_the_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m benchmarks.scale_page"
