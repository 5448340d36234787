"""Rows as text: CSV (RFC 4180) and JSON.

In: a table and its rows. Out: text. A spreadsheet takes a cell that begins like a formula for one, and some take semicolons, tabs or
line ends within a cell for the ends of cells. So in CSV an apostrophe stands before each such beginning, and before what is an
apostrophe there itself; ``unguarded`` takes it away again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable

from build_scripts.export.tables.declared import Row, Table, Value

_UNSEEN = r"(?:[^\S\t\r\n]|[\"'\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])*"
"""What may stand before a formula without hiding it from a spreadsheet."""
_FORMULA = re.compile(rf"\A(?=[\t\r\n])|(\A|[;\t\r\n])(?='|{_UNSEEN}[=+\-@\uff1d\uff0b\uff0d\uff20])")
_GUARD = re.compile(r"(\A|[;\t\r\n])'")


def as_csv(table: Table, rows: Iterable[Row]) -> str:
    """A header and a line for each row, every cell in quotation marks, lines ended by CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(row[column.name]) for column in table.columns] for row in rows)
    return out.getvalue()


def as_json(table: Table, rows: Iterable[Row]) -> str:
    """A list of objects, one a line, with every column in its order."""
    lines = ",\n".join(
        json.dumps({column.name: row[column.name] for column in table.columns}, ensure_ascii=False) for row in rows
    )
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def guarded(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula."""
    return _FORMULA.sub(lambda found: f"{found[1] or ''}'", text)


def unguarded(cell: str) -> str:
    """The text that ``guarded`` made the cell from."""
    return _GUARD.sub(r"\1", cell)


def _cell(value: Value) -> str:
    return guarded(value) if isinstance(value, str) else "" if value is None else str(value)
