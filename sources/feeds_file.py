"""The feeds file: which feeds are asked, how often, and with which manners. `sources/feeds.yaml` is one, with every field explained."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from dictionaries.errors import DictionaryError
from dictionaries.yaml_source import Mapping, place_at, read_yaml
from sources.errors import SourceError

_EVERY = re.compile(r"(\d+) (minute|hour|day)s?")


def _span(value: Any) -> Any:
    found = _EVERY.fullmatch(str(value).strip())
    if not found or not int(found.group(1)):
        raise ValueError("write a number of minutes, hours or days, such as 15 minutes")
    return datetime.timedelta(**{f"{found.group(2)}s": int(found.group(1))})


def _address(value: Any) -> Any:
    if not re.match(r"https?://[^\s/]+", str(value), re.IGNORECASE):
        raise ValueError("write an address that begins with https:// or http://")
    return value


Every = Annotated[datetime.timedelta, BeforeValidator(_span)]
Address = Annotated[str, BeforeValidator(_address)]


class Feed(BaseModel):
    """One feed. `text` says where the article's text is: on the page that an item links to, or in the feed itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    url: Address
    name: str = Field(min_length=1)
    language: Literal["ar", "en"] | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    every: Every | None = None
    text: Literal["page", "feed"] = "page"
    pause: Annotated[float, Field(ge=0, le=600)] | None = None
    pages: Annotated[int, Field(ge=1, le=10_000)] | None = None
    licence: str | None = None


class FeedsFile(BaseModel):
    """A feeds file: what holds for all feeds, and the feeds."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    contact: str | None = None
    every: Every = datetime.timedelta(minutes=15)
    pause: Annotated[float, Field(ge=0, le=600)] = 1.0
    pages: Annotated[int, Field(ge=1, le=10_000)] = 50
    largest: Annotated[int, Field(ge=1000, le=200_000_000)] = 10_000_000
    seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    feeds: list[Feed] = Field(min_length=1)


def read_feeds_file(path: Path) -> FeedsFile:
    """Read and check a feeds file. Raises SourceError, one sentence that begins with file:line:column, for the first thing that is wrong."""
    try:
        given = read_yaml(path, path.parent, str(path))
    except DictionaryError as error:
        raise SourceError(str(error)) from None
    if not isinstance(given, Mapping):
        raise SourceError(f"{path}:1:1: must be a mapping with the key feeds; see sources/feeds.yaml")
    try:
        read = FeedsFile.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise SourceError(f"{place_at(given, first['loc'], str(path))}: {'.'.join(map(str, first['loc']))}: {_sentence(first)}") from None
    seen: set[str] = set()
    for number, feed in enumerate(read.feeds):
        if feed.url in seen:
            raise SourceError(f"{place_at(given, ('feeds', number, 'url'), str(path))}: the feed {feed.url} stands twice; take one away")
        seen.add(feed.url)
    return read


def _sentence(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "no such key; see sources/feeds.yaml for those there are"
    if error["type"] == "missing":
        return "is missing"
    return str(error["msg"]).removeprefix("Value error, ")
