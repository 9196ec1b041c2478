"""CSV and TSV with a header line: an article a row, or its address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sources.article import Article, Link, Rejected
from sources.charset import decode
from sources.jsonl import article_from

_LARGEST_CELL = 50_000_000


def read_delimited(content: bytes, origin: str) -> Iterator[Article | Link | Rejected]:
    """The articles of a file whose header names the columns: text, and id, lang, date, title, url, publisher, country, byline, licence as in JSON lines.

    A row without text but with a url is a Link. The delimiter is the comma, semicolon or tab that stands most often in the header.
    """
    text = decode(content)
    if not text.strip():
        yield Rejected(origin, 0, None, "empty-file", f"{origin}: empty")
        return
    csv.field_size_limit(_LARGEST_CELL)
    header = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter)
    columns = {name: (name or "").strip().lower() for name in reader.fieldnames or []}
    if not {"text", "url"} & set(columns.values()):
        yield Rejected(origin, 1, None, "no-header", f"{origin}:1: no column is called text or url; name the columns in the first line")
        return
    try:
        for row in reader:
            fields = {columns[name]: value for name, value in row.items() if name in columns and isinstance(value, str)}
            if not (fields.get("text") or "").strip() and (fields.get("url") or "").strip():
                yield Link(fields["url"].strip(), origin, reader.line_num, title=fields.get("title") or None, language=(fields.get("lang") or "").lower()[:2] or None)
            elif any(value.strip() for value in fields.values()):
                yield article_from(dict(fields), origin, reader.line_num)
    except csv.Error as error:
        yield Rejected(origin, reader.line_num, None, "broken-line", f"{origin}:{reader.line_num}: cannot be read as CSV ({error})")
