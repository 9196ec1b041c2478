"""marsad.yaml: what is read, and that a mistake is one sentence with its line."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from flows.plan import STARTER, IngestJob, PlanError, read_plan
from flows.serve import parameters, write_starter
from sources.feeds_file import read_feeds_file


def written(folder: Path, text: str) -> Path:
    (folder / "inbox").mkdir(exist_ok=True)
    path = folder / "marsad.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_starter_is_a_plan_and_is_not_written_over(tmp_path: Path) -> None:
    config = tmp_path / "marsad.yaml"
    write_starter(config)
    plan = read_plan(config)
    assert {job.flow for job in plan.deployments.values()} == {"ingest", "recode", "export", "maintain"}
    assert read_feeds_file(tmp_path / "feeds.yaml").feeds
    inbox = plan.deployments["inbox"]
    assert isinstance(inbox, IngestJob)
    assert inbox.every == datetime.timedelta(minutes=15)
    assert parameters(plan, inbox)["sources"] == [str(tmp_path / "inbox")]
    assert parameters(plan, inbox)["db"] == str(tmp_path / "warehouse" / "marsad.duckdb")
    with pytest.raises(PlanError, match="is here already"):
        write_starter(config)


def test_what_stands_in_the_starter_as_a_comment_is_a_plan_too(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^  # (?=(lines|feeds|  (flow|feeds|source|out|every)):)", "  ", STARTER.read_text(encoding="utf-8"))
    for name in ("articles", "feeds.yaml"):
        (tmp_path / name).mkdir()
    plan = read_plan(written(tmp_path, text))
    assert {job.flow for job in plan.deployments.values()} == {"ingest", "code", "recode", "export", "maintain"}
    assert parameters(plan, plan.deployments["lines"]) == {"source": str(tmp_path / "articles"), "out": str(tmp_path / "events"), "models": None, "dictionaries": None}


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("deployments:\n  a: {flow: ingest, sources: [inbox], every: 15 minutes}\n", 2, "15 minutes is no duration; write 30s, 15m, 6h or 1d"),
        ("deployments:\n  a: {flow: ingest, sources: [inbox], every: 0m}\n", 2, "is no duration"),
        ('deployments:\n  a:\n    flow: maintain\n    cron: "0 99 * * *"\n', 4, "is no cron line"),
        ("deployments:\n  a: {flow: maintain}\n", 2, "needs a schedule, every or cron"),
        ("deployments:\n  a: {flow: ingest, every: 5m}\n", 2, "needs sources (files and folders) or feeds"),
        ("deployments:\n  a:\n    flow: ingest\n    sources: [elsewhere]\n    every: 5m\n", 4, "elsewhere: no such file or folder"),
        ("deployments:\n  a: {flow: harvest, every: 5m}\n", 2, "flow must be ingest, code, recode, export or maintain"),
        ("deployments:\n  a:\n    flow: export\n    every: 1d\n    format: excel\n    out: x\n", 5, "not excel"),
        ("deployments:\n  a:\n    flow: export\n    every: 1d\n    format: csv\n", 3, "out: missing"),
        ("deployments:\n  a:\n    flow: code\n    source: elsewhere\n    out: x\n    every: 5m\n", 4, "elsewhere: no such file or folder"),
        ("deployments:\n  a: {flow: code, source: inbox, out: inbox/events, every: 5m}\n", 2, "out inbox/events lies in source inbox"),
        ("workers: 0\ndeployments:\n  a: {flow: recode, every: 1d}\n", 1, "workers: should be greater than or equal to 1, not 0"),
        ("timezone: Mars/Olympus\ndeployments:\n  a: {flow: recode, every: 1d}\n", 1, "is no time zone"),
        ("deployments:\n  a: {flow: recode, every: 1d}\nwarehuose: x\n", 3, "warehuose: no such setting"),
        ("deployments: {}\n", 1, "names no deployment"),
        ("- a\n", 1, "must be a mapping"),
        ("deployments:\n  a: {flow: recode, every: 1d}\n  a: {flow: recode, every: 2d}\n", 3, "stands twice"),
        ("deployments: [\n", 2, "YAML does not parse"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    config = written(tmp_path, text)
    with pytest.raises(PlanError) as raised:
        read_plan(config)
    assert str(raised.value).startswith(f"{config}:{line}:")
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_plan_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="serve --init"):
        read_plan(tmp_path / "marsad.yaml")
