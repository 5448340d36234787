"""The kinds of things that have names, as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TypeVar

from build_scripts.model import Entity
from build_scripts.reading.schema import EntityType

GROUPS = {
    EntityType.PERSON: "People",
    EntityType.ORGANISATION: "Organisations",
    EntityType.PLACE: "Places",
    EntityType.WEAPON: "Weapons",
    EntityType.DOCUMENT: "Documents",
    EntityType.EVENT: "Events",
    EntityType.GROUP: "Groups",
    EntityType.OTHER: "Other",
}

_Row = TypeVar("_Row")


def grouped(rows: list[_Row], entity_of: Callable[[_Row], Entity]) -> list[tuple[str, str, list[_Row]]]:
    """Rows by the type of their entity, in the order of GROUPS; each group with an id and a label."""
    order = list(GROUPS)
    rows = sorted(rows, key=lambda row: order.index(entity_of(row).facts.type))
    return [
        (f"type-{kind}", GROUPS[kind], list(group))
        for kind, group in groupby(rows, key=lambda row: entity_of(row).facts.type)
    ]
