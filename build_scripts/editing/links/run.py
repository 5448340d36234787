"""``newsgloss links``: every link of the publication that was not asked lately, asked; all problems from all answers.

In: a root, and which links. Out: problems at every place, and what is known of each address. What was found out is kept,
also where the run is broken off.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from build_scripts.checks.reach import Answer, Cited, Verdict, check, cited
from build_scripts.editing.links import cache
from build_scripts.editing.links.asking import Clock, ask_all
from build_scripts.editing.links.manners import Manners
from build_scripts.editing.links.web import Address, address_of
from build_scripts.model import Library
from build_scripts.problems import Problem, in_order
from build_scripts.reading.load import load
from build_scripts.reports import as_json as problems_as_json
from build_scripts.resolve import resolve

AGE_OF_GONE = dt.timedelta(days=1)
"""How long a page that is gone is not asked again: it may have been put back."""

_ASKED_ANEW = frozenset({Verdict.FAILED, Verdict.PRIVATE})

ENOUGH_HOSTS = 3
"""If none of so many can be reached, it is our own network."""

Follow = Callable[[Iterator[tuple[Address, Answer]], int], Iterable[tuple[Address, Answer]]]
"""Hands on the answers one by one, showing how many of all there are."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to go about it. Without ``manners`` nobody is asked. ``home``: the site's address, for those who wonder who asks."""

    manners: Manners | None
    max_age: dt.timedelta
    clock: Clock
    home: str = ""
    follow: Follow = lambda answers, _number: answers


class UnknownIdError(Exception):
    """Nothing has that id; the message says which."""


class CutOffError(Exception):
    """Nobody at all can be reached; the message says what became of the run."""


@dataclass(frozen=True, slots=True)
class Links:
    """What is known of the links. ``answers`` by the address as it is written; ``asked``: how many in this run.

    ``complaint``: what is wrong with what earlier runs kept.
    """

    found: Sequence[Cited]
    answers: Mapping[str, Answer]
    problems: tuple[Problem, ...]
    asked: int = 0
    complaint: str = ""


def agent(library: Library, home: str) -> str:
    """Who asks: this program, for which publication, and where that is to be found."""
    facts = library.publication.facts if library.publication else None
    parts = (f"checks the links of {facts.name}" if facts else "", (facts and facts.url) or home)
    about = "; ".join(part for part in ("".join(_plain(part)).strip() for part in parts) if part)
    return f"Newsgloss-links/{version('newsgloss')}" + (f" ({about})" if about else "")


def links(root: Path, ids: Sequence[str], way: Way) -> Links:
    """All about the links of ``ids``, or of everything.

    Raises UnknownIdError, CutOffError, and OSError where the answers can't be kept.
    """
    library, _problems = resolve(*load(root))
    everything = cited(library)
    found = _of(everything, ids, library)
    addresses = {one.url: address_of(one.url) for one in everything}
    known, complaint = cache.read(root)
    asked = 0
    if way.manners:
        manners = replace(way.manners, agent=agent(library, way.home))
        wanted = dict.fromkeys(address for one in found if (address := addresses[one.url]))
        due = [address for address in wanted if not _is_fresh(known.get(str(address)), way)]
        try:
            asked = _ask(due, manners, way, known)
        finally:
            current = {str(address) for address in addresses.values()}
            cache.write(root, {address: answer for address, answer in known.items() if address in current})
    answers = {url: answer for url, address in addresses.items() if (answer := _answer(address, known, way.clock()))}
    return Links(found, answers, in_order(check(found, answers)), asked, complaint)


def as_json(result: Links) -> dict[str, Any]:
    """Problems as those of ``newsgloss check``, and every address with its answer and its places."""
    places: dict[str, list[str]] = {}
    for one in result.found:
        places.setdefault(one.url, []).append(str(one.place))
    return {
        "problems": problems_as_json(result.problems),
        "links": [{"url": url, **_facts(result.answers.get(url)), "places": at} for url, at in sorted(places.items())],
    }


def summary(result: Links) -> str:
    """How many links there are and what became of them, in one line."""
    urls = {one.url for one in result.found}
    verdicts = Counter(result.answers[url].verdict for url in urls if url in result.answers)
    told = [f"{verdicts[verdict]} {verdict}" for verdict in Verdict if verdicts[verdict]]
    unknown = len(urls) - verdicts.total()
    parts = [*told, *([f"{unknown} never asked"] if unknown else [])]
    return f"{len(urls)} links: {', '.join(parts) or 'none'}; {result.asked} asked now"


def _of(everything: Sequence[Cited], ids: Sequence[str], library: Library) -> list[Cited]:
    known = {*library.articles, *library.claims, *library.entities}
    unknown = [name for name in ids if name not in known]
    if unknown:
        raise UnknownIdError(f"no article, claim or entity {', '.join(unknown)}, or none that can be read")
    return [one for one in everything if not ids or one.owner in ids]


def _is_fresh(answer: Answer | None, way: Way) -> bool:
    now = way.clock()
    if answer is None or answer.verdict in _ASKED_ANEW or answer.asked > now:
        return False
    return now - answer.asked < (min(way.max_age, AGE_OF_GONE) if answer.verdict is Verdict.GONE else way.max_age)


def _ask(due: Sequence[Address], manners: Manners, way: Way, known: dict[str, Answer]) -> int:
    """Ask for what is due and put it among what is ``known``; how many were asked. Raises CutOffError."""
    came: dict[Address, Answer] = {}
    try:
        with closing(ask_all(due, manners, way.clock)) as answers:
            for address, answer in way.follow(answers, len(due)):
                came[address] = answer  # noqa: PERF403 -- what came is kept where the rest is broken off
    finally:
        is_cut_off = _is_cut_off(came)
        if not is_cut_off:
            known |= {str(address): _since(answer, known.get(str(address))) for address, answer in came.items()}
    if is_cut_off:
        hosts = len({address.host for address in came})
        raise CutOffError(
            f"none of {hosts} hosts answered as it should: is there a network? Nothing of this run is kept"
        )
    return len(came)


def _is_cut_off(came: Mapping[Address, Answer]) -> bool:
    hosts = {address.host for address in came}
    return len(hosts) >= ENOUGH_HOSTS and all(answer.verdict is Verdict.FAILED for answer in came.values())


def _since(answer: Answer, before: Answer | None) -> Answer:
    """A failure with the day of the first one."""
    if answer.verdict is not Verdict.FAILED:
        return answer
    return replace(answer, since=(before and before.since) or answer.asked)


def _answer(address: Address | None, known: Mapping[str, Answer], now: dt.datetime) -> Answer | None:
    if address is None:
        return Answer(Verdict.GONE, "not an address that can be asked", now)
    return known.get(str(address))


def _facts(answer: Answer | None) -> dict[str, str | None]:
    if answer is None:
        return {"verdict": None}
    return {"verdict": answer.verdict, "detail": answer.detail, "asked": answer.asked.isoformat(timespec="seconds")}


def _plain(text: str) -> Iterator[str]:
    """The characters that may stand in the comment of a header."""
    for char in text:
        if char.isascii() and char.isprintable() and char not in "()\\":
            yield char
