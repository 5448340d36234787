"""Selectors to spans, exactly or not at all; and back.

In: a text and a selector (exact, prefix, suffix, occurrence). Out: the one span that it selects, or every candidate.
Spans are code points, end excluded. Anchoring never guesses: likeness only makes hints (W3C Web Annotation Data Model,
TextQuoteSelector: a selector with several matches selects all of them, hence exactly one here).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import regex

from build_scripts.anchoring.forms import fold

_CLUSTER = regex.compile(r"\X")
_PARTED = regex.compile(r"\p{Grapheme_Cluster_Break=Other}{2}")
"""Two signs that are never one character, whatever stands before them."""


class Span(NamedTuple):
    """Code points of a text, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Selector:
    """Words exactly as they stand, what stands directly around them, and which occurrence, counted from 1."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    occurrence: int | None = None


def candidates(text: str, selector: Selector) -> list[Span]:
    """Every span whose words are ``exact`` between ``prefix`` and ``suffix``; matches may overlap."""
    words = selector.prefix + selector.exact + selector.suffix
    return [_span(selector, at) for at in places(text, words)]


def _first(text: str, selector: Selector) -> list[Span]:
    """The first two candidates: enough to tell whether there are several."""
    words = selector.prefix + selector.exact + selector.suffix
    return [_span(selector, at) for at in islice(places(text, words), 2)]


def _span(selector: Selector, at: int) -> Span:
    start = at + len(selector.prefix)
    return Span(start, start + len(selector.exact))


def anchor(text: str, selector: Selector) -> Span | None:
    """The span that the selector selects: its only candidate, or the one that ``occurrence`` names; else None."""
    if selector.occurrence is not None:
        found = candidates(text, selector)
        return found[selector.occurrence - 1] if 0 < selector.occurrence <= len(found) else None
    found = _first(text, selector)
    return found[0] if len(found) == 1 else None


def describe(text: str, span: Span, limit: int = 64) -> Selector:
    """A selector that selects just ``span``: with the least context that tells it apart, else by its occurrence.

    Context is whole words, on one side where that is enough.

    Inverse of ``anchor``: ``anchor(text, describe(text, span)) == span`` for every span that is not empty.
    """
    return Descriptions(text, limit).of(span)


class Descriptions:
    """Describes many spans of one text: where words come up that nothing but counting tells apart is counted once."""

    def __init__(self, text: str, limit: int = 64) -> None:
        self.text, self._limit = text, limit
        self._starts: dict[str, list[int]] = {}

    def of(self, span: Span) -> Selector:
        """As ``describe``."""
        text, exact = self.text, self.text[span.start : span.end]
        if len(_first(text, Selector(exact))) == 1:
            return Selector(exact)
        for width in (8, 16, 32, self._limit):
            before, after = _word_start(text, span.start, width), _word_end(text, span.end, width)
            for selector in (Selector(exact, before), Selector(exact, "", after), Selector(exact, before, after)):
                if anchor(text, selector) == span:
                    return selector
        return Selector(exact, occurrence=bisect_left(self._all(exact), span.start) + 1)

    def count(self, exact: str) -> int:
        """How often the words come up."""
        return len(self._all(exact))

    def _all(self, exact: str) -> list[int]:
        if exact not in self._starts:
            self._starts[exact] = list(places(self.text, exact))
        return self._starts[exact]


def alike(text: str, exact: str) -> list[Span]:
    """Spans that differ from ``exact`` in glyphs of quotes and dashes, white space or case only: for hints."""
    folded, offsets = fold(text)
    wanted, _offsets = fold(exact)
    wanted = wanted.strip()
    if not wanted:
        return []
    return [Span(offsets[at], offsets[at + len(wanted) - 1] + 1) for at in places(folded, wanted)]


def cuts_cluster(text: str, span: Span) -> bool:
    """Whether an end of ``span`` lies inside what a reader sees as one character (UAX 29, extended grapheme clusters)."""
    return any(inside_cluster(text, at) for at in span)


def inside_cluster(text: str, at: int) -> bool:
    """Whether ``at`` lies inside of such a character."""
    if at in (0, len(text)) or "\n" in text[at - 1 : at + 1] or text[at - 1 : at + 1].isascii():
        return False
    if _PARTED.fullmatch(text, at - 1, at + 1):
        return False
    start = at - 1
    while start > 0 and not text[start - 1 : start + 1].isascii():  # between two ASCII characters something always ends
        start -= 1
    return all(cluster.end() != at for cluster in _CLUSTER.finditer(text, start, at + 1))


def places(text: str, words: str) -> Iterator[int]:
    """Where ``words`` begin; they may overlap."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _word_start(text: str, at: int, width: int) -> str:
    start = max(0, at - width, text.rfind("\n", 0, at) + 1)
    space = text.find(" ", start, at - 1) if start else -1
    return text[space + 1 if space >= 0 else start : at]


def _word_end(text: str, at: int, width: int) -> str:
    line = text.find("\n", at)
    end = min(len(text), at + width, line if line >= 0 else len(text))
    space = text.rfind(" ", at + 1, end) if end < len(text) else -1
    return text[at : space if space >= 0 else end]
