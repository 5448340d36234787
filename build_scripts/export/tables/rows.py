"""All rows of all tables: a fold over articles, entities and checks.

In: the library. Out: rows by table, those of each table in the order of its key's records. Nothing that is not published is among
them, also where the library is shown to reviewers.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.export.tables.declared import Row, Rows
from build_scripts.export.tables.of_articles import of_article, of_withdrawn_article
from build_scripts.export.tables.of_records import of_claim, of_entity, of_publication
from build_scripts.export.tables.schema import TABLES
from build_scripts.model import Library
from build_scripts.permanence import speakers


def all_rows(library: Library, home: str) -> Rows:
    """``home``: the site's address, which ends with a slash; empty where it is not known."""
    found: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for part in _parts(library, home):
        for name, rows in part.items():
            found[name] += rows
    return found


def _parts(library: Library, home: str) -> Iterator[Rows]:
    speaking = speakers(library)
    yield of_publication(library, home)
    for entity in library.entities.values():
        yield of_entity(entity, library, home, speaks=entity.id in speaking)
    for article in library.articles.values():
        yield of_article(article, library, home)
    for claim in library.claims.values():
        if claim.is_public:
            yield of_claim(claim, library, home)
    for article in library.withdrawn.values():
        yield of_withdrawn_article(article, home)
