"""A feed and its entries, whatever the format.

In: what is said, whose it is, its day. Out: values, and the names and stamps by which feed readers tell entries apart.

Sources name days, and an entry's ``updated`` names an instant; entries of one day shall not share one. So it lies in the day's
first second, by a fraction that follows from the entry's id: it never changes, and means nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from build_scripts.cache import Cache
from build_scripts.export.published import Published, midnight

LATEST = 50
"""Entries of a feed at most: feed readers keep what they have seen, and the whole stands in the lists for download."""
SINCE = "2026"
"""From when on a host names the entries of its feeds, unless `tag_uri` says otherwise."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML refuses, and controls that nobody sees."""


@dataclass(frozen=True, slots=True)
class Here(Published):
    """What every feed is made from. ``cache``: has the texts of articles that were made before."""

    cache: Cache | None = None

    def name(self, way: str) -> str:
        """The id of an entry or a feed: a tag URI, which stays when the site moves if `tag_uri` says what it was."""
        return f"{self._tag}{way}"

    @property
    def rights(self) -> str:
        """Whose our own words are, and the licence that they are under."""
        return f"© {self.publication.name}, {self.publication.licence}"

    @property
    def since(self) -> dt.date:
        """The day that ids name; what has no entry yet has not changed since."""
        day = self._tag.split(",")[1].partition(":")[0]
        return dt.date.fromisoformat(f"{day}-01-01"[:10])

    @property
    def _tag(self) -> str:
        site = urlsplit(self.home)
        path = quote(site.path.strip("/"), safe="/%")
        return self.publication.tag_uri or f"tag:{site.hostname},{SINCE}:{path and f'{path}/'}"


@dataclass(frozen=True, slots=True)
class Category:
    """A keyword: an id in a list of such, at an address, and its words."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a feed.

    ``day``: when it last changed. ``published``: when it was first there, where a file says so. ``html``: all of it, with full addresses only. ``language``: of title and summary.
    ``original``: where it comes from, if from elsewhere. ``licence``: an address.
    """

    id: str
    title: str
    url: str
    day: dt.date
    published: dt.date | None
    summary: str
    html: str
    language: str
    authors: tuple[str, ...]
    rights: str
    licence: str | None = None
    original: str | None = None
    categories: tuple[Category, ...] = ()

    @property
    def updated(self) -> str:
        """The instant by which feed readers see that it changed."""
        fraction = int.from_bytes(hashlib.sha256(self.id.encode()).digest()[:8]) % 1_000_000
        return f"{self.day.isoformat()}T00:00:00.{fraction:06}Z"


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of entries, the newest first. ``way``: what its addresses have in common; ``page``: the page with the same in HTML.

    ``asof``: the last day of which anything in the publication tells.
    """

    way: str
    id: str
    title: str
    subtitle: str
    page: str
    asof: dt.date
    entries: tuple[Entry, ...] = field(default=(), repr=False)

    @property
    def updated(self) -> str:
        """The last change of an entry; of an empty feed the day as of which there is none."""
        return max((entry.updated for entry in self.entries), default=midnight(self.asof))


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The latest entries, the newest first; those of one day by id."""
    by_id = sorted(entries, key=lambda entry: entry.id)
    return tuple(sorted(by_id, key=lambda entry: entry.day, reverse=True)[:LATEST])


def harmless(text: str) -> str:
    """``text`` without what XML refuses; checked sources hold none of it."""
    return _FORBIDDEN.sub("", text)
