"""A publication at its address: what everything is made from that names full addresses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from build_scripts import addresses
from build_scripts.model import Library
from build_scripts.reading.schema import Publication
from build_scripts.rendering.catalogue import Catalogue, words_of
from build_scripts.rendering.index import Index


@dataclass(frozen=True, slots=True)
class Published:
    """``home``: the site's address, which ends with a slash."""

    index: Index
    home: str
    publication: Publication

    @property
    def library(self) -> Library:
        """The library of the index."""
        return self.index.library

    @property
    def words(self) -> Catalogue:
        """Our own words in the site's language."""
        return words_of(self.library)

    def address(self, uri: str, fragment: str = "") -> str:
        """The full address of the page ``uri``."""
        return addresses.full(self.home, uri, fragment)


def midnight(day: dt.date) -> str:
    """The instant at which a day begins, by UTC."""
    return f"{day.isoformat()}T00:00:00Z"
