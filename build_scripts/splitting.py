"""A site too large for one run of the renderer, cut by the years of its articles.

In: a site. Out: a site for each year, with what belongs to its articles alone, and one with everything that they share.
Rendered one by one and laid over each other they are the site that they were cut from, address by address: a link to a page
of another part says where that page is served, since only the pages of the same part can be named by their files.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from build_scripts import addresses
from build_scripts.site import Page, Site

SHARED = ""
"""The name of the part that holds what the articles share; the others are named by their years."""

_ID = "(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)"
_OF_ARTICLE = tuple(
    re.compile(pattern.format(_ID))
    for pattern in (
        r"articles/{}/",
        r"(?:embed|oembed|pictures)/quotes/{}/",
        r"pictures/articles/{}\.png$",
        r"data/annotations/{}\.jsonld$",
        r"data/text/{}\.txt$",
    )
)
_LINK = re.compile(r"\]\((?P<way>[^\s()#:?]+)(?=[)#?])")


def split(site: Site, written: Iterable[str] = ()) -> dict[str, Site]:
    """The parts by name, the shared one first; ``written``: the paths of hand-written files, which are shared."""
    pages: dict[str, list[Page]] = defaultdict(list)
    parts = {page.uri: _part(page.uri, site.years) for page in site.pages}
    parts |= {asset.uri: _part(asset.uri, site.years) for asset in site.assets}
    for page in site.pages:
        pages[parts[page.uri]].append(page)
    names = sorted({SHARED, *parts.values()})
    known = frozenset((*parts, *written))
    here = {name: frozenset(uri for uri, part in parts.items() if part == name) for name in names}
    return {
        name: replace(
            site,
            pages=tuple(_with_ways(page, here[name], known) for page in pages[name]),
            assets=tuple(asset for asset in site.assets if parts[asset.uri] == name),
        )
        for name in names
    }


def _part(uri: str, years: Mapping[str, str]) -> str:
    """The part that a file belongs to: its article's year, where it is one article's alone."""
    found = next(filter(None, (pattern.match(uri) for pattern in _OF_ARTICLE)), None)
    return years.get(found["id"], SHARED) if found else SHARED


def _with_ways(page: Page, here: Set[str], known: Set[str]) -> Page:
    """The page with links to other parts' files by the addresses at which these are served."""

    def served(link: re.Match[str]) -> str:
        uri = posixpath.normpath(posixpath.join(posixpath.dirname(page.uri), link["way"]))
        return link[0] if uri in here or uri not in known else f"]({addresses.served(page.uri, uri)}"

    return replace(page, content=_LINK.sub(served, page.text))
