"""`marsad.yaml`: what is to run when, against which warehouse; checked before anything starts."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from dictionaries.errors import DictionaryError
from dictionaries.yaml_source import place_at, read_yaml

STARTER = Path(__file__).parent / "marsad.yaml"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class PlanError(Exception):
    """A mistake in marsad.yaml: one sentence with file and line."""


def _duration(value: Any) -> Any:
    match = re.fullmatch(r"(\d+)\s*([smhd])", str(value))
    if match is None or not int(match[1]):
        raise ValueError(f"{value!s} is no duration; write 30s, 15m, 6h or 1d")
    return datetime.timedelta(**{_UNITS[match[2]]: int(match[1])})


def _cron(value: Any) -> Any:
    from prefect.client.schemas.schedules import CronSchedule

    try:
        CronSchedule(cron=str(value))
    except ValueError:
        raise ValueError(f"{value!s} is no cron line; write minute, hour, day, month, weekday, as in 0 3 * * *") from None
    return str(value)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Scheduled(_Strict):
    every: Annotated[datetime.timedelta, BeforeValidator(_duration)] | None = None
    cron: Annotated[str, BeforeValidator(_cron)] | None = None

    @model_validator(mode="after")
    def _one(self) -> _Scheduled:
        if (self.every is None) == (self.cron is None):
            raise ValueError("needs a schedule, every or cron, and not both")
        return self


class IngestJob(_Scheduled):
    """Articles from files and folders, or of the feeds in a feeds file."""

    flow: Literal["ingest"]
    sources: list[Path] = []
    feeds: Path | None = None

    @model_validator(mode="after")
    def _something(self) -> IngestJob:
        if bool(self.sources) == bool(self.feeds):
            raise ValueError("needs sources (files and folders) or feeds (a feeds file), and not both")
        return self


class CodeJob(_Scheduled):
    """Files coded without a warehouse, to a file of events each."""

    flow: Literal["code"]
    source: Path
    out: Path

    @model_validator(mode="after")
    def _apart(self) -> CodeJob:
        if self.source in (self.out, *self.out.parents):
            raise ValueError(f"out {self.out} lies in source {self.source}, where it would be read again; name a folder elsewhere")
        return self


class RecodeJob(_Scheduled):
    """Coding again what other dictionaries coded."""

    flow: Literal["recode"]


class ExportJob(_Scheduled):
    """An export, over the one before."""

    flow: Literal["export"]
    format: Literal["gdelt1", "gdelt2", "icews", "phoenix", "plover", "csv", "parquet", "jsonl"]
    out: Path
    since: datetime.date | None = None
    until: datetime.date | None = None


class MaintainJob(_Scheduled):
    """Checkpoint, published copy, a dated snapshot, pruning."""

    flow: Literal["maintain"]
    snapshots: Path | None = None
    keep: int = Field(7, ge=1)
    prune: bool = False


Job = Annotated[IngestJob | CodeJob | RecodeJob | ExportJob | MaintainJob, Field(discriminator="flow")]


class Plan(_Strict):
    """The whole of marsad.yaml; paths in it are absolute, or below its folder."""

    warehouse: Path = Path("warehouse/marsad.duckdb")
    models: Path | None = None
    dictionaries: Path | None = None
    workers: int = Field(1, ge=1)
    timezone: str = "UTC"
    deployments: dict[str, Job]

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"{name} is no time zone; write one such as UTC or Africa/Cairo") from None
        return name

    @field_validator("deployments")
    @classmethod
    def _some(cls, jobs: dict[str, Job]) -> dict[str, Job]:
        if not jobs:
            raise ValueError("names no deployment")
        return jobs


def read_plan(path: Path) -> Plan:
    """Read marsad.yaml. Raises PlanError, one sentence with file and line, for the first mistake; folders and files it reads from must be there."""
    if not path.is_file():
        raise PlanError(f"{path}: not here; `marsad serve --init` writes one to edit, or name another with --config")
    try:
        given = read_yaml(path, path.parent, str(path))
    except DictionaryError as error:
        raise PlanError(str(error)) from None
    if not isinstance(given, dict):
        raise PlanError(f"{path}:1: must be a mapping with deployments; `marsad serve --init` writes one to edit")
    try:
        plan = Plan.model_validate(given)
    except ValidationError as error:
        fault = error.errors()[0]
        raise PlanError(f"{place_at(given, fault['loc'], str(path))}: {_told(fault)}") from None
    base = path.resolve().parent
    missing = [(loc, place) for loc, place in _read_from(plan) if not (base / place).exists()]
    for loc, place in missing:
        raise PlanError(f"{place_at(given, loc, str(path))}: {place}: no such file or folder; make it, or name another")
    rooted: Plan = _rooted(plan, base)
    return rooted


def _read_from(plan: Plan) -> list[tuple[tuple[str | int, ...], Path]]:
    """The places that must be there, with where they are named."""
    places: list[tuple[tuple[str | int, ...], Path | None]] = [(("models",), plan.models), (("dictionaries",), plan.dictionaries)]
    for name, job in plan.deployments.items():
        if isinstance(job, CodeJob):
            places.append((("deployments", name, "source"), job.source))
        elif isinstance(job, IngestJob):
            places += [(("deployments", name, "feeds"), job.feeds), *((("deployments", name, "sources", i), source) for i, source in enumerate(job.sources))]
    return [(loc, place) for loc, place in places if place is not None]


def _rooted(value: Any, base: Path) -> Any:
    """The same with every path absolute."""
    if isinstance(value, Path):
        return base / value
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: _rooted(getattr(value, name), base) for name in type(value).model_fields})
    if isinstance(value, dict):
        return {key: _rooted(child, base) for key, child in value.items()}
    return [_rooted(child, base) for child in value] if isinstance(value, list) else value


def _told(fault: Any) -> str:
    """A fault of pydantic as one sentence."""
    # The tag of the union stands in the path too; the user did not write it there.
    path = ".".join(str(part) for i, part in enumerate(fault["loc"]) if not (i == 2 and fault["loc"][0] == "deployments"))
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return f"{path}: no such setting; see the comments in the file that `marsad serve --init` writes"
    if kind == "missing":
        return f"{path}: missing"
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return f"{path}: flow must be ingest, code, recode, export or maintain"
    if kind == "value_error":
        return f"{path}: {context['error']}"
    return f"{path}: {str(fault['msg']).replace('Input should', 'should')}, not {fault['input']}"
