"""Selectors of the Web Annotation model for words of a text.

In: a text and a span. Out: what selects just that span: its words with the shortest context that tells them apart (the model
knows no "second occurrence"), and its place in code points. Context stays within its line where that is enough.
"""

from __future__ import annotations

from typing import Any

from build_scripts.anchoring.anchor import Span, inside_cluster, places
from build_scripts.anchoring.forms import word_across

NEAR = 200
"""Code points of context that are compared one by one; what needs more gets as much as it takes on both sides."""
FEW = 4
"""Code points of context that are enough for most words, and are tried first."""
MANY = 1000
"""Other places up to which the shortest context is looked for."""
_WORD = 24
"""Code points by which context grows at most to begin or end with a whole word."""


class Selectors:
    """Selects many spans of one text: where words come up is looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[int]] = {}

    def of(self, span: Span) -> list[dict[str, Any]]:
        """The words with their context, and their place."""
        before, after = self.context(span)
        quote = {"type": "TextQuoteSelector", "exact": self._text[slice(*span)]}
        if before:
            quote["prefix"] = before
        if after:
            quote["suffix"] = after
        return [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]

    def context(self, span: Span) -> tuple[str, str]:
        """What stands before and after ``span``, as much as tells it apart, in whole words."""
        before, after = self.shortest(span)
        return _whole_start(self._text, span.start, before), _whole_end(self._text, span.end, after)

    def shortest(self, span: Span) -> tuple[int, int]:
        """How many code points before and after ``span`` tell it apart, the fewest in sum; from its own line, where that will do."""
        text, others = self._text, self._others(span)
        if not others:
            return 0, 0
        if len(others) > MANY:
            return _same_on_both_sides(text, span)
        line = span.start - text.rfind("\n", 0, span.start) - 1, _line_end(text, span.end) - span.end
        few = _few(text, span, others, line)
        if few:
            return few
        shared = [_shared(text, span, other) for other in others]
        for room in (line, (min(span.start, NEAR), min(len(text) - span.end, NEAR))):
            found = _fewest(shared, room)
            if found and max(found) <= NEAR:
                return found
        return _same_on_both_sides(text, span)

    def _others(self, span: Span) -> list[int]:
        """Where the words of ``span`` begin elsewhere."""
        exact = self._text[slice(*span)]
        if exact not in self._places:
            self._places[exact] = list(places(self._text, exact))
        return [start for start in self._places[exact] if start != span.start]


def _few(text: str, span: Span, others: list[int], room: tuple[int, int]) -> tuple[int, int] | None:
    """The least context that no other place has, within ``room``, if it is no more than FEW; rather before the words than after."""
    for length in range(1, FEW + 1):
        for after in range(max(0, length - room[0]), min(length, room[1]) + 1):
            before = length - after
            wide = text[span.start - before : span.end + after]
            for other in others:
                if other >= before and text.startswith(wide, other - before):
                    break
            else:
                return before, after
    return None


def _fewest(shared: list[tuple[int, int]], room: tuple[int, int]) -> tuple[int, int] | None:
    """The least context of which no other place has all, within ``room``; ``shared``: what each other place has of it."""
    ways, needed = [], 0
    # With more before the words than a place shares, those that share more must differ after them.
    for before, after in sorted(shared, reverse=True):
        ways.append((before + 1, needed))
        needed = max(needed, after + 1)
    ways += [(0, needed)] if shared else []
    fitting = [(sum(way), way[1], way) for way in ways if way[0] <= room[0] and way[1] <= room[1]]
    return min(fitting)[2] if fitting else None


def _shared(text: str, span: Span, other: int) -> tuple[int, int]:
    """How much of what stands before and after the words is the same where they begin at ``other``, up to NEAR."""
    room, before = min(span.start, other, NEAR), 0
    while before < room and text[span.start - 1 - before] == text[other - 1 - before]:
        before += 1
    end = other + span.end - span.start
    room, after = min(len(text) - max(span.end, end), NEAR), 0
    while after < room and text[span.end + after] == text[end + after]:
        after += 1
    return before, after


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
    if not length:
        return ""
    at = end - length
    while at > 0 and end - at < _WORD and text[at:end].isspace():
        at -= 1
    floor = max(text.rfind("\n", 0, at) + 1, at - _WORD)
    word = word_across(text[floor:end], at - floor)
    at = floor + word.start if word else at
    while inside_cluster(text, at):
        at -= 1
    return text[at:end]


def _whole_end(text: str, start: int, length: int) -> str:
    """The same of the characters from ``start`` on."""
    if not length:
        return ""
    at = start + length
    while at < len(text) and at - start < _WORD and text[start:at].isspace():
        at += 1
    ceiling = min(_line_end(text, at), at + _WORD)
    word = word_across(text[start:ceiling], at - start)
    at = start + word.end if word else at
    while inside_cluster(text, at):
        at += 1
    return text[start:at]


def _line_end(text: str, at: int) -> int:
    line = text.find("\n", at)
    return line if line >= 0 else len(text)
