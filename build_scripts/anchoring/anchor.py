"""Selectors to spans, exactly or not at all; and back.

In: a text and a selector (exact, prefix, suffix, occurrence). Out: the one span that it selects, or every candidate.
Spans are code points, end excluded. Anchoring never guesses: likeness only makes hints (W3C Web Annotation Data Model,
TextQuoteSelector: a selector with several matches selects all of them, hence exactly one here).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import regex

from build_scripts.anchoring.forms import fold

_CLUSTER = regex.compile(r"\X")


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
    before, length = len(selector.prefix), len(selector.exact)
    return [Span(at + before, at + before + length) for at in _find_all(text, words)]


def anchor(text: str, selector: Selector) -> Span | None:
    """The span that the selector selects: its only candidate, or the one that ``occurrence`` names; else None."""
    found = candidates(text, selector)
    if selector.occurrence is not None:
        return found[selector.occurrence - 1] if 0 < selector.occurrence <= len(found) else None
    return found[0] if len(found) == 1 else None


def describe(text: str, span: Span, limit: int = 64) -> Selector:
    """A selector that selects just ``span``: the shortest context, in whole words, that tells it apart, else its occurrence.

    Inverse of ``anchor``: ``anchor(text, describe(text, span)) == span`` for every span that is not empty.
    """
    exact = text[span.start : span.end]
    if len(candidates(text, Selector(exact))) == 1:
        return Selector(exact)
    for width in (8, 16, 32, limit):
        selector = Selector(exact, _word_start(text, span.start, width), _word_end(text, span.end, width))
        if anchor(text, selector) == span:
            return selector
    return Selector(exact, occurrence=candidates(text, Selector(exact)).index(span) + 1)


def alike(text: str, exact: str) -> list[Span]:
    """Spans that differ from ``exact`` in glyphs of quotes and dashes, white space or case only: for hints."""
    folded, offsets = fold(text)
    wanted, _offsets = fold(exact)
    wanted = wanted.strip()
    if not wanted:
        return []
    return [Span(offsets[at], offsets[at + len(wanted) - 1] + 1) for at in _find_all(folded, wanted)]


def cuts_cluster(text: str, span: Span) -> bool:
    """Whether an end of ``span`` lies inside what a reader sees as one character (UAX 29, extended grapheme clusters)."""
    return any(_inside_cluster(text, at) for at in span)


def _inside_cluster(text: str, at: int) -> bool:
    if at in (0, len(text)) or "\n" in text[at - 1 : at + 1] or text[at - 1 : at + 1].isascii():
        return False
    line = text.rfind("\n", 0, at) + 1
    return all(cluster.end() != at for cluster in _CLUSTER.finditer(text, line, at + 1))


def _find_all(text: str, words: str) -> Iterator[int]:
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
