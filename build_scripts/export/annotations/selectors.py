"""Selectors of the Web Annotation model for words of a text.

In: a text and a span. Out: what selects just that span: its words with the shortest context that tells them apart (the model
knows no "second occurrence"), and its place in code points. Context stays within its line where that is enough.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from build_scripts.anchoring.anchor import Selector, Span, candidates, cuts_cluster
from build_scripts.anchoring.forms import words

NEAR = 200
"""Code points of context that are compared one by one; what needs more gets as much as it takes on both sides."""
MANY = 1000
"""Other places up to which the shortest context is looked for."""
_WORD = 24
"""Code points by which context grows at most to begin or end with a whole word."""


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """The words with their context, and their place."""
    before, after = context(text, span)
    quote = {"type": "TextQuoteSelector", "exact": text[slice(*span)]}
    quote |= {name: value for name, value in (("prefix", before), ("suffix", after)) if value}
    return [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]


def context(text: str, span: Span) -> tuple[str, str]:
    """What stands before and after ``span``, as much as tells it apart, in whole words."""
    before, after = shortest(text, span)
    return _whole_start(text, span.start, before), _whole_end(text, span.end, after)


def shortest(text: str, span: Span) -> tuple[int, int]:
    """How many code points before and after ``span`` tell it apart, the fewest in sum; from its own line, where that will do."""
    others = [other for other in candidates(text, Selector(text[slice(*span)])) if other != span]
    if not others:
        return 0, 0
    line = span.start - text.rfind("\n", 0, span.start) - 1, _line_end(text, span.end) - span.end
    shared = [_shared(text, span, other) for other in others[:MANY]] if len(others) <= MANY else []
    for room in (line, (min(span.start, NEAR), min(len(text) - span.end, NEAR))):
        found = _fewest(shared, room)
        if found and max(found) <= NEAR:
            return found
    return _same_on_both_sides(text, span)


def _fewest(shared: list[tuple[int, int]], room: tuple[int, int]) -> tuple[int, int] | None:
    """The least context of which no other place has all, within ``room``; ``shared``: what each other place has of it."""
    ways = []
    for before in sorted({0, *(common + 1 for common, _after in shared)}):
        needed = max((after + 1 for common, after in shared if common >= before), default=0)
        if shared and before <= room[0] and needed <= room[1]:
            ways.append((before, needed))
    return min(ways, key=lambda way: (sum(way), way[1]), default=None)


def _shared(text: str, span: Span, other: Span) -> tuple[int, int]:
    """How much of what stands before and after both is the same, up to NEAR."""
    before = _run(lambda at: text[span.start - 1 - at] == text[other.start - 1 - at], min(span.start, other.start))
    after = _run(lambda at: text[span.end + at] == text[other.end + at], len(text) - max(span.end, other.end))
    return before, after


def _run(is_same: Callable[[int], bool], room: int) -> int:
    at = 0
    while at < min(room, NEAR) and is_same(at):
        at += 1
    return at


def _same_on_both_sides(text: str, span: Span) -> tuple[int, int]:
    """The least context of the same length on both sides; the whole text always does."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        wide = text[max(0, span.start - middle) : span.end + middle]
        if text.find(wide, text.find(wide) + 1) < 0:
            high = middle
        else:
            low = middle + 1
    return min(low, span.start), min(low, len(text) - span.end)


def _whole_start(text: str, end: int, length: int) -> str:
    """The ``length`` characters before ``end``, and what of their first word stands before them; white space alone says little."""
    at = end - length
    while length and at > 0 and end - at < _WORD and text[at:end].isspace():
        at -= 1
    floor = max(text.rfind("\n", 0, at) + 1, at - _WORD)
    at = next((floor + word.start for word in words(text[floor:end]) if word.start < at - floor < word.end), at)
    while length and cuts_cluster(text, Span(at, at)):
        at -= 1
    return text[at:end]


def _whole_end(text: str, start: int, length: int) -> str:
    """The same of the characters from ``start`` on."""
    at = start + length
    while length and at < len(text) and at - start < _WORD and text[start:at].isspace():
        at += 1
    ceiling = min(_line_end(text, at), at + _WORD)
    at = next((start + word.end for word in words(text[start:ceiling]) if word.start < at - start < word.end), at)
    while length and cuts_cluster(text, Span(at, at)):
        at += 1
    return text[start:at]


def _line_end(text: str, at: int) -> int:
    line = text.find("\n", at)
    return line if line >= 0 else len(text)
