"""The data dictionary: what each table and each column is, as Markdown for people.

In: the declaration, and how many rows there are. Out: parts of a page in docs/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_scripts.export.tables.declared import Column, Table, View
from build_scripts.export.tables.described import DATABASE
from build_scripts.export.tables.schema import TABLES
from build_scripts.export.tables.views import VIEWS

_FILES = f"""\
-   All tables as one SQLite file, with keys, indexes, views and full-text indexes: [{DATABASE}.sqlite](data/{DATABASE}.sqlite). For
    [Datasette](https://datasette.io/), with descriptions: [datasette.json](data/datasette.json).
-   Each as CSV and JSON, below. What programs read about the CSV files is a [data package](data/datapackage.json)."""


def list_of_tables(sizes: Mapping[str, int] | None) -> str:
    """Where all tables are at once, and each with its files; None: in a preview, which is built anew at each edit, there are none."""
    if sizes is None:
        return "They are not part of a preview."
    lines = (
        f"| [{table.name}](#table-{table.name}) | [CSV](data/{table.name}.csv), [JSON](data/{table.name}.json) | "
        f"{sizes[table.name]} | {table.about} |"
        for table in TABLES
    )
    return "\n".join([_FILES, "", "| table | files | rows | what it holds |", "|--|--|--:|--|", *lines])


def list_of_views() -> str:
    """Each view with its columns."""
    return "\n".join(["| view | what it tells | columns |", "|--|--|--|", *(_view(view) for view in VIEWS)])


def dictionary() -> str:
    """Each table with its columns."""
    return "\n\n".join("\n".join(_section(table)) for table in TABLES)


def _view(view: View) -> str:
    return f"| {view.name} | {view.about} | {', '.join(f'`{name}`' for name in view.columns)} |"


def _section(table: Table) -> Iterator[str]:
    yield f"### {table.name} {{ #table-{table.name} }}\n"
    yield f"{table.about}\n"
    yield "| column | type | what it is |"
    yield "|--|--|--|"
    for column in table.columns:
        yield f"| {column.name} | {', '.join(_type(column, table))} | {column.about}{_values(column)} |"


def _type(column: Column, table: Table) -> Iterator[str]:
    yield column.type.words
    if column.is_key:
        yield "key" if len(table.keys) == 1 else "part of the key"
    if column.is_optional:
        yield "may be absent"
    if column.to:
        yield f"names a row of [{column.to}](#table-{column.to})"
    for link in table.links:
        if column.name in link.columns:
            yield (
                f"names a row of [{link.to}](#table-{link.to})" if column.name == link.columns[-1] else "with the next"
            )


def _values(column: Column) -> str:
    unsaid = [f"`{value}`" for value in column.values if f"{value}:" not in column.about]
    return f" One of {', '.join(unsaid)}." if len(unsaid) > 1 else ""
