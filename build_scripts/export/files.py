"""The files beside pages that are there for others.

In: the index, the tables' rows, the site's address. Out: files. What needs the site's address is left out where it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.export.annotations.files import annotation_files
from build_scripts.export.feeds.files import feeds
from build_scripts.export.llms import llms
from build_scripts.export.sharing import sharing
from build_scripts.export.tables.declared import Rows
from build_scripts.export.tables.files import table_files
from build_scripts.rendering.index import Index
from build_scripts.site import Asset


def for_programs(index: Index, rows: Rows | None, home: str) -> Iterator[Asset]:
    """What stands beside shared links, feeds, a page for language models, annotations, tables. ``rows``: None where there are none."""
    library = index.library
    yield from sharing(library, home)
    yield from feeds(index, home)
    yield from llms(index, home)
    yield from annotation_files(library, home)
    if rows is not None:
        yield from table_files(rows, library, home)
