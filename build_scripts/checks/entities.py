"""Names of entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from build_scripts.model import Entity, Library
from build_scripts.problems import Problem, Rule, shown

REPEATED_NAME = Rule(
    "repeated-name",
    "A name stands once in an entity's file: as name, as alias or as weak alias. A weak alias is never linked by itself.",
)
RULES = (REPEATED_NAME,)


def check(library: Library) -> Iterator[Problem]:
    """Names that stand twice."""
    for entity in library.entities.values():
        yield from _names(entity)


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
