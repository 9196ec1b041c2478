"""Fetch an address of the open internet, within limits. What is refused says why in one word and one sentence."""

from __future__ import annotations

import datetime
import email.utils
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import httpcore
import httpx

from sources.connecting import CheckedBackend, NotPublic, TooSlow

_CHUNK = 1 << 16
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_NOT_MODIFIED = 304
_WAITING = frozenset([429, 503])
_LONGEST_WAIT = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source may cost: bytes after decompression, seconds a request, redirects, entries of a feed or list, new pages of one feed in a run, depth of an HTML tree."""

    size: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 5
    entries: int = 1000
    pages: int = 100
    depth: int = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a page (status 200), or nothing new (304). `content_type` as the server gave it."""

    url: str
    status: int
    content: bytes = b""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


class Refused(Exception):
    """What was not fetched: `reason` in one word, the message a sentence. `status` and `wait_until` where the host answered; `passing`: it may go well another time."""

    def __init__(self, reason: str, detail: str, status: int | None = None, wait_until: datetime.datetime | None = None, passing: bool = False) -> None:
        super().__init__(detail)
        self.reason, self.status, self.wait_until, self.passing = reason, status, wait_until, passing


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses; may be used by several threads. `allow_loopback` lets tests use 127.0.0.1, and no other address that is not public."""

    user_agent: str
    limits: Limits = field(default_factory=Limits)
    allow_loopback: bool = False
    _backend: CheckedBackend = field(init=False)
    _pool: httpcore.ConnectionPool = field(init=False)

    def __post_init__(self) -> None:
        self._backend = CheckedBackend(self.allow_loopback)
        self._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=self._backend, max_connections=32, max_keepalive_connections=8, keepalive_expiry=10)

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()

    def get(self, url: str, etag: str | None = None, last_modified: str | None = None, before: Callable[[httpx.URL], None] = lambda hop: None) -> Answer:
        """Get an address; with validators only if it has changed (status 304 else). `before` sees each hop ahead of its request and may raise Refused.

        Raises Refused for all but status 200 and 304: a scheme other than http and https, an address that is not public (at every redirect,
        after DNS), too many redirects, too many bytes after decompression, too much time, no connection, an error status.
        """
        headers = {"User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
        headers |= {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value and value.isascii() and value.isprintable()}
        hop = _parse(url)
        for _ in range(self.limits.redirects + 1):
            before(hop)
            self._backend.set_deadline(time.monotonic() + self.limits.seconds)
            answer = self._ask(hop, headers)
            if isinstance(answer, Answer):
                return answer
            hop = _parse(str(answer), hop)
        raise Refused("too-many-redirects", f"{url}: more than {self.limits.redirects} redirects")

    def _ask(self, url: httpx.URL, headers: dict[str, str]) -> Answer | str:
        """The answer, or the address that it points to."""
        host = url.netloc.decode("ascii")
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        timeout = {name: self.limits.seconds for name in ("connect", "read", "write", "pool")}
        try:
            with self._pool.stream("GET", target, headers=[("Host", host), *headers.items()], extensions={"timeout": timeout}) as response:
                given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                if response.status in _REDIRECTS and given.get("location"):
                    return given["location"].encode("latin-1").decode("utf-8", "replace")  # some servers send it in UTF-8
                if response.status not in (200, _NOT_MODIFIED):
                    passing = response.status >= 500 or response.status in _WAITING
                    until = _wait_until(given.get("retry-after")) if response.status in _WAITING else None
                    raise Refused(f"http-{response.status}", f"{url}: the server answered {response.status}", response.status, until, passing)
                content = b"" if response.status == _NOT_MODIFIED else b"".join(_decode(response.iter_stream(), given.get("content-encoding", ""), self.limits.size, str(url)))
                return Answer(str(url), response.status, content, given.get("content-type", ""), given.get("etag"), given.get("last-modified"))
        except NotPublic as error:
            raise Refused("address-not-public", f"{url}: {error}; it is not fetched") from None
        except (TooSlow, httpcore.TimeoutException):
            raise Refused("too-slow", f"{url}: not answered in {self.limits.seconds:g} seconds", passing=True) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            raise Refused("no-connection", f"{url}: no answer ({str(error).splitlines()[0] if str(error) else type(error).__name__})", passing=True) from None


def _parse(address: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        url = base.join(address) if base is not None else httpx.URL(address.strip())
        scheme, host = url.scheme, url.raw_host
    except (httpx.InvalidURL, ValueError, TypeError, UnicodeError):
        raise Refused("not-an-address", f"{address[:200]!r}: no address of the web") from None
    if scheme not in ("http", "https"):
        raise Refused("scheme-not-http", f"{str(url)[:200]}: only http and https are fetched")
    if not host:
        raise Refused("not-an-address", f"{address[:200]!r}: no address of the web")
    return url.copy_with(fragment=None, userinfo=b"")


def _decode(chunks: Iterable[bytes], encoding: str, limit: int, url: str) -> Iterator[bytes]:
    """The content piece by piece, never more of it in memory than the limit allows."""
    name = encoding.strip().lower()
    if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Refused("unknown-encoding", f"{url}: the content comes as {name[:40]!r}, which was not asked for")
    size, unpacker = 0, None if name in ("", "identity") else zlib.decompressobj(47)  # 47: gzip or zlib, whichever it is
    for chunk in chunks:
        rest = chunk
        while rest:
            if unpacker is None:
                piece, rest = rest, b""
            else:
                try:
                    piece = unpacker.decompress(rest, _CHUNK)
                except zlib.error:
                    if name != "deflate" or size:
                        raise Refused("broken-encoding", f"{url}: the compressed content is broken", passing=True) from None
                    unpacker, piece = zlib.decompressobj(-15), b""  # some servers leave zlib's header away
                    continue
                rest = unpacker.unconsumed_tail or unpacker.unused_data
                if unpacker.eof and rest:
                    unpacker = zlib.decompressobj(47)
            size += len(piece)
            if size > limit:
                raise Refused("too-large", f"{url}: more than {limit:,} bytes")
            yield piece
    if unpacker is not None and size and not unpacker.eof:
        raise Refused("broken-encoding", f"{url}: the compressed content is cut off", passing=True)


def _wait_until(retry_after: str | None) -> datetime.datetime | None:
    """Retry-After, seconds or a date, as a time in UTC; at most a day from now."""
    now = datetime.datetime.now(datetime.UTC)
    if not retry_after:
        return None
    try:
        until = now + datetime.timedelta(seconds=min(int(retry_after), _LONGEST_WAIT.total_seconds())) if retry_after.strip().isdigit() else email.utils.parsedate_to_datetime(retry_after)
        until = until if until.tzinfo else until.replace(tzinfo=datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return min(until, now + _LONGEST_WAIT)
