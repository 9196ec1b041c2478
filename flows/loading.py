"""What an ingest does, whoever orchestrates it: leave out what is known, have the rest coded ahead, load batch by batch, report."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

import duckdb

from dictionaries import load_dictionaries
from dictionaries.load import LANGUAGES
from flows.pipeline import FIRST_BATCH, batches, first_of_each, reject
from flows.report import Report
from flows.stopping import Stop
from flows.version import VERSION
from flows.workers import Batch, Coded, coded_batches
from parsers.models import find_models
from sources import Article, Rejected
from warehouse.known import find_known
from warehouse.load import RunCounts, load_package, record_run
from warehouse.package import Package
from warehouse.snapshot import is_published, publish

# So many articles are looked up together.
_LOOKED_UP = 64
Progress = Callable[[Report], None]
Code = Callable[[Coded], Package]
Load = Callable[[duckdb.DuckDBPyConnection, Package], tuple[RunCounts, list[Rejected]]]


def _collect(coded: Coded) -> Package:
    return coded()


def _load(connection: duckdb.DuckDBPyConnection, package: Package) -> tuple[RunCounts, list[Rejected]]:
    return load_package(connection, package, load_dictionaries())


class Ingest:
    """An ingest of articles into an open warehouse at `db`. Its report grows with each batch.

    `engine` codes the batches, in their order; without one, this process or `workers` processes do. `enter` is called when all is loaded, with what was asked of the web for its ledger.
    """

    def __init__(
        self,
        articles: Iterable[Article | Rejected],
        connection: duckdb.DuckDBPyConnection,
        db: Path,
        models: Path | None = None,
        workers: int = 1,
        engine: Callable[[Iterator[Batch]], Iterator[Coded]] | None = None,
        stop: Stop | None = None,
        progress: Progress | None = None,
        enter: Callable[[duckdb.DuckDBPyConnection], object] | None = None,
    ) -> None:
        self.db, self.models = db, models
        self._warehouse = [connection]
        self.report = Report()
        self._stop, self._progress, self._enter = stop, progress, enter
        self._read: list[str] = []  # what the run's id is made of
        self._parsers: set[str] = set()
        given = batches(self._unknown(first_of_each(articles)), first=FIRST_BATCH)
        self._coded = engine(given) if engine else coded_batches(given, models, workers, db.with_name(f"{db.name}.parts"), self._stopping)
        self._begun: list[Coded] = []

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Nothing but a word: Prefect sends a flow's parameters along with each task to a cluster."""
        return str, ("ingest",)

    def begin(self) -> bool:
        """Start to code ahead of the loader, where something slow comes before `run`; whether there is anything to code or reject."""
        self._begun += itertools.islice(self._coded, 1)
        return bool(self._begun)

    def run(self, code: Code = _collect, load: Load = _load) -> Report:
        """Load each batch when it is coded, until all is loaded or Ctrl-C was pressed; then readers get the new copy.

        `code` and `load` may stand around the work, as Prefect's tasks do.
        """
        if self._stop:
            self._stop.gently = True
        began = time.monotonic()
        coded = itertools.chain(self._begun, self._coded)
        try:
            while not self._stopping() and (batch := next(coded, None)) is not None:
                package = code(batch)
                counts, refused = load(self.connection, package)
                self._note(package)
                self.report.add_batch(package, counts, refused, time.monotonic() - began)
                began = time.monotonic()
                if self._progress is not None:
                    self._progress(self.report)
            self.report.stopped = self._stopping()
            if not self.report.stopped:
                if self._enter is not None:
                    self._enter(self.connection)
                record_run(self.connection, self._read, self.report.counts, VERSION, load_dictionaries(), sorted(self._parsers))
            if not is_published(self.connection, self.db):
                publish(self.connection, self.db)
        finally:
            self.end()
        return self.report

    def end(self) -> None:
        """Let go of who codes ahead, and of the warehouse: what Prefect remembers of a run must not hold it at exit."""
        if isinstance(self._coded, Generator):
            self._coded.close()
        self._coded = iter(())
        self._warehouse.clear()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The warehouse, until the end."""
        return self._warehouse[0]

    def _stopping(self) -> bool:
        return self._stop is not None and self._stop()

    def _unknown(self, articles: Iterable[Article | Rejected]) -> Iterator[Article | Rejected]:
        """The articles without those that the warehouse has as they are, coded by today's models and dictionaries; those are counted."""
        versions = {language: find_models(language, self.models).version for language in LANGUAGES}
        given = iter(articles)
        while chunk := list(itertools.islice(given, _LOOKED_UP if self._read else FIRST_BATCH)):
            found = find_known(self.connection, [article for article in chunk if isinstance(article, Article)])
            for article in chunk:
                known = found.get(article.article_id) if isinstance(article, Article) else None
                if known is None or isinstance(article, Rejected):
                    yield article
                elif not known.same_text:
                    yield reject(article, "id-taken", "another text has this id already")
                elif known.same and known.dictionaries == load_dictionaries().hash and known.parser_version == versions.get(known.language):
                    self._read.append(f"{known.article_id}:{article.text_hash}")
                    self._parsers.add(known.parser_version)
                    self.report.add_known(known)
                else:
                    yield article

    def _note(self, package: Package) -> None:
        read = package.tables["articles"].select(["article_id", "text_hash", "parser_version"]).to_pylist()
        self._read += [f"{row['article_id']}:{row['text_hash']}" for row in read]
        self._read += [f"{row['origin']}:{row['line']}:{row['reason']}" for row in package.tables["rejected"].select(["origin", "line", "reason"]).to_pylist()]
        self._parsers |= {row["parser_version"] for row in read}
