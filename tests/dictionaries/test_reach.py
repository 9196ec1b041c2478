"""Which codes words lead to, on dictionaries of two words and on those that ship."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dictionaries import Dictionaries
from dictionaries.load import LANGUAGES, ROOT, read_dictionaries
from dictionaries.problems import Problems
from dictionaries.reach import reach, read_unreachable


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_reachable_or_has_a_reason(dictionaries: Dictionaries, language: str) -> None:
    problems = Problems()
    reasons = read_unreachable(ROOT, dictionaries.ontology, problems)
    assert problems == []
    assert set(dictionaries.ontology) - set(reach(dictionaries, language)) == set(reasons)
    assert all(reasons.values())


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The dictionaries with an English lexicon of one act and no topics, until a test adds some."""
    root = tmp_path / "dictionaries"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    lexicon(root, "[reject]", "{}")
    return root


def lexicon(root: Path, verbs: str, topics: str, qualifiers: str = "{}") -> None:
    (root / "en" / "acts.yaml").write_text(f"- act: refuse\n  frame: {{source: [subj], target: [of], content: [obj, clause]}}\n  verbs: {verbs}\n", encoding="utf-8")
    (root / "en" / "topics.yaml").write_text(f"topics: {topics}\nqualifiers: {qualifiers}\n", encoding="utf-8")


def reached(root: Path) -> set[str]:
    return set(reach(read_dictionaries(root)[0], "en"))


def test_an_act_alone_leads_to_its_own_code_only(small: Path) -> None:
    assert reached(small) == {"120"}


def test_a_topic_word_leads_an_act_to_the_topics_code(small: Path) -> None:
    lexicon(small, "[reject]", "{aid: [aid]}")
    assert reached(small) == {"120", "122"}


def test_a_qualifier_deepens_a_topic(small: Path) -> None:
    lexicon(small, "[reject]", "{aid: [aid]}", "{military: [military]}")
    assert "1222" in reached(small)


def test_a_topic_word_alone_leads_nowhere(small: Path) -> None:
    lexicon(small, "[]", "{aid: [aid]}")
    assert reached(small) == set()


def test_an_act_is_a_topic_in_another_acts_content(small: Path) -> None:
    lexicon(small, "[reject, {lemma: free, act: release, content: []}]", "{}")
    assert {"120", "0841", "1243"} <= reached(small)


def test_what_will_be_is_intended(small: Path) -> None:
    lexicon(small, "[{lemma: free, act: release, content: []}]", "{}")
    assert "0353" in reached(small)


def test_an_unknown_code_among_the_reasons_is_noted(tmp_path: Path, dictionaries: Dictionaries) -> None:
    (tmp_path / "cameo").mkdir()
    (tmp_path / "cameo" / "unreachable.yaml").write_text('"999": "no such code"\n', encoding="utf-8")
    problems = Problems()
    read_unreachable(tmp_path, dictionaries.ontology, problems)
    assert problems == ["cameo/unreachable.yaml:1:1: unknown code 999"]
