"""An article's text as XHTML: what the weaver makes for pages, turned into HTML as there.

In: the article. Out: XHTML that stands in a book: names lead to the glossary, numbers to footnotes. Nothing leads where the
book has nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from markupsafe import Markup

from build_scripts import addresses
from build_scripts.export.html import as_html
from build_scripts.model import Article
from build_scripts.rendering.articles import Check
from build_scripts.rendering.context import Context
from build_scripts.rendering.weave import Layer, weave

GLOSSARY = "glossary.xhtml"
IMAGES = {".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png"}
"""What every reading system shows; of other pictures a book has the description."""

_EPUB = "http://www.idpf.org/2007/ops"
_XHTML = "http://www.w3.org/1999/xhtml"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("", _XHTML)
ET.register_namespace("epub", _EPUB)


@dataclass(frozen=True)
class Text:
    """A text in a book. ``images``: the names of the pictures that it shows; ``names``: the ids that stand in it."""

    html: Markup = field(repr=False)
    images: tuple[str, ...]
    names: frozenset[str] = field(repr=False)


def in_xml(text: str) -> str:
    """``text`` without signs that XML has no way to say; a mark stands for each."""
    return _NOT_XML.sub("\ufffd", text)


def in_book(article: Article, here: Context, checks: Sequence[Check], home: str) -> Text:
    """The text of an article. ``home``: the site's address, where links within it lead; or empty."""
    folder = article.path.rpartition("/")[0]
    images = {f"{folder}/{name}": f"images/{name}" for name in article.files.images}
    notes = {check.claim.id: check.number for check in checks}
    target = addresses.ways_from(
        article.path, lambda page, at: addresses.full(home, page, at) if home else None, images
    )
    markdown = weave(article.prose, _layers(article, here, notes), target=target, top=2)
    root = ET.fromstring(f'<div xmlns="{_XHTML}" xmlns:epub="{_EPUB}">{in_xml(as_html(markdown))}</div>')  # noqa: S314 -- of our own making, without entities
    names = frozenset(element.get("id", "") for element in root.iter()) | {
        f"check-{number}" for number in notes.values()
    }
    shown = [_shown(element, names) for element in list(root.iter())]
    body = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return Text(Markup(body), tuple(dict.fromkeys(name for name in shown if name)), names)  # noqa: S704 -- ElementTree escapes


def _layers(article: Article, here: Context, notes: Mapping[str, int]) -> Iterator[Layer]:
    for mention in article.mentions:
        if mention.entity in here.index.library.entities:
            yield Layer(mention.id, "mention", (mention.span,), url=f"{GLOSSARY}#entity-{mention.entity}")
    for quote in article.quotes:
        yield Layer(quote.id, "quote", quote.spans)
    for appearance in here.index.library.shown_appearances(article):
        number = notes[appearance.claim]
        reference = f'<sup class="check">[{number}](#check-{number})</sup>'
        yield Layer(appearance.id, "claim", (appearance.span,), reference=reference)


def _shown(element: ET.Element, names: frozenset[str]) -> str:
    """Make an element one of a book; the name of the picture that it shows, else nothing."""
    for name in ("data-a", "data-n"):
        element.attrib.pop(name, None)
    tag = element.tag.removeprefix(f"{{{_XHTML}}}")
    if tag == "sup":
        for link in element:
            link.set(f"{{{_EPUB}}}type", "noteref")
            link.set("role", "doc-noteref")
    address = element.get("href", "")
    if address.startswith("#") and address[1:] not in names:
        del element.attrib["href"]
    return _picture(element) if tag == "img" else ""


def _picture(element: ET.Element) -> str:
    name = element.get("src", "").removeprefix("images/")
    if f".{name.rpartition('.')[2].lower()}" in IMAGES:
        return name
    element.tag, element.text = f"{{{_XHTML}}}span", element.get("alt", "")
    element.attrib.clear()
    element.set("class", "picture")
    return ""
