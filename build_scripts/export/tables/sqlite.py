"""Rows as one SQLite file: tables with keys, indexes, views, full-text indexes.

In: rows. Out: the file's bytes, the same for the same rows by the same version of SQLite. Where a file says which version wrote it,
and how often, it says the same.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from operator import itemgetter
from pathlib import Path

from build_scripts.export.tables.declared import Column, Link, Row, Table, View
from build_scripts.export.tables.schema import TABLES
from build_scripts.export.tables.views import VIEWS

APPLICATION = int.from_bytes(b"NwGl")
"""What tells the file apart from other SQLite files."""
VERSION = 1
"""Of the tables: raised when a column is renamed or removed."""

_FIXED = {24: bytes(4), 92: bytes(4), 96: (3_040_000).to_bytes(4)}
"""What the header says, by its places, of how often and by which version of SQLite the file was written. No reader depends on it."""
_TOKENS = "unicode61 remove_diacritics 2"


def as_sqlite(rows: Mapping[str, Iterable[Row]]) -> bytes:
    """The file; it is made on the disk, since in memory it would be there several times.

    Raises sqlite3.IntegrityError where rows contradict the declaration, OSError where the disk has no room.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tables.sqlite")
        try:
            _write(path, rows)
        except sqlite3.OperationalError as error:
            raise OSError(f"the tables can't be written as an SQLite file: {error}") from error
        return path.read_bytes()


def _write(path: Path, rows: Mapping[str, Iterable[Row]]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in _before():
            database.execute(statement)
        database.execute("BEGIN")
        # A row may name one of its own table that comes later.
        database.execute("PRAGMA defer_foreign_keys = ON")
        for table in TABLES:
            database.execute(_table(table))
            # Both are names of the declaration, and no text of anybody's.
            statement = f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608
            database.executemany(statement, map(itemgetter(*table.names), rows[table.name]))
        for statement in _after():
            database.execute(statement)
        database.execute("COMMIT")
    with path.open("r+b") as file:
        for place, content in _FIXED.items():
            file.seek(place)
            file.write(content)


def _before() -> Iterator[str]:
    yield "PRAGMA page_size = 4096"
    yield "PRAGMA encoding = 'UTF-8'"
    yield f"PRAGMA application_id = {APPLICATION}"
    yield f"PRAGMA user_version = {VERSION}"
    yield "PRAGMA foreign_keys = ON"
    yield "PRAGMA synchronous = OFF"
    yield "PRAGMA journal_mode = OFF"
    yield "PRAGMA locking_mode = EXCLUSIVE"


def _after() -> Iterator[str]:
    for table in TABLES:
        yield from _indexes(table)
    for table in TABLES:
        if table.searched:
            yield _full_text(table)
            yield f"INSERT INTO {table.name}_fts ({table.name}_fts) VALUES ('rebuild')"  # noqa: S608 -- as above
    yield from (_view(view) for view in VIEWS)


def _table(table: Table) -> str:
    parts = [_column(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({_names(table.keys)})")
    parts += (_reference(link) for link in table.links)
    body = ",\n  ".join(parts)
    return f"CREATE TABLE {table.name} (\n  {body}\n)"


def _column(column: Column) -> str:
    parts = [f'"{column.name}" {column.type.sqlite}']
    if not column.is_optional:
        parts.append("NOT NULL")
    if column.values:
        allowed = ", ".join(repr(value) for value in column.values)
        parts.append(f'CHECK ("{column.name}" IN ({allowed}))')
    if column.to:
        parts.append(f"REFERENCES {column.to} (id)")
    return " ".join(parts)


def _reference(link: Link) -> str:
    return f"FOREIGN KEY ({_names(link.columns)}) REFERENCES {link.to} ({_names(link.keys)})"


def _indexes(table: Table) -> Iterator[str]:
    """For each way to another table that the key does not open already, and for what rows are filtered by."""
    wanted = dict.fromkeys([*(link.columns for link in table.all_links), *((name,) for name in table.facets)])
    for columns in wanted:
        if table.keys[: len(columns)] != columns:
            yield f"CREATE INDEX index_{table.name}_{'_'.join(columns)} ON {table.name} ({_names(columns)})"


def _full_text(table: Table) -> str:
    columns = _names(table.searched)
    return (
        f"CREATE VIRTUAL TABLE {table.name}_fts USING fts5 ({columns}, content=\"{table.name}\", tokenize='{_TOKENS}')"
    )


def _view(view: View) -> str:
    return f"CREATE VIEW {view.name} ({_names(view.columns)}) AS{view.sql}"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
