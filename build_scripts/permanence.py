"""The addresses that a publication promises: of its pages, quotations and claims, by their present and their former ids.

In: the library. Out: addresses as paths of the site, with the fragment of an annotation: ``articles/x/#q-y``. Mentions are
numbered by their place, which is no promise.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.model import Article, Library


def promised(library: Library) -> set[str]:
    """Every address that must lead somewhere from now on."""
    articles = (found for article in library.articles.values() for found in _article(article, library))
    return {*_pages(library), *articles, *tombstones(library)}


def tombstones(library: Library) -> set[str]:
    """The pages of articles that were taken back: whatever stood there, its address leads to the page."""
    return {f"articles/{name}/" for article in library.withdrawn.values() for name in names(article)}


def names(article: Article) -> tuple[str, ...]:
    """The article's id and its former ones."""
    return article.id, *article.facts.formerly


def former_anchors(article: Article, library: Library) -> list[tuple[str, str]]:
    """The ids that annotations of an article had before, each with the present one, in text order."""
    anchors = [(f"q-{old}", quote.id) for quote in article.quotes for old in quote.facts.formerly]
    for appearance in library.public_appearances(article):
        claim = library.claims[appearance.claim]
        suffix = appearance.id.removeprefix(f"c-{claim.id}")
        anchors += ((f"c-{old}{suffix}", appearance.id) for old in claim.facts.formerly)
    return anchors


def live_anchors(article: Article, library: Library) -> list[str]:
    """The ids of the annotations that stand in an article and have an address."""
    appearances = library.public_appearances(article)
    return [*(quote.id for quote in article.quotes), *(found.id for found in appearances)]


def speakers(library: Library) -> set[str]:
    """The entities with a page for what they said: those that are quoted, and those that were when addresses were listed."""
    quoted = {quote.facts.speaker for article in library.articles.values() for quote in article.quotes}
    return {
        entity.id
        for entity in library.entities.values()
        if entity.id in quoted
        or any(f"quotes/{name}/" in library.addresses for name in (entity.id, *entity.facts.formerly))
    }


def _pages(library: Library) -> Iterator[str]:
    speaking = speakers(library)
    for claim in library.claims.values():
        if claim.is_public:
            yield from (f"claims/{name}/" for name in (claim.id, *claim.facts.formerly))
    for entity in library.entities.values():
        for name in (entity.id, *entity.facts.formerly):
            yield f"entities/{name}/"
            if entity.id in speaking:
                yield f"quotes/{name}/"


def _article(article: Article, library: Library) -> Iterator[str]:
    anchors = [
        *live_anchors(article, library),
        *(old for old, _new in former_anchors(article, library)),
        *(item.id for item in article.taken_out),
    ]
    for page in (f"articles/{name}/" for name in names(article)):
        yield page
        yield from (f"{page}#{anchor}" for anchor in anchors)
