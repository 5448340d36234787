"""What may not change unsaid since the commit that a change is compared with: corrections, ids, histories."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.checks.since import RULES
from build_scripts.cli import main
from build_scripts.editing.drift import check
from tests.repositories import commit, git
from tests.test_problems import GOLDEN

CLAIM = "sources/claims/four-minutes.md"
UNSAID = {rule.name for rule in RULES} | {"address-gone"}
CORRECTION = "  - {date: 2024-03-09, was: Right, now: Wrong, why: We had misread it.}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "sources")
    commit(tmp_path)
    return tmp_path


def edit(root: Path, path: str, *changes: tuple[str, str]) -> None:
    text = (root / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (root / path).write_text(text, encoding="utf-8")


def correct(root: Path) -> None:
    edit(root, CLAIM, ("A slip of the keys.}\n", f"A slip of the keys.}}\n{CORRECTION}"))


def unsaid(root: Path, base: str = "HEAD") -> list[tuple[str, str]]:
    return [(problem.rule, problem.place.path) for problem in check(root, base) if problem.rule in UNSAID]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rating: right", "rating: wrong"),
        ("on the spot 9:06", "on the spot 9:16"),
        ("stance: undermines", "stance: context"),
        ("https://example.org/log", "https://example.org/other"),
        ("kind: secondary", "kind: primary"),
        ("interests: The brigade keeps it itself.", "interests: None."),
        ("    interests: The brigade keeps it itself.\n", ""),
    ],
)
def test_a_change_of_substance_needs_a_correction_and_one_is_enough(root: Path, old: str, new: str) -> None:
    edit(root, CLAIM, (old, new))
    assert unsaid(root) == [("correction-missing", CLAIM)]
    correct(root)
    assert unsaid(root) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("summary: Two", "summary: The two"),
        ("accessed: 2024-03-06", "accessed: 2024-03-07"),
        ("read: in part", "read: whole"),
        ("title: Log of the brigade", "title: The log of the brigade"),
        ("title: Log of the brigade", "archive_url: https://example.org/archive"),
        ("id: harbour", "id: office"),
        ("passage: Alarm 9:02, on", "passage: >-\n      Alarm 9:02,\n      on"),
        ("has both times", "has both of the times"),
    ],
)
def test_what_changes_nothing_of_substance_needs_none(root: Path, old: str, new: str) -> None:
    edit(root, CLAIM, (old, new))
    assert unsaid(root) == []


def test_an_old_correction_that_is_worded_anew_is_no_new_one(root: Path) -> None:
    edit(root, CLAIM, ("rating: right", "rating: wrong"), ("A slip of the keys.", "A misprint."))
    assert unsaid(root) == [("correction-missing", CLAIM)]


def test_while_it_is_reviewed_nothing_is_needed_but_once_published_again_it_is(root: Path) -> None:
    edit(root, CLAIM, ("state: published", "state: in-review"))
    commit(root)
    edit(root, CLAIM, ("rating: right", "rating: wrong"))
    assert unsaid(root) == []
    commit(root)
    edit(root, CLAIM, ("state: in-review", "state: published"))
    assert unsaid(root) == [("correction-missing", CLAIM)]
    correct(root)
    assert unsaid(root) == []


def test_a_check_that_was_renamed_meanwhile_is_still_compared(root: Path) -> None:
    edit(root, CLAIM, ("state: published", "state: in-review\nformerly: [was-four-minutes]"))
    git(root, "mv", CLAIM, "sources/claims/brigade-time.md")
    renamed = "sources/claims/brigade-time.md"
    edit(
        root,
        renamed,
        ("was-four-minutes", "four-minutes"),
        ("state: in-review", "state: published"),
        ("rating: right", "rating: wrong"),
    )
    assert ("correction-missing", renamed) in unsaid(root)


def test_evidence_that_comes_with_a_first_publication_needs_none(root: Path) -> None:
    draft = "sources/claims/in-doubt.md"
    edit(
        root,
        draft,
        ("state: in-review", "state: published\nreviewed_by: review\npublished: 2024-03-09\nchecked: 2024-03-09"),
        ("rating: open", "rating: wrong"),
    )
    assert unsaid(root) == []


def test_a_verdict_that_is_called_otherwise_by_its_id_alone_did_not_change(root: Path) -> None:
    edit(root, "sources/rating-scale.yml", ("id: right", "id: accurate"))
    for path in (root / "sources/claims").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("rating: right", "rating: accurate"), encoding="utf-8")
    assert unsaid(root) == []


def test_renaming_and_merging_with_formerly_is_fine(root: Path) -> None:
    edit(root, "sources/entities/port-anna.yml", ("[annaport]", "[annaport, port-anna]"))
    (root / "sources/entities/port-anna.yml").rename(root / "sources/entities/the-port.yml")
    edit(root, "sources/claims/distance.md", ("place: port-anna", "place: the-port"))
    assert unsaid(root) == []


def test_a_thing_with_a_new_name_is_the_same_thing(root: Path) -> None:
    edit(
        root,
        "sources/entities/anna.yml",
        ("name: Anna Port", "name: Anya Hafen"),
        ("weak_aliases: [Anna]", "weak_aliases: [Anya]"),
    )
    assert unsaid(root) == []


def test_a_file_with_errors_is_not_taken_for_gone(root: Path) -> None:
    (root / CLAIM).write_text("---\nrating: [\n---\n", encoding="utf-8")
    (root / "sources/entities/port-anna.yml").write_text("type: [\n", encoding="utf-8")
    (root / "sources/articles/harbour-fire/annotations.yml").write_text("quotes: [\n", encoding="utf-8")
    assert unsaid(root) == []


def test_a_pull_request_is_compared_with_its_base_and_not_with_its_last_commit(root: Path) -> None:
    edit(root, CLAIM, ("rating: right", "rating: wrong"))
    commit(root)
    assert unsaid(root) == []
    assert unsaid(root, "HEAD~1") == [("correction-missing", CLAIM)]
    for option in ("--base", "--changed-since"):
        told = CliRunner().invoke(main, ["check", "--root", str(root), option, "HEAD~1"])
        assert "(correction-missing)" in told.output
        assert told.exit_code == 1


def test_a_first_publication_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Nothing")
    shutil.copytree(GOLDEN, tmp_path / "sources")
    git(tmp_path, "add", "-A")
    assert unsaid(tmp_path) == []
