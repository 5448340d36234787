"""Rows as text: CSV (RFC 4180) and JSON.

In: a table and its rows. Out: text in UTF-8, rows first and then files of them. A spreadsheet takes a cell that begins like a
formula for one, and some take semicolons, tabs or line ends within a cell for the ends of cells. So in CSV an apostrophe stands
before each such beginning, and before what is an apostrophe there itself; ``unguarded`` takes it away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from build_scripts.export.json_text import compact
from build_scripts.export.tables.declared import Row, Table, Value

_UNSEEN = r"(?:[^\S\t\r\n]|[\"'\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])*"
"""What may stand before a formula without hiding it from a spreadsheet."""
_FORMULA = re.compile(rf"\A(?=[\t\r\n])|(\A|[;\t\r\n])(?='|{_UNSEEN}[=+\-@\uff1d\uff0b\uff0d\uff20])")
_SUSPECT = re.compile(rf"[;\t\r\n](?:(?<=;)[\t\r\n]|(?='|{_UNSEEN}[=+\-@\uff1d\uff0b\uff0d\uff20]))")
"""In cells with a semicolon before each: what nothing is without that ``guarded`` changes."""
_GUARD = re.compile(r"(\A|[;\t\r\n])'")


def csv_file(table: Table, lines: Iterable[bytes]) -> bytes:
    """A header and what ``csv_lines`` gave."""
    return b"".join([_as_csv([table.names]), *lines])


def csv_lines(table: Table, rows: Iterable[Row]) -> bytes:
    """A line for each row, every cell in quotation marks, lines ended by CR LF."""
    cells = table.cells(rows)
    texts = ";".join([cell for line in cells for cell in line if isinstance(cell, str)])
    if _SUSPECT.search(f";{texts}"):
        cells = [tuple([guarded(cell) if isinstance(cell, str) else cell for cell in line]) for line in cells]
    return _as_csv(cells)


def json_file(lines: Iterable[bytes]) -> bytes:
    """A list of objects, one a line: what ``json_lines`` gave."""
    pieces = list(lines)
    if not pieces:
        return b"[]\n"
    pieces[0] = b"[\n" + pieces[0]
    pieces[-1] += b"\n]\n"
    return b",\n".join(pieces)  # copied once, as it may be large


def json_lines(table: Table, rows: Iterable[Row]) -> bytes:
    """An object for each row, one a line, with every column in its order."""
    names = table.names
    return b",\n".join([compact(dict(zip(names, cells, strict=True))) for cells in table.cells(rows)])


def guarded(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula."""
    if not _SUSPECT.search(f";{text}"):
        return text
    return _FORMULA.sub(lambda found: f"{found[1] or ''}'", text)


def unguarded(cell: str) -> str:
    """The text that ``guarded`` made the cell from."""
    return _GUARD.sub(r"\1", cell)


def _as_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines, quoting=csv.QUOTE_ALL).writerows(rows)
    return lines.getvalue().encode()
