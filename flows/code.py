"""`marsad code`: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO, Any

from coders.event import Event
from dictionaries import load_dictionaries
from flows.pipeline import FIRST_BATCH, batches, code_batch
from sources import Rejected, SourceError, read_sources, set_aside
from sources.read import files_below
from warehouse.package import CodedRecord


def code_lines(source: str, out: Path | None, models: Path | None) -> int:
    """Code a source, a line for each article in its order, written batch by batch; gives the number that was rejected."""
    if source != "-" and not Path(source).exists():
        raise SourceError(f"{source}: no such file or folder")
    if out is not None and source != "-" and out.resolve() == Path(source).resolve():
        raise SourceError(f"{out}: is the input; name another file with -o")
    articles = set_aside(read_sources([source]), [])
    load_dictionaries()
    rejected = 0
    try:
        file: IO[str] = out.open("w", encoding="utf-8") if out else sys.stdout
    except OSError as error:
        raise SourceError(f"{out}: cannot be written ({error.strerror})") from None
    try:
        for batch in batches(articles, first=FIRST_BATCH):
            for result in code_batch(batch, models):
                file.write(json.dumps(line(result), ensure_ascii=False) + "\n")
                if isinstance(result, Rejected):
                    rejected += 1
                    print(f"marsad: rejected: {result.detail} ({result.reason})", file=sys.stderr)
            file.flush()
    finally:
        if out:
            file.close()
    return rejected


def uncoded(source: Path, out: Path) -> list[tuple[Path, Path]]:
    """The files of a folder (or the one file) that are yet to be coded below `out`, each with the file that its events go to: a/news.jsonl to a/news.jsonl.events.jsonl."""
    pairs = [(file, out / f"{name}.events.jsonl") for file, name in files_below(source)]
    return [(file, made) for file, made in pairs if not made.exists() or made.stat().st_mtime_ns != file.stat().st_mtime_ns]


def code_file(file: Path, made: Path, models: Path | None) -> int:
    """Code a file; what is made is there whole or not at all, and has the file's time, by which `uncoded` knows it. Gives the number of articles rejected."""
    part = made.with_name(f".{made.name}.part")
    before = file.stat()
    try:
        made.parent.mkdir(parents=True, exist_ok=True)
        rejected = code_lines(str(file), part, models)
        os.utime(part, ns=(before.st_atime_ns, before.st_mtime_ns))
        os.replace(part, made)
    finally:
        part.unlink(missing_ok=True)
    return rejected


def line(result: CodedRecord | Rejected) -> dict[str, Any]:
    """The line of one article: id, lang, events; a rejected one has the reason instead."""
    if isinstance(result, Rejected):
        return {"id": result.article_id, "lang": None, "events": [], "rejected": result.reason, "detail": result.detail}
    sentences = {sentence.number: sentence.text for sentence in result.sentences}
    return {"id": result.article.article_id, "lang": result.language, "events": [fields(event, sentences[event.sentence]) for event in result.events]}


def fields(event: Event, sentence: str) -> dict[str, Any]:
    """An event as one JSON object; spans are [start, end] in the article's text."""
    code = load_dictionaries().ontology[event.code]
    source, target = event.source, event.target
    return {
        "event_id": event.event_id,
        "date": event.date.isoformat() if event.date else None,
        "date_precision": event.date_precision,
        "code": event.code,
        "label": code.label,
        "quad_class": code.quad,
        "goldstein": code.goldstein,
        "source": source.code if source else None,
        "target": target.code if target else None,
        "trigger": event.trigger,
        "source_text": source.text if source else None,
        "target_text": target.text if target else None,
        "sentence": sentence,
        "sentence_number": event.sentence,
        "spans": {
            "trigger": [event.trigger_start, event.trigger_end],
            "source": [source.start, source.end] if source else None,
            "target": [target.start, target.end] if target else None,
            "date": list(event.date_span) if event.date_span else None,
        },
        "stack": event.evidence.stack,
        "entries": list(event.evidence.entries),
        "confidence": event.evidence.confidence,
    }
