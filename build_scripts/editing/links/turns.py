"""Whose turn it is: one request at a time to a host, with a pause between, however many links lead there.

In: requests, from several threads. Out: replies, after as many waits as the host asks for. Robots.txt is not asked: nothing is
followed or collected here, each cited page is only asked whether it is there.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field

from build_scripts.editing.links.manners import Manners
from build_scripts.editing.links.web import Address, Reply, Trouble, Web

TOO_MANY, UNAVAILABLE = 429, 503
_OF_THE_HOST = frozenset({Trouble.NO_HOST, Trouble.NO_CONNECTION, Trouble.PRIVATE, Trouble.TLS})
"""What goes wrong before a page is named, and so would again."""


class StoppedError(Exception):
    """Nothing more is to be asked."""


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    settled: dict[int, Reply] = field(default_factory=dict)
    """By port: what every further request would get, so that none is made."""


class Turns:
    """The hosts that are asked in one run."""

    def __init__(self, web: Web, manners: Manners) -> None:
        self._web = web
        self._manners = manners
        self._hosts: dict[str, _Host] = defaultdict(_Host)
        self._stop = threading.Event()

    def stop(self) -> None:
        """Let nobody wait or ask any longer."""
        self._stop.set()
        self._web.hang_up()

    def ask(self, method: str, address: Address) -> Reply:
        """What the address answers, in its host's turn. Raises StoppedError."""
        host = self._hosts[address.host]
        with host.lock:
            for attempt in range(self._manners.retries + 1):
                if address.port in host.settled:
                    return host.settled[address.port]
                reply = self._asked(host, method, address)
                if reply.trouble in _OF_THE_HOST:
                    host.settled[address.port] = reply
                if reply.status not in {TOO_MANY, UNAVAILABLE}:
                    return reply
                wait = max(reply.wait or 0.0, self._manners.back_off * 2**attempt)
                is_refusal = reply.status == TOO_MANY and attempt == self._manners.retries
                if wait > self._manners.longest_wait or is_refusal:
                    host.settled[address.port] = reply
                    return reply
                host.free_at = time.monotonic() + wait
            return reply

    def _asked(self, host: _Host, method: str, address: Address) -> Reply:
        if self._stop.wait(max(0.0, host.free_at - time.monotonic())):
            raise StoppedError
        try:
            return self._web.ask(method, address)
        finally:
            host.free_at = time.monotonic() + self._manners.delay
