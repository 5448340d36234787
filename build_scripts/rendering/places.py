"""Which maps there are, and what stands on them.

In: the index. Out: figures for the map's page and for the pages of entities with coordinates. However many places there are,
a map marks at most MOST of them: those that are named most often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import floor
from typing import Any

from build_scripts import addresses
from build_scripts.model import Entity
from build_scripts.rendering.catalogue import Catalogue
from build_scripts.rendering.escape import Md
from build_scripts.rendering.index import Index
from build_scripts.rendering.map import AROUND, Place, View, Words, closer, draw, view_of

MOST = 100
"""Marks on a map, and lines in the list below it: beyond, they would cover each other."""
_KM = round(AROUND * 111.2, -1)

Cell = tuple[int, int]
"""A square degree, by the latitude and longitude of its corner."""


@dataclass(frozen=True)
class Places:
    """The entities with coordinates, by name, and how often each is named. ``cells``: the foremost of each square degree."""

    all: Sequence[Entity]
    mentions: Mapping[str, int]
    cells: Mapping[Cell, list[Entity]]

    def foremost(self, places: Iterable[Entity]) -> list[Entity]:
        """The MOST of ``places`` that are named most often, by name."""
        return _foremost(places, self.mentions)

    def seen(self, view: View) -> Iterator[Entity]:
        """The foremost of each square degree in ``view``, and around it."""
        box = view.box
        rows, columns = range(floor(box.low), floor(box.high) + 1), range(floor(box.left), floor(box.right) + 1)
        for cell in product(rows, columns):
            yield from self.cells.get(cell, ())

    def on_page(self, places: Iterable[Entity], page: str) -> list[Place]:
        """``places`` for a map on ``page``."""
        return [_place(entity, page, self.mentions[entity.id]) for entity in places]


def places_of(index: Index) -> Places:
    """The places of a publication."""
    found = sorted((entity for entity in index.library.entities.values() if entity.facts.coordinates), key=_by_name)
    mentions = {entity.id: _mentions(entity, index) for entity in found}
    cells: dict[Cell, list[Entity]] = defaultdict(list)
    for entity in found:
        latitude, longitude = _point(entity)
        cells[floor(latitude), floor(longitude)].append(entity)
    return Places(found, mentions, {cell: _foremost(places, mentions) for cell, places in cells.items()})


def _foremost(places: Iterable[Entity], mentions: Mapping[str, int]) -> list[Entity]:
    found = sorted(places, key=lambda entity: (-mentions[entity.id], *_by_name(entity)))[:MOST]
    return sorted(found, key=_by_name)


def _by_name(entity: Entity) -> tuple[str, str]:
    return entity.facts.name.casefold(), entity.id


def world_maps(places: Places, words: Catalogue) -> dict[str, Any]:
    """The values of the map's page: the places with how often each is named, a map of all, a closer one where that is crowded."""
    listed = places.foremost(places.all)
    marked = places.on_page(listed, addresses.MAP)
    near = closer(marked)
    caption = (
        words.say("All places with coordinates.")
        if len(listed) == len(places.all)
        else words.say("The {most} places that are named most often.", most=MOST)
    )
    all_places = Words("map-all", caption, words)
    close = Words("map-closer", words.say("Where most places are."), words)
    return {
        "places": [(entity, places.mentions[entity.id]) for entity in listed],
        "left_out": len(places.all) - len(listed),
        "world": draw(marked, view_of(marked), all_places) if marked else Md(),
        "close": draw(near, view_of(near), close) if near else Md(),
    }


def place_map(entity: Entity, places: Places, words: Catalogue) -> Md:
    """The surroundings of a place; empty where the entity has no coordinates."""
    if not entity.facts.coordinates:
        return Md()
    page, (latitude, longitude) = addresses.entity(entity.id), _point(entity)
    view = View(longitude, latitude, AROUND)
    near = {other.id: other for other in places.foremost(places.seen(view))} | {entity.id: entity}
    marked = dict(zip(near, places.on_page(near.values(), page), strict=True))
    own = marked[entity.id]
    caption = words.say("{place}: about {km} km from the map’s top to its bottom.", place=own.name, km=f"{_KM:.0f}")
    return draw(list(marked.values()), view, Words("map-here", caption, words), own)


def _point(entity: Entity) -> tuple[float, float]:
    """Latitude and longitude. Raises ValueError where the entity has no coordinates."""
    if not entity.facts.coordinates:
        raise ValueError(f"{entity.id} has no coordinates")
    return float(entity.facts.coordinates.latitude), float(entity.facts.coordinates.longitude)


def _place(entity: Entity, page: str, mentions: int) -> Place:
    latitude, longitude = _point(entity)
    return Place(entity.facts.name, latitude, longitude, addresses.served(page, addresses.entity(entity.id)), mentions)


def _mentions(entity: Entity, index: Index) -> int:
    return sum(len(mentions) for _article, mentions in index.mentions.get(entity.id, ()))
