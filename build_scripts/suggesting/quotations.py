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

_BLANKS = frozenset(" \u00a0\u202f")
_ENDS = frozenset(",.?!…;:")
_GENITIVE = regex.compile(r"(?<=s)[’'] \p{Ll}")
_INNER_CLOSERS = "’'”\"›»)]"
_GAP = regex.compile(r"\s*+")


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
        replace(one, first=text[slice(*one.inner)].lstrip()[:1], last=_last(text[slice(*one.inner)])) for one in found
    ]


def _last(words: str) -> str:
    """The last character, before the marks of a passage inside."""
    words = words.rstrip()
    return (words.rstrip(_INNER_CLOSERS) or words)[-1:]


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
    done = line.start
    for mark in _MARK.finditer(text, line.start, line.end):
        if mark.start() < done:
            continue
        if start is None and mark[0] in _SINGLE and _opens(text, mark):
            one = _in_single_marks(text, mark, line.end)
            if one is not None:
                yield one
                done = one.span.end
        elif start is not None and _closes(text, start, mark):
            if start.end() < mark.start():
                yield Quoted(Span(start.start(), mark.end()), Span(start.end(), mark.start()))
            start = None
        elif _opens(text, mark) if start is None else _opens_instead(text, start, mark):
            start = mark
    if start is not None and start.end() < line.end:
        yield Quoted(Span(start.start(), line.end), Span(start.end(), line.end), is_closed=False)


def _in_single_marks(text: str, mark: regex.Match[str], stop: int) -> Quoted | None:
    """The passage that a single mark opens, up to its other mark, or to the line's end where the next paragraph opens anew."""
    end = _single_end(text, mark, stop)
    if end is not None:
        return Quoted(Span(mark.start(), end.end()), Span(mark.end(), end.start()))
    if _opens_again(text, mark[0], stop):
        return Quoted(Span(mark.start(), stop), Span(mark.end(), stop), is_closed=False)
    return None


def _opens_instead(text: str, start: regex.Match[str], mark: regex.Match[str]) -> bool:
    """Whether a mark opens a passage while one of the same mark is open, which was a slip then."""
    return mark[0] in ("“", "``", "„") and mark[0] == start[0] and _can_open(text, mark)


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
    return mark[0] != '"' or _can_close(text, mark) or not _can_open(text, mark)


def _single_end(text: str, start: regex.Match[str], stop: int) -> regex.Match[str] | None:
    """The mark that closes a passage in single marks. An apostrophe behind an s is none where the sentence goes on to one."""
    likely: regex.Match[str] | None = None
    doubles = 0
    for mark in _MARK.finditer(text, start.end(), min(stop, start.end() + MAX_SINGLE)):
        if mark[0] not in _SINGLE:
            doubles += 1
        elif mark[0] in _CLOSERS[start[0]] and _can_close(text, mark):
            if doubles % 2:
                continue
            if not text[start.end()].isupper() or not _GENITIVE.match(text, mark.start()):
                is_end = text[mark.start() - 1] in _ENDS or text[mark.end() : mark.end() + 1] in _ENDS | {""}
                return mark if is_end or likely is None else likely
            likely = likely or mark
        elif _opens(text, mark):
            break
    return likely


def _opens_again(text: str, glyph: str, line_end: int) -> bool:
    """Whether the next paragraph opens with the mark that is still open here."""
    gap = _GAP.match(text, line_end)
    at = gap.end() if gap else line_end
    return text.startswith(glyph, at) and text[at + 1 : at + 2].isupper()


def _can_open(text: str, mark: regex.Match[str]) -> bool:
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    is_french = mark[0] == "«" and after in _BLANKS and text.find("»", mark.end(), mark.end() + _FAR) >= 0
    return (
        bool(after)
        and (is_french or not after.isspace())
        and (not before or before in _BEFORE_OPENING or _MARK.match(before) is not None)
    )


def _can_close(text: str, mark: regex.Match[str]) -> bool:
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return bool(before) and not before.isspace() and not (after and after.isalnum())
