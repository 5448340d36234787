"""Originals for whoever holds them: the site with the report's own words in place of the digest, annotated from the lock.

In: a root where original.txt lies beside a lock. Out: pages, each marked as private, for a folder outside the site's. What is
locked of a quotation or claim is where it stands, so that its words need not be looked for. Nothing here is ever published: a
built site with a page of it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from markupsafe import escape as as_html

from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.names import NameFinder
from build_scripts.annotate import numbered
from build_scripts.model import Appearance, Article, Library, Quote
from build_scripts.originals.copies import held_original
from build_scripts.originals.profile import Original
from build_scripts.pipeline import build
from build_scripts.reading.prose import read_prose
from build_scripts.rendering.catalogue import Catalogue, words_of
from build_scripts.rendering.escape import escape
from build_scripts.site import PRIVATE, Page, Site
from build_scripts.source import Source

_FRONT = re.compile(r"---\n(?P<facts>.*?)---\n", re.DOTALL)


class NotHeldError(Exception):
    """There is no original to show; the message says of what."""


def private_site(root: Path, wanted: str | None = None) -> Site:
    """The site for whoever holds originals: of all articles, or of one. Raises NotHeldError, IndexingError."""
    words: list[Catalogue] = []

    def alter(library: Library) -> Library:
        words.append(words_of(library))
        return with_originals(library, wanted)

    site = build(root, is_preview=True, alter=alter)
    pages = {page.uri: page for page in (*_handwritten(root), *site.pages)}
    marked = tuple(_marked(page, words[0]) for page in pages.values())
    return replace(site, pages=marked, assets=tuple(asset for asset in site.assets if not asset.is_costly))


def with_originals(library: Library, wanted: str | None = None) -> Library:
    """The library with originals in place of their digests. Raises NotHeldError where there is none, or not the one wanted."""
    found = {
        article.id: _annotated(article, original, library)
        for article in library.articles.values()
        if wanted in (None, article.id) and (original := held_original(article))
    }
    if not found:
        raise NotHeldError(
            f"no locked original of {wanted or 'any article'} is here: `newsgloss attach ARTICLE-ID FILE`"
        )
    return replace(library, articles={**library.articles, **found})


def _annotated(article: Article, original: Original, library: Library) -> Article:
    """The original's text with the digest's annotations where the lock has them; what it does not locate is left out."""
    prose, _problems = read_prose(Source(article.path, _markdown(original)))
    if prose.text != original.text.rstrip("\n"):
        raise NotHeldError(f"the original of {article.id} can't be shown as it is")
    finder = NameFinder({one.id: (one.facts.name, *one.facts.aliases) for one in library.entities.values()})
    names = [(match.span, match.entities[0]) for match in finder.find(prose, []) if len(match.entities) == 1]
    rights = article.facts.rights.model_copy(
        update={"text": "open", "licence": str(words_of(library).say("not to be republished"))}
    )
    facts = article.facts.model_copy(update={"rights": rights, "author": None})
    spans = _located(article)
    return replace(
        article,
        loaded=replace(article.loaded, facts=facts),
        prose=prose,
        mentions=numbered(names),
        quotes=tuple(sorted(_quotes(article, spans), key=lambda quote: (quote.spans, quote.id))),
        appearances=tuple(sorted(_appearances(article, spans), key=lambda one: (one.span, one.id))),
    )


def _markdown(original: Original) -> str:
    """The text as Markdown of which its words are read again, each block a paragraph."""
    return "\n\n".join(escape(block.text) for block in original.blocks) + "\n"


def _located(article: Article) -> dict[str, tuple[Span, ...]]:
    items = article.files.lock.facts.items if article.files.lock else ()
    return {item.item: tuple(Span(one.start, one.end) for one in item.passages) for item in items if item.passages}


def _quotes(article: Article, spans: dict[str, tuple[Span, ...]]) -> Iterator[Quote]:
    for quote in article.quotes:
        if quote.id in spans:
            yield replace(quote, spans=spans[quote.id])


def _appearances(article: Article, spans: dict[str, tuple[Span, ...]]) -> Iterator[Appearance]:
    for found in article.appearances:
        if found.id in spans:
            yield replace(found, span=spans[found.id][0])


def _handwritten(root: Path) -> Iterator[Page]:
    for path in sorted((root / "docs").glob("*.md")):
        yield Page(path.name, path.read_text(encoding="utf-8"), f"docs/{path.name}")


def _marked(page: Page, words: Catalogue) -> Page:
    """A page that says on top that it is private, and that no search engine takes."""
    said = words.say(
        "Private: this site shows reports that may not be republished, to whoever holds a lawful copy. Do not publish it."
    )
    note = f'<div class="problems {PRIVATE}" role="note"><p>{as_html(str(said))}</p></div>'
    front = _FRONT.match(page.text)
    facts = front["facts"] if front else ""
    kept = "".join(f"{line}\n" for line in facts.splitlines() if not line.startswith("noindex:"))
    body = page.text[front.end() :] if front else page.text
    return replace(page, content=f"---\n{kept}noindex: true\n---\n\n{note}\n\n{body.lstrip()}")
