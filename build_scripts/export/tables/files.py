"""The tables as files for download.

In: the rows. Out: files below data/. They are made when they are written: what is the same as before is not, and only sources
without errors make an SQLite file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from build_scripts.cache import code_version, digest
from build_scripts.export.structured.nodes import licence
from build_scripts.export.tables.declared import Row, Rows, Table
from build_scripts.export.tables.described import DATABASE, as_data_package, as_datasette
from build_scripts.export.tables.schema import TABLES
from build_scripts.export.tables.sqlite import Database
from build_scripts.export.tables.text import as_csv, as_json
from build_scripts.model import Library
from build_scripts.site import Asset


def table_files(rows: Rows, library: Library, home: str) -> Iterator[Asset]:
    """``home``: the site's address, which ends with a slash; empty where it is not known."""
    told = partial(digest, code_version(), _told(library), home)
    publication = library.publication.facts if library.publication else None
    licensed = licence(publication.licence) if publication else None
    for table in TABLES:
        for ending, as_text in (("csv", as_csv), ("json", as_json)):
            uri = f"data/{table.name}.{ending}"
            yield Asset(uri, content=partial(_encoded, as_text, table, rows[table.name]), key=told(uri))
    yield Asset("data/datapackage.json", content=as_data_package(publication, licensed, home))
    yield Asset("data/datasette.json", content=as_datasette(publication, licensed, home))
    database = f"data/{DATABASE}.sqlite"
    yield Asset(database, content=Database(rows), key=told(database))


def _encoded(as_text: Callable[[Table, Sequence[Row]], str], table: Table, rows: Sequence[Row]) -> bytes:
    return as_text(table, rows).encode()


def _told(library: Library) -> bytes:
    """What tells the library from others, as far as tables show it: everything that it holds."""
    publication, scale = library.publication, library.scale
    frame = (publication.digest if publication else b"", scale.digest if scale else b"")
    articles = [article.digest for article in (*library.articles.values(), *library.withdrawn.values())]
    entities = [entity.digest for entity in library.entities.values()]
    claims = [claim.digest for claim in library.claims.values()]
    return digest(*frame, *articles, *entities, *claims, *library.addresses, *sorted(library.left_out))
