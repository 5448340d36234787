"""Which records of the search stand in one index: all of them, or, where they are many, those of one time.

In: the records. Out: shards, the newest first, each with what a browser is told of it before it loads it. A record belongs to
its own day; one without, an entity say, to the last day on which an article named it, since who looks for it most likely read
of it then; what was never named comes last. A year that is too large is halved, and its halves, so that a record that is added
or changed touches one shard and moves no border. The order within and between shards is that of all records in one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from build_scripts.export.search import Record

BOUND = 2_000
"""Records that one index may hold: for its first answer a browser loads some 50 kB of one that is full."""
BOUND_WHILE_EDITING = 500
"""The same in a preview: after an edit one index is made anew, in a fifth of a second at most, not in one."""

_DAYS = 12 * 31
_NAMES = 1 << 16


@dataclass(frozen=True, slots=True)
class Shard:
    """Records that one index holds.

    ``name``: its folder, empty where there is no other; ``since``: its first day, empty where its records have none.
    """

    name: str
    since: str
    records: tuple[Record, ...] = field(repr=False)

    @property
    def languages(self) -> list[str]:
        """The languages of its records."""
        return sorted({record.language for record in self.records})


def shards(records: Sequence[Record], bound: int = BOUND) -> list[Shard]:
    """All ``records``, in shards of ``bound`` at most."""
    if len(records) <= bound:
        return [Shard("", "", tuple(records))]
    years: dict[str, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.date, reverse=True):
        years[_day(record)[:4]].append(record)
    found: list[Shard] = []
    for year in sorted(years, reverse=True):
        place = _place_in_year if year else _place_of_name
        placed = [(place(record), record) for record in years[year]]
        found += _cut(year or "undated", placed, (0, _DAYS if year else _NAMES), bound)
    return found


def _cut(name: str, placed: Sequence[tuple[int, Record]], within: tuple[int, int], bound: int) -> Iterator[Shard]:
    """The records, whose places are ``within``, in shards: the later places first."""
    start, end = within
    records = tuple(record for _place, record in placed)
    if len(records) <= bound:
        if records:
            yield Shard(name, _since(name, start), records)
    elif end - start > 1:
        middle = (start + end) // 2
        yield from _cut(f"{name}b", [one for one in placed if one[0] >= middle], (middle, end), bound)
        yield from _cut(f"{name}a", [one for one in placed if one[0] < middle], (start, middle), bound)
    else:  # all of one day
        for number, at in enumerate(range(0, len(records), bound)):
            yield Shard(f"{name}-{number}", _since(name, start), records[at : at + bound])


def _day(record: Record) -> str:
    return record.date or record.named


def _place_in_year(record: Record) -> int:
    """The day's number, as if each month had 31; a day that is not known is the first."""
    month, day = (*(int(part) for part in _day(record).split("-")[1:3]), 1, 1)[:2]
    return (month - 1) * 31 + day - 1


def _place_of_name(record: Record) -> int:
    return int.from_bytes(hashlib.blake2b(record.url.encode(), digest_size=2).digest(), "big")


def _since(name: str, place: int) -> str:
    """The first day of a shard of a year."""
    return f"{name[:4]}-{place // 31 + 1:02}-{place % 31 + 1:02}" if name[:4].isdecimal() else ""


def undated(records: Iterable[Record]) -> list[str]:
    """For each record without a date of its own, by what it is put in order, since no place between others says so."""
    return [record.url.rstrip("/") for record in records if not record.date]
