"""What changed in entities.

In: the library then and now. Out: an entry for each that came, went, was merged, was renamed or changed, in the order of ids.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.checks.since import successor
from build_scripts.editing.comparing.facts import differing, unread_before
from build_scripts.editing.comparing.markdown import Entry, name, plain
from build_scripts.model import Entity, Library


def entries(older: Library, library: Library) -> Iterator[Entry]:
    """What changed."""
    heirs = {was.id: heir.id for was in older.entities.values() if (heir := successor(was, library.entities))}
    for key in sorted({*library.entities, *(key for key in older.entities if key not in heirs)}):
        if key in library.entities:
            entity = library.entities[key]
            before = [older.entities[old] for old, new in heirs.items() if new == key]
            before.sort(key=lambda was: (was.id != key, was.id))
            items = tuple(_items(older, before, entity))
        else:
            entity = older.entities[key]
            items = (_gone(library, entity),)
        if items:
            yield Entry(f"{plain(entity.facts.name)} ({name(key)})", items)


def _items(older: Library, before: list[Entity], now: Entity) -> Iterator[str]:
    """What changed of an entity; ``before``: what it was, then what was merged into it."""
    if not before:
        yield from unread_before(older, now.path)
        yield f"**New** {now.facts.type}: {plain(now.facts.description)}"
        return
    was, *merged = before
    if was.id != now.id:
        yield f"**Renamed**: {name(was.id)} → {name(now.id)}"
    for other in merged:
        yield f"**Merged**: {plain(other.facts.name)} ({name(other.id)}) is the same, and its address leads here"
    yield from differing(was.facts, now.facts, {"formerly"})


def _gone(library: Library, entity: Entity) -> str:
    return "**Has errors** that `newsgloss check` tells" if entity.path in library.left_out else "**Gone**"
