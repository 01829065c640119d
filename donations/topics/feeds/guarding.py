"""Connections that lead to public addresses only, and end when their time is over.

The address is looked at where the connection has arrived, so that no name that resolves anew, and
no redirect, leads to a machine that only this one can reach.
"""

import io
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection

IPAddress = IPv4Address | IPv6Address
# Public by their numbers, and yet doors into a cloud's inside: Azure's agent, the old metadata of
# Oracle, and the ways in which IPv6 wraps an IPv4 address.
INSIDE = [
    ip_network(each)
    for each in (
        *("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24"),
        *("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"),
        # Once the inside of a network (RFC 3879), segment routing, documentation.
        *("fec0::/10", "5f00::/16", "3fff::/20"),
    )
]


class LeadsInside(Exception):
    """The address is one of this machine, its network or its cloud."""


def is_public(address: IPAddress) -> bool:
    """Whether anybody on the internet could ask there."""
    if address.is_multicast or not address.is_global:
        return False
    return not any(address in each for each in INSIDE if each.version == address.version)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Where one fetch may go, and until when (`time.monotonic`)."""

    may_reach: Callable[[IPAddress], bool]
    deadline: float

    def check(self, arrived: socket.socket) -> None:
        """Raises LeadsInside."""
        host = str(arrived.getpeername()[0]).partition("%")[0]
        if not self.may_reach(ip_address(host)):
            arrived.close()
            raise LeadsInside(host)

    def seconds_left(self) -> float:
        """Raises TimeoutError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("out of time")
        return left


class ImpatientStream(io.RawIOBase):
    """What comes over a socket, each read with no more than the time that is left of all."""

    def __init__(self, connected: socket.socket, guard: Guard) -> None:
        self.connected, self.guard = connected, guard
        self.raw = connected.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Raises TimeoutError, however steadily single bytes drip in."""
        self.connected.settimeout(self.guard.seconds_left())
        return self.raw.readinto(buffer)

    def close(self) -> None:
        """The socket lives for as long as one of its streams."""
        self.raw.close()
        super().close()


class ImpatientSocket:
    """A socket whose streams are impatient."""

    def __init__(self, connected: socket.socket, guard: Guard) -> None:
        self.connected, self.guard = connected, guard

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connected, name)

    def makefile(self, *_mode: Any) -> io.BufferedReader:
        """As http.client asks for it: to be read, in bytes."""
        return io.BufferedReader(ImpatientStream(self.connected, self.guard))


class GuardedConnection(HTTPConnection):
    """Before urllib3's connection of either kind, which are made into guarded ones below."""

    guard: Guard
    sock: Any

    def _new_conn(self) -> socket.socket:
        arrived = super()._new_conn()
        self.guard.check(arrived)
        return arrived

    def connect(self) -> None:
        """The handshake, too, has its own time limit: that of connecting."""
        super().connect()
        self.sock = ImpatientSocket(self.sock, self.guard)


def adapter(guard: Guard) -> HTTPAdapter:
    """For a session that makes one fetch; nothing is tried twice in it."""
    made = HTTPAdapter(max_retries=0)
    pools = made.poolmanager.pool_classes_by_scheme
    made.poolmanager.pool_classes_by_scheme = {
        scheme: type(
            "GuardedPool",
            (pool,),
            {
                "ConnectionCls": type(
                    "Guarded", (GuardedConnection, pool.ConnectionCls), {"guard": guard}
                )
            },
        )
        for scheme, pool in pools.items()
    }
    return made
