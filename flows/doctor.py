"""`marsad doctor`: what is installed, which models, which versions, what is wrong."""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from pathlib import Path

from dictionaries.load import LANGUAGES, missing_files, read_dictionaries, user_folder
from flows.asking import check_sources
from flows.version import VERSION
from parsers.models import ModelError, find_models
from warehouse.check import check
from warehouse.connect import WarehouseError, connect, older
from warehouse.fetches import quiet_feeds

_LIBRARIES = ("stanza", "torch", "duckdb", "prefect", "pyyaml", "pyarrow", "babel", "py3langid", "feedparser", "trafilatura")


def examine(db: Path, models: Path | None, feeds: Path | None = None, allow_loopback: bool = False) -> bool:
    """Print a line for each thing looked at, "wrong" before what is; True when nothing is wrong. With `feeds` each feed of that file is asked once; raises SourceError where the file is wrong."""
    wrong: list[str] = []
    if feeds is not None:
        check_sources([], feeds)
    print(f"marsad        {VERSION}")
    print(f"python        {platform.python_version()}  {sys.executable}")
    for library in _LIBRARIES:
        try:
            print(f"{library:<13} {metadata.version(library)}")
        except metadata.PackageNotFoundError:
            wrong.append(f"{library} is not installed; run `make setup`")
    for language in LANGUAGES:
        try:
            found = find_models(language, models)
            size = sum(path.stat().st_size for path in found.folder.rglob("*.pt")) / 1e6
            print(f"models {language:<6} {found.version}  {size:.1f} MB  {found.folder}")
        except ModelError as error:
            wrong.append(str(error))
    dictionaries, problems = read_dictionaries()
    print(f"dictionaries  {dictionaries.hash}  {len(dictionaries.ontology)} codes, {len(dictionaries.actors)} actors{f'  with {user_folder()} laid over' if user_folder() else ''}")
    wrong += [*problems, *missing_files()]
    if db.exists():
        try:
            with connect(db) as connection:
                row = connection.execute("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM events), (SELECT max(version) FROM schema_migrations)").fetchall()[0]
                if out_of_date := older(connection):
                    wrong.append(f"{db}:{out_of_date}")
                wrong += [] if out_of_date else [f"{db}: {fault.sentence}: {fault.rows}, the first is {fault.example} (warehouse/checks/{fault.check}.sql)" for fault in check(connection)]
                wrong += [] if out_of_date else quiet_feeds(connection)
            print(f"warehouse     {db}  {row[0]} articles, {row[1]} events, schema {row[2]}")
        except WarehouseError as error:
            wrong.append(str(error))
        except Exception as error:
            wrong.append(f"{db}: {str(error).splitlines()[0]}")
    else:
        print(f"warehouse     {db}  (not made yet)")
    if feeds is not None:
        wrong += _ask_feeds(feeds, allow_loopback)
    for message in wrong:
        print(f"wrong: {message}")
    print("nothing is wrong" if not wrong else f"{len(wrong)} wrong")
    return not wrong


def _ask_feeds(feeds: Path, allow_loopback: bool) -> list[str]:
    """A line for each feed that answers well, and the faults of the others."""
    from sources.probe import probe

    faults = []
    for found in probe(feeds, allow_loopback):
        if found.fault:
            faults.append(f"feed {found.fault}")
        else:
            print(f"feed          {found.feed.name}: {found.items} items, the newest of {found.newest or 'no day that it tells'}  {found.feed.url}", flush=True)
    return faults
