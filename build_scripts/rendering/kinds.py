"""The kinds of things that have names, as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TypeVar

from build_scripts.model import Entity
from build_scripts.reading.schema import EntityType
from build_scripts.rendering.catalogue import Catalogue, Said, message

GROUPS = {
    EntityType.PERSON: message("People"),
    EntityType.ORGANISATION: message("Organisations"),
    EntityType.PLACE: message("Places"),
    EntityType.WEAPON: message("Weapons"),
    EntityType.DOCUMENT: message("Documents"),
    EntityType.EVENT: message("Events"),
    EntityType.GROUP: message("Groups"),
    EntityType.OTHER: message("Other"),
}

_Row = TypeVar("_Row")


def grouped(
    rows: list[_Row], entity_of: Callable[[_Row], Entity], words: Catalogue
) -> list[tuple[str, Said, list[_Row]]]:
    """Rows by the type of their entity, in the order of GROUPS; each group with an id and a label in our words."""
    order = list(GROUPS)
    rows = sorted(rows, key=lambda row: order.index(entity_of(row).facts.type))
    return [
        (f"type-{kind}", words.say(GROUPS[kind]), list(group))
        for kind, group in groupby(rows, key=lambda row: entity_of(row).facts.type)
    ]
