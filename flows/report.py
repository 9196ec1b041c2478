"""What a run did: counts as they grow, and the tables that tell of it."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from coders.article import FILTERED
from dictionaries import load_dictionaries
from sources import Rejected
from warehouse.known import Known
from warehouse.load import RunCounts
from warehouse.package import Package

_EXAMPLES = 10
_SLOWEST = 10
Rows = list[dict[str, str | int | float]]


@dataclass(slots=True)
class Report:
    """Of a run so far: its counts, articles by feed (publisher, else file), mentions by CAMEO root, rejects by reason with the first of them, the sentences that were not parsed because they can tell no event, the slowest batches (seconds, articles, first id)."""

    counts: RunCounts = field(default_factory=RunCounts)
    known: int = 0
    batches: int = 0
    feeds: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    filtered: int = 0
    examples: list[Rejected] = field(default_factory=list)
    slowest: list[tuple[float, int, str]] = field(default_factory=list)
    stopped: bool = False

    def add_known(self, known: Known) -> None:
        """Count an article that was there already."""
        self.known += 1
        self.counts += known.counts

    def add_batch(self, package: Package, counts: RunCounts, refused: Iterable[Rejected], seconds: float) -> None:
        """Count a batch that was loaded; `seconds` is what it took the run to get it coded and loaded."""
        self.batches += 1
        self.counts += counts
        articles = package.tables["articles"].select(["article_id", "publisher", "origin"]).to_pylist()
        self.feeds.update(row["publisher"] or row["origin"].partition(":")[0] for row in articles)
        self.filtered += package.tables["discards"]["discarded"].to_pylist().count(FILTERED)
        self.families.update(code[:2] for code in package.tables["mentions"]["code"].to_pylist())
        for item in refused:
            self.reasons[item.reason] += 1
            if len(self.examples) < _EXAMPLES:
                self.examples.append(item)
        heapq.heappush(self.slowest, (round(seconds, 2), len(articles), articles[0]["article_id"] if articles else ""))
        if len(self.slowest) > _SLOWEST:
            heapq.heappop(self.slowest)

    @property
    def line(self) -> str:
        """The counts in a line."""
        return f"{self.counts.articles} articles, {self.counts.sentences} sentences, {self.counts.events} events, {self.counts.rejected} rejected"

    def tables(self) -> dict[str, Rows]:
        """The tables of the report by name, most first."""
        ontology = load_dictionaries().ontology
        return {
            "articles by feed": [{"feed": name, "articles": n} for name, n in self.feeds.most_common()],
            "events by family": [{"family": root, "label": ontology[root].label.lower(), "events": n} for root, n in sorted(self.families.items())],
            "rejects by reason": [{"reason": reason, "rejected": n} for reason, n in self.reasons.most_common()],
            "slowest batches": [{"seconds": seconds, "articles": n, "first article": name} for seconds, n, name in sorted(self.slowest, reverse=True)],
        }

    def markdown(self) -> str:
        """The report as Markdown."""
        counts = self.counts
        parts = [
            f"{counts.articles} articles = {counts.coded} coded + {counts.empty} without events + {counts.rejected} rejected; {self.known} of them were there already. {counts.sentences} sentences, {self.filtered} of them not parsed because they can tell no event; {counts.events} events."
        ]
        if self.stopped:
            parts.append("Stopped at a batch boundary; the next run goes on.")
        for name, rows in self.tables().items():
            if rows:
                columns = list(rows[0])
                parts.append(
                    "\n".join([f"## {name.capitalize()}", "", f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}", *(f"| {' | '.join(_cell(row[c]) for c in columns)} |" for row in rows)])
                )
        return "\n\n".join(parts) + "\n"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
