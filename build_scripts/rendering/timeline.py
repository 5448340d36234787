"""What happened on which day, across all articles.

In: the index. Out: days in order, each with what was said, published and corrected; months and years where the day is not
known stand before their days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.model import Article, Claim, Quote
from build_scripts.reading.schema import Correction
from build_scripts.rendering.index import Index


@dataclass(frozen=True, slots=True)
class Day:
    """A day (YYYY-MM-DD), or a month or year where the day is not known."""

    date: str
    said: tuple[tuple[Article, Quote], ...]
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    corrections: tuple[tuple[Claim, Correction], ...]


def timeline(index: Index) -> list[Day]:
    """Every day on which something happened, the earliest first."""
    said: dict[str, list[tuple[Article, Quote]]] = defaultdict(list)
    for article, quote in _quotes(index):
        if quote.facts.date:
            said[quote.facts.date].append((article, quote))
    articles: dict[str, list[Article]] = defaultdict(list)
    for article in index.articles:
        articles[article.facts.published.isoformat()].append(article)
    claims: dict[str, list[Claim]] = defaultdict(list)
    corrections: dict[str, list[tuple[Claim, Correction]]] = defaultdict(list)
    for claim in index.claims:
        if claim.has_verdict and claim.facts.published:
            claims[claim.facts.published.isoformat()].append(claim)
        for correction in claim.facts.corrections:
            corrections[correction.date.isoformat()].append((claim, correction))
    return [
        Day(date, tuple(said[date]), tuple(articles[date]), tuple(claims[date]), tuple(corrections[date]))
        for date in sorted({*said, *articles, *claims, *corrections})
    ]


def _quotes(index: Index) -> Iterator[tuple[Article, Quote]]:
    for article in index.articles:
        yield from ((article, quote) for quote in article.quotes)
