"""Which page carries which data, and the lists for download.

In: the index, the site's address, the hand-written pages. Out: documents for each page; files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial

from build_scripts import addresses
from build_scripts.export.structured import works
from build_scripts.export.structured.breadcrumbs import ways
from build_scripts.export.structured.nodes import Here, Node, here_at
from build_scripts.export.structured.reviews import REVIEWS, all_reviews, review, reviewed
from build_scripts.export.structured.text import as_text
from build_scripts.rendering.context import Shared
from build_scripts.site import Asset

Documents = Mapping[str, list[Callable[[], Node]]]
"""What gives the things that programs read of a page, by its address below docs/."""


def structured(shared: Shared, home: str, handwritten: Mapping[str, str]) -> tuple[Documents, tuple[Asset, ...]]:
    """The data of all pages, and the files for download.

    ``home``: the site's address, which ends with a slash; where it is not known nothing can be said, since addresses in
    data are full ones. ``handwritten``: Markdown of the pages in docs/, by path.
    """
    publication = shared.index.library.publication
    if not home or not publication:
        return {}, ()
    here = here_at(home, shared.index, publication.facts, handwritten)
    found: dict[str, list[Callable[[], Node]]] = defaultdict(list)
    for uri, make in (*_things(here, handwritten), *ways(here, shared)):
        found[uri].append(make)
    return found, (Asset(REVIEWS, content=as_text(all_reviews(here))),)


def _things(here: Here, handwritten: Container[str]) -> Iterator[tuple[str, Callable[[], Node]]]:
    """What each page is about; most pages that only list others are about nothing."""
    yield addresses.FRONT, partial(works.site, here)
    if addresses.METHODOLOGY in handwritten:
        yield addresses.METHODOLOGY, partial(works.scale, here)
    if addresses.ABOUT in handwritten:
        yield addresses.ABOUT, partial(works.about, here)
    for article in here.index.articles:
        yield addresses.article(article.id), partial(works.article, article, here)
    for claim in reviewed(here):
        yield addresses.claim(claim.id), partial(review, claim, here)
    for entity in here.library.entities.values():
        yield addresses.entity(entity.id), partial(works.thing, entity, here)
