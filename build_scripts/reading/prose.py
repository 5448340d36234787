"""A text as a reader sees it, profile newsgloss-text/1.

In: a source. Out: its canonical text with the way back (code points, end excluded), and what no text may hold: control characters,
letters that are not composed, blocks that are too long.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from build_scripts.problems import Problem, shown
from build_scripts.reading.again import Again
from build_scripts.reading.blocks import MAX_BLOCK, MAX_LENGTH, Block, Piece
from build_scripts.reading.markdown import NOT_PROSE, PROSE_BOUND, RAW_HTML, Reader
from build_scripts.reading.values import TEXT_PROFILE, composition, controls
from build_scripts.source import Edit, Place, Source

RULES = (RAW_HTML, NOT_PROSE, PROSE_BOUND)


class Link(NamedTuple):
    """What a link leads to, and where its first words stand in the source."""

    url: str
    offset: int


class Image(NamedTuple):
    """The address of an image, its words, and where it stands in the source."""

    url: str
    words: str
    offset: int


@dataclass(frozen=True)
class Prose(Again):
    """A text as a reader sees it."""

    LARGE = frozenset({"blocks"})

    source: Source
    body: int
    text: str = field(repr=False)
    links: tuple[Link, ...] = field(repr=False)
    images: tuple[Image, ...] = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)

    def again(self) -> Prose:
        """The same, read again."""
        return read_prose(self.source, self.body)[0]

    @cached_property
    def _pieces(self) -> list[Piece]:
        return [piece for block in self.blocks for piece in block.pieces if piece.kind != "image"]

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self._pieces]

    def offset(self, position: int) -> int:
        """Where in the source file the code point at ``position`` of the canonical text stands."""
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return self.body
        piece = self._pieces[at]
        inside = min(position, piece.end) - piece.start
        return piece.offset + (inside if piece.verbatim else 0)

    def place(self, position: int) -> Place:
        """Line and column in the source file of ``position`` in the canonical text."""
        return self.source.place(self.offset(position))

    def block_number(self, position: int) -> int:
        """The number in ``blocks`` of the block in which ``position`` lies; in a gap, the one before it."""
        return max(0, bisect_right(self.blocks, position, key=lambda block: block.start) - 1)


def read_prose(source: Source, body: int = 0) -> tuple[Prose, list[Problem]]:
    """Read the Markdown of ``source`` from ``body``, a code point offset, on."""
    length = len(source.text) - body
    if length > MAX_LENGTH:
        problem = PROSE_BOUND.problem(source.place(body), f"{length:,} characters of text", "split the article")
        return Prose(source, body, "", (), (), ()), [problem]
    reader = Reader(source, body)
    blocks = reader.read()
    marked = [piece for block in blocks for piece in block.pieces if piece.styles or piece.kind == "image"]
    images = (Image(piece.url, piece.text, piece.offset) for piece in marked if piece.kind == "image")
    prose = Prose(source, body, "".join(reader.text), tuple(_links(marked)), tuple(images), blocks)
    return prose, [*reader.problems, *_profile(prose)]


def _links(pieces: Iterable[Piece]) -> Iterator[Link]:
    told: set[int] = set()
    for piece in pieces:
        for style in piece.styles:
            if style.kind == "link" and style.number not in told:
                told.add(style.number)
                yield Link(style.url, piece.offset)


def _profile(prose: Prose) -> Iterator[Problem]:
    if _is_sound(prose.text):
        return
    for block in prose.blocks:
        text = prose.text[block.start : block.end]
        for control in controls(text):
            message = f"control character U+{ord(control.group()):04X}"
            yield TEXT_PROFILE.problem(prose.place(block.start + control.start()), message, "delete it")
        composed = unicodedata.normalize("NFC", text)
        if composed != text:
            at = next(
                (at for at, (one, other) in enumerate(zip(text, composed, strict=False)) if one != other), len(composed)
            )
            message = f"{shown(text[max(0, at - 10) : at + 2])} is not in composed form (NFC)"
            fix = list(_composition(prose.source, block))
            yield TEXT_PROFILE.problem(prose.place(block.start + at), message, "type the letters anew", fix)
        if len(text) > MAX_BLOCK:
            yield PROSE_BOUND.problem(
                prose.place(block.start), f"a block of {len(text):,} characters", "start new paragraphs"
            )


def _is_sound(text: str) -> bool:
    """Whether a text as a whole leaves nothing to tell of any block: most do."""
    return len(text) <= MAX_BLOCK and unicodedata.is_normalized("NFC", text) and not any(controls(text))


def _composition(source: Source, block: Block) -> Iterator[Edit]:
    for piece in block.pieces:
        if piece.kind == "text" and piece.verbatim:
            yield from composition(source, piece.offset, piece.offset + len(piece.text))
