"""What is wrong with the content, told so that an editor can mend it.

In: findings of any stage. Out: ``Problem`` values, sorted, and their rules. Problems are values, never exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from build_scripts.source import Place


class Severity(StrEnum):
    """An error stops publishing; a warning does not; a notice asks for nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise about the content: ``name`` is its permanent id, ``explanation`` tells an editor (Markdown)."""

    name: str
    explanation: str
    severity: Severity = Severity.ERROR

    def problem(self, place: Place, message: str, hint: str = "") -> Problem:
        """The problem of this rule broken at ``place``; ``hint`` says what to write instead."""
        return Problem(place, self.severity, one_line(message), self.name, one_line(hint))


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One finding. Sorts by place."""

    place: Place
    severity: Severity
    message: str
    rule: str
    hint: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it stops publishing."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{one_line(str(self.place))}: {self.severity}: {self.message} ({self.rule}){hint}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by path, line and column."""
    return tuple(sorted(set(problems)))


def shown(text: str, limit: int = 60) -> str:
    """``text`` quoted for a message: shortened in the middle to about ``limit`` code points, invisible ones named."""
    if len(text) > limit:
        text = f"{text[: limit * 2 // 3]}…{text[-limit // 3 :]}"
    return '"' + "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text) + '"'


def one_line(text: str) -> str:
    """``text`` without characters that do not print, and without what a CI log would take for a command."""
    visible = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)
    return visible.replace("##[", "## [")
