"""The JSON Schemas as files, for text editors.

In: a root. Out: sources/schemas/<kind>.schema.json, made from reading/schema.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from build_scripts.reading.schema import FILES, json_schema


def schema_text(kind: str) -> str:
    """The JSON Schema of a kind of file, as it is written."""
    return json.dumps(json_schema(kind), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write_schemas(root: Path) -> Iterator[str]:
    """Write all schemas; yields each path."""
    folder = root / "sources" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for kind in FILES:
        path = folder / f"{kind}.schema.json"
        path.write_text(schema_text(kind), encoding="utf-8")
        yield path.relative_to(root).as_posix()
