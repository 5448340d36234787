"""The same sources give the same bytes: whatever the day, the time zone, the locale, the seed of hashes, the folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.site.building import REPOSITORY, Built, build_with_mkdocs, new_root
from tests.site.conftest import GOLDEN

OTHERWHEN = os.pathsep.join((str(Path(__file__).parent / "otherwhen"), str(REPOSITORY)))
EARLIER = {"NEWSGLOSS_TESTS_DAY": "1999-12-31T23:59:30+00:00", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}
LATER = {
    "NEWSGLOSS_TESTS_DAY": "2037-05-05T12:00:00+00:00",
    "TZ": "America/Anchorage",
    "PYTHONHASHSEED": "4242",
    "LC_ALL": "POSIX",
    "LANG": "C",
}


def test_an_earlier_day_changes_no_byte_of_a_site(golden: Built, tmp_path: Path) -> None:
    root = new_root(tmp_path / "root")
    shutil.rmtree(root / "sources")
    shutil.copytree(GOLDEN, root / "sources")
    assert _differing(golden, build_with_mkdocs(root, tmp_path / "site", **EARLIER, PYTHONPATH=OTHERWHEN)) == []


def test_a_later_day_on_another_machine_changes_no_byte_of_the_repositorys_own_site(
    real_site: Built, tmp_path: Path
) -> None:
    other = build_with_mkdocs(REPOSITORY, tmp_path / "site", **LATER, PYTHONPATH=OTHERWHEN)
    assert _differing(real_site, other) == []


def _differing(one: Built, other: Built) -> list[str]:
    assert one.status == other.status == 0, other.log
    first, second = _files(one.site), _files(other.site)
    assert len(first) > 100
    return [uri for uri in sorted(first.keys() | second.keys()) if first.get(uri) != second.get(uri)]


def _files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
