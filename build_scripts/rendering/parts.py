"""Long lists in parts that stay: the list's own page shows the newest, and leads to what is older by its years.

In: rows in the order of their dates or names. Out: the rows of the list's own page, and groups of parts with pages of their own.
Up to MOST rows stand on the list's page, and there is no part. Beyond that each year, or letter, is cut into parts of SIZE rows,
counted from its oldest, or first, row. So a new row changes the newest part only, and one in between only what comes after it in
its year or letter; no address goes while rows are added. Each row stands on one page, and no page holds more than MOST.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Generic, TypeVar

MOST = 200
"""Rows on a page, at most."""
SIZE = 100
"""Rows of a part: what a list's own page shows is between SIZE and MOST."""
UNDATED = "undated"
OTHER = "other"
"""The group of names that begin with no Latin letter."""
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """Rows on a page of their own, in the list's order. ``number``: its place in its group; ``is_whole``: whether it is all of it.

    ``ends``: the date or name with which it begins, and that with which it ends.
    """

    uri: str
    number: int
    rows: tuple[Row, ...]
    ends: tuple[str, str]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Group(Generic[Row]):
    """A year, or a letter, with those of its parts that have a page, in the list's order."""

    name: str
    folder: str
    parts: tuple[Part[Row], ...]
    is_year: bool

    @property
    def uri(self) -> str:
        """The page to go to: its only part, else the one that leads to its parts."""
        return f"{self.folder}/index.md" if self.is_contents else self.parts[0].uri

    @property
    def number(self) -> int:
        """How many rows it leads to."""
        return sum(len(part.rows) for part in self.parts)

    @property
    def is_contents(self) -> bool:
        """Whether it has a page that leads to its parts."""
        return len(self.parts) > 1


@dataclass(frozen=True, slots=True)
class Parts(Generic[Row]):
    """A list: the rows on its own page, and the groups of all others, in the list's order."""

    first: tuple[Row, ...]
    groups: tuple[Group[Row], ...] = ()

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.first) + sum(group.number for group in self.groups)

    @property
    def told_by(self) -> object:
        """What the list's own page shows."""
        return self.first, [(group.name, group.uri, group.number) for group in self.groups]

    def uris(self) -> Iterator[str]:
        """The pages beside the list's own."""
        for group in self.groups:
            if group.is_contents:
                yield group.uri
            yield from (part.uri for part in group.parts)


def fits(number: int) -> bool:
    """Whether so many rows stand on one page."""
    return number <= MOST


def by_year(rows: Sequence[Row], date_of: Callable[[Row], str], folder: str, *, is_rising: bool = False) -> Parts[Row]:
    """``rows``, the newest first or, if they are ``is_rising``, last, by the year in which their dates begin.

    ``folder``: below it are the addresses; no id of anything is one of them.
    """
    if fits(len(rows)):
        return Parts(tuple(rows))
    rising = rows if is_rising else rows[::-1]
    years = [
        _cut(year, list(group), date_of, folder, is_year=True)
        for year, group in groupby(rising, key=lambda row: date_of(row)[:4] or UNDATED)
    ]
    kept = _newest([part for year in years for part in year.parts])
    first, uris = [row for part in kept for row in part.rows], {part.uri for part in kept}
    left = [replace(year, parts=tuple(part for part in year.parts if part.uri not in uris)) for year in years]
    found = Parts(tuple(first), tuple(year for year in left if year.parts))
    return found if is_rising else _turned(found)


def by_letter(rows: Sequence[Row], name_of: Callable[[Row], str], folder: str) -> Parts[Row]:
    """``rows``, which are in the order of their names, by the letter with which these begin; none on the list's own page."""
    sorted_rows = sorted(rows, key=lambda row: _rank(letter(name_of(row))))
    groups = groupby(sorted_rows, key=lambda row: letter(name_of(row)))
    return Parts((), tuple(_cut(name, list(group), name_of, folder, is_year=False) for name, group in groups))


def letter(name: str) -> str:
    """The Latin letter, without its accents, with which ``name`` begins; OTHER where it begins with none."""
    first = next((sign for sign in unicodedata.normalize("NFKD", name).casefold() if sign.isalnum()), "")
    return first if first in _LETTERS else OTHER


def _rank(name: str) -> tuple[bool, str]:
    return name == OTHER, name


def _cut(name: str, rows: list[Row], key_of: Callable[[Row], str], folder: str, *, is_year: bool) -> Group[Row]:
    """A group's parts, which count from its first row."""
    cuts = [tuple(rows[at : at + SIZE]) for at in range(0, len(rows), SIZE)]
    parts = [
        # By its number also where it is all there is: this address stays when the group grows.
        Part(f"{folder}/{name}/{number}.md", number, cut, (key_of(cut[0]), key_of(cut[-1])), len(cuts) == 1)
        for number, cut in enumerate(cuts, 1)
    ]
    return Group(name, f"{folder}/{name}", tuple(parts), is_year)


def _newest(parts: list[Part[Row]]) -> list[Part[Row]]:
    """As many of the last of ``parts``, which are in the order of dates, as fit on a page."""
    start, rows = len(parts), 0
    while start and fits(rows + len(parts[start - 1].rows)):
        start -= 1
        rows += len(parts[start].rows)
    return parts[start:]


def _turned(parts: Parts[Row]) -> Parts[Row]:
    """The same from its end to its beginning."""
    groups = [
        replace(group, parts=tuple(replace(part, rows=part.rows[::-1]) for part in group.parts[::-1]))
        for group in parts.groups[::-1]
    ]
    return Parts(parts.first[::-1], tuple(groups))
