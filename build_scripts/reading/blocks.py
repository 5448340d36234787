"""What a text is made of: blocks of pieces, with the way back to the source.

Offsets are code points: into the canonical text, end excluded, and into the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

MAX_NESTING = 8
MAX_BLOCK = 50_000
MAX_LENGTH = 1_000_000
MAX_NUMBER = 99
"""A list's first number: renderers disagree on the indent behind a longer one, which is a year more often than a list."""


@dataclass(frozen=True, slots=True)
class Style:
    """An inline container; ``number`` tells two neighbours of the same kind apart."""

    kind: Literal["emphasis", "strong", "link"]
    number: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """A block container; ``number`` tells neighbours apart. ``first`` is the number of an ordered list's first item."""

    kind: Literal["quote", "bullets", "numbers", "item"]
    number: int
    first: int = 1


class Piece(NamedTuple):
    """A run of visible text in one style. ``offset``: where it stands in the source; ``verbatim``: letter by letter."""

    kind: Literal["text", "break", "image"]
    start: int
    text: str
    offset: int
    verbatim: bool
    styles: tuple[Style, ...]
    url: str = ""

    @property
    def end(self) -> int:
        """End in the canonical text, excluded; an image's text is its alt and takes no room."""
        return self.start if self.kind == "image" else self.start + len(self.text)


class Block(NamedTuple):
    """A paragraph, a heading or an item's text."""

    start: int
    end: int
    level: int
    containers: tuple[Container, ...]
    tight: bool
    pieces: tuple[Piece, ...]

    @property
    def is_heading(self) -> bool:
        """Whether ``level`` counts: 1 to 6; 0 is a paragraph."""
        return self.level > 0
