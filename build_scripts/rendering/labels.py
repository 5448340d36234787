"""Where names stand on a map, so that none covers another.

In: points in a frame and their names. Out: a box for each name that finds room. The rule: names of the greatest weight
first; each to the right of its point, else to the left, above, below; else it is left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from build_scripts.rendering.outlines import Box, Point

SIZE = 18.0
"""The height of letters for which there must be room; a style sheet may draw them smaller."""
DOT = 6.0
"""Half the width of the mark at a point."""
LONGEST = 24
"""Signs of a name that are shown."""

_GAP = DOT + 2
_LINE = SIZE * 1.2


@dataclass(frozen=True, slots=True)
class Label:
    """A name's place: ``at`` is where its line of letters begins, ends or has its middle, as ``anchor`` says."""

    box: Box
    at: Point
    anchor: str


def shortened(name: str) -> str:
    """``name`` as a map shows it."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def width(name: str) -> float:
    """How wide ``name`` is at most, about: letters differ, and so do the reader's fonts."""
    return SIZE * sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.62 for sign in name)


def placed(
    points: Sequence[Point], names: Sequence[str], weights: Sequence[int], frame: Box, spared: Sequence[Box] = ()
) -> list[Label | None]:
    """A label for each of ``points``, in their order; None where a name finds no room.

    ``spared`` is covered by no name but of a point within it.
    """
    dots = [around(point) for point in points]
    found: dict[int, Label] = {}
    for number in sorted(range(len(points)), key=lambda number: (-weights[number], number)):
        taken = [label.box for label in found.values()] + dots[:number] + dots[number + 1 :]
        taken += [box for box in spared if not box.holds(Box(*points[number], *points[number]))]
        for label in _choices(points[number], width(shortened(names[number]))):
            if frame.holds(label.box) and not any(label.box.meets(box) for box in taken):
                found[number] = label
                break
    return [found.get(number) for number in range(len(points))]


def around(point: Point) -> Box:
    """The room that the mark at a point takes."""
    x, y = point
    return Box(x - DOT, y - DOT, x + DOT, y + DOT)


def centred(point: Point, name: str) -> Label:
    """A label whose middle is ``point``."""
    x, y = point
    half = width(name) / 2
    return Label(Box(x - half, y - _LINE / 2, x + half, y + _LINE / 2), point, "middle")


def crowded(points: Sequence[Point], labels: Sequence[Label | None]) -> bool:
    """Whether a name is left out, or marks cover each other."""
    near = any(
        abs(x1 - x2) < 2 * DOT and abs(y1 - y2) < 2 * DOT
        for number, (x1, y1) in enumerate(points)
        for x2, y2 in points[:number]
    )
    return near or None in labels


def _choices(point: Point, wide: float) -> tuple[Label, ...]:
    x, y = point
    half = _LINE / 2
    far = _GAP + half
    return (
        Label(Box(x + _GAP, y - half, x + _GAP + wide, y + half), (x + _GAP, y), "start"),
        Label(Box(x - _GAP - wide, y - half, x - _GAP, y + half), (x - _GAP, y), "end"),
        Label(Box(x - wide / 2, y - far - half, x + wide / 2, y - far + half), (x, y - far), "middle"),
        Label(Box(x - wide / 2, y + far - half, x + wide / 2, y + far + half), (x, y + far), "middle"),
    )
