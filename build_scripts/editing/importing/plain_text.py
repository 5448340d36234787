"""Plain text as scraped, to paragraphs.

In: text. Out: paragraphs with their lines. Blank lines part paragraphs; within, a line is a paragraph of its own, unless
lines were wrapped at a width or go on in lower case.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from build_scripts.editing.importing import wordings
from build_scripts.editing.importing.found import Found, Paragraph, paragraph
from build_scripts.editing.plain import normalise

MAX_WIDTH = 120
"""A line longer than this was not wrapped at a width."""
_MIN_WRAPPED = 3


def read_text(text: str) -> Found:
    """What ``text`` holds."""
    return Found("plain text", tuple(one for one in _paragraphs(text) if one.text))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*normalise(text).split("\n"), ""], 1):
        if line.strip():
            block.append((number, line.strip()))
        elif block:
            yield from _of_block(block)
            block = []


def _of_block(block: list[tuple[int, str]]) -> Iterator[Paragraph]:
    if _is_wrapped([line for _number, line in block]):
        yield paragraph(" ".join(line for _number, line in block), block[0][0])
        return
    start, words = block[0]
    for number, line in block[1:]:
        if line[0].islower():
            words += f" {line}"
        else:
            yield paragraph(words, start)
            start, words = number, line
    yield paragraph(words, start)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether no line but the last had room for the next line's first word."""
    width = max(map(len, lines))
    if len(lines) < _MIN_WRAPPED or width > MAX_WIDTH or any(map(wordings.is_alone, lines)):
        return False
    filled = [len(line) + 1 + len(following.split()[0]) > width for line, following in pairwise(lines)]
    return all(filled)
