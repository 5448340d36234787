"""Who gives rows to the tables: the publication, each entity, each article, each check.

In: the library. Out: functions that give rows by table, those of each table in the order of its key's records. Nothing that is
not published is among them, also where the library is shown to reviewers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from build_scripts.cache import digest
from build_scripts.export.tables.declared import Rows
from build_scripts.export.tables.of_articles import of_article, of_withdrawn_article
from build_scripts.export.tables.of_records import of_claim, of_entity, of_publication
from build_scripts.model import Article, Claim, Entity, Library
from build_scripts.permanence import speakers


@dataclass(frozen=True, slots=True)
class Whole:
    """What all rows are made from. ``home``: the site's address, which ends with a slash; empty where it is not known."""

    library: Library
    home: str

    @property
    def digest(self) -> bytes:
        """What all rows may show besides what they look up."""
        return digest(self.library.common_digest, self.home)


def parts(whole: Whole) -> Iterator[tuple[str, Callable[[], Rows]]]:
    """What gives rows, with a name."""
    library = whole.library
    speaking = speakers(library)
    yield "publication", partial(_publication, whole)
    for entity in library.entities.values():
        yield entity.path, partial(_entity, entity, whole, entity.id in speaking)
    for article in library.articles.values():
        yield article.path, partial(_article, article, whole)
    for claim in library.claims.values():
        if claim.is_public:
            yield claim.path, partial(_claim, claim, whole)
    for article in library.withdrawn.values():
        yield article.path, partial(_withdrawn, article, whole)


def _publication(whole: Whole) -> Rows:
    return of_publication(whole.library, whole.home)


def _entity(entity: Entity, whole: Whole, speaks: bool) -> Rows:
    return of_entity(entity, whole.library, whole.home, speaks=speaks)


def _article(article: Article, whole: Whole) -> Rows:
    return of_article(article, whole.library, whole.home)


def _claim(claim: Claim, whole: Whole) -> Rows:
    return of_claim(claim, whole.library, whole.home)


def _withdrawn(article: Article, whole: Whole) -> Rows:
    return of_withdrawn_article(article, whole.home)
