"""What is found in a file: paragraphs with their emphasis, links and lists, facts, and what does not stand in the text.

Knows no kind of file and no Markdown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from build_scripts.editing.plain import normalise
from build_scripts.reading.blocks import Container, Style

_SHOWN_LINKS = 3
_SPACES = re.compile(r"[ \t\n]+")


class CannotImportError(Exception):
    """Nothing is imported; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; LF is a line break that a reader sees."""

    text: str
    styles: tuple[Style, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading (``level`` 1 to 6) or list item's text. ``line``: where it stands in the file; 0: not known."""

    runs: tuple[Run, ...]
    line: int = 0
    level: int = 0
    containers: tuple[Container, ...] = ()
    is_tight: bool = False
    is_caption: bool = False

    @property
    def text(self) -> str:
        """The words as a reader sees them."""
        return "".join(run.text for run in self.runs)

    @property
    def as_line(self) -> str:
        """The words in one line."""
        return self.text.replace("\n", " ")

    def without_start(self, length: int) -> Paragraph:
        """The paragraph from its code point ``length`` on."""
        kept, at = [], 0
        for run in self.runs:
            kept.append(replace(run, text=run.text[max(0, length - at) :]))
            at += len(run.text)
        return replace(self, runs=trimmed(kept))

    def plain(self) -> Paragraph:
        """The paragraph without emphasis and links."""
        return replace(self, runs=(Run(self.text),))


@dataclass(frozen=True, slots=True)
class Left:
    """Words that do not stand in the text. ``is_taken``: as a fact; else they are dropped."""

    text: str
    reason: str
    line: int = 0
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the front matter says, as far as it is known."""

    headline: str = ""
    publisher: str = ""
    byline: tuple[str, ...] = ()
    dateline: str = ""
    published: dt.date | None = None
    url: str = ""
    language: str = ""

    def or_else(self, other: Facts) -> Facts:
        """These facts; what is not known from ``other``."""
        return Facts(
            self.headline or other.headline,
            self.publisher or other.publisher,
            self.byline or other.byline,
            self.dateline or other.dateline,
            self.published or other.published,
            self.url or other.url,
            self.language or other.language,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """Everything in a file. ``kind`` says how it was read, ``notes`` what an editor should know of it."""

    kind: Literal["plain text", "Markdown", "a web page", "a Word document"]
    paragraphs: tuple[Paragraph, ...]
    facts: Facts = Facts()
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()


def unlinked(
    paragraphs: Iterable[Paragraph], may_link: Callable[[str], bool]
) -> tuple[tuple[Paragraph, ...], list[str]]:
    """``paragraphs`` with only the links that ``may_link`` by their address, and a note on the others."""
    kept, lost = [], set()
    for paragraph in paragraphs:
        styles = {style for run in paragraph.runs for style in run.styles}
        bad = {style for style in styles if style.kind == "link" and not may_link(style.url)}
        runs = (replace(run, styles=tuple(style for style in run.styles if style not in bad)) for run in paragraph.runs)
        kept.append(replace(paragraph, runs=tuple(runs)))
        lost |= bad
    urls = sorted({style.url for style in lost})
    more = f" and {len(urls) - _SHOWN_LINKS} more" if len(urls) > _SHOWN_LINKS else ""
    return tuple(kept), [
        f"links that no text may have are only words: {', '.join(urls[:_SHOWN_LINKS])}{more}"
    ] if lost else []


def clean(text: str) -> str:
    """``text`` in the profile of texts, with single spaces and no line ends."""
    return _SPACES.sub(" ", normalise(text))


def paragraph(text: str, line: int = 0) -> Paragraph:
    """A paragraph of plain ``text``."""
    return Paragraph((Run(clean(text).strip()),), line)


def trimmed(runs: Iterable[Run]) -> tuple[Run, ...]:
    """``runs`` without white space at the edges, empty runs and more than one space or line break at a time."""
    kept: list[Run] = []
    for run in runs:
        text, before = run.text, kept[-1].text[-1] if kept else "\n"
        if before.isspace():
            text = text.lstrip(" ") if before == " " and not text.lstrip(" ").startswith("\n") else text.lstrip()
        text = re.sub(r"\s*\n\s*", "\n", text)
        if text.startswith("\n"):
            _trim_end(kept)
        if text:
            kept.append(replace(run, text=text))
    _trim_end(kept)
    return tuple(kept)


def _trim_end(runs: list[Run]) -> None:
    while runs:
        last = runs.pop()
        text = last.text.rstrip()
        if text:
            runs.append(replace(last, text=text))
            return
