from __future__ import annotations

from tests.coders.rules import PAGE, page


def test_the_page_of_coding_rules_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.coders.rules > docs/coding-rules.md"
