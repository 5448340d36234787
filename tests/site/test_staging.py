"""``newsgloss build --out``: a folder that holds just what it should, written only where it changed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_scripts.cli import main
from build_scripts.pipeline import build
from build_scripts.staging import home
from tests.site.building import small_publication

CLAIM = "sources/claims/distance.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_publication(tmp_path / "root")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def stage(root: Path, out: Path) -> Result:
    return CliRunner().invoke(main, ["build", "--root", str(root), "--out", str(out)])


def times(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_page_is_written_with_its_text(root: Path, out: Path) -> None:
    assert stage(root, out).exit_code == 0
    for page in build(root, home=home(root)).pages:
        assert (out / "docs" / page.uri).read_text(encoding="utf-8") == page.text


def test_hand_written_pages_and_the_theme_are_included_and_the_hook_is_not(root: Path, out: Path) -> None:
    stage(root, out)
    _front, words = (root / "docs/about.md").read_text(encoding="utf-8").split("\n---\n", 1)
    assert (out / "docs/about.md").read_text(encoding="utf-8").endswith(f"\n---\n{words}")
    assert (out / "docs/.overrides/main.html").is_file()
    configuration = (out / "mkdocs.yml").read_text(encoding="utf-8")
    assert "\nnav:" in configuration
    assert "\nhooks:" not in configuration
    assert "\nwatch:" not in configuration


def test_a_second_run_writes_nothing(root: Path, out: Path) -> None:
    stage(root, out)
    before = times(out)
    assert "0 files changed" in stage(root, out).output
    assert times(out) == before


def test_only_what_changed_is_written(root: Path, out: Path) -> None:
    stage(root, out)
    before = times(out)
    change(root / "docs/about.md", "# About", "# About us")
    stage(root, out)
    after = times(out)
    changed = {name for name in before.keys() | after.keys() if after.get(name) != before.get(name)}
    assert {name for name in changed if not name.startswith("docs/pagefind/")} == {"docs/about.md"}


def test_what_is_no_longer_made_is_removed(root: Path, out: Path) -> None:
    stage(root, out)
    (root / "docs/extra").mkdir()
    (root / "docs/extra/page.md").write_text("# Extra\n")
    stage(root, out)
    assert (out / "docs/extra/page.md").is_file()
    (root / "docs/extra/page.md").unlink()
    stage(root, out)
    assert not (out / "docs/extra").exists()


def test_a_folder_with_files_of_somebody_else_is_refused_and_left_alone(root: Path, out: Path) -> None:
    out.mkdir()
    (out / "letter.txt").write_text("mine")
    result = stage(root, out)
    assert result.exit_code == 2
    assert "not empty" in result.output
    assert [path.name for path in out.rglob("*")] == ["letter.txt"]


@pytest.mark.parametrize("name", ["docs", "sources", "."])
def test_the_sources_themselves_are_no_place_to_write_to(root: Path, name: str) -> None:
    before = times(root)
    assert stage(root, root / name).exit_code == 2
    assert times(root) == before


def test_nothing_is_written_when_the_sources_have_errors(root: Path, out: Path) -> None:
    stage(root, out)
    before = times(out)
    change(root / CLAIM, "rating:", "verdict:")
    result = stage(root, out)
    assert result.exit_code == 1
    assert f"{CLAIM}:" in result.output
    assert times(out) == before


def test_nothing_at_all_is_written_for_the_first_time_when_the_sources_have_errors(root: Path, out: Path) -> None:
    change(root / CLAIM, "rating:", "verdict:")
    assert stage(root, out).exit_code == 1
    assert not out.exists()


@pytest.mark.parametrize("below", ["", "/deeper/still"])
def test_a_place_that_cannot_be_written_is_named(root: Path, tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("a file, not a folder")
    target = Path(f"{tmp_path}/file/out{below}")
    result = stage(root, target)
    assert result.exit_code in (1, 2)
    assert "file/out" in result.output
    assert isinstance(result.exception, SystemExit)


def test_a_folder_in_the_place_of_a_page_gives_way(root: Path, out: Path) -> None:
    stage(root, out)
    page = out / "docs/about.md"
    written = page.read_bytes()
    page.unlink()
    page.mkdir()
    (page / "file").write_text("in the way")
    assert stage(root, out).exit_code == 0
    assert page.read_bytes() == written


def test_a_link_in_the_folder_is_removed_and_never_followed(root: Path, out: Path, tmp_path: Path) -> None:
    stage(root, out)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.txt").write_text("mine")
    (out / "docs/link").symlink_to(outside)
    assert stage(root, out).exit_code == 0
    assert not (out / "docs/link").is_symlink()
    assert (outside / "letter.txt").read_text() == "mine"


def test_a_full_disk_is_told_in_one_line_and_leaves_no_litter(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(root, out)
    before = times(out)
    change(root / "docs/about.md", "# About", "# About us")

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    result = stage(root, out)
    assert result.exit_code == 1
    *problems, line = result.output.splitlines()
    assert problems[-1] == "0 errors, 1 warning", "what is told of the sources; then one line"
    assert os.strerror(errno.ENOSPC) in line
    assert times(out) == before
