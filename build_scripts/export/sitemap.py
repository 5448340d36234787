"""Where search engines find the site's pages, and when each last changed.

In: the index, the site's address, the hand-written pages with their days. Out: the site map by sitemaps.org, whole and compressed,
and robots.txt that names it. A page is listed where it is found at its own address and has something to say: not what leads
on, nor what was taken back, nor what is not published. A day stands where the sources or their history name it. An article names
its translations and itself.
"""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from io import BytesIO

from build_scripts import addresses
from build_scripts.model import Article, Claim, Entity
from build_scripts.permanence import speakers
from build_scripts.reading.schema import ClaimState
from build_scripts.rendering.dates import annotated, changed, latest
from build_scripts.rendering.index import Index
from build_scripts.rendering.lists import Lists, lists_of
from build_scripts.site import Asset

MOST = 50_000
"""Addresses that one site map may have."""
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OF_LINKS = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'

Days = Mapping[str, dt.date | None]
"""When each page last changed, by its path below docs/."""
Row = tuple[str, dt.date | None, str]
"""A full address, when its page last changed, links to the page in other languages."""


def sitemap(index: Index, home: str, handwritten: Days, lists: Lists | None = None) -> Iterator[Asset]:
    """The files; none where ``home``, the site's address, is not known.

    ``handwritten``: the pages in docs/. ``lists``: those of the index, where they are at hand.
    """
    if not home:
        return
    listed = dict(handwritten) | dict(_made(index, lists or lists_of(index)))
    links = dict(_links(index, home))
    urls = sorted((addresses.full(home, uri), day, links.get(uri, "")) for uri, day in listed.items())
    parts = [urls[at : at + MOST] for at in range(0, len(urls), MOST)]
    if len(parts) > 1:
        for number, part in enumerate(parts, 1):
            yield Asset(f"sitemap-{number}.xml", content=_list("urlset", "url", part))
        parts = [[(f"{home}sitemap-{number}.xml", None, "") for number in range(1, len(parts) + 1)]]
        text = _list("sitemapindex", "sitemap", parts[0])
    else:
        text = _list("urlset", "url", urls)
    yield Asset("sitemap.xml", content=text)
    yield Asset("sitemap.xml.gz", content=_compressed(text))
    # In a folder for a second renderer this is the theme's template: what it would make of its own has no day, and drafts.
    yield Asset(".overrides/sitemap.xml", content=text)
    yield Asset("robots.txt", content=f"User-agent: *\nAllow: /\nSitemap: {home}sitemap.xml\n")


def _list(kind: str, item: str, rows: Sequence[Row]) -> str:
    lines = "".join(
        f"<{item}><loc>{escape(url)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}{links}</{item}>\n"
        for url, day, links in rows
    )
    more = _OF_LINKS if any(links for _url, _day, links in rows) else ""
    return f"{_HEAD}<{kind} {_NAMESPACE}{more}>\n{lines}</{kind}>\n"


def _links(index: Index, home: str) -> Iterator[tuple[str, str]]:
    """The articles in several languages, each with links to all of them; the original is for readers of other languages, too."""
    for name, group in index.translations.items():
        ways = [(item.facts.language, addresses.full(home, addresses.article(item.id))) for item in group]
        yield (
            addresses.article(name),
            "".join(
                f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(url)}"/>'
                for language, url in [*ways, ("x-default", ways[0][1])]
            ),
        )


def _compressed(text: str) -> bytes:
    """``text`` as a gzip file that names neither a time nor a file."""
    held = BytesIO()
    with gzip.GzipFile(filename="", fileobj=held, mode="wb", mtime=0) as file:
        file.write(text.encode())
    return held.getvalue()


def _made(index: Index, lists: Lists) -> Iterator[tuple[str, dt.date | None]]:
    """The pages made from the sources."""
    library = index.library
    articles = {article.id: annotated(article, library) for article in index.articles}
    claims = {claim.id: changed(claim) for claim in index.claims if claim.is_public}
    everything = latest([*articles.values(), *claims.values()])
    yield addresses.CLAIMS, latest(claims.values())
    yield addresses.CORRECTIONS, _corrected(index)
    for uri in (addresses.FRONT, addresses.ARTICLES, addresses.QUOTES, addresses.ENTITIES):
        yield uri, everything
    yield from ((uri, everything) for uri in (addresses.TIMELINE, addresses.MAP))
    yield from ((uri, None) for uri in lists.uris())
    for article in index.articles:
        yield from ((uri, articles[article.id]) for uri in _of_article(article, index))
    for claim in index.claims:
        if claim.id in claims and claim.facts.state is not ClaimState.WITHDRAWN:
            yield addresses.claim(claim.id), claims[claim.id]
    for entity in library.entities.values():
        yield addresses.entity(entity.id), _told(entity, index, articles, claims)
    for name in sorted(speakers(library)):
        yield addresses.speaker(name), latest(articles[article.id] for article, _quote in index.quotes.get(name, ()))


def _of_article(article: Article, index: Index) -> list[str]:
    """Its page, and those of its worksheet where it has one."""
    sheets = (addresses.worksheet, addresses.answers)
    has_sheets = index.library.public_appearances(article) or article.taken_out
    return [addresses.article(article.id), *(sheet(article.id) for sheet in sheets if has_sheets)]


def _told(entity: Entity, index: Index, articles: Days, claims: Days) -> dt.date | None:
    """The last change of an article that names or quotes an entity, or of a check by or about it."""
    places = (*index.mentions.get(entity.id, ()), *index.quotes.get(entity.id, ()))
    checks: list[Claim] = [*index.claims_by.get(entity.id, ()), *index.claims_about.get(entity.id, ())]
    days = [articles[article.id] for article, _what in places]
    return latest([*days, *(claims.get(claim.id) for claim in checks)])


def _corrected(index: Index) -> dt.date | None:
    corrections = (item.date for claim in index.claims if claim.is_public for item in claim.facts.corrections)
    withdrawn = (article.facts.withdrawn for article in index.library.withdrawn.values())
    return latest([*corrections, *(item.date for item in withdrawn if item)])
