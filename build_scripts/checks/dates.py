"""Dates that contradict one another. Partial dates are compared as far as they go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from build_scripts.model import Article, Claim, Library
from build_scripts.problems import Problem, Rule
from build_scripts.source import Place

DATE_ORDER = Rule(
    "date-order",
    "What happened later can't be dated earlier: a quotation is not younger than the article (`date` against `published`), a "
    "page is not read before it was published nor after the evidence was last `checked`, a correction is not older than the check, a text does not change before it "
    "is published.",
)
RULES = (DATE_ORDER,)


def check(library: Library) -> Iterator[Problem]:
    """Every pair of dates in the wrong order."""
    for article in library.articles.values():
        yield from _article(article)
    for claim in library.claims.values():
        yield from _claim(claim)


def _article(article: Article) -> Iterator[Problem]:
    facts = article.facts
    yield from _order("published", facts.published, "updated", facts.updated, article.loaded.place("updated"))
    for quote in article.quotes:
        latest = facts.updated or facts.published
        yield from _order("the quote's date", quote.facts.date, "the article's date", latest, quote.place)
    for at, source in enumerate(facts.sources):
        yield from _order(
            "published", source.published, "accessed", source.accessed, article.loaded.place("sources", at, "accessed")
        )


def _claim(claim: Claim) -> Iterator[Problem]:
    facts = claim.facts
    for at, item in enumerate(facts.evidence):
        place = claim.loaded.place("evidence", at, "accessed")
        yield from _order("published", item.published, "accessed", item.accessed, place)
        yield from _order("accessed", item.accessed, "checked", facts.checked, place)
    for at, correction in enumerate(facts.corrections):
        place = claim.loaded.place("corrections", at, "date")
        yield from _order("published", facts.published, "the correction's date", correction.date, place)


def _order(
    first: str, earlier: dt.date | str | None, second: str, later: dt.date | str | None, place: Place
) -> Iterator[Problem]:
    one, other = str(earlier or ""), str(later or "")
    shared = min(len(one), len(other))
    if shared and one[:shared] > other[:shared]:
        yield DATE_ORDER.problem(place, f"{first} ({one}) is after {second} ({other})", "correct one of the two")
