"""What the commands print: tables, summaries, evidence; Arabic isolated so that a terminal keeps its order."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from contextlib import redirect_stdout
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.query import EventEvidence

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ISOLATE, _END = "\u2068", "\u2069"
_WIDEST = 60
_STYLES = ("table", "csv", "json")


def isolate(text: str) -> str:
    """Right-to-left text between the marks that keep the columns around it in place (Unicode FSI and PDI)."""
    return f"{_ISOLATE}{text}{_END}" if _ARABIC.search(text) else text


def table(columns: list[str], rows: list[tuple[Any, ...]], widest: int | None = _WIDEST) -> str:
    """A plain table, columns aligned by characters; a cell longer than `widest` is cut with an ellipsis."""
    cells = [[_cell(value, widest) for value in row] for row in rows]
    widths = [max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(columns)]
    lines = ["  ".join(name.ljust(width) for name, width in zip(columns, widths, strict=True)).rstrip(), "  ".join("-" * width for width in widths)]
    lines += ["  ".join(isolate(cell) + " " * (width - len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join(lines)


def show_answer(db: Path, query: str, style: str, out: Path | None, seconds: float) -> None:
    """Ask the warehouse and print the answer, or write it to a file. Raises QueryError before anything is asked when the format makes no sense."""
    from warehouse.query import QueryError, ask, ask_to_parquet
    from warehouse.snapshot import published

    if style not in (*_STYLES, "parquet"):
        raise QueryError(f"unknown format {style}; use table, csv, json or parquet")
    if out is not None and out.resolve() in (db.resolve(), published(db).resolve()):
        raise QueryError(f"{out}: is the warehouse; name another file with --out")
    if style == "parquet":
        if out is None:
            raise QueryError("parquet is no text; name a file with --out")
        ask_to_parquet(db, query, out, seconds)
        return
    answer = ask(db, query, seconds)
    if out is None:
        show_rows(*answer, style)
        return
    try:
        with out.open("w", encoding="utf-8") as file, redirect_stdout(file):
            show_rows(*answer, style)
    except OSError as error:
        raise QueryError(f"{out}: cannot be written ({error.strerror})") from None


def show_rows(columns: list[str], rows: list[tuple[Any, ...]], style: str) -> None:
    """Print the rows of a query as a table, as CSV, or as JSON objects, one a line."""
    from warehouse.query import QueryError

    if style == "table":
        print(table(columns, rows))
        print(f"({len(rows)} {'row' if len(rows) == 1 else 'rows'})")
    elif style == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (list, dict)) else value for value in row] for row in rows)
        sys.stdout.write(out.getvalue())
    elif style == "json":
        for row in rows:
            print(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=_plain))
    else:
        raise QueryError(f"unknown format {style}; use table, csv or json")


def show_evidence(evidence: EventEvidence) -> None:
    """Print an event on its sentence, with the dictionary lines that licensed it."""
    from dictionaries.load import ROOT, content_hash, load_dictionaries

    code = load_dictionaries().ontology[evidence.code]
    more = f", the first of {evidence.mentions} mentions" if evidence.mentions > 1 else ""
    print(f"event      {evidence.event_id}  (mention {evidence.mention_id} in article {evidence.article_id}{more})")
    print(f"code       {evidence.code}  {code.label}  (quad class {code.quad}, Goldstein {code.goldstein if code.goldstein is not None else 'none'})")
    print(f"source     {evidence.source or 'not named'}")
    print(f"target     {evidence.target or 'not named'}")
    print(f"acts       {evidence.stack}")
    print(f"confidence {evidence.confidence}")
    print(f"\n{isolate(marked(evidence.sentence, evidence.marks))}\n")
    print("entries")
    for entry in evidence.entries:
        file, _, line = entry.rpartition(":")
        path = ROOT / file if (ROOT / file).is_file() else Path(file)  # an overlay's file is cited as the user named it
        text = path.read_text(encoding="utf-8").splitlines()[int(line) - 1].strip() if path.is_file() and line.isdigit() else ""
        print(f"  {entry}  {isolate(text[:120])}")
    print(f"\nparser {evidence.parser_version}, dictionaries {evidence.dictionaries}")
    if evidence.dictionaries != content_hash():
        print("The dictionaries have changed since: the lines above may be others now.")


def marked(sentence: str, marks: tuple[tuple[str, int, int], ...]) -> str:
    """The sentence with its spans in brackets: [source: Armenia]; a span inside another, or outside the sentence, is left out."""
    out, at = [], 0
    for name, start, end in sorted(marks, key=lambda mark: mark[1]):
        if start < at or end > len(sentence):
            continue
        out += [sentence[at:start], f"[{name}: {sentence[start:end]}]"]
        at = end
    return "".join([*out, sentence[at:]])


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


def _cell(value: Any, widest: int | None) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if widest is None or len(text) <= widest else text[: widest - 1] + "…"
