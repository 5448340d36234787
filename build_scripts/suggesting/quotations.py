"""Words between quotation marks.

In: a text, a line of which is a paragraph. Out: the passages, with and without their marks, and which go on from the
paragraph before. Reads marks of every kind, mixed ones too, in one pass; never a mark inside a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from build_scripts.anchoring.anchor import Span

_MARK = regex.compile(r"``|''|[\"“”„‟«»‘’'‚‹›]")
_CLOSERS = {
    '"': ('"', "”", "“", "''"),
    "“": ("”", '"', "''"),
    "”": ("”", '"'),
    "„": ("“", "”", '"', "‟"),
    "‟": ("”", '"'),
    "«": ("»",),
    "»": ("«",),
    "``": ("''", '"', "”"),
    "''": ("''",),
    "‘": ("’", "'"),
    "‚": ("‘", "’"),
    "'": ("'", "’"),
    "‹": ("›",),
    "›": ("‹",),
}
_SINGLE = frozenset("‘’'‚‹›")
_ELISION = regex.compile(r"(?:em|til|tis|twas|cause|n|bout|round|\d\d)\b", regex.IGNORECASE)
_BEFORE_OPENING = frozenset(" \t\u00a0\u202f\n([{—–-/")
_FAR = 2_000
MAX_SINGLE = 600
"""Characters between single marks beyond which they are taken for apostrophes."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage: ``span`` with its marks, ``inner`` without. ``goes_on``: it continues the passage before it.

    ``first``, ``last``: its first and last characters inside the marks.
    """

    span: Span
    inner: Span
    first: str = ""
    last: str = ""
    goes_on: bool = False
    is_closed: bool = True


def quoted(text: str) -> list[Quoted]:
    """All passages between quotation marks, in order; none lies in another.

    A passage that is open at a line's end goes on where the next line opens again or closes before it opens; else it is
    left out, unless it opened its line.
    """
    found: list[Quoted] = []
    open_line: Span | None = None
    at = 0
    for line in text.split("\n"):
        span = Span(at, at + len(line))
        at = span.end + 1
        if not line.strip():
            continue
        before, open_line = open_line, None
        if before and found and not found[-1].is_closed:
            resumed, start = _resumed(text, span)
            found += resumed
            if not resumed and not _is_opened(text, span):
                _drop_unless_whole(text, found)
        else:
            resumed, start = [], span.start
        passages = list(_in_line(text, Span(start, span.end)))
        if before and not resumed and passages and found and not found[-1].is_closed:
            passages[0] = replace(passages[0], goes_on=True)
        found += passages
        if found and not found[-1].is_closed and found[-1].span.start >= span.start:
            open_line = span
    if found and not found[-1].is_closed:
        _drop_unless_whole(text, found)
    return [
        replace(one, first=text[one.inner.start], last=text[one.inner.start : one.inner.end].rstrip()[-1:])
        for one in found
    ]


def _drop_unless_whole(text: str, found: list[Quoted]) -> None:
    """A mark without its partner, inside a line, is a slip and no quotation."""
    start = found[-1].span.start
    if start and text[start - 1] != "\n" and not found[-1].goes_on:
        found.pop()


def _is_opened(text: str, line: Span) -> bool:
    mark = _MARK.search(text, line.start, line.end)
    return mark is not None and not text[line.start : mark.start()].strip() and _can_open(text, mark)


def _resumed(text: str, line: Span) -> tuple[list[Quoted], int]:
    """The rest of a passage that this line closes without opening it again, and where the line goes on."""
    for mark in _MARK.finditer(text, line.start, line.end):
        if mark[0] in _SINGLE:
            continue
        if _can_open(text, mark) and not _can_close(text, mark):
            break
        if _can_close(text, mark) and mark.start() > line.start:
            rest = Quoted(Span(line.start, mark.end()), Span(line.start, mark.start()), goes_on=True)
            return [rest], mark.end()
        break
    return [], line.start


def _in_line(text: str, line: Span) -> Iterator[Quoted]:
    """The passages of one line; the last may be open."""
    start: regex.Match[str] | None = None
    for mark in _MARK.finditer(text, line.start, line.end):
        glyph = mark[0]
        if start is None:
            if _opens(text, mark):
                start = mark
        elif _closes(text, start, mark):
            if start.end() < mark.start():
                yield Quoted(Span(start.start(), mark.end()), Span(start.end(), mark.start()))
            start = None
        elif (
            (start[0] in _SINGLE and (glyph not in _SINGLE or mark.start() - start.end() > MAX_SINGLE))
            and _opens(text, mark)
        ) or (glyph in ("“", "``", "„") and glyph == start[0] and _can_open(text, mark)):
            start = mark
    if start is not None and start[0] not in _SINGLE and start.end() < line.end:
        yield Quoted(Span(start.start(), line.end), Span(start.end(), line.end), is_closed=False)


def _opens(text: str, mark: regex.Match[str]) -> bool:
    glyph = mark[0]
    if glyph in ("”", "’", "›", "''") or not _can_open(text, mark):
        return False
    if glyph in _SINGLE:
        return bool(text[mark.end()].isalnum()) and not _ELISION.match(text, mark.end())
    return glyph != "»" or text.find("«", mark.end(), mark.end() + _FAR) >= 0


def _closes(text: str, start: regex.Match[str], mark: regex.Match[str]) -> bool:
    if mark[0] not in _CLOSERS[start[0]]:
        return False
    if start[0] in _SINGLE:
        return _can_close(text, mark) and mark.start() - start.end() <= MAX_SINGLE
    return mark[0] != '"' or _can_close(text, mark) or not _can_open(text, mark)


def _can_open(text: str, mark: regex.Match[str]) -> bool:
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return (
        bool(after)
        and not after.isspace()
        and (not before or before in _BEFORE_OPENING or _MARK.match(before) is not None)
    )


def _can_close(text: str, mark: regex.Match[str]) -> bool:
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return bool(before) and not before.isspace() and not (after and after.isalnum())
