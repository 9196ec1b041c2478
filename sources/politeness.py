"""What a host asks of its visitors: robots.txt, a pause between requests, to be left alone for a while."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from protego import Protego

from sources.fetch import Refused

AGENT = "Marsad"
# Longer pauses would hold up a run; a host that asks for one is asked this often at most.
_LONGEST_PAUSE = 30.0


@dataclass(slots=True)
class Politeness:
    """The manners of one run, for all its threads. `pause` is seconds between two requests to a host; `stop` ends the waiting. `robots` fetches the robots.txt of a site ("https://host"): its text, "" where there is none; it raises Refused where the site cannot be asked."""

    robots: Callable[[str], str]
    pause: float = 1.0
    stop: threading.Event = field(default_factory=threading.Event)
    _rules: dict[str, Protego | Refused] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)
    _left_alone: dict[str, datetime.datetime] = field(default_factory=dict)
    _pauses: dict[str, float] = field(default_factory=dict)
    _slow: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _asking: dict[str, threading.Lock] = field(default_factory=dict)

    def admit(self, url: httpx.URL) -> None:
        """Wait until the host may be asked for this address. Raises Refused where it does not want to be."""
        self.check_left_alone(url.host, str(url))
        rules = self._rules_of(_site(url))
        if isinstance(rules, Refused) and rules.reason == "address-not-public":
            raise rules
        if isinstance(rules, Refused):
            raise Refused("no-robots", f"{url}: the host's robots.txt cannot be had ({rules}), so that nothing of it is fetched", wait_until=rules.wait_until, passing=rules.passing)
        if not rules.can_fetch(str(url), AGENT):
            raise Refused("robots", f"{url}: the host's robots.txt does not allow it")
        self.await_turn(url)  # only now is it known how long a pause the host asks for

    def await_turn(self, url: httpx.URL) -> None:
        """Wait for the pause since the host was asked last. Raises Refused for a host that wants to be left alone."""
        self.check_left_alone(url.host, str(url))
        with self._lock:
            now = time.monotonic()
            turn = max(self._next.get(url.host, now), now)
            self._next[url.host] = turn + max(self._slow.get(url.host, self.pause), self._pauses.get(url.host, 0))
        if self.stop.wait(max(0.0, turn - now)):
            raise Refused("stopped", f"{url}: not asked, the run was stopped", passing=True)

    def check_left_alone(self, host: str, url: str) -> None:
        """Raises Refused for a host that asked to be left alone until later."""
        until = self._left_alone.get(host)
        if until is not None and until > datetime.datetime.now(datetime.UTC):
            raise Refused("asked-to-wait", f"{url}: {host} asked not to be asked again before {until:%Y-%m-%d %H:%M:%S} UTC", wait_until=until, passing=True)

    def slow_down(self, host: str, pause: float) -> None:
        """Let so many seconds pass between requests to a host, where robots.txt asks for no more."""
        self._slow[host] = pause

    def leave_alone(self, host: str, until: datetime.datetime) -> None:
        """Remember that a host wants to be left alone until then."""
        self._left_alone[host] = max(until, self._left_alone.get(host, until))

    def _rules_of(self, site: str) -> Protego | Refused:
        with self._lock:
            asking = self._asking.setdefault(site, threading.Lock())
        with asking:  # the threads that come to a site first ask for its robots.txt once
            if site not in self._rules:
                try:
                    self._rules[site] = rules = Protego.parse(self.robots(site))
                    host, pause = httpx.URL(site).host, min(float(rules.crawl_delay(AGENT) or 0), _LONGEST_PAUSE)
                    with self._lock:
                        self._pauses[host] = pause
                        self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + pause)
                except Refused as error:
                    self._rules[site] = error
            return self._rules[site]


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
