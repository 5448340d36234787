"""The addresses that a publication promises: of its pages, quotations and claims.

In: the library. Out: addresses as paths of the site, with the fragment of an annotation: ``articles/x/#q-y``. Mentions are
numbered by their place, which is no promise.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.model import Article, Library


def promised(library: Library) -> set[str]:
    """Every address that must lead somewhere from now on."""
    return set(_pages(library)) | {
        found for article in library.articles.values() for found in _annotations(article, library)
    }


def _pages(library: Library) -> Iterator[str]:
    speakers = {quote.facts.speaker for article in library.articles.values() for quote in article.quotes}
    yield from (f"claims/{claim.id}/" for claim in library.claims.values() if claim.is_public)
    for entity in library.entities.values():
        for name in (entity.id, *entity.facts.formerly):
            yield f"entities/{name}/"
            if entity.id in speakers:
                yield f"quotes/{name}/"


def _annotations(article: Article, library: Library) -> Iterator[str]:
    page = f"articles/{article.id}/"
    yield page
    yield from (f"{page}#{quote.id}" for quote in article.quotes)
    public = {claim.id for claim in library.claims.values() if claim.is_public}
    yield from (f"{page}#{found.id}" for found in article.appearances if found.claim in public)
