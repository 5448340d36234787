"""What a consistency check reads, and what it gives.

In: an article's canonical text, its language and day, the names that its publication knows. Out: findings at code points
of that text. Places in files are not known here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from build_scripts.problems import Rule


@dataclass(frozen=True)
class Text:
    """A text to be checked against itself.

    ``language``: BCP 47, its first part alone; ``published``: the day, where known; ``known``: names that entities bear.
    """

    text: str = field(repr=False)
    language: str = "en"
    published: dt.date | None = None
    known: Container[str] = frozenset()

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """Each line, which is a paragraph or a part of one, with its start."""
        lines = self.text.split("\n")
        starts = accumulate((len(line) + 1 for line in lines), initial=0)
        return tuple(zip(starts, lines, strict=False))  # behind the last line none starts

    def lines_with(self, signs: Collection[str]) -> Iterator[tuple[int, str]]:
        """The lines that hold one of ``signs``."""
        held = [sign for sign in signs if sign in self.text]
        return ((start, line) for start, line in (self.lines if held else ()) if any(sign in line for sign in held))


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold at the code point ``at``. ``also``: where what contradicts it stands; ends the message."""

    rule: Rule
    at: int
    message: str
    hint: str
    also: int | None = None
