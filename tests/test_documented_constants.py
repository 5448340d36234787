"""The figures in the documentation are those in the code."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_ROW = re.compile(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*)(?: \((\w+)\))? \| ([^|]+) \|", re.MULTILINE)
ROWS = _ROW.findall((ROOT / "docs" / "reanchoring.md").read_text(encoding="utf-8"))
MODULES = [
    importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for folder in ("anchoring", "editing")
    for path in sorted((ROOT / "build_scripts" / folder).glob("*.py"))
    if path.stem != "__init__"
]


@pytest.mark.parametrize(("names", "module", "figures"), ROWS, ids=[row[0] for row in ROWS])
def test_a_constant_is_what_the_page_says(names: str, module: str, figures: str) -> None:
    told = [
        float(figure) for figure in re.findall(r"\d+(?:\.\d+)?", figures.replace(",", "").replace(" million", "000000"))
    ]
    for name, figure in zip(re.findall(r"[A-Z_]+", names), told, strict=True):
        holders = [found for found in MODULES if found.__name__.endswith(module) and hasattr(found, name)]
        assert holders, f"no constant {name}"
        assert {float(getattr(found, name)) for found in holders} == {figure}


def test_the_page_names_constants() -> None:
    assert len(ROWS) >= 10
