"""Links and images in texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from build_scripts import addresses
from build_scripts.model import Library
from build_scripts.problems import Problem, Rule, Severity, shown
from build_scripts.reading.prose import Image, Link, Prose

BROKEN_LINK = Rule(
    "broken-link",
    "A link leads to a page of the web (https, http, mailto) or to a file of sources/ that has a page, by its path: "
    "`[the check](../../claims/kharkiv-border-distance.md)`. A check that is not published has none yet, but for the notes of others "
    "that are not.",
)
IMAGE = Rule(
    "image-missing",
    "An image lies in the article's folder and is named without a path: `![Firefighters at work](fire.jpg)`. Images of other "
    "sites are not shown: they would tell those sites who reads here.",
)
IMAGE_ALT = Rule(
    "image-alt", "An image says in words what it shows: `![Firefighters at work](fire.jpg)`.", Severity.WARNING
)
RULES = (BROKEN_LINK, IMAGE, IMAGE_ALT)

Pages: TypeAlias = Mapping[str, set[str] | None]
"""Pages with the ids of the annotations on them; None: it is made once the check is published."""


def check(library: Library) -> Iterator[Problem]:
    """Every link and image that leads nowhere."""
    public, all_pages = _pages(library), _pages(library.with_proposals())
    for article in library.articles.values():
        yield from _check_prose(article.prose, public, frozenset(article.files.images))
    for claim in library.claims.values():
        yield from _check_prose(claim.note, public if claim.has_verdict else all_pages, frozenset())


def _pages(library: Library) -> Pages:
    """What can be linked to."""
    pages: dict[str, set[str] | None] = {}
    for article in library.articles.values():
        pages[addresses.article(article.id)] = {
            *(mention.id for mention in article.mentions),
            *(quote.id for quote in article.quotes),
            *(found.id for found in library.shown_appearances(article)),
        }
    pages |= {addresses.article(name): set() for name in library.withdrawn}
    pages |= {addresses.entity(name): set() for name in library.entities}
    pages |= {addresses.claim(claim.id): set() if claim.is_shown else None for claim in library.claims.values()}
    # What could not be understood has a page once it is mended.
    return pages | {page: set() for page in map(addresses.of_source, library.left_out) if page and page not in pages}


def _check_prose(prose: Prose, pages: Pages, images: frozenset[str]) -> Iterator[Problem]:
    for image in prose.images:
        yield from _check_image(prose, image, images)
    for link in prose.links:
        yield from _check_link(prose, link, pages)


def _check_image(prose: Prose, image: Image, images: frozenset[str]) -> Iterator[Problem]:
    if image.url not in images:
        yield IMAGE.problem(
            prose.source.place(image.offset),
            f"there is no image {shown(image.url)} beside the text",
            "put the file into the article's folder",
        )
    if not image.words.strip():
        place = prose.source.place(image.offset)
        yield IMAGE_ALT.problem(place, "an image without words", f"write ![what it shows]({image.url})")


def _check_link(prose: Prose, link: Link, pages: Pages) -> Iterator[Problem]:
    url = link.url
    if addresses.leads_out(url):
        return
    place = prose.source.place(link.offset)
    if url.lower().startswith(addresses.SCHEMES):
        yield BROKEN_LINK.problem(place, f"{shown(url)} is not a full address", "write it as https://example.org/page")
        return
    path, fragment = addresses.linked_file(prose.source.path, url)
    page = addresses.of_source(prose.source.path if url.startswith("#") else path)
    if page is None or page not in pages:
        yield BROKEN_LINK.problem(
            place, f"{shown(url)} leads nowhere", "write a full address, or the path of a file in sources/"
        )
        return
    anchors = pages[page]
    if anchors is None:
        yield BROKEN_LINK.problem(place, f"{shown(url)} is a check that is not published", "link to it once it is")
    elif fragment and fragment not in anchors:
        yield BROKEN_LINK.problem(
            place, f"there is no annotation {shown(fragment)} on that page", "delete what follows the #"
        )
