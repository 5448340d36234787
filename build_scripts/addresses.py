"""The addresses of pages: a promise to everybody who links here.

In: ids, or a path under sources/. Out: addresses of pages as paths of Markdown files below docs/, and ways between them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

FRONT = "index.md"
ARTICLES = "articles/index.md"
CLAIMS = "claims/index.md"
ENTITIES = "entities/index.md"
QUOTES = "quotes/index.md"
CORRECTIONS = "corrections.md"
TIMELINE = "timeline.md"
MAP = "map.md"
LISTS = "lists"
"""The folder of the parts of long lists."""
ABOUT = "about.md"
METHODOLOGY = "methodology.md"
EDITING = "editing.md"
ANNOTATIONS = "data/annotations.jsonld"
"""All annotations of the site, for programs."""

SCHEMES = ("http:", "https:", "mailto:")
"""What a link may lead out by; everything else is a path."""

_SITES = {
    "d-nb.info": "GND",
    "geonames.org": "GeoNames",
    "isni.org": "ISNI",
    "orcid.org": "ORCID",
    "viaf.org": "VIAF",
    "wikidata.org": "Wikidata",
    "wikipedia.org": "Wikipedia",
}

_SOURCES = (
    (re.compile(r"sources/articles/([^/]+)/(?:article\.md|annotations\.yml)"), "articles/{}/index.md"),
    (re.compile(r"sources/claims/([^/]+)\.md"), "claims/{}.md"),
    (re.compile(r"sources/entities/([^/]+)\.yml"), "entities/{}.md"),
)


def article(name: str) -> str:
    """The page of an article."""
    return f"articles/{name}/index.md"


def worksheet(name: str) -> str:
    """The page of an article's claims as tasks."""
    return f"articles/{name}/worksheet.md"


def answers(name: str) -> str:
    """The page of the answers to an article's worksheet."""
    return f"articles/{name}/answers.md"


def claim(name: str) -> str:
    """The page of a claim."""
    return f"claims/{name}.md"


def speaker(name: str) -> str:
    """The page of what an entity said."""
    return f"quotes/{name}.md"


def entity(name: str) -> str:
    """The page of an entity."""
    return f"entities/{name}.md"


def below(uri: str, name: str) -> str:
    """The folder for the parts of a list on the page ``uri``; the page itself is served as the folder above it."""
    return f"{_folder(uri)}/{name}"


def shared_claim(name: str) -> str:
    """What the addresses of a claim's picture, frame and description for programs have in common."""
    return f"claims/{name}"


def shared_quote(article: str, name: str) -> str:
    """The same of a quotation; ``name`` is its id in the article's file, without the ``q-`` of its permalink."""
    return f"quotes/{article}/{name}"


def shared_article(name: str) -> str:
    """The same of an article, which has a picture only."""
    return f"articles/{name}"


def embed(shared: str) -> str:
    """The small page that other sites show in a frame."""
    return f"embed/{shared}/index.html"


def oembed(shared: str) -> str:
    """What programs read to show that page, as oEmbed."""
    return f"oembed/{shared}.json"


def picture(shared: str) -> str:
    """The picture that stands beside a shared link."""
    return f"pictures/{shared}.png"


def feed(name: str) -> str:
    """What the addresses of a feed have in common; ``name``: articles, claims, corrections."""
    return f"feeds/{name}"


def claim_feed(name: str) -> str:
    """The same of the feed of one claim's changes."""
    return f"feeds/claims/{name}"


def annotation_page(name: str) -> str:
    """The annotations of an article, for programs."""
    return f"data/annotations/{name}.jsonld"


def plain_text(name: str) -> str:
    """The text of an article in which its annotations count."""
    return f"data/text/{name}.txt"


def book(name: str) -> str:
    """An article as an EPUB, beside its page."""
    return f"articles/{name}/{name}.epub"


def relative(start: str, end: str, fragment: str = "") -> str:
    """The way from the page ``start`` to the page ``end``; just the fragment where they are the same."""
    if start == end and fragment:
        return f"#{fragment}"
    folder, _slash, name = end.rpartition("/")
    way = _between(start.rpartition("/")[0], folder) + name
    return f"{way}#{fragment}" if fragment else way


def served(start: str, end: str) -> str:
    """The way from the page ``start`` to ``end``, a page or another file, as they are served: where Markdown names files."""
    if not end.endswith((".md", "index.html")):
        return _way(_folder(start), end)
    return _way(_folder(start), _folder(end)) + "/"


@lru_cache(maxsize=1024)
def _between(start: str, end: str) -> str:
    """The way between two folders, with a slash at its end: a page leads to many pages of a folder."""
    way = _way(start, end)
    return "" if way == "." else f"{way}/"


def _way(folder: str, end: str) -> str:
    """The same as ``posixpath.relpath``, for paths of the site, which hold no dots."""
    here, there = ([] if path in {"", "."} else path.split("/") for path in (folder, end))
    shared = 0
    for ours, theirs in zip(here, there, strict=False):
        if ours != theirs:
            break
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:]) or "."


def full(home: str, uri: str, fragment: str = "") -> str:
    """The full address of the page ``uri`` on the site at ``home``, which ends with a slash."""
    folder = _folder(uri)
    address = home if folder == "." else f"{home}{folder}/"
    return f"{address}#{fragment}" if fragment else address


def _folder(uri: str) -> str:
    """The folder in which the page ``uri`` is served: ``claims/x`` for claims/x.md."""
    way = uri.removesuffix(".md").removesuffix(".html")
    folder, _slash, name = way.rpartition("/")
    return folder or "." if name == "index" else way


def of_source(path: str) -> str | None:
    """The page that is made from the file ``path``, a path from the root; None for other files."""
    for pattern, page in _SOURCES:
        match = pattern.fullmatch(path)
        if match:
            return page.format(match[1])
    return None


def site_name(url: str) -> str:
    """What people call the site that a full address of the web leads to: a known name, else its host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return next((name for known, name in _SITES.items() if host == known or host.endswith(f".{known}")), host)


def leads_out(url: str) -> bool:
    """Whether ``url`` is a full address of the web or of a mailbox."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme != "mailto" else parts.path
    except ValueError:
        return False
    return f"{parts.scheme.lower()}:" in SCHEMES and bool(host)


def ways_from(
    source: str,
    to: Callable[[str, str], str | None],
    images: Mapping[str, str] = MappingProxyType({}),
    here: str = "",
) -> Callable[[str], str | None]:
    """How addresses in the text of the file ``source`` lead on from where it is shown; None: nowhere.

    ``to``: the way to a page and a place on it. ``images``: the ways to pictures, by their paths from the root. ``here``: what
    goes before a mere place on the page.
    """

    def find(url: str) -> str | None:
        if url.startswith("#"):
            return here + url
        if leads_out(url):
            return url
        path, fragment = linked_file(source, url)
        if path in images:
            return images[path]
        page = of_source(path)
        return to(page, fragment) if page else None

    return find


def linked_file(source: str, url: str) -> tuple[str, str]:
    """The file, as a path from the root, and the fragment that a relative ``url`` in the file ``source`` leads to."""
    path, _hash, fragment = url.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path))), fragment
