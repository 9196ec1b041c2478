"""`marsad run`: the ingest flow with progress and a summary."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from dictionaries import load_dictionaries
from flows.asking import Asking, check_sources
from flows.lean import without_pandas
from flows.loading import Ingest
from flows.progress import progress_for
from flows.report import Report
from flows.server import connect_to_prefect, quiet_exit
from flows.show import table
from flows.stopping import Stop
from warehouse.connect import connect, open_warehouse
from warehouse.query import summary

if TYPE_CHECKING:
    from flows.engines import Engine

SAMPLES = Path(__file__).parent.parent / "sources" / "samples"


def run_once(sources: list[str], db: Path, models: Path | None, workers: int = 1, feeds: Path | None = None, allow_loopback: bool = False, log: str = "auto", engine: Engine | None = None) -> int:
    """Run the ingest flow once on the sources and feeds (the samples when there are none); gives the number of rejected articles.

    Coding begins at once, while Prefect starts. Raises KeyboardInterrupt when Ctrl-C ended the run, at a batch boundary.
    """
    if engine is None:
        without_pandas()
    chosen = sources or ([] if feeds else [str(SAMPLES)])
    check_sources(chosen, feeds)
    load_dictionaries()  # a mistake in a dictionary shows before anything slow begins
    with progress_for(log) as progress, Stop(progress.say) as stop, open_warehouse(db) as connection:
        progress.say(f"Marsad reads {' '.join([*sources, *([str(feeds)] if feeds else [])]) or 'its sample articles'} into {db}")
        progress.say("starting Prefect; the models begin meanwhile ...")
        asking = Asking(chosen, feeds, connection, allow_loopback=allow_loopback)
        work = Ingest(asking, connection, db, models, workers, engine.coded if engine else None, stop, progress, asking.enter)
        try:
            if engine is None and not work.begin():
                work.run()  # nothing is new, so there is nothing to orchestrate
            else:
                _orchestrate(work, [*chosen, *([str(feeds)] if feeds else [])], db, engine)
        finally:
            work.end()
        if stop():
            raise KeyboardInterrupt
        progress.say(f"done in {progress.seconds:.0f} s\n")
    _summarise(db, work.report, bool(sources or feeds))
    return work.report.counts.rejected


def _orchestrate(work: Ingest, sources: list[str], db: Path, engine: Engine | None) -> None:
    connect_to_prefect()
    from flows.ingest import ingest

    quiet_exit()
    logging.getLogger("prefect").setLevel(logging.CRITICAL)  # what goes wrong is raised, and told once
    (ingest if engine is None else ingest.with_options(task_runner=engine.task_runner()))(sources, db, work)


def _summarise(db: Path, report: Report, named: bool) -> None:
    counts = report.counts
    ontology = load_dictionaries().ontology
    print(f"articles   {counts.articles} = {counts.coded} coded + {counts.empty} without events + {counts.rejected} rejected")
    print(f"sentences  {counts.sentences}" + (f", {report.filtered} of them not parsed: no word that evokes an act, or no actor" if report.filtered else ""))
    print(f"events     {counts.events}")
    if report.known:
        print(f"known      {report.known} of the articles were there already")
    for reason, number in report.reasons.most_common():
        print(f"rejected   {number} {reason}")
    for item in report.examples:
        print(f"           {item.detail}")
    if counts.rejected > len(report.examples):
        print(f'           ... all in the table rejected: marsad sql "SELECT * FROM rejected" --db {db}')
    with connect(db) as connection:
        families, events = summary(connection)
    if families:
        print("\nevents in the warehouse by language and family")
        roots = sorted({root for _, root, _ in families})
        by_family = {(language, root): n for language, root, n in families}
        languages = sorted({language for language, _, _ in families})
        print(table(["family", "label", *languages], [(root, ontology[root].label.lower(), *(by_family.get((language, root), 0) for language in languages)) for root in roots]))
    if events:
        print("\nsome of them")
        print(table(["date", "source", "code", "target", "trigger", "sentence", "event"], [(*row[:6], row[6]) for row in events], 48))
        print("\nwhat to try next")
        option = f" --db {db}" if str(db) != "warehouse/marsad.duckdb" else ""
        print(f"  marsad explain {events[0][6]}{option}")
        print(f"  marsad sql \"SELECT source, code, target, sentence_text FROM events_with_text WHERE root IN ('02', '12', '13')\"{option}")
        print(f'  marsad sql "SELECT * FROM daily_dyads ORDER BY events DESC"{option}')
        print(f"  marsad run your-articles.jsonl{option}")
