"""What a consistency check reads, and what it gives.

In: an article's canonical text, its language and day, the names that its publication knows. Out: findings at code points
of that text. Places in files are not known here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from build_scripts.problems import Rule


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be checked against itself.

    ``language``: BCP 47, its first part alone; ``published``: the day, where known; ``known``: names that entities bear.
    """

    text: str = field(repr=False)
    language: str = "en"
    published: dt.date | None = None
    known: Container[str] = frozenset()

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line, which is a paragraph or a part of one, with its start."""
        start = 0
        for line in self.text.split("\n"):
            yield start, line
            start += len(line) + 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold at the code point ``at``. ``also``: where what contradicts it stands; ends the message."""

    rule: Rule
    at: int
    message: str
    hint: str
    also: int | None = None
