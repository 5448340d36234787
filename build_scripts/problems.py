"""What is wrong with the content, told so that an editor can mend it.

In: findings of any stage. Out: ``Problem`` values, sorted, and their rules. Problems are values, never exceptions.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from build_scripts.source import Edit, Place

Identity = tuple[str, str, str]

_PLACE = re.compile(r"\d+:\d+")


class Severity(StrEnum):
    """An error stops publishing; a warning does not; a notice asks for nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise about the content: ``name`` is its permanent id, ``explanation`` tells an editor (Markdown).

    ``mending`` tells which of its problems have exactly one edit that puts them right and changes no meaning, if any have.
    """

    name: str
    explanation: str
    severity: Severity = Severity.ERROR
    mending: str = ""

    def problem(self, place: Place, message: str, hint: str = "", fix: Sequence[Edit] = ()) -> Problem:
        """The problem of this rule broken at ``place``; ``hint`` says what to write instead, ``fix`` is the edit that does."""
        return Problem(place, self.severity, one_line(message), self.name, one_line(hint), tuple(fix))


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One finding. Sorts by place."""

    place: Place
    severity: Severity
    message: str
    rule: str
    hint: str = ""
    fix: tuple[Edit, ...] = field(default=(), compare=False, repr=False)
    """What puts it right in its file, as far as can be told without trying it."""

    @property
    def identity(self) -> Identity:
        """What stays the same while other edits move it within its file, or write the words that it names in another form."""
        return self.place.path, self.rule, _PLACE.sub("", unicodedata.normalize("NFC", self.message))

    @property
    def is_error(self) -> bool:
        """Whether it stops publishing."""
        return self.severity is Severity.ERROR

    @property
    def bygone(self) -> str:
        """How it is told once it is no more."""
        return f"{one_line(str(self.place))}: {self.message} ({self.rule})"

    def __str__(self) -> str:
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{one_line(str(self.place))}: {self.severity}: {self.message} ({self.rule}){hint}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by path, line and column."""
    return tuple(sorted(set(problems)))


def beyond(problems: Iterable[Problem], known: Counter[Identity]) -> list[Problem]:
    """The problems that are not among the known ones; of one that is there more often, the last."""
    left, found = known.copy(), []
    for problem in problems:
        left[problem.identity] -= 1
        found += [problem] if left[problem.identity] < 0 else []
    return found


def shown(text: str, limit: int = 60) -> str:
    """``text`` quoted for a message: shortened in the middle to about ``limit`` code points, invisible ones named."""
    if len(text) > limit:
        text = f"{text[: limit * 2 // 3]}…{text[-limit // 3 :]}"
    return '"' + "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text) + '"'


def one_line(text: str) -> str:
    """``text`` without characters that do not print, and without what a CI log would take for a command."""
    visible = text
    if not text.isprintable():
        visible = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)
    return visible.replace("##[", "## [")
