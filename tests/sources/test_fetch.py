from __future__ import annotations

import gzip
import ipaddress
import socket
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from sources.connecting import is_public
from sources.fetch import Fetcher, Limits, Refused
from tests.sources.site import Site, bomb, drip

LIMITS = Limits(size=100_000, seconds=0.5, redirects=3)


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    fetcher = Fetcher("Marsad/test", LIMITS, allow_loopback=True)
    yield fetcher
    fetcher.close()


def refused(fetcher: Fetcher, url: str) -> Refused:
    with pytest.raises(Refused) as error:
        fetcher.get(url)
    assert "\n" not in str(error.value)
    return error.value


def test_a_page_comes_with_its_validators_and_the_user_agent_is_ours(site: Site, fetcher: Fetcher) -> None:
    answer = fetcher.get(site.put("/a", "words", ETag='"1"', Last_Modified="Thu, 02 May 2024 15:30:00 GMT"))
    assert (answer.status, answer.content, answer.etag, answer.last_modified) == (200, b"words", '"1"', "Thu, 02 May 2024 15:30:00 GMT")
    assert site.asked[0][1]["User-Agent"] == "Marsad/test"


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    answer = fetcher.get(site.put("/a", "words", ETag='"1"'), etag='"1"')
    assert (answer.status, answer.content) == (304, b"")


@pytest.mark.parametrize("url", ["ftp://news.example/a", "file:///etc/passwd", "gopher://news.example", "javascript:alert(1)", "data:text/html,a"])
def test_other_schemes_are_refused(fetcher: Fetcher, url: str) -> None:
    assert refused(fetcher, url).reason in ("scheme-not-http", "not-an-address")


@pytest.mark.parametrize("url", ["http://", "http://[bad/", "http://a..b\x00/"])
def test_what_is_no_address_is_refused(fetcher: Fetcher, url: str) -> None:
    assert refused(fetcher, url).reason in ("not-an-address", "no-connection")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "10.0.0.1",
        "172.16.9.9",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "168.63.129.16",
        "[fd00:ec2::254]",
        "[::ffff:10.0.0.1]",
        "2130706433",
        "0x7f.1",
    ],
)
def test_addresses_that_are_not_public_are_refused(host: str) -> None:
    fetcher = Fetcher("Marsad/test", LIMITS)
    assert refused(fetcher, f"http://{host}/").reason == "address-not-public"


@pytest.mark.parametrize("address", ["64:ff9b::a00:1", "2002:7f00:1::", "fe80::1", "ff02::1", "224.0.0.1", "240.0.0.1", "198.18.0.1", "255.255.255.255"])
def test_private_addresses_in_other_dress_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("to", ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fd00::1]/", "//192.168.0.1/"])
def test_a_redirect_to_a_private_address_is_refused_also_where_loopback_is_allowed(site: Site, fetcher: Fetcher, to: str) -> None:
    assert refused(fetcher, site.put("/r", "", 302, Location=to)).reason == "address-not-public"


def test_a_redirect_to_another_scheme_is_refused(site: Site, fetcher: Fetcher) -> None:
    assert refused(fetcher, site.put("/r", "", 302, Location="file:///etc/passwd")).reason == "scheme-not-http"


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is looked up first and private later (DNS rebinding) leads to the first address."""
    port = int(site.url.rpartition(":")[2])
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *args: Any, **more: Any) -> Any:
        if host[0].isdigit():
            return real(host, *args, **more)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port))]

    monkeypatch.setattr("sources.connecting.socket.getaddrinfo", look_up)
    site.put("/a", "words")
    assert Fetcher("Marsad/test", LIMITS, allow_loopback=True).get(f"http://news.example:{port}/a").content == b"words"
    assert asked == ["news.example"]
    assert site.asked[0][1]["Host"] == f"news.example:{port}"
    with pytest.raises(Refused) as error:
        Fetcher("Marsad/test", LIMITS).get(f"http://news.example:{port}/a")
    assert error.value.reason == "address-not-public"


def test_redirects_are_followed_so_far(site: Site, fetcher: Fetcher) -> None:
    for number in range(5):
        site.put(f"/{number}", "", 301, Location=f"/{number + 1}")
    site.put("/5", "words")
    assert fetcher.get(site.url + "/2").url == site.url + "/5"
    assert refused(fetcher, site.url + "/0").reason == "too-many-redirects"
    assert refused(fetcher, site.put("/loop", "", 302, Location="/loop")).reason == "too-many-redirects"


@pytest.mark.parametrize(("status", "passing"), [(404, False), (410, False), (403, False), (500, True), (503, True), (429, True)])
def test_an_error_status_is_a_refusal_that_says_whether_it_may_pass(site: Site, fetcher: Fetcher, status: int, passing: bool) -> None:
    error = refused(fetcher, site.put("/e", "", status))
    assert (error.reason, error.status, error.passing) == (f"http-{status}", status, passing)


@pytest.mark.parametrize(("given", "seconds"), [("120", 120), ("99999999999", 86400), ("Thu, 02 May 2124 18:30:00 GMT", 86400)])
def test_retry_after_is_kept_up_to_a_day(site: Site, fetcher: Fetcher, given: str, seconds: int) -> None:
    error = refused(fetcher, site.put("/e", "", 429, Retry_After=given))
    assert error.wait_until is not None
    assert abs(error.wait_until.timestamp() - time.time() - seconds) < 5


def test_a_large_page_is_refused(site: Site, fetcher: Fetcher) -> None:
    assert refused(fetcher, site.put("/large", b"a" * 100_001)).reason == "too-large"
    assert len(fetcher.get(site.put("/fits", b"a" * 100_000)).content) == 100_000


def test_a_page_without_end_is_refused(site: Site, fetcher: Fetcher) -> None:
    assert refused(fetcher, site.do("/endless", drip(b"a" * 10_000, 1000, 0))).reason == "too-large"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_refused_before_it_fills_the_memory(site: Site, fetcher: Fetcher, encoding: str) -> None:
    content = bomb(20) if encoding == "gzip" else zlib.compress(b"\0" * 20_000_000)
    assert refused(fetcher, site.put("/bomb", content, Content_Encoding=encoding)).reason == "too-large"


def test_compressed_pages_are_unpacked(site: Site, fetcher: Fetcher) -> None:
    packer = zlib.compressobj(wbits=-15)
    bare = packer.compress(b"words") + packer.flush()
    for encoding, content in (("gzip", gzip.compress(b"words")), ("gzip", gzip.compress(b"wor") + gzip.compress(b"ds")), ("deflate", zlib.compress(b"words")), ("deflate", bare)):
        assert fetcher.get(site.put("/packed", content, Content_Encoding=encoding)).content == b"words"


@pytest.mark.parametrize(("content", "encoding", "reason"), [(b"plain", "gzip", "broken-encoding"), (gzip.compress(b"words" * 500)[:-20], "gzip", "broken-encoding"), (b"a", "br", "unknown-encoding")])
def test_broken_compression_is_refused(site: Site, fetcher: Fetcher, content: bytes, encoding: str, reason: str) -> None:
    assert refused(fetcher, site.put("/packed", content, Content_Encoding=encoding)).reason == reason


def test_a_page_that_drips_is_given_up_in_time(site: Site, fetcher: Fetcher) -> None:
    for path, handle in (("/body", drip(b"a", 100, 0.1)), ("/head", drip(b"X: a\r\n", 100, 0.1, b"HTTP/1.1 200 OK\r\n")), ("/none", drip(b"", 30, 0.1, b""))):
        began = time.monotonic()
        assert refused(fetcher, site.do(path, handle)).reason == "too-slow"
        assert time.monotonic() - began < 1.5


def test_what_is_no_http_and_a_closed_port_are_no_connection(site: Site, fetcher: Fetcher) -> None:
    assert refused(fetcher, site.do("/other", drip(b"hello\r\n", 1, 0, b"220 smtp\r\n"))).reason == "no-connection"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(fetcher, f"http://127.0.0.1:{port}/").reason == "no-connection"
