"""What a declaration of tables is made of.

A column's ``type`` says what its values are; every format writes them by it. What may be absent is absent in every format: null
in JSON and SQLite, an empty cell in CSV. No value is an empty text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter

Value = str | int | float | None
Row = Mapping[str, Value]
Rows = Mapping[str, list[Row]]
"""Rows by the name of their table."""


class Type(Enum):
    """What a value is: in words, to SQLite, to the Table Schema of data packages."""

    TEXT = "text", "TEXT", {"type": "string"}
    ID = "id", "TEXT", {"type": "string"}
    ADDRESS = "address", "TEXT", {"type": "string", "format": "uri"}
    DAY = "day", "TEXT", {"type": "date"}
    PARTIAL_DAY = "year, month or day", "TEXT", {"type": "string"}
    JSON = "JSON", "TEXT", {"type": "object"}
    WHOLE = "whole number", "INTEGER", {"type": "integer"}
    NUMBER = "number", "REAL", {"type": "number"}

    def __init__(self, words: str, sqlite: str, packaged: Mapping[str, str]) -> None:
        self.words = words
        self.sqlite = sqlite
        self.packaged = packaged

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers; all others are texts."""
        return self in {Type.WHOLE, Type.NUMBER}


@dataclass(frozen=True, slots=True)
class Column:
    """``to``: the table whose rows the values name by their id. ``values``: the values that there are, where these are all."""

    name: str
    type: Type
    about: str
    is_key: bool = False
    is_optional: bool = False
    to: str = ""
    values: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Several columns that together name a row of another table by its key."""

    columns: tuple[str, ...]
    to: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``label``: the column that tells a reader what a row is. ``searched``: the columns in the full-text index.

    ``facets``: the columns that rows are worth filtering by.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    links: tuple[Link, ...] = ()
    label: str = ""
    searched: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, of which there are several."""
        return tuple([column.name for column in self.columns])

    def cells(self, rows: Iterable[Row]) -> list[tuple[Value, ...]]:
        """What stands in each row, in the order of the columns."""
        return list(map(itemgetter(*self.names), rows))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that together tell rows apart."""
        return tuple(column.name for column in self.columns if column.is_key)

    @property
    def all_links(self) -> tuple[Link, ...]:
        """Every way to another table."""
        single = (Link((column.name,), column.to, ("id",)) for column in self.columns if column.to)
        return (*single, *self.links)


@dataclass(frozen=True, slots=True)
class View:
    """A question that is asked often, as a table of SQLite."""

    name: str
    about: str
    columns: tuple[str, ...]
    sql: str
