"""How others' servers are asked, and which are asked at all."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it wraps an older one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None
        found = wrapped or found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast and not found.is_reserved


def is_any(_address: str) -> bool:
    """Any address may be asked."""
    return True


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds and numbers that bound what is asked of anybody. ``agent``: who we say that we are.

    ``delay``: between two requests to a host. ``patience``: for one whole answer; half of it for a connection.
    ``longest_wait``: a host that asks to wait longer is not asked again in this run.
    """

    agent: str = "Newsgloss-links"
    delay: float = 1.0
    patience: float = 20.0
    side_by_side: int = 8
    redirects: int = 10
    retries: int = 2
    back_off: float = 5.0
    longest_wait: float = 60.0
    may_connect: Callable[[str], bool] = is_public
