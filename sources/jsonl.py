"""JSON lines: one article a line, {"id", "text", "lang"?, "date"?, "title"?, "url"?, "publisher"?, "country"?, "byline"?, "licence"?}."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sources.article import Article, Rejected
from sources.times import read_day, read_time


def read_json_lines(content: bytes, origin: str) -> Iterator[Article | Rejected]:
    """The articles of a JSON lines file; a line that holds none gives a Rejected. An id that is missing is made from the text."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    lines = content.split(b"\n")
    if not content.strip():
        yield Rejected(origin, 0, None, "empty-file", f"{origin}: empty")
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield read_line(line, origin, number)


def read_line(line: bytes, origin: str, number: int) -> Article | Rejected:
    """The article of one line."""
    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return Rejected(origin, number, None, "not-utf-8", f"{origin}:{number}: not UTF-8")
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        return Rejected(origin, number, None, "broken-json", f"{origin}:{number}: not a JSON object")
    return article_from(fields, origin, number)


def article_from(fields: dict[str, Any], origin: str, number: int) -> Article | Rejected:
    """The article of named fields, as JSON lines and CSV have them."""

    def reject(reason: str, detail: str, article_id: str | None = None) -> Rejected:
        return Rejected(origin, number, article_id, reason, f"{origin}:{number}: {detail}")

    given = fields.get("id")
    article_id = _text(str(given)) if isinstance(given, str | int) else None
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        return reject("no-text", "the article has no text", article_id)
    text = _text(text) or ""
    language, date = fields.get("lang") or fields.get("language"), fields.get("date")
    day = read_day(date)
    if date is not None and date != "" and day is None:
        return reject("bad-date", f"the date {str(date)[:40]!r} is none; write YYYY-MM-DD", article_id)
    return Article(
        article_id=article_id or hashlib.sha256(f"{text}\x1f{date}".encode()).hexdigest()[:16],
        text=text,
        language=str(language).lower()[:2] if language else None,
        date=day,
        title=_text(fields.get("title")),
        url=_text(fields.get("url")),
        publisher=_text(fields.get("publisher")),
        origin=f"{origin}:{number}",
        country=_text(fields.get("country")),
        byline=_text(fields.get("byline")),
        published_at=read_time(str(date)),
        published_from="file" if day else None,
        licence=_text(fields.get("licence")),
    )


def _text(value: Any) -> str | None:
    # Lone surrogates cannot be stored.
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) and value else None
