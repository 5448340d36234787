"""What a pull request shows of the problems: on the right line, the nearest first, and never more than GitHub takes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.cli import main
from build_scripts.problems import Problem, Severity
from build_scripts.reports import MAX_SUMMARY, as_github, as_markdown, nearest_first
from build_scripts.source import Place
from tests.repositories import commit, git
from tests.test_problems import GOLDEN

BROKEN = "type: town\nname: X\ndescription: X.\n"
MIB = 1_048_576


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    return tmp_path / "summary.md"


def problem(path: str, line: int, severity: Severity = Severity.ERROR, message: str = "wrong") -> Problem:
    return Problem(Place(path, line), severity, message, "a-rule", "put it right")


def github(root: Path, *arguments: str) -> str:
    return CliRunner().invoke(main, ["check", "--root", str(root), "--format", "github", *arguments]).output


@pytest.mark.parametrize("folder", ["", "newsroom/", "a b/größe/"])
def test_an_annotation_lands_on_its_line_wherever_in_the_repository_the_publication_is(
    tmp_path: Path, summary: Path, folder: str
) -> None:
    top = tmp_path / "repository"
    root = top / folder
    shutil.copytree(GOLDEN, root / "sources")
    for number in range(12):
        (root / f"sources/entities/broken-{number:02}.yml").write_text(BROKEN, encoding="utf-8")
    commit(top)
    changed = root / "sources/entities/broken-11.yml"
    changed.write_text(BROKEN.replace("town", "village"), encoding="utf-8")
    output = github(root, "--base", "HEAD")
    path = f"{folder}sources/entities/broken-11.yml"
    assert (top / path).samefile(changed)
    assert output.startswith(f"::error file={path},line=1,col=7,title=wrong-value::")
    rows = [line for line in summary.read_text(encoding="utf-8").splitlines() if "broken-" in line]
    assert rows[0].startswith(f"| {path}:1:7 |")
    assert len(rows) == 12


def test_what_was_published_is_compared_also_where_the_publication_is_a_folder_of_the_repository(
    tmp_path: Path,
) -> None:
    root = tmp_path / "newsroom"
    shutil.copytree(GOLDEN, root / "sources")
    (root / "sources/articles/harbour-fire/notes.md").write_text("x", encoding="utf-8")
    commit(tmp_path)
    path = root / "sources/claims/four-minutes.md"
    path.write_text(path.read_text(encoding="utf-8").replace("rating: right", "rating: wrong"), encoding="utf-8")
    git(tmp_path, "commit", "-q", "-a", "-m", "Changed")
    output = github(root, "--base", "HEAD~1")
    assert output.startswith(
        "::error file=newsroom/sources/claims/four-minutes.md,line=4,col=9,title=correction-missing::"
    )
    assert "correction-missing" not in github(root, "--base", "HEAD")


def test_the_nearest_comes_first_and_errors_before_warnings_at_the_same_distance() -> None:
    changed = {"b": [range(10, 13)]}
    warning = Severity.WARNING
    expected = [
        problem("b", 12), problem("b", 11, warning), problem("b", 9), problem("b", 13, warning), problem("b", 90),
        problem("a", 1), problem("a", 1, warning),
    ]  # fmt: skip
    assert nearest_first(reversed(expected), changed) == expected


def test_without_a_change_errors_come_first() -> None:
    assert nearest_first([problem("a", 1, Severity.WARNING), problem("b", 1)], {})[0].is_error


def test_twenty_thousand_problems_fit_into_the_summary_and_what_does_not_is_counted() -> None:
    problems = [
        problem(f"sources/entities/größe-{n:05}.yml", 7, message=f"the text “{'x' * 60}”") for n in range(20_000)
    ]
    shown = as_markdown(problems)
    rows = [line for line in shown.splitlines() if "größe" in line]
    assert MAX_SUMMARY - 500 < len(shown.encode()) <= MAX_SUMMARY < MIB
    assert [f"größe-{n:05}.yml" in row for n, row in enumerate(rows)] == [True] * len(rows)
    assert shown.startswith("20000 errors, 0 warnings.\n\n| place |")
    assert f"\n\n**Not shown here: {20_000 - len(rows)}**, for want of room. The log of this step lists all" in shown
    assert as_github(problems).count("größe-") == 20_010


def test_a_summary_that_was_begun_leaves_less_room(tmp_path: Path, summary: Path) -> None:
    shutil.copytree(GOLDEN, tmp_path / "sources")
    for number in range(50):
        (tmp_path / f"sources/entities/broken-{number:02}.yml").write_text(BROKEN, encoding="utf-8")
    summary.write_text("x" * (MAX_SUMMARY - 5_000), encoding="utf-8")
    github(tmp_path)
    text = summary.read_text(encoding="utf-8")
    assert len(text.encode()) <= MAX_SUMMARY
    assert "**Not shown here: " in text


def test_a_row_that_is_too_long_for_the_summary_is_left_out() -> None:
    shown = as_markdown([problem("a", 1, message="x" * MAX_SUMMARY)])
    assert len(shown) < 500
    assert "**Not shown here: 1**" in shown
