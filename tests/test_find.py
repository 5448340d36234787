"""``newsgloss find``: where words stand, with selectors that hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.anchoring.anchor import anchor
from build_scripts.cli import main
from build_scripts.editing.find import find
from build_scripts.pipeline import understand

ROOT = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("four minutes", ["18:103"]),
        ("Port Anna", ["17:42", "18:59"]),
        ("brigade", ["23:32", "26:7", "28:58"]),
        ('"Nobody was hurt,"', ["18:1"]),
        ("port  ANNA", ["17:42", "18:59"]),
        ("nowhere", []),
        ("  ", []),
    ],
)
def test_every_place_is_told(words: str, places: list[str]) -> None:
    found = find(ROOT, words, ["harbour-fire"])
    assert [f"{one.place.line}:{one.place.column}" for one in found] == places


def test_the_selectors_select_just_these_places() -> None:
    library, _problems = understand(ROOT)
    found = find(ROOT, "the")
    assert len(found) > 5
    for one in found:
        text = library.articles[one.article].prose.text
        span = anchor(text, one.selector)
        assert span is not None
        assert text[slice(*span)] == one.words
        assert library.articles[one.article].prose.place(span.start) == one.place


def test_what_stands_around_is_of_the_same_line() -> None:
    for one in find(ROOT, "brigade", ["harbour-fire"]):
        assert "\n" not in one.before + one.after


def test_the_command_tells_places_with_selectors_to_paste() -> None:
    result = CliRunner().invoke(main, ["find", "four minutes", "--root", str(ROOT)])
    assert result.exit_code == 0
    assert result.output == (
        "sources/articles/harbour-fire/article.md:18:103: … Anna Fire Brigade. “We were there in [four minutes].”\n"
        '    exact: "four minutes"\n'
    )
    (found,) = json.loads(
        CliRunner().invoke(main, ["find", "four minutes", "--root", str(ROOT), "--format", "json"]).output
    )
    assert (found["line"], found["column"], found["selector"]) == (18, 103, {"exact": "four minutes"})


def test_words_that_stand_nowhere_exit_1() -> None:
    assert CliRunner().invoke(main, ["find", "nowhere at all", "--root", str(ROOT)]).exit_code == 1


def test_words_are_found_in_an_article_whose_facts_are_not_all_filled_in(tmp_path: Path) -> None:
    file = tmp_path / "sources/articles/dam/article.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\nheadline: The dam\nsummary:\n---\n\nIt held.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["find", "--root", str(tmp_path), "It held"])
    assert (result.exit_code, "[It held]" in result.output) == (0, True)
    nothing = CliRunner().invoke(main, ["find", "--root", str(tmp_path), "It broke"])
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (
        1,
        "",
        "these words stand in no article that was looked at\n",
    )
