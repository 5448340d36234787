"""The tables as texts: what each record gives to them is made once, and put together file by file.

In: the library, watched, and who does jobs. Out: how many rows each table has, and what its files hold. What one record gives is a
job, kept like any other. All of it together is never held: it waits in a file without a name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from itertools import accumulate

from build_scripts.cache import Cache, code_version, digest
from build_scripts.export.json_text import read
from build_scripts.export.tables.declared import Row, Rows, Table
from build_scripts.export.tables.rows import Whole, parts
from build_scripts.export.tables.schema import TABLES
from build_scripts.export.tables.sqlite import as_sqlite
from build_scripts.export.tables.text import csv_file, csv_lines, json_file, json_lines
from build_scripts.jobs import Job, Maker
from build_scripts.model import Library
from build_scripts.spool import Spool, Waiting

_TABLES = {table.name: table for table in TABLES}
_BLOCK = 1_000_000
"""Bytes that wait in memory until they are put aside together."""
_Lines = Mapping[str, tuple[int, bytes, bytes]]
"""What a record gives to tables, by their names: how many rows, and these as CSV and JSON."""


class Tables:
    """The tables of ``library``. ``home``: the site's address, which ends with a slash; empty where it is not known."""

    def __init__(self, library: Library, home: str, maker: Maker, cache: Cache | None = None) -> None:
        self._whole, self._maker, self._cache = Whole(library, home), maker, cache

    @cached_property
    def key(self) -> bytes:
        """What tells these tables from others: everything that the library holds."""
        return digest(code_version(), self._whole.library.whole_digest, self._whole.home)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many rows each table has."""
        return self._cache.kept("sizes of tables", self.key, self._counted) if self._cache else self._counted()

    def csv(self, table: Table) -> bytes:
        """A table as CSV."""
        return csv_file(table, self._texts.of(table.name, "csv"))

    def json(self, table: Table) -> bytes:
        """A table as JSON."""
        return json_file(self._texts.of(table.name, "json"))

    def database(self) -> bytes:
        """All tables as an SQLite file. Raises sqlite3.IntegrityError where rows contradict the declaration."""
        return as_sqlite({table.name: self._rows(table) for table in TABLES})

    def _counted(self) -> Mapping[str, int]:
        return {table.name: self._texts.sizes[table.name] for table in TABLES}

    @cached_property
    def _texts(self) -> _Texts:
        jobs = [Job(f"tables: {name}", partial(_lines, make)) for name, make in parts(self._whole)]
        texts = _Texts()
        for found in self._maker.all(jobs):
            texts.add(found)
        return texts

    def _rows(self, table: Table) -> Iterator[Row]:
        for piece in self._texts.of(table.name, "json"):
            yield from read(b"[%b]" % piece)


class _Texts:
    """Pieces of texts that are put together later."""

    def __init__(self) -> None:
        self.sizes: Counter[str] = Counter()
        self._spool = Spool()
        self._blocks: dict[tuple[str, str], list[tuple[Waiting, list[int]]]] = defaultdict(list)
        self._latest: dict[tuple[str, str], list[bytes]] = defaultdict(list)
        self._waiting = 0

    def add(self, found: _Lines) -> None:
        """The next record's."""
        for name, (number, as_csv, as_json) in found.items():
            self.sizes[name] += number
            self._latest[name, "csv"].append(as_csv)
            self._latest[name, "json"].append(as_json)
            self._waiting += len(as_csv) + len(as_json)
        if self._waiting > _BLOCK:
            self._put()

    def of(self, name: str, ending: str) -> Iterator[bytes]:
        """What was added for a file, in its order."""
        self._put()
        for block, sizes in self._blocks[name, ending]:
            data = block.data
            ends = accumulate(sizes)
            yield from (data[end - size : end] for size, end in zip(sizes, ends, strict=True))

    def _put(self) -> None:
        for of, pieces in self._latest.items():
            self._blocks[of].append((self._spool.put(b"".join(pieces)), [*map(len, pieces)]))
        self._latest.clear()
        self._waiting = 0


def _lines(make: Callable[[], Rows]) -> _Lines:
    return {
        name: (len(rows), csv_lines(_TABLES[name], rows), json_lines(_TABLES[name], rows))
        for name, rows in make().items()
        if rows
    }
