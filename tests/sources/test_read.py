from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from sources import Article, Rejected, SourceError, read_sources

TEXT = "وقعت مصر والأردن اتفاقا للتعاون في مجال الطاقة."
LINE = json.dumps({"id": "a1", "text": TEXT}, ensure_ascii=False)


def read(*sources: Path | str) -> list[Article | Rejected]:
    return list(read_sources([str(source) for source in sources]))


def ids(found: list[Article | Rejected]) -> list[str | None]:
    return [member.article_id for member in found]


def rejected(path: Path) -> Rejected:
    (found,) = read(path)
    assert isinstance(found, Rejected)
    return found


def type_in(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_a_text_file_is_one_article_named_after_the_file(tmp_path: Path) -> None:
    (tmp_path / "talks.2022.txt").write_text(TEXT, encoding="utf-8")
    assert read(tmp_path / "talks.2022.txt") == [Article("talks.2022", TEXT, origin="talks.2022.txt")]


def test_the_byte_order_mark_of_a_text_file_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8-sig")
    assert read(tmp_path / "talks.txt") == [Article("talks", TEXT, origin="talks.txt")]


def test_the_text_is_kept_character_by_character(tmp_path: Path) -> None:
    text = "  قالتِ «الوزارةُ»:\r\n\r\nانتهت المحادثات…\n"
    (tmp_path / "talks.txt").write_bytes(text.encode())
    (found,) = read(tmp_path / "talks.txt")
    assert isinstance(found, Article) and found.text == text


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.TXT", "a.ndjson", "a.md"])
@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file_is_rejected_and_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    found = rejected(tmp_path / name)
    assert (found.origin, found.line, found.reason) == (name, 0, "empty-file")
    assert name in found.detail


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16"])
def test_a_text_file_that_is_not_utf8_is_rejected(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding))
    assert rejected(tmp_path / "a.txt").reason == "not-utf-8"


@pytest.mark.parametrize("name", ["a.pdf", "a.json", "a.docx", "a"])
def test_a_format_that_is_not_known_is_rejected_with_what_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = rejected(tmp_path / name)
    assert found.reason == "unknown-format"
    assert ".jsonl" in found.detail and ".txt" in found.detail


def test_a_folder_is_read_in_the_order_of_the_names_with_all_below_it(tmp_path: Path) -> None:
    for name in ("c.txt", "b/z.txt", "b/a.txt", "a.txt", "b/deep/er.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "d.jsonl").write_text(LINE, encoding="utf-8")
    assert ids(read(tmp_path)) == ["a", "b/a", "b/deep/er", "b/z", "c", "a1"]


def test_hidden_files_and_folders_inside_a_folder_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / ".archive"
    for name in (".hidden.txt", ".git/a.txt", "b/.c/d.txt", "seen.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT, encoding="utf-8")
    assert ids(read(folder)) == ["seen"]


def test_a_file_in_a_folder_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    (tmp_path / "c.txt").write_text(TEXT, encoding="utf-8")
    first, second, third = read(tmp_path)
    assert isinstance(first, Rejected) and isinstance(second, Rejected) and isinstance(third, Article)
    assert (first.reason, second.reason) == ("not-utf-8", "unknown-format")


def test_sources_are_read_in_the_order_they_are_named(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert ids(read(tmp_path / "b.txt", tmp_path / "a.txt")) == ["b", "a"]


def test_an_empty_folder_and_no_source_at_all_give_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == []
    assert read() == []


@pytest.mark.parametrize("name", ["missing.jsonl", "missing/folder", "n" * 300 + ".txt"])
def test_a_missing_source_is_an_error_that_names_it_before_anything_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    found = read_sources([str(tmp_path / "a.txt"), str(tmp_path / name)])
    with pytest.raises(SourceError) as error:
        next(found)
    assert name in str(error.value)


def test_standard_input_that_opens_with_a_brace_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, f"\n{LINE}\n{{broken\n".encode())
    first, second = read("-")
    assert first == Article("a1", TEXT, origin="standard input:2")
    assert isinstance(second, Rejected)
    assert (second.origin, second.line, second.reason) == ("standard input", 3, "broken-json")


def test_a_byte_order_mark_does_not_hide_that_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, b"\xef\xbb\xbf" + LINE.encode())
    assert ids(read("-")) == ["a1"]


def test_standard_input_that_is_text_is_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, TEXT.encode())
    (found,) = read("-")
    assert isinstance(found, Article)
    assert found.text == TEXT and found.article_id


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty-file"), (b" \n", "empty-file"), (b"\xff\xfe\x00", "not-utf-8")])
def test_standard_input_without_a_readable_text_is_rejected(monkeypatch: pytest.MonkeyPatch, content: bytes, reason: str) -> None:
    type_in(monkeypatch, content)
    (found,) = read("-")
    assert isinstance(found, Rejected) and found.reason == reason


def test_standard_input_stands_among_files_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    type_in(monkeypatch, LINE.encode())
    assert ids(read(tmp_path / "b.txt", "-", tmp_path / "a.txt")) == ["b", "a1", "a"]
