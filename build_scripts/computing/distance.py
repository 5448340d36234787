"""The distance from a point to a border on the WGS 84 ellipsoid.

In: degrees, and a border's line from a file beside this module (GeoJSON; its properties name data set and licence).
Out: kilometres and the nearest point. Geodesics: C. F. F. Karney, Algorithms for geodesics (2013), by geographiclib.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from geographiclib.geodesic import Geodesic

STEP = 100.0
"""Metres between the points of a segment that are tried; the result is printed to 100 m."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest point of a border: latitude and longitude in degrees, its distance in metres."""

    metres: float
    latitude: float
    longitude: float

    def __str__(self) -> str:
        return f"{self.metres / 1000:.1f} km to {_degrees(self.latitude, 'NS')}, {_degrees(self.longitude, 'EW')}"


@cache
def nearest_border_point(latitude: float, longitude: float, border: str) -> Nearest:
    """The point of ``border`` (the name of a file here) nearest to a place in degrees."""
    segments = [(start, end, _metres(start, end)) for start, end in _segments(border)]
    here = (latitude, longitude)
    bound = min(_metres(here, start) for start, _end, _length in segments)
    near = (segment for segment in segments if _metres(here, segment[0]) <= bound + segment[2])
    return min(
        (_nearest(here, point) for segment in near for point in _points(*segment)), key=lambda found: found.metres
    )


@cache
def border_data(border: str) -> str:
    """What ``border`` is and where its line comes from."""
    facts = _border(border)["properties"]
    return f"{facts['name']} ({facts['data']}, {facts['licence']})"


def _nearest(here: Point, point: Point) -> Nearest:
    return Nearest(_metres(here, point), *point)


def _points(start: Point, end: Point, length: float) -> Iterator[Point]:
    """Points on the geodesic from ``start`` to ``end``, both included, at most STEP apart."""
    line = Geodesic.WGS84.InverseLine(*start, *end)
    count = max(1, round(length / STEP))
    for number in range(count + 1):
        at = line.Position(length * number / count)
        yield at["lat2"], at["lon2"]


def _metres(start: Point, end: Point) -> float:
    return float(Geodesic.WGS84.Inverse(*start, *end, Geodesic.DISTANCE)["s12"])


def _segments(border: str) -> Iterator[tuple[Point, Point]]:
    for line in _border(border)["geometry"]["coordinates"]:
        points = [(latitude, longitude) for longitude, latitude in line]
        yield from pairwise(points)


def _border(border: str) -> dict[str, Any]:
    return dict(json.loads(files(__package__).joinpath(f"{border}.geojson").read_text(encoding="utf-8")))


def _degrees(value: float, names: str) -> str:
    return f"{abs(value):.4f} {names[value < 0]}"
