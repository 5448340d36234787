"""Everything that a shared link needs beside its page.

In: the library and the site's address. Out: pictures, frames and their descriptions for programs.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts import addresses
from build_scripts.cache import Cache
from build_scripts.export import previews
from build_scripts.export.embeds import embeds
from build_scripts.export.pictures import pictures
from build_scripts.export.previews import Preview
from build_scripts.model import Library
from build_scripts.rendering.catalogue import site_language, words_of
from build_scripts.site import Asset


def sharing(library: Library, home: str, cache: Cache | None = None) -> Iterator[Asset]:
    """``home``: the site's address, which ends with a slash; empty where it is not known. ``cache``: may hold what was made before."""
    site, words = previews.site_name(library), words_of(library)
    framed = [*previews.claims(library), *previews.quotations(library, cache)]
    framed += previews.lost(library, framed)
    yield from pictures([_front(library), *framed, *previews.articles(library)], site, words)
    yield from embeds(framed, site, site_language(library), home, cache)


def _front(library: Library) -> Preview:
    """The site itself: the picture of all other pages."""
    facts = library.publication.facts if library.publication else None
    return Preview(
        shared=previews.SITE,
        kind="",
        page=addresses.FRONT,
        words=facts.description if facts else "",
        language=site_language(library),
        by="",
        about="",
    )
