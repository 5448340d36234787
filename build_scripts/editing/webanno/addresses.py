"""What addresses in somebody's annotation name: this article, another one, our entities and claims.

In: the sources, an article, the site's address. Out: ids. An address of a page counts as ours where it begins as the site's own
does, or as that of the text which the annotation is about: a copy of the site has other addresses than the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from build_scripts.reading.fields import ID_PATTERN
from build_scripts.reading.load import ArticleFiles, Sources

_ID = ID_PATTERN.strip("^$")
_ARTICLE = re.compile(
    rf"(?P<base>https?://\S+?/)(?:data/text/(?P<text>{_ID})\.txt|articles/(?P<page>{_ID})/(?:index\.html)?)"
)
_PAGE = re.compile(rf"(?P<base>https?://\S+?/)(?P<kind>entities|claims)/(?P<id>{_ID})/(?:index\.html)?")
_OWN = re.compile(
    rf"(?P<base>https?://\S+?/)(?:data/annotations/(?P<file>{_ID})\.jsonld#m-.+|articles/(?P<page>{_ID})/#(?P<name>[cq]-.+))"
)


class Addresses:
    """The addresses that an annotation of one article can name. ``taken``: further addresses of the article itself."""

    def __init__(self, sources: Sources, article: ArticleFiles, home: str, taken: Iterable[str] = ()) -> None:
        facts = article.facts.facts if article.facts else None
        self._names = {article.id, *(facts.formerly if facts else ())}
        self._others = {one.id for one in sources.articles} - self._names
        self._originals = {_plain(url) for url in (facts.url if facts else None, *taken) if url}
        self._home = _secure(home)
        self._ids: dict[str, Mapping[str, str]] = {
            "entities": _present((name, one.facts.formerly if one else ()) for name, one in sources.entities.items()),
            "claims": _present(
                (claim.id, claim.facts.facts.formerly if claim.facts else ()) for claim in sources.claims
            ),
        }
        self._same = {_plain(url): name for name, one in sources.entities.items() if one for url in one.facts.same_as}

    def refusal(self, source: str) -> str:
        """Why a target's source is not this article; empty where it is, or where the annotation names none."""
        page = _ARTICLE.fullmatch(_page(source))
        name = (page["text"] or page["page"]) if page else ""
        if not source or name in self._names or _plain(source) in self._originals:
            return ""
        if name in self._others:
            return f"it is about another article, {name}"
        return f"it is about {source}; if that is this article, add --source {source}"

    def base(self, source: str) -> str:
        """How the addresses of the site begin that a text or page belongs to; empty where that is none of ours."""
        page = _ARTICLE.fullmatch(_page(source))
        return page["base"] if page else ""

    def own(self, name: str, base: str) -> str | None:
        """For an annotation that the site itself made of this article: its id there, empty for a mention. Else None."""
        match = _OWN.fullmatch(_secure(name))
        if match is None or match["base"] != base or (match["file"] or match["page"]) not in self._names:
            return None
        return match["name"] or ""

    def thing(self, url: str, base: str) -> tuple[str, str] | None:
        """``entities`` or ``claims``, and the present id of what an address names."""
        page = _PAGE.fullmatch(_page(url))
        if page and page["base"] in (base, self._home):
            name = self._ids[page["kind"]].get(page["id"])
            return (page["kind"], name) if name else None
        same = self._same.get(_plain(url))
        return ("entities", same) if same else None


def _present(things: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Each id and each former one with the present one."""
    listed = [(name, tuple(former)) for name, former in things]
    return {old: name for name, former in listed for old in former} | {name: name for name, _former in listed}


def _plain(url: str) -> str:
    """An address without what makes no difference: its fragment, the scheme's s, Wikidata's two ways."""
    plain = _secure(url).partition("#")[0]
    return re.sub(r"^(https://www\.wikidata\.org/)wiki/", r"\1entity/", plain)


def _page(url: str) -> str:
    """The address of a page, which is the same whatever is asked of it."""
    return _plain(url).partition("?")[0]


def _secure(url: str) -> str:
    return re.sub(r"^http:", "https:", url)
