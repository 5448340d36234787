"""However large the publication: no page holds more than a reader can take in, and nothing is out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from build_scripts.model import Library
from build_scripts.pipeline import understand
from build_scripts.rendering import places
from build_scripts.rendering.index import make_index
from build_scripts.rendering.places import Places, place_map, world_maps

PLACES = 40


def write(files: Mapping[str, str], root: Path) -> Path:
    for name, content in files.items():
        path = root / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def villages() -> Iterator[tuple[str, str]]:
    """Places all over the world, and ten in one square degree."""
    for at in range(PLACES):
        latitude, longitude = (50 + at / 20, 36.5) if at < PLACES // 4 else (-80 + at * 4, -170 + at * 8)
        yield (
            f"entities/village-{at}.yml",
            f"type: place\nname: Village {at:02}\ndescription: A place.\n"
            f"coordinates: {{latitude: {latitude}, longitude: {longitude}, source: A gazetteer}}\n",
        )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library, _problems = understand(write(dict(villages()), tmp_path_factory.mktemp("world")))
    assert len(library.entities) == PLACES
    return library


def test_a_map_marks_the_places_that_are_named_most_often(world: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST", 8)
    all_places = Places(make_index(world))
    all_places.mentions["village-33"] = 7
    values = world_maps(all_places)
    listed = [entity.id for entity, _number in values["places"]]
    assert listed == [*(f"village-{at}" for at in range(7)), "village-33"]
    assert values["left_out"] == PLACES - 8
    assert values["world"].count('class="ng-dot"') == 8
    assert "The 8 places that are named most often." in values["world"]


def test_a_place_stands_on_its_own_map_whatever_is_named_more_often(
    world: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = place_map(world.entities["village-0"], Places(make_index(world)))
    assert whole.count('class="ng-dot"') == PLACES // 4
    monkeypatch.setattr(places, "MOST", 3)
    few = Places(make_index(world))
    for entity in world.entities.values():
        drawn = place_map(entity, few)
        assert drawn.count('class="ng-own"') == 1
        assert 1 <= drawn.count('class="ng-dot"') <= 4
