"""Rows as text: CSV (RFC 4180) and JSON.

In: a table and its rows. Out: text in UTF-8, rows first and then files of them. A spreadsheet takes a cell that begins like a
formula for one, and some take semicolons, tabs or line ends within a cell for the ends of cells. So in CSV an apostrophe stands
before each such beginning, and before what is an apostrophe there itself; ``unguarded`` takes it away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from json import JSONEncoder

from build_scripts.export.tables.declared import Row, Table, Value

_UNSEEN = r"(?:[^\S\t\r\n]|[\"'\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])*"
"""What may stand before a formula without hiding it from a spreadsheet."""
_FORMULA = re.compile(rf"\A(?=[\t\r\n])|(\A|[;\t\r\n])(?='|{_UNSEEN}[=+\-@\uff1d\uff0b\uff0d\uff20])")
_HARMLESS = re.compile(r"[^\W_][^;\t\r\n]*|")
"""Nothing, or one line that begins with a letter or a figure and has no semicolon: most cells."""
_JSON = JSONEncoder(ensure_ascii=False)
_GUARD = re.compile(r"(\A|[;\t\r\n])'")


def csv_file(table: Table, lines: Iterable[bytes]) -> bytes:
    """A header and what ``csv_lines`` gave."""
    return b"".join([_as_csv([[column.name for column in table.columns]]), *lines])


def csv_lines(table: Table, rows: Iterable[Row]) -> bytes:
    """A line for each row, every cell in quotation marks, lines ended by CR LF."""
    names = [column.name for column in table.columns]
    return _as_csv([_cell(row[name]) for name in names] for row in rows)


def json_file(lines: Iterable[bytes]) -> bytes:
    """A list of objects, one a line: what ``json_lines`` gave."""
    joined = b",\n".join(lines)
    return b"[\n%b\n]\n" % joined if joined else b"[]\n"


def json_lines(table: Table, rows: Iterable[Row]) -> bytes:
    """An object for each row, one a line, with every column in its order."""
    names = [column.name for column in table.columns]
    return ",\n".join(_JSON.encode({name: row[name] for name in names}) for row in rows).encode()


def guarded(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula."""
    if _HARMLESS.fullmatch(text):
        return text
    return _FORMULA.sub(lambda found: f"{found[1] or ''}'", text)


def unguarded(cell: str) -> str:
    """The text that ``guarded`` made the cell from."""
    return _GUARD.sub(r"\1", cell)


def _as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _cell(value: Value) -> str:
    return guarded(value) if isinstance(value, str) else "" if value is None else str(value)
