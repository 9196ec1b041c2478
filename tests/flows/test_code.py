"""The flow `code`: what is new in a folder, each file to one of its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from flows import code
from flows.code import code_file, uncoded

TEXT = "Egypt rejected the demand of Ethiopia on Thursday."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    (articles / "more").mkdir(parents=True)
    (articles / "one.jsonl").write_text(json.dumps({"id": "one", "lang": "en", "text": TEXT}) + "\nno JSON\n", encoding="utf-8")
    (articles / "more" / "two.txt").write_text(TEXT, encoding="utf-8")
    (articles / ".three.jsonl").write_text("not whole yet", encoding="utf-8")
    return articles


def test_each_file_is_coded_once_to_a_file_of_its_own_and_again_when_it_changes(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "events"
    assert [code_file(*pair, None) for pair in uncoded(folder, out)] == [0, 1]
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.jsonl")) == ["more/two.txt.events.jsonl", "one.jsonl.events.jsonl"]
    coded, refused = [json.loads(line) for line in (out / "one.jsonl.events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(event["source"], event["code"][:2], event["target"]) for event in coded["events"]] == [("EGY", "12", "ETH")]
    assert refused["rejected"] == "broken-json"
    assert uncoded(folder, out) == []
    os.utime(folder / "one.jsonl", ns=(1, 1))  # another file in its place, even an older one
    assert [file.name for file, _ in uncoded(folder, out)] == ["one.jsonl"]
    (out / "more" / "two.txt.events.jsonl").unlink()
    assert [file.name for file, _ in uncoded(folder, out)] == ["two.txt", "one.jsonl"]


def test_a_file_whose_coding_is_broken_off_is_not_there_in_part(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(source: str, out: Path, models: Path | None) -> int:
        out.write_text("{", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(code, "code_lines", breaks_off)
    ((file, made),) = uncoded(folder / "one.jsonl", tmp_path / "events")
    with pytest.raises(KeyboardInterrupt):
        code_file(file, made, None)
    assert list((tmp_path / "events").iterdir()) == []
