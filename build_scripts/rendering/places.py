"""Which maps there are, and what stands on them.

In: the index. Out: figures for the map's page and for the pages of entities with coordinates.
"""

from __future__ import annotations

from typing import Any

from build_scripts import addresses
from build_scripts.model import Entity
from build_scripts.rendering.catalogue import words_of
from build_scripts.rendering.escape import Md
from build_scripts.rendering.index import Index
from build_scripts.rendering.map import AROUND, Place, View, Words, closer, draw, view_of

_KM = round(AROUND * 111.2, -1)


def world_maps(index: Index) -> dict[str, Any]:
    """The values of the map's page: the places with how often each is named, a map of all, a closer one where that is crowded."""
    listed = [(entity, _mentions(entity, index)) for entity in _located(index)]
    places = [_place(entity, addresses.MAP, index) for entity in _located(index)]
    near, words = closer(places), words_of(index.library)
    all_places = Words("map-all", words.say("All places with coordinates."), words)
    close = Words("map-closer", words.say("Where most places are."), words)
    return {
        "places": listed,
        "world": draw(places, view_of(places), all_places) if places else Md(),
        "close": draw(near, view_of(near), close) if near else Md(),
    }


def place_map(entity: Entity, index: Index) -> Md:
    """The surroundings of a place; empty where the entity has no coordinates."""
    if not entity.facts.coordinates:
        return Md()
    page = addresses.entity(entity.id)
    places = {other.id: _place(other, page, index) for other in _located(index)}
    own = places[entity.id]
    ours = words_of(index.library)
    caption = ours.say("{place}: about {km} km from the map’s top to its bottom.", place=own.name, km=f"{_KM:.0f}")
    words = Words("map-here", caption, ours)
    return draw(list(places.values()), View(own.longitude, own.latitude, AROUND), words, own)


def _located(index: Index) -> list[Entity]:
    """The entities with coordinates, by name."""
    found = [entity for entity in index.library.entities.values() if entity.facts.coordinates]
    return sorted(found, key=lambda entity: (entity.facts.name.casefold(), entity.id))


def _place(entity: Entity, page: str, index: Index) -> Place:
    facts = entity.facts
    if not facts.coordinates:
        raise ValueError(f"{entity.id} has no coordinates")
    url = addresses.served(page, addresses.entity(entity.id))
    latitude, longitude = float(facts.coordinates.latitude), float(facts.coordinates.longitude)
    return Place(facts.name, latitude, longitude, url, _mentions(entity, index))


def _mentions(entity: Entity, index: Index) -> int:
    return sum(len(mentions) for _article, mentions in index.mentions.get(entity.id, ()))
