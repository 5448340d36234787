"""The same sources give the same site, whatever the machine; and no mutation of them breaks it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_scripts.pipeline import build, with_problems_shown
from build_scripts.site import Site
from tests.thoroughness import tries

GOLDEN = Path(__file__).parent / "golden"
PATHS = sorted(path for path in (GOLDEN / "sources").rglob("*") if path.suffix in (".yml", ".md"))

PROGRAM = """
import hashlib, pathlib, sys
from build_scripts.pipeline import build
site = build(pathlib.Path(sys.argv[1]))
files = [asset.data for asset in site.assets if not asset.is_costly or asset.uri.endswith((".epub", ".sqlite"))] + [page.text.encode() for page in site.pages]
print(hashlib.sha256(repr(site).encode() + b"".join(files)).hexdigest())
"""


def test_hash_seed_time_zone_and_locale_change_nothing() -> None:
    digests = set()
    machines = (("0", "Pacific/Kiritimati", "C"), ("4242", "America/Anchorage", "C.UTF-8"), ("1", "UTC", "POSIX"))
    for seed, zone, locale in machines[: tries(3, 2)]:
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(GOLDEN)], env=environment, capture_output=True, text=True, check=True
        )
        digests.add(run.stdout)
    assert len(digests) == 1


def test_the_order_of_files_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = told(build(GOLDEN))
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: sorted(listed(self), reverse=True))
    assert told(build(GOLDEN)) == before


def told(site: Site) -> tuple[object, ...]:
    """All of a site; of pictures and books, which take long, what they are made from."""
    drawn = [(asset.uri, asset.key or asset.data) for asset in site.assets if not asset.is_costly]
    return site.pages, site.problems, drawn, [asset.uri for asset in site.assets]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mutated")
    shutil.copytree(GOLDEN / "sources", root / "sources")
    return root


@settings(max_examples=tries(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_mutation_of_the_sources_breaks_the_build(copy: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(PATHS))
    target = copy / path.relative_to(GOLDEN)
    raw = path.read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 40)))
    put = data.draw(
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from([b"\n", b": ", b"- ", b'"', b"[", b"{", b"*", b"#", b"> ", b"null", b"1"]),
        )
    )
    target.write_bytes(raw[:start] + put + raw[end:])
    try:
        site = with_problems_shown(build(copy))
        assert site.pages
        assert all(page.text.endswith("\n") for page in site.pages)
        assert hashlib.sha256("".join(page.text for page in site.pages).encode()).digest()
    finally:
        target.write_bytes(raw)
