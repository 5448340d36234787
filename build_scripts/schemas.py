"""The JSON Schemas as files, for text editors.

In: a root. Out: sources/schemas/<kind>.schema.json, made from reading/schema.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from build_scripts.reading.schema import FILES


def schema_text(kind: str) -> str:
    """The JSON Schema (2020-12) of a kind of file, as an editor writes it."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FILES[kind].model_json_schema(mode="validation"),
        "title": f"Newsgloss {kind}",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write_schemas(root: Path) -> Iterator[str]:
    """Write all schemas; yields each path."""
    folder = root / "sources" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for kind in FILES:
        path = folder / f"{kind}.schema.json"
        path.write_text(schema_text(kind), encoding="utf-8")
        yield path.relative_to(root).as_posix()
