"""Names of entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from build_scripts.model import Entity, Library
from build_scripts.problems import Problem, Rule, shown
from build_scripts.reading.splices import without_item

REPEATED_NAME = Rule(
    "repeated-name",
    "A name stands once in an entity's file: as name, as alias or as weak alias. A weak alias is never linked by itself.",
    mending="takes out an alias that is the name, or stands in its list already",
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
                is_same = name in names[:at] or (key == "aliases" and name == facts.name)
                fix = without_item(entity.loaded.values.source.text, (key,), at) if is_same else ()
                place = entity.loaded.place(key, at)
                yield REPEATED_NAME.problem(place, f"{shown(name)} stands here again", "delete it", fix)
