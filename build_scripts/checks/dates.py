"""Dates that contradict one another. Partial dates are compared as far as they go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from build_scripts.model import Article, Claim, Entity, Library
from build_scripts.problems import Problem, Rule
from build_scripts.reading.schema import ReadPage
from build_scripts.source import Place

DATE_ORDER = Rule(
    "date-order",
    "What happened later can't be dated earlier: a quotation is not younger than the article (`date` against `published`), a "
    "page is not read before it was published nor after the evidence was last `checked`, a correction is not older than the check, a text neither changes nor "
    "is withdrawn before it is published, an event does not end before it begins.",
)
RULES = (DATE_ORDER,)


def check(library: Library) -> Iterator[Problem]:
    """Every pair of dates in the wrong order."""
    for article in (*library.articles.values(), *library.withdrawn.values()):
        yield from _article(article)
    for entity in library.entities.values():
        yield from _entity(entity)
    for claim in library.claims.values():
        yield from _claim(claim)


def _article(article: Article) -> Iterator[Problem]:
    facts = article.facts
    yield from _order("published", facts.published, "updated", facts.updated, partial(article.loaded.place, "updated"))
    for quote in article.quotes:
        latest = facts.updated or facts.published
        yield from _order("the quote's date", quote.facts.date, "the article's date", latest, quote.place)
    yield from _read(article, "sources", facts.sources)
    if facts.withdrawn:
        place = partial(article.loaded.place, "withdrawn", "date")
        yield from _order("published", facts.published, "withdrawn", facts.withdrawn.date, place)
    if annotations := article.files.annotations:
        for at, item in enumerate(article.taken_out):
            place = partial(annotations.place, "withdrawn", at, "date")
            yield from _order("published", facts.published, "withdrawn", item.date, place)


def _entity(entity: Entity) -> Iterator[Problem]:
    facts = entity.facts
    yield from _order("date", facts.date, "end", facts.end, partial(entity.loaded.place, "end"))
    yield from _read(entity, "facts", facts.facts)


def _read(thing: Article | Entity, key: str, pages: Iterable[ReadPage]) -> Iterator[Problem]:
    for at, page in enumerate(pages):
        place = partial(thing.loaded.place, key, at, "accessed")
        yield from _order("published", page.published, "accessed", page.accessed, place)


def _claim(claim: Claim) -> Iterator[Problem]:
    facts = claim.facts
    for at, item in enumerate(facts.evidence):
        place = partial(claim.loaded.place, "evidence", at, "accessed")
        yield from _order("published", item.published, "accessed", item.accessed, place)
        yield from _order("accessed", item.accessed, "checked", facts.checked, place)
    for at, correction in enumerate(facts.corrections):
        place = partial(claim.loaded.place, "corrections", at, "date")
        yield from _order("published", facts.published, "the correction's date", correction.date, place)


def _order(
    first: str,
    earlier: dt.date | str | None,
    second: str,
    later: dt.date | str | None,
    place: Place | Callable[[], Place],
) -> Iterator[Problem]:
    one, other = str(earlier or ""), str(later or "")
    shared = min(len(one), len(other))
    if shared and one[:shared] > other[:shared]:
        at = place if isinstance(place, Place) else place()
        yield DATE_ORDER.problem(at, f"{first} ({one}) is after {second} ({other})", "correct one of the two")
