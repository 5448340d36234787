"""Markdown to visible text, profile newsgloss-text/1, with the way back to the source.

In: CommonMark. Out: blocks of pieces with offsets into the canonical text (code points, end excluded): blocks are joined
by two LF, a soft break is one space, a hard break one LF, markup and image alts count nothing. What is not prose (raw
HTML, code, rules, headings inside lists) is a problem, and its words still stand in the text, so that nothing is lost.
The only module that reads sources by the Markdown parser.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import pyromark

from build_scripts.problems import Problem, Rule, shown
from build_scripts.reading.packed import Packed
from build_scripts.reading.values import CONTROL, TEXT_PROFILE, composition
from build_scripts.source import Edit, Place, Source

MAX_NESTING = 8
MAX_BLOCK = 50_000
MAX_LENGTH = 1_000_000
MAX_NUMBER = 99
"""A list's first number: renderers disagree on the indent behind a longer one, which is a year more often than a list."""

RAW_HTML = Rule(
    "raw-html",
    "HTML is not used in texts: what looks like a tag is shown as it is written, so write `\\<` for the sign.",
)
NOT_PROSE = Rule(
    "not-prose",
    "Texts are paragraphs, headings, lists, block quotes, emphasis, links and images. Code, horizontal rules, titles of "
    "links and headings inside lists or quotes are none of these. Four spaces at a line's start make code: delete them.",
)
PROSE_BOUND = Rule(
    "prose-bound",
    f"Lists, quotes and emphasis nest {MAX_NESTING} deep at most, a paragraph has at most {MAX_BLOCK:,} characters and a "
    f"text {MAX_LENGTH:,}: beyond that renderers fail or take minutes.",
)
RULES = (RAW_HTML, NOT_PROSE, PROSE_BOUND)


_STYLES: dict[str, Literal["emphasis", "strong", "link"]] = {"Emphasis": "emphasis", "Strong": "strong", "Link": "link"}


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


@dataclass(frozen=True, slots=True)
class Piece:
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


@dataclass(frozen=True, slots=True)
class Block:
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


@dataclass(frozen=True)
class Prose(Packed):
    """A text as a reader sees it."""

    LARGE = frozenset({"blocks"})

    source: Source
    body: int
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)

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
    markdown = source.text[body:]
    if len(markdown) > MAX_LENGTH:
        problem = PROSE_BOUND.problem(source.place(body), f"{len(markdown):,} characters of text", "split the article")
        return Prose(source, body, "", ()), [problem]
    reader = _Reader(source, body, markdown)
    for event, span in pyromark.events_with_range(markdown):
        reader.take(event, span["start"], span["end"])
    prose = Prose(source, body, "".join(reader.text), tuple(_with_tightness(reader.blocks, reader.loose)))
    return prose, [*reader.problems, *_profile(prose)]


def _with_tightness(blocks: list[Block], loose: set[int]) -> Iterator[Block]:
    for block in blocks:
        lists = [container.number for container in block.containers if container.kind in ("bullets", "numbers")]
        tight = not any(number in loose for number in lists)
        yield Block(block.start, block.end, block.level, block.containers, tight, block.pieces)


def _profile(prose: Prose) -> Iterator[Problem]:
    for block in prose.blocks:
        text = prose.text[block.start : block.end]
        for control in CONTROL.finditer(text):
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


def _composition(source: Source, block: Block) -> Iterator[Edit]:
    for piece in block.pieces:
        if piece.kind == "text" and piece.verbatim:
            yield from composition(source, piece.offset, piece.offset + len(piece.text))


class _Reader:
    """Takes the parser's events one by one; ranges are UTF-8 bytes of the body."""

    def __init__(self, source: Source, body: int, markdown: str) -> None:
        self._source = source
        self._body = body
        self._markdown = markdown
        self._raw = None if markdown.isascii() else markdown.encode()
        self._known = (0, 0)
        self.text: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.loose: set[int] = set()
        self.problems: list[Problem] = []
        self._containers: list[Container] = []
        self._item_starts: dict[int, int] = {}
        self._styles: list[Style] = []
        self._pieces: list[Piece] | None = None
        self._level = 0
        self._alt: tuple[list[str], str, int] | None = None
        self._images = 0
        self._skipped = 0
        self._count = 0

    def take(self, event: Any, start: int, end: int) -> None:
        """One event of the parser: a word, or a mapping of one name to its content."""
        name, content = _tag(event)
        if name == "Start":
            self._open(*_tag(content), start)
        elif name == "End":
            self._close(_tag(content)[0])
        elif name == "Text":
            self._add(content, start, end)
        elif name == "SoftBreak":
            self._add(" ", start, end)
        elif name == "HardBreak":
            self._break(start)
        elif name == "Html":
            self._add(content, start, end)
        elif name == "InlineHtml":
            self._refuse(RAW_HTML, start, f"raw HTML: {shown(content)}", "write \\< where the sign itself is meant")
            self._add(content, start, end)
        elif name == "Code":
            self._refuse(NOT_PROSE, start, f"code: {shown(content)}", "write \\` where the sign itself is meant")
            self._add(content, start, end)
        else:
            self._refuse(
                NOT_PROSE, start, "a horizontal rule", "use a heading, or write \\- where the sign itself is meant"
            )

    def _open(self, tag: str, content: Any, start: int) -> None:
        if tag in ("Paragraph", "Heading", "HtmlBlock", "CodeBlock"):
            self._open_block(tag, content, start)
        elif tag in ("List", "Item", "BlockQuote"):
            self._flush()
            self._open_container(tag, content, start)
        elif tag == "Image":
            self._open_image(content, start)
        else:
            self._open_style(tag, content, start)

    def _open_image(self, content: Any, start: int) -> None:
        self._check_link(content, start)
        self._images += 1
        if self._images > 1:
            self._refuse(
                NOT_PROSE, start, "an image inside the words of an image", "write \\! where the sign itself is meant"
            )
        else:
            self._alt = ([], content["dest_url"], start)

    def _open_block(self, tag: str, content: Any, start: int) -> None:
        self._flush()
        self._level = int(content["level"][1]) if tag == "Heading" else 0
        self._pieces = []
        if tag == "HtmlBlock":
            self._refuse(RAW_HTML, start, "a block of raw HTML", "write \\< where the sign itself is meant")
        if tag == "CodeBlock":
            self._refuse(NOT_PROSE, start, "a block of code", "delete the four spaces or the ``` at the line's start")
        if self._level and self._containers:
            self._refuse(
                NOT_PROSE, start, "a heading inside a list or a quote", "write \\# where the sign itself is meant"
            )
            self._level = 0

    def _open_container(self, tag: str, content: Any, start: int) -> None:
        self._count += 1
        if len(self._containers) >= 2 * MAX_NESTING or self._skipped:
            self._skipped += 1
            if self._skipped == 1:
                self._refuse(
                    PROSE_BOUND,
                    start,
                    "lists or quotes nest too deep",
                    "write \\> or \\- where the sign itself is meant",
                )
            return
        if tag == "List":
            kind: Literal["bullets", "numbers"] = "bullets" if content is None else "numbers"
            first = 1 if content is None else content
            if first > MAX_NUMBER:
                self._refuse(
                    NOT_PROSE, start, f"a list that starts with {first}", f"write {first}\\. where no list is meant"
                )
                first = 1
            self._containers.append(Container(kind, self._count, first))
        else:
            self._containers.append(Container("item" if tag == "Item" else "quote", self._count))
            self._item_starts[self._count] = self._char(start)

    def _open_style(self, tag: str, content: Any, start: int) -> None:
        self._count += 1
        url = content["dest_url"] if tag == "Link" else ""
        if tag == "Link":
            self._check_link(content, start)
        if len(self._styles) == MAX_NESTING:
            self._refuse(PROSE_BOUND, start, "emphasis nests too deep", "write \\* where the sign itself is meant")
        self._styles.append(Style(_STYLES[tag], self._count, url))

    def _check_link(self, content: Any, start: int) -> None:
        if content["title"]:
            self._refuse(
                NOT_PROSE, start, f"the title of a link: {shown(content['title'])}", "put these words into the text"
            )

    def _close(self, tag: str) -> None:
        if tag in ("Paragraph", "Heading", "HtmlBlock", "CodeBlock"):
            if tag == "Paragraph" and self._containers and self._containers[-1].kind == "item":
                self.loose.add(self._containers[-2].number)
            self._flush()
        elif tag in ("List", "Item", "BlockQuote"):
            self._flush()
            self._close_container()
        elif tag == "Image":
            self._close_image()
        else:
            self._styles.pop()

    def _close_container(self) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        container = self._containers.pop()
        is_empty = not self.blocks or container not in self.blocks[-1].containers
        if container.kind == "item" and is_empty:
            place = self._source.place(self._item_starts.pop(container.number))
            self.problems.append(
                NOT_PROSE.problem(place, "an empty item of a list", "delete it, or write \\- for the sign itself")
            )

    def _close_image(self) -> None:
        self._images -= 1
        if self._alt is not None and self._images == 0:
            words, url, start = self._alt
            self._alt = None
            self._append(
                Piece("image", self._length, "".join(words), self._char(start), False, tuple(self._styles), url)
            )

    def _add(self, text: str, start: int, end: int) -> None:
        if self._alt is not None:
            self._alt[0].append(text)
            return
        first, last = self._char(start), self._char(end)
        text = text.replace("\n", " ")
        verbatim = self._source.text[first:last] == text
        if text:
            self._append(Piece("text", self._length, text, first, verbatim, tuple(self._styles[:MAX_NESTING])))

    def _break(self, start: int) -> None:
        if self._alt is not None:
            self._alt[0].append(" ")
        else:
            self._append(
                Piece("break", self._length, "\n", self._char(start), False, tuple(self._styles[:MAX_NESTING]))
            )

    def _append(self, piece: Piece) -> None:
        if self._pieces is None:
            self._pieces = []
        if piece.kind != "image" and self._length and all(other.kind == "image" for other in self._pieces):
            self.text.append("\n\n")
            self._length += 2
            self._pieces = [replace(image, start=self._length) for image in self._pieces]
            piece = replace(piece, start=self._length)
        self._pieces.append(piece)
        if piece.kind != "image":
            self.text.append(piece.text)
            self._length += len(piece.text)

    def _flush(self) -> None:
        """End the block under way, if any: also the text of a tight list item, which has no paragraph of its own."""
        pieces, self._pieces = self._pieces, None
        if pieces:
            start, end = pieces[0].start, pieces[-1].end
            self.blocks.append(Block(start, end, self._level, tuple(self._containers), False, tuple(pieces)))
        self._level = 0

    def _char(self, byte: int) -> int:
        """The code point of the source at a byte of the body: as far from the last one asked for as the bytes between hold."""
        if self._raw is None:
            return self._body + byte
        last, char = self._known
        between = len(self._raw[min(last, byte) : max(last, byte)].decode())
        self._known = byte, char + between if byte >= last else char - between
        return self._body + self._known[1]

    def _refuse(self, rule: Rule, start: int, message: str, hint: str) -> None:
        self.problems.append(rule.problem(self._source.place(self._char(start)), message, hint))


def _tag(content: Any) -> tuple[str, Any]:
    """A word, or a mapping of one word to what belongs to it, as a pair."""
    return (content, None) if isinstance(content, str) else next(iter(content.items()))
