"""What spans articles, as folds over single ones: who is named where, who said what, where a claim stands.

In: the library. Out: look-ups by entity, speaker and claim; lists are in the order of dates, newest first, then of ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from build_scripts.cache import Cache, same
from build_scripts.model import Appearance, Article, Claim, Entity, Library, Mention, Quote

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Index:
    """Look-ups over all articles; only what readers may see is in them."""

    library: Library
    articles: Sequence[Article]
    claims: Sequence[Claim]
    mentions: Mapping[str, list[tuple[Article, list[Mention]]]]
    quotes: Mapping[str, list[tuple[Article, Quote]]]
    anonymous: Sequence[tuple[Article, Quote]]
    appearances: Mapping[str, list[tuple[Article, Appearance]]]
    claims_by: Mapping[str, list[Claim]]
    """For each entity the claims that it makes."""
    claims_about: Mapping[str, list[Claim]]
    """For each entity the claims whose words, in some article, name it."""
    translations: Mapping[str, tuple[Article, ...]]
    """For each article that has translations or is one, all of them: the original first, then by language."""
    by_name: Mapping[str, Entity]
    """The entities by their names."""
    archives: Mapping[str, str]
    """Where an archive keeps a page, as the first check says that cites it by its address."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What one article gives to look-ups, by what is looked up: rows of them."""

    mentions: Mapping[str, tuple[Article, list[Mention]]]
    quotes: Sequence[tuple[Article, Quote]]
    appearances: Sequence[tuple[Article, Appearance]]


def make_index(library: Library, cache: Cache | None = None) -> Index:
    """Fold the library's articles into look-ups; ``cache``: where it holds values, a list is the same one while its rows are."""
    articles = sorted(library.articles.values(), key=lambda article: article.id)
    articles.sort(key=lambda article: article.facts.published, reverse=True)
    claims = sorted((claim for claim in library.claims.values() if claim.is_shown), key=lambda claim: claim.id)
    mentions: dict[str, list[tuple[Article, list[Mention]]]] = defaultdict(list)
    quotes: dict[str, list[tuple[Article, Quote]]] = defaultdict(list)
    anonymous: list[tuple[Article, Quote]] = []
    appearances: dict[str, list[tuple[Article, Appearance]]] = defaultdict(list)
    for article in articles:
        rows = same(cache, "rows", (article,), partial(_rows, article))
        for entity, row in rows.mentions.items():
            mentions[entity].append(row)
        for said in rows.quotes:
            speaker = said[1].facts.speaker
            (quotes[speaker] if speaker else anonymous).append(said)
        for found in rows.appearances:
            appearances[found[1].claim].append(found)
    return Index(
        library,
        tuple(articles),
        tuple(claims),
        _held(mentions, cache),
        _held(quotes, cache),
        anonymous,
        _held(appearances, cache),
        _by_claimant(claims),
        _by_named(claims, _named_in(articles)),
        _translations(library.articles),
        {entity.facts.name: entity for entity in library.entities.values()},
        _archives(library.claims.values()),
    )


def _rows(article: Article) -> _Rows:
    return _Rows(
        {entity: (article, here) for entity, here in _by_entity(article).items()},
        [(article, quote) for quote in article.quotes],
        [(article, appearance) for appearance in article.appearances],
    )


def _held(found: Mapping[str, list[_Row]], cache: Cache | None) -> Mapping[str, list[_Row]]:
    """The same, each list the one that was held of the same rows."""
    if cache is None:
        return found
    return {name: cache.same("list", (*rows,), partial(list, rows)) for name, rows in found.items()}


def _archives(claims: Iterable[Claim]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in (item for claim in claims if claim.is_shown for item in claim.facts.evidence):
        if item.url and item.archive_url:
            found.setdefault(item.url, item.archive_url)
    return found


def _by_claimant(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for entity in dict.fromkeys(claim.facts.claimant):
            found[entity].append(claim)
    return found


def _by_named(claims: Iterable[Claim], names: Mapping[str, set[str]]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for entity in names.get(claim.id, ()):
            found[entity].append(claim)
    return found


def _named_in(articles: Iterable[Article]) -> dict[str, set[str]]:
    """For each claim the entities that its words, in some article, name."""
    found: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        for appearance in article.appearances:
            for mention in article.mentions:
                if appearance.span.start < mention.span.end and mention.span.start < appearance.span.end:
                    found[appearance.claim].add(mention.entity)
    return found


def _by_entity(article: Article) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in article.mentions:
        found[mention.entity].append(mention)
    return found


def _translations(articles: Mapping[str, Article]) -> dict[str, tuple[Article, ...]]:
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles.values():
        original = articles.get(article.facts.translation_of or "")
        if original and not original.facts.translation_of:
            groups[original.id].append(article)
    found: dict[str, tuple[Article, ...]] = {}
    for name, others in groups.items():
        others.sort(key=lambda article: (article.facts.language.casefold(), article.id))
        group = (articles[name], *others)
        found |= {article.id: group for article in group}
    return found
