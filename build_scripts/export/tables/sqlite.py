"""Rows as one SQLite file: tables with keys, indexes, views, full-text indexes.

In: rows. Out: the file's bytes, the same for the same rows by the same version of SQLite. The one place where a file says which
version wrote it is set to a fixed one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from operator import itemgetter

from build_scripts.export.tables.declared import Column, Link, Row, Table, View
from build_scripts.export.tables.schema import TABLES
from build_scripts.export.tables.views import VIEWS

APPLICATION = int.from_bytes(b"NwGl")
"""What tells the file apart from other SQLite files."""
VERSION = 1
"""Of the tables: raised when a column is renamed or removed."""

_WRITER = slice(96, 100)
"""Where the header says which version of SQLite wrote last. No reader of a file depends on it."""
_FIXED_WRITER = (3_040_000).to_bytes(4)
_TOKENS = "unicode61 remove_diacritics 2"


def as_sqlite(rows: Mapping[str, Iterable[Row]]) -> bytes:
    """The file. Raises sqlite3.IntegrityError where rows contradict the declaration."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
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
        content = bytearray(database.serialize())
    content[_WRITER] = _FIXED_WRITER
    return bytes(content)


def _before() -> Iterator[str]:
    yield "PRAGMA page_size = 4096"
    yield "PRAGMA encoding = 'UTF-8'"
    yield f"PRAGMA application_id = {APPLICATION}"
    yield f"PRAGMA user_version = {VERSION}"
    yield "PRAGMA foreign_keys = ON"


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
