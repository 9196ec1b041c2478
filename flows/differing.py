"""What `marsad recode --diff` shows: a table, or a page."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from flows.show import isolate, table
from warehouse.differences import Cause, Difference, by_cause
from warehouse.query import QueryError

_KINDS = ("gained", "lost", "changed")
_EXAMPLES = 20
_STYLE = "body{font:16px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}code{background:#eee}td,th{padding:.2rem .8rem;text-align:start;vertical-align:top}.lost{color:#a00}.gained{color:#070}"


def show_differences(compared: Sequence[tuple[str, list[Difference]]], new: str, style: str, out: Path | None) -> None:
    """Print the differences to each earlier version, or write them to `out`. Raises QueryError for an unknown style or a file that cannot be written."""
    if style not in ("table", "html"):
        raise QueryError(f"unknown format {style}; use table or html")
    text = (_page if style == "html" else _tables)(compared, new)
    if out is None:
        print(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise QueryError(f"{out}: cannot be written ({error.strerror})") from None


def said(mention: tuple[str | None, str, str | None] | None) -> str:
    """A mention as source code target: EGYGOV 051 JOR."""
    return "" if mention is None else " ".join(part or "nobody" for part in mention)


def _tables(compared: Sequence[tuple[str, list[Difference]]], new: str) -> str:
    parts = [] if compared else ["nothing was coded by other dictionaries before"]
    for old, differences in compared:
        parts.append(f"{old} -> {new}: {_counts(differences)}")
        if differences:
            parts.append(table(["gained", "lost", "changed", "entry"], [(*(cause.count(kind) for kind in _KINDS), cause.entry) for cause in by_cause(differences)], 110))
            parts.append(table(["", "before", "after", "article", "sentence"], [(d.kind, said(d.before), said(d.after), d.article_id, d.sentence) for d in differences[:_EXAMPLES]], 70))
            if len(differences) > _EXAMPLES:
                parts.append(f"... {len(differences) - _EXAMPLES} more; all with --diff html --out FILE")
    return "\n\n".join(parts)


def _page(compared: Sequence[tuple[str, list[Difference]]], new: str) -> str:
    body = [f"<h1>Coded again with dictionaries <code>{html.escape(new)}</code></h1>"]
    for old, differences in compared:
        body.append(f"<h2>Against <code>{html.escape(old)}</code>: {_counts(differences)}</h2>")
        body += [_section(cause) for cause in by_cause(differences)]
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Marsad: differences</title><style>{_STYLE}</style></head><body>{"".join(body)}</body></html>'


def _section(cause: Cause) -> str:
    rows = "".join(
        f'<tr><td class="{d.kind}">{d.kind}</td><td>{html.escape(said(d.before))}</td><td>{html.escape(said(d.after))}</td><td>{html.escape(d.article_id)}</td><td dir="auto">{html.escape(d.sentence)}</td></tr>'
        for d in cause.differences
    )
    return f'<h3 dir="auto">{html.escape(isolate(cause.entry))}</h3><p>{_counts(cause.differences)}</p><table><tr><th></th><th>before</th><th>after</th><th>article</th><th>sentence</th></tr>{rows}</table>'


def _counts(differences: Sequence[Difference]) -> str:
    return ", ".join(f"{sum(1 for d in differences if d.kind == kind)} {kind}" for kind in _KINDS)
