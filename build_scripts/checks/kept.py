"""The checks of one article alone, which take longest, kept from earlier runs.

In: the library, a cache. Out: the same problems as those checks find. An article is looked at again where it changed, or the
names in it mean something else, or a name that a check asked for is now one, or is none any more.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import partial

from build_scripts.cache import Cache, digest
from build_scripts.checks import consistency, quotes
from build_scripts.checks.consistency.unlinked import Unlinked
from build_scripts.model import Article, Library
from build_scripts.problems import Problem

OF_ONE: tuple[Callable[[Library], Iterator[Problem]], ...] = (consistency.check, quotes.check)
"""The checks whose problems these are."""

_Kept = tuple[tuple[Problem, ...], dict[str, bool]]
"""Problems, by all rules, and what was asked of the names of entities."""


def check(library: Library, cache: Cache) -> Iterator[Problem]:
    """What the checks of one article find."""
    entities = (*library.entities.values(),)
    known = consistency.Known(library, cache.same("names to be linked", entities, partial(Unlinked, library)))
    sights = known.links.sights(cache)
    for article in library.articles.values():
        key = digest(article.digest, sights.of(article.prose.text, article.files.digest))
        kept: _Kept | None = cache.get("checked", key)
        if kept is None or any((name in known.names) != answer for name, answer in kept[1].items()):
            kept = _looked_at(article, known)
            cache.put("checked", key, kept)
        silent = known.silent(article) if kept[0] else ()
        yield from (problem for problem in kept[0] if problem.rule not in silent)
    sights.keep()


def _looked_at(article: Article, known: consistency.Known) -> _Kept:
    asked = _Asked(known.names)
    found = (*known.contradictions(article, asked), *quotes.of_article(article))
    return found, asked.answers


class _Asked(Container[str]):
    """The names that entities bear, and what was asked of them."""

    def __init__(self, names: Container[str]) -> None:
        self._names = names
        self.answers: dict[str, bool] = {}

    def __contains__(self, name: object) -> bool:
        self.answers[str(name)] = name in self._names
        return self.answers[str(name)]
