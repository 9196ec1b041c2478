"""`marsad run`: the ingest flow with progress and a summary."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from dictionaries import load_dictionaries
from flows.asking import check_sources
from flows.settings import prepare_prefect
from flows.show import isolate, table
from sources import Rejected
from warehouse.connect import connect, open_warehouse
from warehouse.load import RunCounts
from warehouse.query import summary

SAMPLES = Path(__file__).parent.parent / "sources" / "samples"
_SHOWN_REJECTED = 10


def run_once(sources: list[str], db: Path, models: Path | None, workers: int = 1, feeds: Path | None = None, allow_loopback: bool = False) -> int:
    """Run the ingest flow once on the sources and feeds (the samples when there are none); gives the number of rejected articles."""
    started = time.monotonic()
    chosen = sources or ([] if feeds else [str(SAMPLES)])
    check_sources(chosen, feeds)
    load_dictionaries()  # a mistake in a dictionary shows before anything slow begins
    open_warehouse(db).close()
    _say(f"Marsad reads {' '.join([*sources, *([str(feeds)] if feeds else [])]) or 'its sample articles'} into {db}")
    _say("starting Prefect and loading the models ...")
    if workers == 1:
        threading.Thread(target=_warm, args=(models,), daemon=True).start()
    prepare_prefect()
    from flows.ingest import ingest

    _quiet_exit()
    counts, rejected = ingest(chosen, db, models, _progress(started), workers, feeds, allow_loopback)
    _say(f"done in {time.monotonic() - started:.0f} s\n")
    _summarise(db, counts, rejected, bool(sources or feeds))
    return len(rejected)


def _warm(models: Path | None) -> None:
    """Load the models while Prefect's API starts; what goes wrong here is told when they are used."""
    from flows.pipeline import prepare

    try:
        prepare(("ar", "en"), models)
    except Exception:
        return


def _progress(started: float):  # type: ignore[no-untyped-def]
    def show(counts: RunCounts) -> None:
        _say(f"{time.monotonic() - started:6.0f} s  {counts.articles} articles, {counts.sentences} sentences, {counts.events} events, {counts.rejected} rejected")

    return show


def _summarise(db: Path, counts: RunCounts, rejected: list[Rejected], named: bool) -> None:
    ontology = load_dictionaries().ontology
    print(f"articles   {counts.articles} = {counts.coded} coded + {counts.empty} without events + {counts.rejected} rejected")
    print(f"sentences  {counts.sentences}")
    print(f"events     {counts.events}")
    for reason, number in Counter(r.reason for r in rejected).most_common():
        print(f"rejected   {number} {reason}")
    for item in rejected[:_SHOWN_REJECTED]:
        print(f"           {item.detail}")
    if len(rejected) > _SHOWN_REJECTED:
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


def _say(text: str) -> None:
    print(isolate(text) if sys.stderr.isatty() else text, file=sys.stderr, flush=True)


def _quiet_exit() -> None:
    """Prefect 3.8 can log "Error flushing" with a traceback while its ephemeral API stops, though all is well."""
    for name in ("prefect", "prefect._internal", "httpx", "websockets", "uvicorn", "prefect.server"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
