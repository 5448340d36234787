"""What programs read of the tables: a data package (for the CSV files), and metadata for Datasette (for the SQLite file).

In: the declaration and who publishes. Out: JSON.
"""

from __future__ import annotations

from typing import Any

from build_scripts.export.json_text import in_lines
from build_scripts.export.tables.declared import Column, Link, Table
from build_scripts.export.tables.schema import TABLES
from build_scripts.export.tables.views import VIEWS
from build_scripts.reading.schema import Publication

DATABASE = "newsgloss"
"""The name of the SQLite file without its ending, by which Datasette knows it."""


def as_data_package(publication: Publication | None, licence_url: str | None, home: str) -> str:
    """The CSV files with their columns, keys and ways to each other, by the Data Package standard."""
    who: dict[str, Any] = {}
    if publication:
        licence = {"name": publication.licence, "path": licence_url}
        who = {
            "title": publication.name,
            "description": publication.description,
            "homepage": home or publication.url,
            "licenses": [licence] if licence_url else None,
        }
    resources = [_resource(table) for table in TABLES]
    about = {name: value for name, value in who.items() if value}
    return in_lines({"profile": "tabular-data-package", "name": DATABASE, **about, "resources": resources})


def as_datasette(publication: Publication | None, licence_url: str | None, home: str) -> str:
    """What Datasette shows beside the tables, and how it shows them."""
    who: dict[str, Any] = {}
    if publication:
        who = {
            "title": publication.name,
            "description": publication.description,
            "license": publication.licence,
            "license_url": licence_url,
            "source": publication.name,
            "source_url": home or publication.url,
        }
    tables = {table.name: _table(table) for table in TABLES} | {
        view.name: {"description": view.about} for view in VIEWS
    }
    return in_lines(
        {name: value for name, value in who.items() if value} | {"databases": {DATABASE: {"tables": tables}}}
    )


def _resource(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": list(link.columns), "reference": {"resource": _resource_of(link, table), "fields": list(link.keys)}}
        for link in table.all_links
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.keys),
    }
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _resource_of(link: Link, table: Table) -> str:
    """The name of the table that ``link`` leads to; none where that is its own, as the standard has it."""
    return "" if link.to == table.name else link.to


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.is_optional else {"required": True}
    if column.values:
        constraints["enum"] = list(column.values)
    field: dict[str, Any] = {"name": column.name, **column.type.packaged, "description": column.about}
    return field | ({"constraints": constraints} if constraints else {})


def _table(table: Table) -> dict[str, Any]:
    about: dict[str, Any] = {
        "description": table.about,
        "columns": {column.name: column.about for column in table.columns},
    }
    more = {"label_column": table.label, "facets": list(table.facets)}
    return about | {name: value for name, value in more.items() if value}
