from __future__ import annotations

import datetime
import json

import pytest

from sources import Article, Rejected
from sources.jsonl import read_json_lines

TEXT = "دعت الأردن سوريا إلى استئناف المحادثات."


def lines(*members: object) -> bytes:
    return "\n".join(json.dumps(member) for member in members).encode()


def read(content: bytes) -> list[Article | Rejected]:
    return list(read_json_lines(content, "news.jsonl"))


def one(content: bytes) -> Article | Rejected:
    (found,) = read(content)
    return found


def article(fields: object) -> Article:
    found = one(lines(fields))
    assert isinstance(found, Article)
    return found


def rejected(content: bytes) -> Rejected:
    found = one(content)
    assert isinstance(found, Rejected)
    return found


def test_a_line_with_all_fields_gives_them_all() -> None:
    fields = {"id": "a1", "text": TEXT, "lang": "ar", "date": "2022-09-26", "title": "محادثات", "url": "https://news.example/1", "publisher": "الوكالة"}
    assert article(fields) == Article("a1", TEXT, "ar", datetime.date(2022, 9, 26), "محادثات", "https://news.example/1", "الوكالة", "news.jsonl:1", published_from="file")


def test_a_line_with_a_text_alone_is_an_article() -> None:
    found = article({"text": TEXT})
    assert (found.text, found.language, found.date, found.title, found.url, found.publisher) == (TEXT, None, None, None, None, None)


def test_a_missing_id_is_made_from_the_text_and_stays_the_same_wherever_the_text_stands() -> None:
    alone = article({"text": TEXT})
    _, later = read(lines({"id": "x", "text": "Egypt hosted talks."}, {"text": TEXT}))
    assert alone.article_id and isinstance(later, Article)
    assert later.article_id == alone.article_id
    assert article({"text": TEXT + " وانتهت اليوم."}).article_id != alone.article_id


@pytest.mark.parametrize("given", ["", None, [], {}])
def test_an_id_that_says_nothing_counts_as_missing(given: object) -> None:
    assert article({"id": given, "text": TEXT}).article_id == article({"text": TEXT}).article_id


def test_a_number_may_be_an_id() -> None:
    assert article({"id": 7, "text": TEXT}).article_id == "7"


@pytest.mark.parametrize(("given", "code"), [("AR", "ar"), ("en-US", "en"), ("ar_EG", "ar"), ("", None), (None, None)])
def test_a_language_is_its_two_letters(given: str | None, code: str | None) -> None:
    assert article({"text": TEXT, "lang": given}).language == code
    assert article({"text": TEXT, "language": given}).language == code


@pytest.mark.parametrize("content", [b"{", b'{"text": "a"', b"plain words", b'["text"]', b'"text"', b"3", b"[" * 100_000])
def test_a_line_that_is_no_json_object_is_rejected(content: bytes) -> None:
    assert rejected(content).reason == "broken-json"


def test_a_number_too_long_for_python_is_rejected_not_a_crash() -> None:
    assert rejected(b'{"id": ' + b"1" * 5000 + b', "text": "Egypt hosted talks."}').line == 1


@pytest.mark.parametrize("fields", [{}, {"text": ""}, {"text": " \n\t"}, {"text": None}, {"text": 5}, {"text": [TEXT]}])
def test_an_article_without_text_is_rejected_with_its_id(fields: dict[str, object]) -> None:
    found = rejected(lines({"id": "a1", **fields}))
    assert (found.reason, found.article_id) == ("no-text", "a1")


def test_a_broken_line_is_named_and_the_others_are_read() -> None:
    content = lines({"id": "a1", "text": TEXT}) + b"\n{broken\n\xff\xfe\n\n" + lines({"id": "a2", "text": TEXT})
    first, broken, foreign, last = read(content)
    assert isinstance(first, Article) and isinstance(last, Article)
    assert isinstance(broken, Rejected) and isinstance(foreign, Rejected)
    assert (first.article_id, last.article_id, last.origin) == ("a1", "a2", "news.jsonl:5")
    assert (broken.origin, broken.line, broken.reason) == ("news.jsonl", 2, "broken-json")
    assert (foreign.line, foreign.reason) == (3, "not-utf-8")
    assert broken.detail.startswith("news.jsonl:2: ") and foreign.detail.startswith("news.jsonl:3: ")


def test_a_text_in_another_encoding_is_rejected_as_not_utf8() -> None:
    assert rejected(f'{{"text": "{TEXT}"}}'.encode("cp1256")).reason == "not-utf-8"


@pytest.mark.parametrize("given", ["2022-09-26", "20220926", 20220926, " 2022-09-26 ", "2022-09-26T18:30:00+02:00", "2022-09-26 18:30", "20220926T183000Z"])
def test_a_day_is_read_from_a_date_or_a_time_stamp(given: object) -> None:
    assert article({"text": TEXT, "date": given}).date == datetime.date(2022, 9, 26)


@pytest.mark.parametrize("given", ["", None])
def test_a_date_may_be_empty(given: object) -> None:
    assert article({"text": TEXT, "date": given}).date is None


@pytest.mark.parametrize("given", ["yesterday", "26/09/2022", "2022-13-01", "2022-02-30", 0, [], {"day": 3}, True, 1612101234, "2022-09-26xyz"])
def test_a_date_that_is_none_is_rejected_with_its_id_and_says_what_to_write(given: object) -> None:
    found = rejected(lines({"id": "a1", "text": TEXT, "date": given}))
    assert (found.reason, found.article_id) == ("bad-date", "a1")
    assert "YYYY-MM-DD" in found.detail


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    found = one(b"\xef\xbb\xbf" + lines({"id": "a1", "text": TEXT}))
    assert isinstance(found, Article) and found.article_id == "a1"


def test_windows_line_ends_and_empty_lines_are_passed_over() -> None:
    found = read(b"\r\n" + lines({"id": "a1", "text": TEXT}) + b"\r\n\r\n" + lines({"id": "a2", "text": TEXT}) + b"\r\n")
    assert [(a.article_id, a.origin) for a in found if isinstance(a, Article)] == [("a1", "news.jsonl:2"), ("a2", "news.jsonl:4")]


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_rejected_as_a_whole(content: bytes) -> None:
    found = rejected(content)
    assert (found.reason, found.line) == ("empty-file", 0)


@pytest.mark.parametrize("field", ["id", "text", "title", "url", "publisher"])
def test_half_of_a_surrogate_pair_does_not_get_into_an_article(field: str) -> None:
    found = article({"id": "a1", "text": TEXT} | {field: "before \ud83d after"})
    for value in (found.article_id, found.text, found.title, found.url, found.publisher):
        (value or "").encode()


def test_the_text_hash_follows_the_text_alone() -> None:
    one, same, other = article({"id": "a1", "text": TEXT}), article({"id": "a2", "text": TEXT, "date": "2022-09-26"}), article({"id": "a1", "text": TEXT + " "})
    assert one.text_hash == same.text_hash != other.text_hash
