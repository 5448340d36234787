"""One link from its address to a verdict: asked for its head, else for its first byte, along its redirects.

In: an address, and a way to ask. Out: an answer. A page that says with status 200 that it is gone is not found out: guessing
would be wrong too often.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

from build_scripts.checks.reach import Answer, Verdict
from build_scripts.editing.links.turns import TOO_MANY, UNAVAILABLE
from build_scripts.editing.links.web import Address, Reply, Trouble, address_of

Ask = Callable[[str, Address], Reply]

_FOR_GOOD = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_THERE = frozenset({HTTPStatus.MULTIPLE_CHOICES, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE})
"""Not what was asked for, but no page that is missing: an empty one has no first byte."""

_SUCCESS, _REFUSAL, _FAILURE = range(200, 300), range(400, 500), range(500, 600)


def visit(ask: Ask, start: Address, redirects: int, now: dt.datetime) -> Answer:
    """The answer of ``start``."""
    address, moved = start, start
    seen = {start}
    is_for_good, sets_cookie = True, False
    for _ in range(redirects + 1):
        reply = _reply(ask, address)
        if not reply.is_redirect:
            verdict, detail = _verdict(reply)
            if verdict is Verdict.ALIVE and moved != start:
                return Answer(Verdict.MOVED, detail, now, _full(moved))
            return Answer(verdict, detail + (f" at {address}" if address != start else ""), now)
        following = address_of(reply.location, address)
        if following is None:
            return Answer(Verdict.FAILED, "a redirect to what is no address of the web", now)
        sets_cookie |= reply.sets_cookie
        is_for_good &= reply.status in _FOR_GOOD
        moved = following if is_for_good else moved
        if following in seen:
            break
        seen.add(following)
        address = following
    # Many a site sends a visitor without its cookie round and round; whoever has it sees the page.
    verdict = Verdict.REFUSED if sets_cookie else Verdict.FAILED
    return Answer(verdict, "redirects without end" + (", unless its cookies are kept" if sets_cookie else ""), now)


def _reply(ask: Ask, address: Address) -> Reply:
    """The reply to HEAD where that says that the page is there; else to GET, since not every server knows HEAD."""
    reply = ask("HEAD", address)
    is_enough = reply.is_redirect or reply.status in _SUCCESS or reply.status in {TOO_MANY, UNAVAILABLE}
    is_final = reply.trouble in {Trouble.NO_HOST, Trouble.PRIVATE, Trouble.TLS}
    return reply if is_enough or is_final else ask("GET", address)


def _verdict(reply: Reply) -> tuple[Verdict, str]:
    if reply.trouble:
        detail = f"{reply.trouble}: {reply.detail}" if reply.detail else str(reply.trouble)
        return Verdict.PRIVATE if reply.trouble is Trouble.PRIVATE else Verdict.FAILED, detail
    detail = _named(reply.status)
    if reply.status in _SUCCESS or reply.status in _THERE:
        return Verdict.ALIVE, detail
    if reply.status in _GONE:
        return Verdict.GONE, detail
    is_failure = reply.status in _FAILURE or reply.status < _REFUSAL.start
    # Beyond 599 are numbers that some sites made up for programs, as LinkedIn's 999.
    return Verdict.FAILED if is_failure else Verdict.REFUSED, detail


def _named(status: int) -> str:
    """The status with its usual words, not with those of the server, which may say anything."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _full(address: Address) -> str:
    return f"{address}#{address.fragment}" if address.fragment else str(address)
