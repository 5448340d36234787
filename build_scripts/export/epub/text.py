"""An article's text as XHTML: what the weaver makes for pages, turned into HTML as there.

In: the article. Out: XHTML that stands in a book: names lead to the glossary, numbers to footnotes. Nothing leads where the
book has nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

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
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_IN_TAG = "(?=[^<>]*>)"
"""Behind an attribute: in words there is no bracket but as a reference."""
_ID = re.compile(f' id="([^"]*)"{_IN_TAG}')
_FOR_PAGES = re.compile(f' data-[an]="[^"]*"{_IN_TAG}')
_WITHIN = re.compile(f' href="#([^"]+)"{_IN_TAG}')
_NOTE = re.compile(r'<sup class="check"><a href="#[^"]*"')
_PICTURE = re.compile(r'<img alt="([^"]*)" src="(?:images/)?([^"]*)" />')
_REFERENCE = re.compile(r"&#(\d+);")


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
    return fitted(in_xml(as_html(markdown)), [f"check-{number}" for number in notes.values()])


def fitted(html: str, notes: Sequence[str]) -> Text:
    """The XHTML of a page's text as that of a book. ``notes``: the ids of the footnotes."""
    names = frozenset((*_ID.findall(html), *notes))
    html = _FOR_PAGES.sub("", html.replace("<!-- -->", ""))
    html, numbers = _NOTE.subn(r'\g<0> epub:type="noteref" role="doc-noteref"', html)
    html = _WITHIN.sub(lambda link: link[0] if unescape(link[1]) in names else "", html)
    html = _REFERENCE.sub(lambda sign: chr(int(sign[1])), html)
    images: dict[str, None] = {}
    html = _PICTURE.sub(lambda image: _picture(image, images), html)
    prefix = f' xmlns:epub="{_EPUB}"' if numbers else ""
    return Text(Markup(f'<div xmlns="{_XHTML}"{prefix}>{html}</div>'), tuple(images), names)  # noqa: S704 -- escaped by ``as_html``


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


def _picture(image: re.Match[str], images: dict[str, None]) -> str:
    """A picture in a book, noted in ``images``; of one that reading systems don't show, its description."""
    name = unescape(image[2])
    if f".{name.rpartition('.')[2].lower()}" in IMAGES:
        images[name] = None
        return image[0]
    words = image[1].replace("&quot;", '"')
    return f'<span class="picture">{words}</span>'
