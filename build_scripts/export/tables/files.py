"""The tables as files for download.

In: the tables. Out: files below data/. They are made when they are written: what is the same as before is not, and only sources
without errors make an SQLite file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from build_scripts.cache import digest
from build_scripts.export.structured.nodes import licence
from build_scripts.export.tables.described import DATABASE, as_data_package, as_datasette
from build_scripts.export.tables.schema import TABLES
from build_scripts.export.tables.spool import Tables
from build_scripts.model import Library
from build_scripts.site import Asset


def table_files(tables: Tables, library: Library, home: str) -> Iterator[Asset]:
    """``home``: the site's address, which ends with a slash; empty where it is not known."""
    told = partial(digest, tables.key)
    publication = library.publication.facts if library.publication else None
    licensed = licence(publication.licence) if publication else None
    for table in TABLES:
        for ending, make in (("csv", tables.csv), ("json", tables.json)):
            uri = f"data/{table.name}.{ending}"
            yield Asset(uri, content=partial(make, table), key=told(uri))
    yield Asset("data/datapackage.json", content=as_data_package(publication, licensed, home))
    yield Asset("data/datasette.json", content=as_datasette(publication, licensed, home))
    database = f"data/{DATABASE}.sqlite"
    yield Asset(database, content=tables.database, key=told(database))
