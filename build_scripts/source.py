"""A file's text and the way between its offsets and the places that an editor sees.

In: decoded text. Out: lines and columns, counted from 1, columns in code points. Knows nothing of what the text means.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from build_scripts.cache import digest


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where something stands: ``path`` relative to the root, with ``/``; ``line`` and ``column`` from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Edit:
    """Characters that take the place of those from ``start`` to ``end``, in code points of a source."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Source:
    """The text of the file at ``path`` (relative to the root). Lines end at LF and nowhere else."""

    path: str
    text: str = field(repr=False)

    def __reduce__(self) -> tuple[type[Source], tuple[str, str]]:
        """What is worked out from the text is not kept."""
        return Source, (self.path, self.text)

    @cached_property
    def digest(self) -> bytes:
        """What no other path or text has."""
        return digest(self.path, self.text)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1])]

    def place(self, offset: int) -> Place:
        """The place of the code point at ``offset``; offsets beyond the end stand for the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._line_starts, offset)
        return Place(self.path, line, offset - self._line_starts[line - 1] + 1)


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with the edits made; what is put in at one place keeps its order. Raises ValueError where two edits overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise ValueError("two changes in one place")
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def difference(before: str, after: str) -> Edit:
    """The edit that makes ``after`` of ``before``, without what both begin and end with."""
    start = _alike(before, after)
    same = _alike(before[start:][::-1], after[start:][::-1])
    return Edit(start, len(before) - same, after[start : len(after) - same])


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)
