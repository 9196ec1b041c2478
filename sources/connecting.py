"""Connections to public addresses only: a host's name is looked up once, what it stands for is checked, and that very address is connected to.

A name that another look-up would answer otherwise (DNS rebinding) therefore does not help. Each read keeps within the time of the whole request.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

# Public by the registries, but a cloud's own service to its machines (Azure's WireServer).
_METADATA = frozenset([ipaddress.ip_address("168.63.129.16")])
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotPublic(Exception):
    """An address that Marsad does not connect to; the message names it."""


class TooSlow(Exception):
    """The time of the whole request is over."""


def is_public(address: Address, allow_loopback: bool = False) -> bool:
    """Whether an address is one of the open internet: not private, loopback, link-local, shared, reserved, multicast or a cloud's metadata service, nor one of these in IPv6 dress."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner, allow_loopback)
    if address.is_loopback:
        return allow_loopback
    return address.is_global and not address.is_multicast and address not in _METADATA


class CheckedBackend(httpcore.NetworkBackend):
    """A network backend for httpcore that connects to checked addresses, within the deadline that the thread has set (seconds of time.monotonic)."""

    def __init__(self, allow_loopback: bool = False) -> None:
        self._inner = httpcore.SyncBackend()
        self._allow_loopback = allow_loopback
        self._thread = threading.local()

    def set_deadline(self, deadline: float) -> None:
        """Let what this thread reads and writes from now on end by then."""
        self._thread.deadline = deadline

    def left(self, timeout: float | None) -> float:
        """The seconds that one step may take. Raises TooSlow when none are left."""
        seconds: float = getattr(self._thread, "deadline", float("inf")) - time.monotonic()
        if seconds <= 0:
            raise TooSlow
        return min(seconds, timeout if timeout is not None else seconds)

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        """Connect to an address of the host. Raises NotPublic when any of them is none of the open internet."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            try:
                return _Stream(self._inner.connect_tcp(address, port, self.left(timeout), local_address, socket_options), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known ({error})") from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if not is_public(ipaddress.ip_address(address.partition("%")[0]), self._allow_loopback):
                raise NotPublic(f"{host} stands for {address}, which is no address of the open internet")
        return addresses


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, backend: CheckedBackend) -> None:
        self._inner, self._backend = inner, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._backend.left(timeout)), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
