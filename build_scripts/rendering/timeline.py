"""What happened on which day, across all articles.

In: the index. Out: days in order, each with the events, what was said, published, checked and corrected; months and years
where the day is not known stand before their days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from build_scripts.model import Article, Claim, Entity, Quote
from build_scripts.reading.schema import Correction
from build_scripts.rendering.index import Index


@dataclass(slots=True)
class Day:
    """A day (YYYY-MM-DD), or a month or year where the day is not known. ``ended``: events of several days, on their last."""

    date: str
    events: list[Entity] = field(default_factory=list)
    ended: list[Entity] = field(default_factory=list)
    said: list[tuple[Article, Quote]] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    corrections: list[tuple[Claim, Correction]] = field(default_factory=list)


LISTS = tuple(one.name for one in fields(Day) if one.name != "date")
"""The lists of a day."""
Entry = tuple[str, str, Any]
"""A date, the name of a list of its day, and one thing in that list."""


class _Days(defaultdict[str, Day]):
    def __missing__(self, date: str) -> Day:
        self[date] = Day(date)
        return self[date]


def timeline(index: Index) -> list[Day]:
    """Every day on which something happened, the earliest first."""
    days = _Days()
    for event in sorted(index.library.entities.values(), key=lambda entity: (entity.facts.name.casefold(), entity.id)):
        _add_event(event, days)
    for article in index.articles:
        days[article.facts.published.isoformat()].articles.append(article)
        for quote in article.quotes:
            if quote.facts.date:
                days[quote.facts.date].said.append((article, quote))
    for claim in index.claims:
        _add_claim(claim, days)
    return [days[date] for date in sorted(days)]


def entries(days: Iterable[Day]) -> list[Entry]:
    """What stands on ``days``, one by one."""
    return [(day.date, kind, what) for day in days for kind in LISTS for what in getattr(day, kind)]


def gathered(rows: Iterable[Entry]) -> list[Day]:
    """The days of ``rows``, which are in order, with just these."""
    days = _Days()
    for date, kind, what in rows:
        getattr(days[date], kind).append(what)
    return list(days.values())


def _add_event(event: Entity, days: _Days) -> None:
    first, last = event.facts.date, event.facts.end
    if first:
        days[first].events.append(event)
    if last and last != first:
        days[last].ended.append(event)


def _add_claim(claim: Claim, days: _Days) -> None:
    if claim.has_verdict and claim.facts.published:
        days[claim.facts.published.isoformat()].claims.append(claim)
    for correction in claim.facts.corrections:
        days[correction.date.isoformat()].corrections.append((claim, correction))
