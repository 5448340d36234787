"""An article as a book: its text, its checks as footnotes, its names as a glossary.

In: the index, an article, the site's address. Out: the bytes of an EPUB 3 file; the same sources give the same bytes. All dates
are those of the sources.
"""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from build_scripts import addresses
from build_scripts.cache import digest
from build_scripts.export.archive import zipped
from build_scripts.export.epub.text import IMAGES, Text, in_book, in_xml
from build_scripts.export.previews import site_name
from build_scripts.export.templates import fill
from build_scripts.model import Article, Claim
from build_scripts.rendering.articles import checks_of
from build_scripts.rendering.catalogue import Said
from build_scripts.rendering.context import STATES, Context, Shared, direction
from build_scripts.rendering.dates import changed
from build_scripts.rendering.escape import address
from build_scripts.rendering.kinds import grouped
from build_scripts.site import Asset

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True)
class Picture:
    """A picture in a book. ``id``: its name in the list of the book's files."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True)
class Book:
    """A book that is made when it is asked for. ``home``: the site's address, which ends with a slash; or empty."""

    article: Article
    shared: Shared
    root: Path
    home: str

    @property
    def told_by(self) -> object:
        """What it is made from; of its pictures, as they are."""
        folder = self.root / "sources" / "articles" / self.article.id
        files = (folder / name for name in self.article.files.images)
        images = [digest(path.read_bytes()) if path.is_file() else b"" for path in files]
        return self.article, self.shared, self.home, images, os.environ.get("SOURCE_DATE_EPOCH")

    def __call__(self) -> bytes:
        """The EPUB. Raises OSError."""
        return _made(self.article, self.shared, self.root, self.home)


def books(shared: Shared, root: Path, home: str) -> Iterator[Asset]:
    """A book of each article that has one."""
    for article in filter(shared.index.library.has_book, shared.index.articles):
        yield Asset(addresses.book(article.id), content=Book(article, shared, root, home))


def _made(article: Article, shared: Shared, root: Path, home: str) -> bytes:
    here = Context(addresses.article(article.id), shared)
    checks = checks_of(article, here)
    text = in_book(article, here, checks, home)
    pictures = [
        Picture(f"picture-{number}", name, IMAGES[f".{name.rpartition('.')[2].lower()}"])
        for number, name in enumerate(text.images, 1)
    ]
    groups = grouped(here.named(article), lambda row: row[0], here.words)
    values = _facts(article, here, text, home) | {"checks": checks, "groups": groups, "pictures": pictures}
    return zipped(_files(article, values, pictures, root))


def _files(
    article: Article, values: dict[str, Any], pictures: list[Picture], root: Path
) -> Iterator[tuple[str, bytes]]:
    """The files of a book; the first says what kind of archive it is."""
    yield "mimetype", b"application/epub+zip"
    yield "META-INF/container.xml", _CONTAINER.encode()
    names = ["package.opf", "nav.xhtml", "cover.xhtml", "article.xhtml"]
    names += ["quotes.xhtml"] if article.quotes else []
    names += ["glossary.xhtml"] if values["groups"] else []
    for name in [*names, "about.xhtml", "book.css"]:
        filled = fill(f"epub/{name}.j2", **values)
        yield f"EPUB/{name}", in_xml(filled).encode()
    for picture in pictures:
        path = root / "sources" / "articles" / article.id / picture.name
        yield f"EPUB/images/{picture.name}", path.read_bytes()


def _facts(article: Article, here: Context, text: Text, home: str) -> dict[str, Any]:
    """What all templates share."""
    library, language = here.index.library, article.facts.language
    page = addresses.full(home, addresses.article(article.id)) if home else ""
    return {
        "article": article,
        "text": text,
        "here": here,
        "say": here.words.say,
        "say_count": here.words.say_count,
        "day": here.words.day,
        "site": site_name(library),
        "home": home,
        "page": page,
        "claim_page": lambda claim: addresses.full(home, addresses.claim(claim.id)),
        "identifier": page or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'newsgloss:{article.id}')}",
        "language": language,
        "dir": direction(language),
        "ours": here.words.language,
        "our_dir": here.words.direction,
        "modified": f"{max(_dates(article, here))}T00:00:00Z",
        "licence": library.publication.facts.licence if library.publication else "",
        "verdict": partial(_verdict, here),
        "words_of": lambda quote: " … ".join(
            " ".join(article.prose.text[span.start : span.end].split()) for span in quote.spans
        ),
        "href": lambda url: Markup(address(url) or ""),  # noqa: S704 -- escaped there
        "named": frozenset(one.entity for one in article.mentions if one.entity in library.entities),
        "speaker_of": library.speaker_of,
        "site_of": addresses.site_name,
    }


def _verdict(here: Context, claim: Claim) -> str | Said:
    """The verdict's words, if only as a proposal, or the state of a check that shows none."""
    if not claim.tells_finding:
        return here.words.say(STATES[claim.shown_state])
    label = here.index.library.verdict_of(claim)
    return here.words.say("Proposed: {verdict}", verdict=label) if claim.is_proposed else label


def _dates(article: Article, here: Context) -> Iterator[dt.date]:
    """Every day on which something changed that stands in the book."""
    facts, library = article.facts, here.index.library
    yield from (day for day in (facts.published, facts.updated) if day)
    yield from (page.accessed for page in facts.sources)
    days = (changed(library.claims[found.claim]) for found in library.shown_appearances(article))
    yield from (day for day in days if day)
