"""Problems as text for people, as GitHub's workflow commands, as JSON, as a Markdown summary.

In: problems in order. Out: text. Prints nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from build_scripts.problems import Problem, Severity, beyond, one_line

SHOWN_BY_GITHUB = 10
"""GitHub shows ten errors, ten warnings and ten notices of a step and hides the rest without a word."""

MAX_SUMMARY = 1_000_000
"""GitHub drops the summary of a step that is larger than 1 MiB: all of it."""

Changed = Mapping[str, Sequence[range]]
"""For each changed file, the lines that changed."""


def as_text(problems: Sequence[Problem]) -> str:
    """One paragraph a problem, and what it comes to."""
    return "\n".join([*map(str, problems), _total(problems)])


def as_watched(problems: Sequence[Problem], before: Sequence[Problem] | None, changed: Iterable[str] = ()) -> str:
    """The problems under a heading, with what is new at the end, where the eye is; ``before``: those of the last look, if any."""
    if before is None:
        return "\n".join([as_text(problems), _WATCHING])
    known, now = (Counter(problem.identity for problem in each) for each in (before, problems))
    new = beyond(problems, known)
    mended = beyond(before, now)
    lines = [f"=== changed: {', '.join(one_line(path) for path in sorted(changed))}"]
    lines += [str(problem) for problem in problems if problem not in new]
    lines += [f"mended: {problem.bygone}" for problem in mended]
    lines += [f"new: {problem}" for problem in new]
    return "\n".join([*lines, f"{_total(problems)}: {len(new)} new, {len(mended)} mended", _WATCHING])


_WATCHING = "Watching sources/. Ctrl-C ends."


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


def nearest_first(problems: Iterable[Problem], changed: Changed) -> list[Problem]:
    """The problems by how many lines they are from the nearest change in their file, errors first at the same distance."""
    return sorted(problems, key=lambda problem: (_distance(problem, changed), not problem.is_error, problem))


def below(folder: str, problems: Iterable[Problem]) -> list[Problem]:
    """The problems with paths as seen from where ``folder`` is the path to the root, with a slash at its end, or empty."""
    return [replace(problem, place=replace(problem.place, path=folder + problem.place.path)) for problem in problems]


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands for the first errors and the first warnings of ``problems``, then all of them as text."""
    lines = []
    for severity in Severity:
        here = [problem for problem in problems if problem.severity is severity]
        lines += [_command(problem) for problem in here[:SHOWN_BY_GITHUB]]
        if len(here) > SHOWN_BY_GITHUB:
            lines.append(f"{len(here) - SHOWN_BY_GITHUB} more {severity}s: all are in the list below")
    return "\n".join([*lines, as_text(sorted(problems)), ""])


def as_markdown(problems: Sequence[Problem], room: int = MAX_SUMMARY) -> str:
    """A table of the problems in their order, as many as ``room`` bytes hold, and how many are left out; for a step summary."""
    if not problems:
        return "No problems in sources/.\n"
    lines = [f"{_total(problems)}.\n", "| place | | problem | hint | rule |", "|--|--|--|--|--|"]
    room -= _size(lines) + _size([_LEFT_OUT])
    for number, problem in enumerate(problems):
        row = _row(problem)
        room -= _size([row])
        if room < 0:
            return "\n".join([*lines, "", _LEFT_OUT.format(len(problems) - number), ""])
        lines.append(row)
    return "\n".join([*lines, ""])


_LEFT_OUT = (
    "**Not shown here: {}**, for want of room. The log of this step lists all problems, and so does `newsgloss check`."
)


def _total(problems: Sequence[Problem]) -> str:
    numbers = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    # Notices are rare: no word about none.
    told = [severity for severity in Severity if severity is not Severity.NOTICE or numbers[severity]]
    return ", ".join(_count(numbers[severity], severity) for severity in told) if problems else "no problems"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _distance(problem: Problem, changed: Changed) -> int:
    """How many lines from the nearest change in the file; far for files that did not change."""
    line, ranges = problem.place.line, changed.get(problem.place.path, ())
    return min((max(lines.start - line, line - lines.stop + 1, 0) for lines in ranges), default=1_000_000)


def _command(problem: Problem) -> str:
    message = problem.message + (f"\nhint: {problem.hint}" if problem.hint else "")
    place = problem.place
    properties = f"file={_property(place.path)},line={place.line},col={place.column},title={_property(problem.rule)}"
    return f"::{problem.severity} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _row(problem: Problem) -> str:
    place, message, hint = (_cell(text) for text in (str(problem.place), problem.message, problem.hint))
    return f"| {place} | {problem.severity} | {message} | {hint} | {problem.rule} |"


def _size(lines: Iterable[str]) -> int:
    """How many bytes the lines take, each with its end."""
    return sum(len(line.encode()) + 1 for line in lines)


def _cell(text: str) -> str:
    escaped = "".join(f"\\{char}" if char in "\\`*_[]|#~" else char for char in one_line(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;")
