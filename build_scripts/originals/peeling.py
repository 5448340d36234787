"""What a text says once its wrapping is taken off: markup, entities, escapes, of whatever format.

In: a text as it stands in a file: HTML, XML, JSON, Markdown, source code, or one in another. Out: the texts that somebody may
read of it. The outermost is the text as it is; each further one has one layer less: tags, entities, backslashes, percent signs
and Markdown's marks are read, and what stands aside of the visible words (comments, scripts, attributes) is a text of its own.

No parser: a file is looked at whatever it says it is, and however broken. Time grows with the length and no faster.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

DEPTH = 4
"""So many layers lie on one another at most: a page in a feed, in JSON, in a source map."""

_QUOTED = r"""(?:[^<>"']|"[^"<]*+"|'[^'<]*+'|["'])"""
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|ruby|s|samp|small|span|strike|strong|"
    r"sub|sup|time|tt|u|var|wbr|w:(?!(?:p|br|tab|tc|tr)\b)\w+"
)
# A number that leads to a note stands among the words without being one of them.
_REFERENCE = (
    r"<sup\b[^<>]{0,200}+>(?:<(?!/sup)[^<>]{0,400}+>|\]\([^()\s<>]{0,400}+\)|[^<>\w\]]{1,9}+|\]|\d{1,3}){0,12}+</sup\s*>"
    r"|\[\^[^\[\]\s]{1,40}\]"
)
_ASIDE = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)|<(?P<kind>script|style)\b[^<>]*+>(?P<script>.*?)(?:</(?P=kind)\b|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"<>]{15,})"|'([^'<>]{15,})')""")


_BETWEEN = "\n"


@dataclass(frozen=True, slots=True)
class _Step:
    """Characters that are read as others."""

    pattern: re.Pattern[str]
    reads: Callable[[re.Match[str]], str] | str

    def fast(self, text: str) -> str:
        return self.pattern.sub(self.reads if callable(self.reads) else self.reads.replace("\\", r"\\"), text)

    def read(self, match: re.Match[str]) -> str:
        return self.reads(match) if callable(self.reads) else self.reads


def _character(match: re.Match[str]) -> str:
    code = chr(int(next(filter(None, match.groups())), 16))
    return "\ufffd" if "\ud800" <= code <= "\udfff" else code


def _pair(match: re.Match[str]) -> str:
    return chr(0x10000 + ((int(match[1], 16) & 0x3FF) << 10) + (int(match[2], 16) & 0x3FF))


_STEPS = (
    _Step(_ASIDE, " "),
    _Step(re.compile(r"<!\[CDATA\[|\]\]>"), " "),
    _Step(re.compile(_REFERENCE, re.IGNORECASE), ""),
    _Step(re.compile(rf"</?(?:{_INLINE})(?=[\s/>]){_QUOTED}*+>", re.IGNORECASE), ""),
    _Step(re.compile(rf"<[/?!]?[a-z]{_QUOTED}*+>", re.IGNORECASE), " "),
    _Step(re.compile(r"\]\([^()\s]*+(?:\s+\"[^\"]*\")?\)|\]\[[^\[\]]{0,80}\]"), ""),
    _Step(re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE), _pair),
    _Step(re.compile(r"\\(?:u\{?([0-9a-f]{4})\}?|U0000([0-9a-f]{4})|x([0-9a-f]{2}))", re.IGNORECASE), _character),
    _Step(re.compile(r"\\(?:[nrtfv]|\r?\n)"), " "),
    _Step(re.compile(r"\\(?=[^\w\s])"), ""),
    _Step(
        re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE), lambda m: html.unescape(m[0])
    ),
    _Step(re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE), lambda m: unquote(m[0])),
    _Step(re.compile(r"[*_`~]+"), ""),
    _Step(re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\n[ \t]*(?=[a-z])"), ""),
)


class Reading:
    """A text that somebody may read of a file, and where its characters stand there."""

    def __init__(self, text: str, starts: tuple[int, ...] = (0,), origins: tuple[int, ...] = (0,)) -> None:
        self.text = text
        self._starts, self._origins = starts, origins

    def origin(self, offset: int) -> int:
        """Where in the file's text the character at ``offset`` comes from."""
        at = bisect_right(self._starts, offset) - 1
        return self._origins[at] + offset - self._starts[at]

    def inner(self) -> Iterator[Reading]:
        """The texts with one layer less, with their places: the text itself, and what stands aside."""
        for outer in (self._asides(), self):
            inner = outer
            for step in _STEPS:
                inner = inner._after(step)
            if inner.text != outer.text:
                yield inner

    def _asides(self) -> Reading:
        spans = _asides(self.text)
        starts, origins = [], []
        length = 0
        for start, end in spans:
            starts.append(length)
            origins.append(start)
            length += end - start + len(_BETWEEN)
        text = _BETWEEN.join(self.text[start:end] for start, end in spans)
        return Reading(text, *self._joined(starts, origins))

    def _after(self, step: _Step) -> Reading:
        parts: list[str] = []
        starts, origins = [], []
        at = length = 0
        for match in step.pattern.finditer(self.text):
            for piece, start in ((self.text[at : match.start()], at), (step.read(match), match.start())):
                parts.append(piece)
                starts.append(length)
                origins.append(start)
                length += len(piece)
            at = match.end()
        parts.append(self.text[at:])
        starts.append(length)
        origins.append(at)
        if len(parts) == 1:
            return self
        return Reading("".join(parts), *self._joined(starts, origins))

    def _joined(self, starts: list[int], origins: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The places of this reading's parts in the file, where it has parts of its own."""
        rows: list[tuple[int, int]] = []
        own = 0
        for number, (start, origin) in enumerate(zip(starts, origins, strict=True)):
            rows.append((start, self.origin(origin)))
            end = starts[number + 1] if number + 1 < len(starts) else None
            own = bisect_right(self._starts, origin, own)
            while own < len(self._starts) and (end is None or start + self._starts[own] - origin < end):
                rows.append((start + self._starts[own] - origin, self._origins[own]))
                own += 1
        return tuple(row[0] for row in rows), tuple(row[1] for row in rows)


def readings(text: str, depth: int = DEPTH) -> Iterator[Reading]:
    """Everything that somebody may read of ``text``, each with the places of its characters: for what is known to be there."""
    layer = [Reading(text)]
    for _depth in range(depth):
        yield from layer
        layer = [inner for reading in layer for inner in reading.inner()]


def peeled(text: str, depth: int = DEPTH) -> Iterator[str]:
    """The same texts alone, in the same order, quickly."""
    layer = [text]
    for _depth in range(depth):
        yield from layer
        layer = [inner for outer in layer for inner in _inner(outer)]


def _inner(text: str) -> Iterator[str]:
    for outer in (_BETWEEN.join(text[start:end] for start, end in _asides(text)), text):
        inner = outer
        for step in _STEPS:
            inner = step.fast(inner)
        if inner != outer:
            yield inner


def _asides(text: str) -> list[tuple[int, int]]:
    """Where comments, scripts and the values of attributes stand."""
    if "<" not in text:
        return []
    spans = [match.span("script" if match["kind"] else "comment") for match in _ASIDE.finditer(text)]
    spans += [match.span(2 if match[1] is None else 1) for match in _ATTRIBUTE.finditer(text)]
    return sorted(spans)
