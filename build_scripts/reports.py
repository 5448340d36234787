"""Problems as text for people, as GitHub's workflow commands, as JSON, as a Markdown summary.

In: problems in order. Out: text. Prints nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_scripts.problems import Problem, Severity, one_line

SHOWN_BY_GITHUB = 10
"""GitHub shows ten errors and ten warnings of a step and hides the rest without a word."""

Changed = Mapping[str, Sequence[range]]
"""For each changed file, the lines that changed."""


def as_text(problems: Sequence[Problem]) -> str:
    """One paragraph a problem, and what it comes to."""
    return "\n".join([*map(str, problems), _total(problems)])


def as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """One object a problem; lines and columns from 1, columns in code points."""
    return [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": problem.severity.value,
            "rule": problem.rule,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]


def as_github(problems: Sequence[Problem], changed: Changed) -> str:
    """Workflow commands for the problems nearest to the change, then all problems as text."""
    ranked = sorted(problems, key=lambda problem: (_distance(problem, changed), problem))
    lines = []
    for severity in Severity:
        here = [problem for problem in ranked if problem.severity is severity]
        lines += [_command(problem) for problem in here[:SHOWN_BY_GITHUB]]
        if len(here) > SHOWN_BY_GITHUB:
            lines.append(f"{len(here) - SHOWN_BY_GITHUB} more {severity}s: all are below and in the step summary")
    return "\n".join([*lines, as_text(problems), ""])


def as_markdown(problems: Iterable[Problem]) -> str:
    """A table of all problems, for a step summary."""
    rows = [
        f"| {_cell(str(problem.place))} | {problem.severity} | {_cell(problem.message)} | {_cell(problem.hint)} | {problem.rule} |"
        for problem in problems
    ]
    if not rows:
        return "No problems in sources/.\n"
    return "\n".join(["| place | | problem | hint | rule |", "|--|--|--|--|--|", *rows, ""])


def _total(problems: Sequence[Problem]) -> str:
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')}" if problems else "no problems"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _distance(problem: Problem, changed: Changed) -> tuple[int, int]:
    """Errors first; then how many lines from the nearest change, far for files that did not change."""
    ranges = changed.get(problem.place.path, ())
    line = problem.place.line
    nearest = min((max(lines.start - line, line - lines.stop + 1, 0) for lines in ranges), default=1_000_000)
    return (not problem.is_error, nearest)


def _command(problem: Problem) -> str:
    message = problem.message + (f"\nhint: {problem.hint}" if problem.hint else "")
    place = problem.place
    properties = f"file={_property(place.path)},line={place.line},col={place.column},title={_property(problem.rule)}"
    return f"::{problem.severity} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    escaped = "".join(f"\\{char}" if char in "\\`*_[]|#~" else char for char in one_line(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;")
