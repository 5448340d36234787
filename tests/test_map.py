"""Maps: which country holds which place, where points and names stand, and that names stay text."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from itertools import combinations

import markdown
import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts import addresses
from build_scripts.rendering.catalogue import catalogue
from build_scripts.rendering.labels import placed
from build_scripts.rendering.map import FRAME, Place, View, Words, closer, draw, view_of
from build_scripts.rendering.outlines import Box, area, bounds, clipped, inside, outlines
from tests.html import body_of, tree
from tests.test_weave import EXTENSIONS
from tests.texts import hostile

KHARKIV = Place("Kharkiv", 49.9935, 36.2304, "../entities/kharkiv/", 8)
BELGOROD = Place("Belgorod", 50.60343, 36.58091, "../entities/belgorod/", 1)
WASHINGTON = Place("Washington", 38.89511, -77.03637, "../entities/washington/", 1)
SEVASTOPOL = Place("Sevastopol", 44.6, 33.53, "../entities/sevastopol/", 1)
ENGLISH = catalogue("en")
WORDS = Words("map-test", "A map.", ENGLISH)

degrees = st.floats(-89, 89, allow_nan=False)
positions = st.tuples(st.floats(-180, 180, allow_nan=False), degrees)


def holding(latitude: float, longitude: float) -> list[str]:
    return [shape.name for shape in outlines() if inside((longitude, latitude), shape.rings)]


@pytest.mark.parametrize(
    ("latitude", "longitude", "names"),
    [
        (44.95, 34.10, ["Ukraine", "Crimea"]),  # Simferopol
        (44.60, 33.53, ["Ukraine", "Crimea"]),  # Sevastopol
        (45.35, 36.45, ["Ukraine", "Crimea"]),  # Kerch
        (46.11, 33.69, ["Ukraine", "Crimea"]),  # Armiansk, the northernmost town
        (46.35, 33.53, ["Ukraine"]),  # mainland north of it
        (48.00, 37.80, ["Ukraine"]),  # Donetsk
        (49.9935, 36.2304, ["Ukraine"]),  # Kharkiv
        (50.60343, 36.58091, ["Russia"]),  # Belgorod
        (45.04, 38.98, ["Russia"]),  # Krasnodar
        (46.84, 29.60, ["Moldova"]),  # Tiraspol
        (43.00, 41.02, ["Georgia"]),  # Sukhumi
        (35.33, 33.32, ["Cyprus"]),  # Kyrenia
        (9.56, 44.06, ["Somalia"]),  # Hargeisa
        (45.92, 63.31, ["Kazakhstan"]),  # Baikonur
        (38.89511, -77.03637, ["United States"]),
        (-89.0, 10.0, ["Antarctica"]),
        (30.0, -40.0, []),  # the Atlantic
    ],
)
def test_a_place_lies_in_its_country(latitude: float, longitude: float, names: list[str]) -> None:
    assert holding(latitude, longitude) == names


def test_crimea_is_the_only_occupied_shape_and_a_part_of_ukraine() -> None:
    marked = [(shape.name, shape.part_of, shape.occupied_by) for shape in outlines() if shape.occupied_by]
    assert marked == [("Crimea", "Ukraine", "Russia")]
    assert outlines()[-1].name == "Crimea"


def test_no_line_divides_crimea_from_the_rest_of_ukraine() -> None:
    ukraine = next(shape for shape in outlines() if shape.name == "Ukraine")
    crimea = outlines()[-1]
    own = {point for ring in ukraine.rings for point in ring}
    inner = [point for ring in crimea.rings for point in ring if point not in own]
    assert 0 < len(inner) < len(crimea.rings[0])
    assert all(45.7 < latitude < 46.3 for _longitude, latitude in inner)


def test_the_data_say_where_they_come_from() -> None:
    data = json.loads(files("build_scripts.rendering").joinpath("outlines.topojson").read_text(encoding="utf-8"))
    border = json.loads(files("build_scripts.computing").joinpath("russia-ukraine.geojson").read_text(encoding="utf-8"))
    assert {"name", "data", "licence", "from", "sha256_of_origin", "changed"} <= set(data["properties"])
    assert data["properties"]["sha256_of_origin"] == border["properties"]["sha256_of_origin"]


@given(positions, positions)
def test_east_is_right_and_north_is_up(one: tuple[float, float], other: tuple[float, float]) -> None:
    view = View(30.0, 50.0, 20.0)
    (x1, y1), (x2, y2) = view.project(one), view.project(other)
    assert (x1 < x2) == (one[0] < other[0]) or abs(one[0] - other[0]) < 1e-9
    assert (y1 > y2) == (one[1] < other[1]) or abs(one[1] - other[1]) < 1e-9


@given(st.lists(positions, min_size=1, max_size=12))
def test_a_view_shows_all_its_places(points: list[tuple[float, float]]) -> None:
    places = [Place("x", latitude, longitude, "../x/") for longitude, latitude in points]
    box = view_of(places).box
    assert all(box.holds(bounds([place.point])) for place in places)
    assert all(FRAME.holds(bounds([view_of(places).project(place.point)])) for place in places)


def test_what_is_clipped_lies_in_the_box() -> None:
    box = Box(30.0, 45.0, 40.0, 55.0)
    for shape in outlines():
        for ring in shape.rings:
            seen = clipped(ring, box)
            if seen:
                assert seen[0] == seen[-1]
                assert box.meets(bounds(seen))
                assert bounds(seen) == bounds(ring) or Box(29.999, 44.999, 40.001, 55.001).holds(bounds(seen))
    square = ((20.0, 40.0), (50.0, 40.0), (50.0, 60.0), (20.0, 60.0), (20.0, 40.0))
    assert area(clipped(square, box)) == 100


names = st.one_of(hostile, st.sampled_from(["Kyiv", "Saint-Pétersbourg", "東京", "القدس", "x" * 300, ""]))


@given(st.lists(st.tuples(st.floats(0, 480), st.floats(0, 320), names, st.integers(0, 9)), max_size=25))
def test_names_cover_neither_each_other_nor_marks(rows: list[tuple[float, float, str, int]]) -> None:
    points = [(x, y) for x, y, _name, _weight in rows]
    labels = placed(points, [row[2] for row in rows], [row[3] for row in rows], FRAME)
    shown = [label.box for label in labels if label]
    assert not any(one.meets(other) for one, other in combinations(shown, 2))
    assert all(FRAME.holds(box) for box in shown)
    for number, label in enumerate(labels):
        if label:
            others = points[:number] + points[number + 1 :]
            assert not any(label.box.meets(Box(x, y, x, y)) for x, y in others)


def test_the_name_of_greater_weight_is_placed_first() -> None:
    labels = placed([(200.0, 100.0)] * 6, ["name"] * 6, [0, 0, 0, 0, 0, 9], FRAME)
    assert [label.anchor if label else "" for label in labels] == ["end", "", "", "", "", "start"]
    assert placed([(200.0, 100.0), (230.0, 100.0)], ["one", "two"], [0, 9], FRAME)[1] is not None


def test_what_is_spared_is_covered_by_names_of_points_within_it_only() -> None:
    right, all_sides, around = Box(206, 80, 300, 120), Box(100, 101, 300, 150), Box(100, 50, 300, 150)
    found = [placed([(200.0, 100.0)], ["name"], [0], FRAME, boxes)[0] for boxes in ([], [right], [all_sides], [around])]
    assert [label.anchor if label else "" for label in found] == ["start", "end", "middle", "start"]
    assert placed([(200.0, 100.0)], ["name"], [0], FRAME, [right, Box(0, 0, 480, 99), Box(0, 101, 480, 320)]) == [None]


def test_no_name_of_a_place_elsewhere_covers_the_hatching() -> None:
    kyiv, moscow = Place("Kyiv", 50.45466, 30.5238, "../kyiv/"), Place("Moscow", 55.75204, 37.61781, "../moscow/")
    places = [KHARKIV, BELGOROD, kyiv, moscow, WASHINGTON]
    view = view_of(places)
    crimea = bounds(view.project(point) for ring in outlines()[-1].rings for point in ring)
    points = [view.project(place.point) for place in places]
    free = placed(points, [place.name for place in places], [place.weight for place in places], FRAME)
    assert any(label and label.box.meets(crimea) for label in free)
    drawn = body_of(draw(places, view, WORDS))
    assert [text.text() for text in drawn.css(".ng-name")] == ["Kyiv", "Moscow", "Washington"]
    shown = draw([SEVASTOPOL, *places], view_of([SEVASTOPOL]), WORDS, SEVASTOPOL)
    assert [text.text() for text in body_of(shown).css(".ng-own text")] == ["Sevastopol"]


def test_a_closer_map_is_drawn_where_the_first_is_crowded() -> None:
    assert closer([]) == []
    assert closer([KHARKIV, WASHINGTON]) == []
    assert closer([KHARKIV, BELGOROD, WASHINGTON]) == [KHARKIV, BELGOROD]


def test_the_hatching_is_drawn_and_told_where_it_is_seen() -> None:
    shown = draw([SEVASTOPOL], view_of([SEVASTOPOL]), WORDS)
    assert shown.count("ng-occupied") == 1
    assert "Hatched: Crimea, part of Ukraine, occupied by Russia." in shown
    away = draw([WASHINGTON], view_of([WASHINGTON]), WORDS)
    assert "Hatched" not in away
    assert "ng-occupied" not in away


def test_the_own_place_is_marked_and_does_not_link_to_itself() -> None:
    body = body_of(draw([BELGOROD, KHARKIV], view_of([KHARKIV]), WORDS, KHARKIV))
    assert [link.attributes["xlink:href"] for link in body.css("svg a")] == [BELGOROD.url]
    assert [node.text().strip() for node in body.css(".ng-own text")] == ["Kharkiv"]


@settings(deadline=None, max_examples=60)
@given(st.lists(names, min_size=1, max_size=4), names)
def test_hostile_names_stay_text_and_both_renderers_show_the_same(found: list[str], caption: str) -> None:
    places = [Place(name, 5.0 * number, -35.0, f"../{number}/") for number, name in enumerate(found)]
    page = f"Before.\n\n{draw(places, view_of(places), Words('map-test', caption, ENGLISH))}\n\nAfter.\n"
    assert not re.search(r"\n\s*\n", page.strip().removeprefix("Before.\n\n").removesuffix("\n\nAfter."))
    by_commonmark, by_python = pyromark.html(page), markdown.markdown(page, extensions=EXTENSIONS)
    assert tree(by_python) == tree(by_commonmark)
    body = body_of(by_python)
    tags = {node.tag for node in body.traverse()} - {"-text"}
    assert tags <= {
        "body",
        "p",
        "figure",
        "svg",
        "rect",
        "path",
        "text",
        "circle",
        "a",
        "figcaption",
        "span",
        "pattern",
    }
    assert [link.attributes["xlink:href"] for link in body.css("svg a")] == [place.url for place in places]
    assert [paragraph.text() for paragraph in body.css("p")] == ["Before.", "After."]


def test_the_same_places_give_the_same_map() -> None:
    drawn = [draw([KHARKIV, WASHINGTON], view_of([KHARKIV, WASHINGTON]), WORDS) for _ in range(2)]
    assert len({hashlib.sha256(figure.encode()).hexdigest() for figure in drawn}) == 1


@pytest.mark.parametrize(
    ("start", "end", "way"),
    [
        ("map.md", "entities/kyiv.md", "../entities/kyiv/"),
        ("entities/kyiv.md", "entities/kharkiv.md", "../kharkiv/"),
        ("index.md", "map.md", "map/"),
        ("entities/index.md", "entities/kyiv.md", "kyiv/"),
        ("entities/kyiv.md", "index.md", "../../"),
    ],
)
def test_ways_between_served_pages(start: str, end: str, way: str) -> None:
    assert addresses.served(start, end) == way
