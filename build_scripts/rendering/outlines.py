"""The shapes of countries, and what is asked of shapes: what they hold, what is seen of them.

In: outlines.topojson beside this module; its properties say where it comes from and what was changed. Out: rings of points,
longitude before latitude, in degrees; holes run against the direction of what they lie in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, chain, pairwise

Point = tuple[float, float]
Ring = tuple[Point, ...]
"""A closed line: the last point is the first."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, edges included."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a point."""
        return (
            self.left <= other.right and other.left <= self.right and self.low <= other.high and other.low <= self.high
        )

    def holds(self, other: Box) -> bool:
        """Whether all of ``other`` lies inside."""
        return (
            self.left <= other.left and other.right <= self.right and self.low <= other.low and other.high <= self.high
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """A country, or a part of one that another state occupies."""

    name: str
    rings: tuple[Ring, ...]
    part_of: str | None
    occupied_by: str | None


@cache
def outlines() -> tuple[Shape, ...]:
    """Countries by name, then occupied parts, which lie on top of their country."""
    data = json.loads(files(__package__).joinpath("outlines.topojson").read_text(encoding="utf-8"))
    scale = data["transform"]["scale"]
    arcs = [_decoded(arc, scale) for arc in data["arcs"]]
    return tuple(
        Shape(
            shape["properties"]["name"],
            tuple(_joined([arcs[at] if at >= 0 else arcs[~at][::-1] for at in ring]) for ring in chain(*shape["arcs"])),
            shape["properties"].get("part_of"),
            shape["properties"].get("occupied_by"),
        )
        for shape in data["objects"]["countries"]["geometries"]
    )


def _decoded(arc: Sequence[Sequence[int]], scale: Sequence[float]) -> Ring:
    """The points of an arc, each of which is written as its distance from the one before."""
    across, up = (accumulate(steps) for steps in zip(*arc, strict=True))
    return tuple((x * scale[0], y * scale[1]) for x, y in zip(across, up, strict=True))


def _joined(arcs: Sequence[Ring]) -> Ring:
    """Arcs, each of which begins where the one before ends, or a full turn around the world from there."""
    points = list(arcs[0])
    for arc in arcs[1:]:
        turn = round((points[-1][0] - arc[0][0]) / 360) * 360
        points += [(x + turn, y) for x, y in arc[1:]]
    return (*points[:-1], points[0])


def bounds(points: Iterable[Point]) -> Box:
    """The smallest box around ``points``, of which there is at least one."""
    across, up = zip(*points, strict=True)
    return Box(min(across), min(up), max(across), max(up))


def inside(point: Point, rings: Iterable[Ring]) -> bool:
    """Whether ``point`` lies within ``rings``: a line from it to the east crosses them an odd number of times."""
    x, y = point
    crossings = sum(
        x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for ring in rings
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) != (y2 > y)
    )
    return crossings % 2 == 1


def area(ring: Ring) -> float:
    """The area within ``ring``; below zero where it runs with the clock."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def clipped(ring: Ring, box: Box) -> Ring:
    """The part of ``ring`` within ``box``, closed along the box's edges (Sutherland and Hodgman); empty outside."""
    seen = bounds(ring)
    if box.holds(seen):
        return ring
    if not box.meets(seen):
        return ()
    points = ring
    for axis, edge, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.low, 1), (1, box.high, -1)):
        points = _cut(points, axis, edge, sign)
    return points


def _cut(ring: Ring, axis: int, edge: float, sign: int) -> Ring:
    """What lies at one side of a line: where ``sign`` times (coordinate less ``edge``) is not below zero."""
    kept: list[Point] = []
    for start, end in pairwise(ring):
        from_inside, to_inside = (sign * (point[axis] - edge) >= 0 for point in (start, end))
        if from_inside:
            kept.append(start)
        if from_inside != to_inside:
            part = (edge - start[axis]) / (end[axis] - start[axis])
            kept.append((start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))
    return (*kept, kept[0]) if kept else ()
