"""The tables as files for download.

In: the rows. Out: files below data/. The SQLite file is made when it is written: only sources without errors make one.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.export.structured.nodes import licence
from build_scripts.export.tables.declared import Rows
from build_scripts.export.tables.described import DATABASE, as_data_package, as_datasette
from build_scripts.export.tables.schema import TABLES
from build_scripts.export.tables.sqlite import Database
from build_scripts.export.tables.text import as_csv, as_json
from build_scripts.model import Library
from build_scripts.site import Asset


def table_files(rows: Rows, library: Library, home: str) -> Iterator[Asset]:
    """``home``: the site's address, which ends with a slash; empty where it is not known."""
    publication = library.publication.facts if library.publication else None
    licensed = licence(publication.licence) if publication else None
    for table in TABLES:
        yield Asset(f"data/{table.name}.csv", content=as_csv(table, rows[table.name]).encode())
        yield Asset(f"data/{table.name}.json", content=as_json(table, rows[table.name]))
    yield Asset("data/datapackage.json", content=as_data_package(publication, licensed, home))
    yield Asset("data/datasette.json", content=as_datasette(publication, licensed, home))
    yield Asset(f"data/{DATABASE}.sqlite", content=Database(rows))
