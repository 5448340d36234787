"""The files beside pages that are there for others.

In: the index, the tables, the site's address. Out: files. What needs the site's address is left out where it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.cache import Cache
from build_scripts.export.annotations.files import annotation_files
from build_scripts.export.feeds.files import feeds
from build_scripts.export.llms import llms
from build_scripts.export.sharing import sharing
from build_scripts.export.tables.files import table_files
from build_scripts.export.tables.spool import Tables
from build_scripts.export.templates import compile_once
from build_scripts.model import Library
from build_scripts.rendering.index import Index
from build_scripts.site import Asset
from build_scripts.timings import timed

_WHOLE = """\
-   All checks, in the terms of schema.org: [claimreview.jsonld](data/claimreview.jsonld)
-   All annotations, in the W3C's terms: [annotations.jsonld](data/annotations.jsonld)
-   All pages, with the days on which they changed: [sitemap.xml](sitemap.xml); what there is, in one page of text: [llms.txt](llms.txt)"""


def list_of_files(library: Library, home: str) -> str:
    """The files that hold something of the whole site, as Markdown."""
    return _WHOLE if home and library.publication else "They need the site's address: `site_url` in `mkdocs.yml`."


def for_programs(index: Index, tables: Tables | None, home: str, cache: Cache | None = None) -> Iterator[Asset]:
    """What stands beside shared links, feeds, a page for language models, annotations, tables. ``tables``: None where there are none.

    ``cache``: has what need not be made again.
    """
    library = index.library
    compile_once(cache)
    yield from timed("sharing", sharing(library, home, cache))
    yield from timed("feeds", feeds(index, home, cache))
    yield from timed("page for language models", llms(index, home))
    yield from timed("annotations", annotation_files(library, home))
    if tables is not None:
        yield from timed("tables", table_files(tables, library, home))
