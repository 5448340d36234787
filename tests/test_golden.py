"""A small publication, page by page: what comes out is what was accepted.

``pytest tests/test_golden.py --accept`` accepts the pages as they are now; read the diff before you commit it. What is otherwise
in a preview stands in preview/.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_scripts.export.tables.schema import TABLES
from build_scripts.jobs import Job, Made
from build_scripts.pipeline import build
from build_scripts.reports import as_text
from build_scripts.site import Asset

ROOT = Path(__file__).parent / "golden"
EXPECTED = ROOT / "expected"


@pytest.fixture(scope="module")
def produced() -> dict[str, str]:
    return made(is_preview=False)


def made(*, is_preview: bool) -> dict[str, str]:
    site = build(ROOT, home="https://news.example/", is_preview=is_preview)
    files = {page.uri: page.text for page in site.pages}
    files |= {asset.uri: asset.data.decode() for asset in site.assets if is_text(asset)}
    return files | {"problems.txt": as_text(site.problems) + "\n"}


def is_text(asset: Asset) -> bool:
    """Whether it is text that is made here, and neither a table of cells nor a part of the search's index."""
    if asset.origin or isinstance(asset.content, bytes):
        return False
    return isinstance(asset.content, str | Job | Made) or asset.uri.endswith(".json")


def test_every_page_is_as_accepted(produced: dict[str, str], request: pytest.FixtureRequest) -> None:
    compare(produced, EXPECTED, request)


def test_a_preview_differs_as_accepted(produced: dict[str, str], request: pytest.FixtureRequest) -> None:
    preview = made(is_preview=True)
    tables = {f"data/{name}.json" for name in (*(table.name for table in TABLES), "datapackage", "datasette")}
    assert produced.keys() - preview.keys() == tables
    compare({uri: text for uri, text in preview.items() if produced.get(uri) != text}, ROOT / "preview", request)


def compare(found: dict[str, str], folder: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        shutil.rmtree(folder, ignore_errors=True)
        for uri, text in found.items():
            (folder / uri).parent.mkdir(parents=True, exist_ok=True)
            (folder / uri).write_text(text, encoding="utf-8")
    expected = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert sorted(found) == sorted(expected)
    for uri, text in found.items():
        assert text == expected[uri], uri


def test_images_are_published_beside_their_article() -> None:
    assert ("articles/harbour-fire/quay.png", ROOT / "sources/articles/harbour-fire/quay.png") in [
        (asset.uri, asset.origin) for asset in build(ROOT).assets
    ]
