"""GDELT's files as lists of articles: the addresses in GKG, mentions and events files, each once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from sources.article import Link, Rejected

# GDELT names its files by the quarter of an hour: 20240502120000.gkg.csv, .translation.gkg.csv, .mentions.CSV, .export.CSV; each may be zipped.
_NAME = re.compile(r"\.(gkg|mentions|export)\.csv(\.zip)?$", re.IGNORECASE)
# Columns from 0: the address, the time that GDELT saw it, and what tells that the address is one of the web (column, value).
_COLUMNS: dict[str, tuple[int, int, tuple[int, str] | None]] = {"gkg": (4, 1, (2, "1")), "mentions": (5, 2, (3, "1")), "export": (60, 59, None)}


def kind_of(name: str) -> str | None:
    """gkg, mentions or export for a file that is named as GDELT names its; None for others."""
    found = _NAME.search(name)
    return found.group(1).lower() if found else None


def read_gdelt(content: bytes, origin: str) -> Iterator[Link | Rejected]:
    """The articles that a GDELT 2.0 file names, each address once; what has no address on the web gives a Rejected."""
    kind = kind_of(origin) or "gkg"
    address, time, web = _COLUMNS[kind]
    seen: set[str] = set()
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        columns = line.split("\t")
        if len(columns) <= max(address, time):
            if line.strip():
                yield Rejected(origin, number, None, "broken-line", f"{origin}:{number}: {len(columns)} columns, a GDELT {kind} file has more")
            continue
        url = columns[address].strip()
        if (web is not None and columns[web[0]] != web[1]) or not url.lower().startswith(("http://", "https://")):
            yield Rejected(origin, number, None, "not-an-address", f"{origin}:{number}: the article has no address on the web")
        elif url not in seen:
            seen.add(url)
            yield Link(url, origin, number, date=_day(columns[time]), published_from="gdelt", stamp="gdelt")


def _day(digits: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(digits[:8], "%Y%m%d").date()
    except ValueError:
        return None
