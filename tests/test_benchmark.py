"""The benchmark of re-anchoring scores as its README says, and runs from the command line."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.reanchoring import Bench, Case, Mark, first_found, main, mark, marks, most_alike
from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.meaning import Subject

OLD = "Nobody knew the way.\n\nThe ferry left at noon. The ferry came back.\n\nIt was the last trip of the old year."
NEW = "The ferry came back.\n\nNobody knew the way.\n\nThe ferry left at noon. The ferry came back."


def case(group: str, expected: Span | None) -> Case:
    return Case("a", group, "doc", Span(0, 10), Subject("en"), expected)


@pytest.mark.parametrize(
    ("group", "expected", "place", "is_worth"),
    [
        ("same-text", Span(0, 10), Span(0, 10), Mark.RIGHT),
        ("same-text", Span(0, 10), Span(0, 9), Mark.PARTIAL),
        ("same-text", Span(0, 10), Span(0, 5), Mark.PARTIAL),
        ("same-text", Span(0, 10), Span(0, 4), Mark.WRONG),
        ("same-text", Span(0, 10), Span(20, 30), Mark.WRONG),
        ("same-text", Span(0, 10), None, Mark.ORPHANED),
        ("edited", Span(0, 10), Span(0, 8), Mark.RIGHT),
        ("edited", Span(0, 10), Span(2, 12), Mark.PARTIAL),
        ("edited", Span(0, 10), Span(0, 4), Mark.WRONG),
        ("orphan", None, None, Mark.RIGHT),
        ("orphan", None, Span(0, 10), Mark.WRONG),
    ],
)
def test_a_place_is_worth_what_it_has_in_common_with_the_expected_one(
    group: str, expected: Span | None, place: Span | None, is_worth: Mark
) -> None:
    assert mark(case(group, expected), {"a": place}) is is_worth


def test_no_prediction_is_a_wrong_one() -> None:
    assert mark(case("orphan", None), {}) is Mark.WRONG


def test_the_references_take_the_first_and_the_most_alike_words() -> None:
    start = OLD.index("The ferry came back")
    bench = Bench([Case("a", "repeated-hard", "doc", Span(start, start + 19), Subject("en"), Span(68, 87))],
                  {"doc": (OLD, NEW)})  # fmt: skip
    assert first_found(bench) == {"a": Span(0, 19)}
    assert most_alike(bench) == {"a": Span(0, 19)}
    assert marks(bench, first_found(bench)) == {"repeated-hard": Counter({Mark.WRONG: 1})}


def test_it_runs_from_the_command_line(tmp_path: Path) -> None:
    gone, kept = OLD.index("It was"), OLD.index("The ferry left")
    cases = [
        {"id": "kept", "doc": "doc", "kind": "entity", "start": kept, "end": kept + 9, "exact": "The ferry",
         "cls": "same-text", "expected": {"start": NEW.index("The ferry left"), "end": NEW.index("The ferry left") + 9}},
        {"id": "gone", "doc": "doc", "kind": "claim", "start": gone, "end": len(OLD), "exact": OLD[gone:],
         "cls": "orphan", "expected": None},
    ]  # fmt: skip
    bench, out = tmp_path / "bench.json", tmp_path / "out.json"
    bench.write_text(json.dumps({"docs": {"doc": {"old": OLD, "new": NEW, "lang": "en"}}, "cases": cases}))
    result = CliRunner().invoke(main, [str(bench), "--out", str(out)], catch_exceptions=False)
    assert json.loads(out.read_text()) == {"kept": list(cases[0]["expected"].values()), "gone": None}  # type: ignore[attr-defined]
    assert result.output.count("right 2/2 (100.0%)  partial 0  WRONG 0  orphaned 0") == 1
    assert "same-text        unchanged 1  moved 0  meaning changed 0  lost 0" in result.output
    assert "times as long" in result.output


def test_without_cases_it_says_so_and_takes_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSGLOSS_TESTDATA", raising=False)
    result = CliRunner().invoke(main, catch_exceptions=False)
    assert "no cases" in result.output
    assert "1000 annotations" in result.output
