"""Computations that checks rest on, against figures worked out elsewhere."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path

import pytest

from build_scripts.computing.compute import NotComputableError, compute
from build_scripts.computing.distance import nearest_border_point
from build_scripts.reading.schema import BorderDistance, Coordinates, UnitConversion, Weekday

LINE = Path(__file__).parents[1] / "build_scripts" / "computing" / "russia-ukraine.geojson"


@pytest.mark.parametrize(
    ("value", "unit", "to", "digits", "result"),
    [
        (20, "kilometer", "mile", 1, "20 kilometer = 12.4 mile"),
        (60, "kilometer", "mile", 1, "60 kilometer = 37.3 mile"),
        (80, "kilometer", "mile", 1, "80 kilometer = 49.7 mile"),
        (1, "mile", "kilometer", 6, "1 mile = 1.609344 kilometer"),
        (0.5, "pound", "gram", 2, "0.5 pound = 226.80 gram"),
        (100, "kilometer/hour", "mile/hour", 2, "100 kilometer/hour = 62.14 mile/hour"),
    ],
)
def test_units_are_converted(value: float, unit: str, to: str, digits: int, result: str) -> None:
    conversion = UnitConversion(method="unit-conversion", value=value, unit=unit, to=to, digits=digits)
    assert compute(conversion, {}) == result


@pytest.mark.parametrize(("unit", "to"), [("kilometer", "second"), ("nonsense", "mile"), ("kilometer", "dollar")])
def test_what_cannot_be_converted_is_told(unit: str, to: str) -> None:
    with pytest.raises(NotComputableError) as error:
        compute(UnitConversion(method="unit-conversion", value=1, unit=unit, to=to), {})
    assert error.value.hint


@pytest.mark.parametrize(
    ("day", "name"), [("2024-05-31", "Friday"), ("2024-06-04", "Tuesday"), ("2024-06-05", "Wednesday")]
)
def test_weekdays_are_those_of_the_calendar(day: str, name: str) -> None:
    assert compute(Weekday(method="weekday", date=dt.date.fromisoformat(day)), {}) == f"{day} is a {name}"


def test_kharkiv_is_as_far_from_the_border_as_the_map_says() -> None:
    places = {"kharkiv": Coordinates(latitude=49.9935, longitude=36.2304)}
    computation = BorderDistance(method="border-distance", place="kharkiv", border="russia-ukraine")
    assert compute(computation, places) == "31.6 km to 50.2746 N, 36.2938 E"
    with pytest.raises(NotComputableError):
        compute(computation, {})


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(49.9935, 36.2304), (50.6, 36.6), (51.5, 31.3), (48.0, 37.8), (53.9, 27.6)]
)
def test_no_point_of_the_line_is_nearer_than_the_nearest(latitude: float, longitude: float) -> None:
    """Against every vertex, on a sphere: within 0.6 percent of the ellipsoid."""
    nearest = nearest_border_point(latitude, longitude, "russia-ukraine")
    points = [point for line in json.loads(LINE.read_text())["geometry"]["coordinates"] for point in line]
    by_vertex = min(_haversine(latitude, longitude, lat, lon) for lon, lat in points)
    assert nearest.metres <= by_vertex * 1.006
    assert nearest.metres == pytest.approx(
        _haversine(latitude, longitude, nearest.latitude, nearest.longitude), rel=0.006
    )


def test_the_line_names_its_data_and_licence() -> None:
    properties = json.loads(LINE.read_text())["properties"]
    assert properties["licence"] == "public domain"
    assert "Natural Earth" in properties["data"]


def _haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    one, two = math.radians(lat1), math.radians(lat2)
    half = math.sin((two - one) / 2) ** 2 + math.cos(one) * math.cos(two) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(math.sqrt(half))
