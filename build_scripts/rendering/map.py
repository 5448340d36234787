"""Maps as SVG that stands in a page: outlines of countries, places marked, named and linked.

In: places with coordinates and the addresses of their pages. Out: an HTML block without blank lines, the same to CommonMark
and to Python-Markdown. The projection is equirectangular: a degree of latitude is equally long everywhere, a degree of
longitude as long as it is at the latitude in the middle.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import cos, dist, radians

from build_scripts.rendering.catalogue import Catalogue, message
from build_scripts.rendering.escape import Md
from build_scripts.rendering.labels import Label, around, centred, crowded, placed, shortened
from build_scripts.rendering.outlines import Box, Point, Ring, Shape, area, bounds, clipped, inside, outlines

WIDTH, HEIGHT = 480, 320
FRAME = Box(0, 0, WIDTH, HEIGHT)
AROUND = 4.4
"""Degrees of latitude, about 490 km, that a place's own map shows."""
CLUSTER = 8.0
"""Places within so many degrees of latitude are neighbours, for the closer map."""

_MARGIN = 1.3
_FINEST = 0.8
"""Points of an outline that lie nearer to each other look like one."""
_NAMED = 0.04
"""The part of the map that a country must cover to be named."""
_SPOTS = [(x, y) for x in range(20, WIDTH, 20) for y in range(20, HEIGHT, 20)]
_COUNTRIES = (
    message("Bosnia and Herzegovina"),
    message("Cabo Verde"),
    message("Congo"),
    message("Crimea"),
    message("Côte d'Ivoire"),
    message("DR Congo"),
    message("Myanmar"),
    message("Palestine"),
    message("Turkey"),
)
"""What Unicode names otherwise, or not at all; the rest of such names are those of islands that are never written on a map."""
_CONTROLS = dict.fromkeys((*range(32), 127))


@dataclass(frozen=True, slots=True)
class Place:
    """A place and the way to its page; ``weight``: how often it is named."""

    name: str
    latitude: float
    longitude: float
    url: str
    weight: int = 0

    @property
    def point(self) -> Point:
        """Longitude and latitude."""
        return self.longitude, self.latitude


@dataclass(frozen=True, slots=True)
class Words:
    """What a map says of itself; ``name`` makes its ids, ``ours`` are the site's words."""

    name: str
    caption: str
    ours: Catalogue


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows: its middle, and its height in degrees of latitude."""

    longitude: float
    latitude: float
    height: float

    @property
    def shrink(self) -> float:
        """How much shorter than a degree of latitude a degree of longitude is in the middle; bounded at the poles."""
        return max(0.1, cos(radians(self.latitude)))

    @property
    def box(self) -> Box:
        """The degrees that are seen."""
        up, across = self.height / 2, self.height / 2 * WIDTH / HEIGHT / self.shrink
        return Box(self.longitude - across, self.latitude - up, self.longitude + across, self.latitude + up)

    def project(self, point: Point) -> Point:
        """Longitude and latitude to the frame's x and y; y grows to the south."""
        unit = HEIGHT / self.height
        x = (point[0] - self.longitude) * self.shrink * unit
        return WIDTH / 2 + x, HEIGHT / 2 - (point[1] - self.latitude) * unit


def view_of(places: Sequence[Place]) -> View:
    """All of ``places`` with a margin, and no closer than a place's own map."""
    box = bounds(place.point for place in places)
    view = View((box.left + box.right) / 2, (box.low + box.high) / 2, AROUND)
    wide = (box.right - box.left) * view.shrink * HEIGHT / WIDTH
    return View(view.longitude, view.latitude, max(AROUND, _MARGIN * max(wide, box.high - box.low)))


def closer(places: Sequence[Place]) -> list[Place]:
    """The places that a second, closer map shows: the largest group of neighbours, where the first map is crowded."""
    points, labels = _labels(places, view_of(places)) if places else ([], [])
    if not crowded(points, labels):
        return []
    groups = [[other for other in places if _near(place, other)] for place in places]
    largest = max(groups, key=len)
    return largest if 1 < len(largest) < len(places) else []


def draw(places: Sequence[Place], view: View, words: Words, own: Place | None = None) -> Md:
    """The map as a figure; ``own`` is the place on whose page it stands."""
    name = words.name
    seen = [place for place in places if view.box.holds(bounds([place.point]))]
    shapes = [(shape, [ring for ring in _rings(shape, view) if ring]) for shape in outlines()]
    land = [(shape, rings) for shape, rings in shapes if rings and not shape.occupied_by]
    occupied = [(shape, rings) for shape, rings in shapes if rings and shape.occupied_by]
    hatched = [bounds(ring) for _shape, rings in occupied for ring in rings]
    points, labels = _labels(seen, view, own, hatched)
    marks = [
        _mark(place, point, label, is_own=place == own)
        for place, point, label in zip(seen, points, labels, strict=True)
    ]
    lines = [
        f'<figure class="ng-map" id="{name}">',
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-labelledby="{name}-name">',
        f'<rect class="ng-sea" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<path class="ng-land" d="{_path(ring for _shape, rings in land for ring in rings)}"/>',
        *(_hatched(rings, f"{name}-hatch-{number}") for number, (_shape, rings) in enumerate(occupied, 1)),
        *_country_names(land, [*hatched, *(label.box for label in labels if label)], points, words.ours),
        *marks,
        "</svg>",
        f'<figcaption><span id="{name}-name">{_shown(words.caption)}</span>{_legend(occupied, words.ours)}</figcaption>',
        "</figure>",
    ]
    return Md("\n".join(lines))


def _labels(
    places: Sequence[Place], view: View, own: Place | None = None, spared: Sequence[Box] = ()
) -> tuple[list[Point], list[Label | None]]:
    points = [view.project(place.point) for place in places]
    heaviest = max((place.weight for place in places), default=0) + 1
    weights = [heaviest if place == own else place.weight for place in places]
    return points, placed(points, [place.name for place in places], weights, FRAME, spared)


def _near(place: Place, other: Place) -> bool:
    across = abs(place.longitude - other.longitude) * cos(radians(place.latitude))
    return abs(place.latitude - other.latitude) <= CLUSTER and across <= CLUSTER


def _mark(place: Place, point: Point, label: Label | None, *, is_own: bool) -> str:
    x, y = point
    dot = f'<circle class="ng-dot" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    name = _text(shortened(place.name), label, "ng-name") if label else ""
    if is_own:
        return f'<g class="ng-own">{dot}{name}</g>'
    room = f'<circle class="ng-room" cx="{x:.1f}" cy="{y:.1f}" r="17"/>'
    # Zensical takes `href` in HTML for a way between source files and changes it; it leaves this older name of it alone.
    return (
        f'<a role="link" xlink:href="{html.escape(place.url)}" aria-label="{_shown(place.name)}">{room}{dot}{name}</a>'
    )


def _text(name: str, label: Label, kind: str) -> str:
    x, y = label.at
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" dy=".35em" text-anchor="{label.anchor}">{_shown(name)}</text>'


def _shown(text: str) -> str:
    """Any text as HTML in one line."""
    return html.escape(" ".join(text.split()).translate(_CONTROLS))


def _rings(shape: Shape, view: View) -> Iterator[Ring]:
    """What is seen of a shape, as points of the frame; beyond 180 degrees the world begins anew."""
    box, edge = view.box, view.height / 50
    for turn in (-360, 0, 360):
        wide = Box(box.left - edge - turn, box.low - edge, box.right + edge - turn, box.high + edge)
        for ring in shape.rings:
            yield _thinned([view.project((x + turn, y)) for x, y in clipped(ring, wide)])


def _thinned(points: Sequence[Point]) -> Ring:
    """``points`` without those that lie next to the last one kept; empty where too few are left to enclose anything."""
    kept: list[Point] = []
    for x, y in points:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _FINEST:
            kept.append((x, y))
    return (*kept, kept[0]) if len(kept) > 2 else ()  # noqa: PLR2004 -- a triangle


def _path(rings: Iterator[Ring] | Sequence[Ring]) -> str:
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z" for ring in rings)


def _hatched(rings: Sequence[Ring], name: str) -> str:
    pattern = f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    line = '<path class="ng-hatch" d="M0 0V6"/></pattern>'
    return f'{pattern}{line}<path class="ng-occupied" fill="url(#{name})" d="{_path(rings)}"/>'


def _legend(occupied: Sequence[tuple[Shape, Sequence[Ring]]], ours: Catalogue) -> str:
    """What the hatching says."""
    return "".join(f" {_shown(_hatching(shape, ours))}" for shape, _rings in occupied)


def _hatching(shape: Shape, ours: Catalogue) -> str:
    return ours.say(
        "Hatched: {area}, part of {country}, occupied by {occupier}.",
        area=ours.country(shape.name),
        country=ours.country(shape.part_of or ""),
        occupier=ours.country(shape.occupied_by or ""),
    )


def _country_names(
    land: Sequence[tuple[Shape, Sequence[Ring]]], taken: Sequence[Box], points: Sequence[Point], ours: Catalogue
) -> Iterator[str]:
    """The names of countries that cover much of the map, each in the free spot nearest to the middle of what is seen of it."""
    used = [*taken, *(around(point) for point in points)]
    for shape, rings in land:
        seen = max((clipped(ring, FRAME) for ring in rings), key=lambda ring: abs(area(ring)) if ring else 0.0)
        if not seen or abs(area(seen)) < _NAMED * WIDTH * HEIGHT:
            continue
        name = ours.country(shape.name)
        for spot in sorted(_SPOTS, key=partial(dist, _middle(seen))):
            label = centred(spot, name)
            free = FRAME.holds(label.box) and not any(label.box.meets(box) for box in used)
            if free and _over(label.box, seen):
                used.append(label.box)
                yield _text(name, label, "ng-country")
                break


def _over(box: Box, ring: Ring) -> bool:
    """Whether ``box`` lies on what ``ring`` encloses, by its corners and its middle."""
    across, up = (box.left, (box.left + box.right) / 2, box.right), (box.low, box.high)
    return all(inside((x, y), [ring]) for x in across for y in up)


def _middle(ring: Ring) -> Point:
    """The centre of gravity of what ``ring`` encloses."""
    size = area(ring)
    crosses = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)]
    x, y = (sum((a[axis] + b[axis]) * cross for a, b, cross in crosses) / (6 * size) for axis in (0, 1))
    return x, y
