"""Markdown to blocks of visible text.

In: CommonMark. Out: blocks of pieces with offsets into the canonical text (code points, end excluded): blocks are joined
by two LF, a soft break is one space, a hard break one LF, markup and image alts count nothing. What is not prose (raw
HTML, code, rules, headings inside lists) is a problem, and its words still stand in the text, so that nothing is lost.
The only module that reads sources by the Markdown parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pyromark

from build_scripts.problems import Problem, Rule, shown
from build_scripts.reading.blocks import (
    MAX_BLOCK,
    MAX_LENGTH,
    MAX_NESTING,
    MAX_NUMBER,
    Block,
    Container,
    Piece,
    Style,
)
from build_scripts.source import Source

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
_WORDS = frozenset({"Text", "Html"})
_STYLES: dict[str, Literal["emphasis", "strong", "link"]] = {"Emphasis": "emphasis", "Strong": "strong", "Link": "link"}


class Reader:
    """Takes the parser's events one by one; ranges are UTF-8 bytes of the body."""

    def __init__(self, source: Source, body: int) -> None:
        self._source = source
        self._body = body
        self._markdown = source.text[body:]
        self._raw = None if self._markdown.isascii() else self._markdown.encode()
        self._known = (0, 0)
        self.text: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._loose: set[int] = set()
        self.problems: list[Problem] = []
        self._containers: list[Container] = []
        self._item_starts: dict[int, int] = {}
        self._styles: list[Style] = []
        self._pieces: list[Piece] = []
        self._has_text = False
        self._level = 0
        self._alt: tuple[list[str], str, int] | None = None
        self._images = 0
        self._skipped = 0
        self._count = 0

    def read(self) -> tuple[Block, ...]:
        """The blocks of the whole body."""
        for event, span in pyromark.events_with_range(self._markdown):
            name, content = _tag(event)
            if name in _WORDS:
                self._add(content, span["start"], span["end"])
            elif name == "Start":
                self._open(*_tag(content), span["start"])
            elif name == "End":
                self._close(content if isinstance(content, str) else _tag(content)[0])
            else:
                self._take(name, content, span["start"], span["end"])
        return tuple(self._with_tightness())

    def _with_tightness(self) -> Iterator[Block]:
        for block in self._blocks:
            is_loose = bool(block.containers) and any(one.number in self._loose for one in block.containers)
            yield block._replace(tight=False) if is_loose else block

    def _take(self, name: str, content: Any, start: int, end: int) -> None:
        """What stands in the text and is no words as they are."""
        if name == "SoftBreak":
            self._add(" ", start, end)
        elif name == "HardBreak":
            self._break(start)
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
                self._loose.add(self._containers[-2].number)
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
        is_empty = not self._blocks or container not in self._blocks[-1].containers
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
        first = self._char(start)
        text = text.replace("\n", " ")
        length = len(text)
        verbatim = self._source.text.startswith(text, first) and self._bytes(text) == end - start
        if verbatim:
            self._known = end, first + length - self._body
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
        if piece.kind == "image":
            self._pieces.append(piece)
            return
        if not self._has_text and self._length:
            self.text.append("\n\n")
            self._length += 2
            self._pieces = [image._replace(start=self._length) for image in self._pieces]
            piece = piece._replace(start=self._length)
        self._has_text = True
        self._pieces.append(piece)
        self.text.append(piece.text)
        self._length += len(piece.text)

    def _flush(self) -> None:
        """End the block under way, if any: also the text of a tight list item, which has no paragraph of its own."""
        if self._pieces:
            pieces, containers = tuple(self._pieces), tuple(self._containers)
            self._blocks.append(Block(pieces[0].start, self._length, self._level, containers, True, pieces))
            self._pieces = []
            self._has_text = False
        self._level = 0

    def _char(self, byte: int) -> int:
        """The code point of the source at a byte of the body: as far from the last one asked for as the bytes between hold."""
        if self._raw is None:
            return self._body + byte
        last, char = self._known
        if byte != last:
            between = len(self._raw[min(last, byte) : max(last, byte)].decode())
            self._known = byte, char + between if byte >= last else char - between
        return self._body + self._known[1]

    def _bytes(self, text: str) -> int:
        return len(text) if self._raw is None else len(text.encode())

    def _refuse(self, rule: Rule, start: int, message: str, hint: str) -> None:
        self.problems.append(rule.problem(self._source.place(self._char(start)), message, hint))


def _tag(content: Any) -> tuple[str, Any]:
    """A word, or a mapping of one word to what belongs to it, as a pair."""
    return (content, None) if isinstance(content, str) else next(iter(content.items()))
