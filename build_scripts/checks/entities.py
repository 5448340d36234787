"""Names and ids of entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from build_scripts.annotate import DUPLICATE_ID
from build_scripts.model import Entity, Library
from build_scripts.problems import Problem, Rule, shown

REPEATED_NAME = Rule(
    "repeated-name",
    "A name stands once in an entity's file: as name, as alias or as weak alias. A weak alias is never linked by itself.",
)
RULES = (REPEATED_NAME,)


def check(library: Library) -> Iterator[Problem]:
    """Names that stand twice, former ids that are ids of others."""
    former: dict[str, str] = {}
    for entity in library.entities.values():
        yield from _names(entity)
        for at, name in enumerate(entity.facts.formerly):
            owner = name if name in library.entities else former.setdefault(name, entity.id)
            if owner != entity.id or name == entity.id:
                place = entity.loaded.place("formerly", at)
                yield DUPLICATE_ID.problem(place, f"`{name}` is or was the id of {owner}", "an id is never used again")


def _names(entity: Entity) -> Iterator[Problem]:
    facts = entity.facts
    counts = Counter([facts.name])
    for key, names in (("aliases", facts.aliases), ("weak_aliases", facts.weak_aliases)):
        for at, name in enumerate(names):
            counts[name] += 1
            if counts[name] > 1:
                yield REPEATED_NAME.problem(
                    entity.loaded.place(key, at), f"{shown(name)} stands here again", "delete it"
                )
