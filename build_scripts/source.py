"""A file's text and the way between its offsets and the places that an editor sees.

In: decoded text. Out: lines and columns, counted from 1, columns in code points. Knows nothing of what the text means.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where something stands: ``path`` relative to the root, with ``/``; ``line`` and ``column`` from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Source:
    """The text of the file at ``path`` (relative to the root). Lines end at LF and nowhere else."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(at + 1 for at, char in enumerate(self.text) if char == "\n")]

    def place(self, offset: int) -> Place:
        """The place of the code point at ``offset``; offsets beyond the end stand for the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._line_starts, offset)
        return Place(self.path, line, offset - self._line_starts[line - 1] + 1)
