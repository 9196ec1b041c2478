from __future__ import annotations

import pytest

from sources.address import canonical


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/world/1",
        "http://news.example/world/1",
        "https://WWW.News.Example/world/1/",
        "https://news.example:443/world/1#comments",
        "http://news.example:80/world/1",
        " https://news.example/world/1?utm_source=feed&utm_medium=rss&fbclid=abc ",
        "https://news.example/world/1?UTM_Campaign=x&ref=home",
    ],
)
def test_links_to_one_page_have_one_address(url: str) -> None:
    assert canonical(url) == "https://news.example/world/1"


@pytest.mark.parametrize("url", ["https://news.example/world/2", "https://news.example/World/1", "https://news.example:8443/world/1", "https://news.example/world/1?page=2", "https://sport.news.example/world/1"])
def test_other_pages_have_others(url: str) -> None:
    assert canonical(url) not in (None, "https://news.example/world/1")


def test_parameters_that_count_stand_in_order() -> None:
    assert canonical("https://news.example/?b=2&a=1&utm_id=3") == canonical("https://news.example/?a=1&b=2") == "https://news.example?a=1&b=2"


@pytest.mark.parametrize("url", [None, ""])
def test_no_address_is_none(url: str | None) -> None:
    assert canonical(url) is None


@pytest.mark.parametrize("url", ["ftp://news.example/1", "news.example/1", "urn:isbn:1", "https://[bad/1", "https://news.example:port/1", "https:///1"])
def test_what_is_no_address_of_the_web_stays_as_it_is(url: str) -> None:
    assert canonical(url) == url


def test_an_arabic_path_is_left_readable() -> None:
    assert canonical("http://news.example/أخبار/1/") == "https://news.example/أخبار/1"


@pytest.mark.parametrize("path", ["أخبار/1", "%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", "%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1/%31"])
def test_a_path_is_one_however_its_letters_are_escaped(path: str) -> None:
    assert canonical(f"https://news.example/{path}") == "https://news.example/أخبار/1"


def test_what_an_escape_keeps_apart_stays_apart() -> None:
    assert canonical("https://news.example/a%2fb") == "https://news.example/a%2Fb"
    assert canonical("https://news.example/%d8/1") == "https://news.example/%D8/1"
