"""What a publication holds, in figures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build_scripts.anchoring.forms import how_many
from build_scripts.cli import main

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN / "sources", tmp_path / "root" / "sources")
    return tmp_path / "root"


def figures(root: Path) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["stats", "--format", "json", "--root", str(root)], catch_exceptions=False)
    assert result.exit_code == 0
    found = json.loads(result.output)
    assert isinstance(found, dict)
    return found


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("One.", 1),
        ("It’s 20 kilometres – 12.5 miles – away, e.g. south-west.\n\n“Yes”", 9),
        ("… – !", 0),
        ("港口火災", 4),
        ("港口 fire, ที่", 4),
        ("שלום עולם", 2),
    ],
)
def test_words_are_counted_as_an_editor_does(text: str, number: int) -> None:
    assert how_many(text) == number


def test_the_golden_publication_counts_as_it_was_written(root: Path) -> None:
    assert figures(root) == {
        "name": "The Gloss",
        "articles": 2,
        "digests": 0,
        "taken_back": 1,
        "first": "2024-03-04",
        "last": "2024-03-05",
        "languages": {"en": 1, "he": 1},
        "words": 96,
        "mentions": 6,
        "entities_named": 4,
        "quotations": {"direct": 2, "indirect": 1, "mixed": 0},
        "unnamed_sources": 1,
        "suggestions": 1,
        "checks": {"draft": 1, "in-review": 2, "published": 2, "withdrawn": 1},
        "verdicts": {"right": 2, "wrong": 0, "open": 0},
        "corrections": 2,
        "entities": {"person": 2, "organisation": 1, "place": 1, "weapon": 0, "document": 0, "event": 1, "group": 0, "other": 0},
        "problems": {"error": 0, "warning": 1, "notice": 0},
        "cache": None,
        "site": None,
    }  # fmt: skip


def test_what_is_added_or_broken_is_counted(root: Path) -> None:
    before = figures(root)
    folder = root / "sources/articles/harbour-fire"
    replaced(root / "sources/claims/a-draft.md", "state: draft", "state: in-review")
    (root / "sources/entities/new-place.yml").write_text(
        "type: place\nname: Newport\ndescription: A town.\n", encoding="utf-8"
    )
    (folder / "article.md").write_text(
        (folder / "article.md").read_text(encoding="utf-8").rstrip() + "\n\nMore at Newport.\n", encoding="utf-8"
    )
    replaced(folder / "annotations.yml", "quotes:", "quotes:\n  - {id: Bad}")
    after = figures(root)
    assert after["checks"] == before["checks"] | {"draft": 0, "in-review": 3}
    assert after["entities"] == before["entities"] | {"place": 2}
    assert (after["words"], after["mentions"]) == (before["words"] + 3, before["mentions"] + 1)
    assert after["problems"]["error"] > 0


def test_what_was_counted_before_is_counted_the_same_again(root: Path) -> None:
    first, second = figures(root), figures(root)
    assert second | {"cache": None} == first | {"cache": None}


def test_sizes_are_of_what_was_built_and_of_nothing_that_a_link_leads_to(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/large").write_bytes(bytes(1000))
    for folder, size in ((".cache/newsgloss", 10), ("site/a", 20)):
        (root / folder).mkdir(parents=True)
        (root / folder / "file").write_bytes(bytes(size))
        (root / folder / "link").symlink_to(tmp_path / "elsewhere")
    (root / ".cache/links.json").write_bytes(bytes(5))
    found = figures(root)
    kept = [path for path in (root / ".cache/newsgloss").iterdir() if path.is_file() and not path.is_symlink()]
    assert found["cache"] == {"files": len(kept), "bytes": sum(path.stat().st_size for path in kept)}
    assert found["site"] == {"files": 1, "bytes": 20}


def test_a_publication_without_anything_counts_nothing(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    found = figures(tmp_path)
    assert (found["articles"], found["first"], found["languages"], found["words"]) == (0, None, {}, 0)
    result = CliRunner().invoke(main, ["stats", "--root", str(tmp_path)], catch_exceptions=False)
    assert result.output.splitlines()[0].split() == ["articles", "0"]


def test_for_people_each_figure_has_a_line_with_its_parts(root: Path) -> None:
    (root / "site").mkdir()
    (root / "site/index.html").write_bytes(bytes(2_500_000))
    lines = CliRunner().invoke(main, ["stats", "--root", str(root)], catch_exceptions=False).output.splitlines()
    assert lines[0] == "The Gloss"
    assert [line.split(maxsplit=2) for line in lines[1:]] == [
        ["articles", "2", "2024-03-04 to 2024-03-05, 1 taken back"],
        ["languages", "2", "1 en, 1 he"],
        ["words", "96", "48 an article"],
        ["mentions", "6", "of 4 entities"],
        ["quotations", "3", "2 direct, 1 indirect, 1 of unnamed sources"],
        ["checks", "6", "1 draft, 2 in-review, 2 published, 1 withdrawn"],
        ["verdicts", "2", "2 right"],
        ["corrections", "2"],
        ["entities", "5", "2 person, 1 organisation, 1 place, 1 event"],
        ["suggestions", "1", "not looked at yet"],
        ["problems", "1", "1 warning"],
        ["site/", "2.5", "MB  1 file"],
    ]
