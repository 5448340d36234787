"""Things of a draft and the register of entities: which is which, and files for those that are new.

In: things, the entities as they are. Out: an id for each thing, and the text of a register file, to be filled in: it has no
description, so that `check` does not let it pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_scripts.reading.fields import MAX_ID, is_id
from build_scripts.reading.load import Sources
from build_scripts.reading.scalars import block
from build_scripts.suggesting.clusters import Thing

_OFTEN = 2
"""Mentions from which a thing of no known kind is worth a file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing with its entity's id. ``names``: what the register links by itself; ``is_new``: there is no file yet."""

    id: str
    thing: Thing
    names: frozenset[str]
    is_new: bool
    aliases: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its file."""
        return f"sources/entities/{self.id}.yml"

    @property
    def text(self) -> str:
        """A new file, to be filled in."""
        aliases = {"aliases": list(self.aliases)} if self.aliases else {}
        facts = block({"type": self.thing.type, "name": self.thing.name, **aliases}, is_item=False)
        return (
            "# yaml-language-server: $schema=../schemas/entity.schema.json\n"
            "# A draft: look at type and names, then write one sentence about who or what this is.\n"
            f"{facts}\ndescription:\n"
        )


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens; empty where no letter is Latin."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    ascii_only = "".join(char for char in plain.lower() if char.isascii() and (char.isalnum() or not char.isalpha()))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['.]", "", ascii_only)).strip("-")[: MAX_ID - 5].strip("-")


def entries(things: Sequence[Thing], sources: Sources, speakers: Sequence[Thing]) -> list[Entry]:
    """An entry for each thing that the register knows, and for each that is worth a new file.

    None for a name that several entities bear: `check` asks about it.
    """
    register = _Register(sources)
    found: list[Entry] = []
    for thing in things:
        known = register.find(thing)
        if len(known) == 1:
            found.append(Entry(known[0], thing, register.linked(known[0]), is_new=False))
        elif known:
            continue
        elif thing in speakers or thing.type not in ("other", "group") or len(thing.names) >= _OFTEN:
            found += register.new(thing, found)
    return found


class _Register:
    """The entities under sources/."""

    def __init__(self, sources: Sources) -> None:
        self._entities = sources.entities
        self._names: dict[str, list[str]] = defaultdict(list)
        for name, loaded in sources.entities.items():
            if loaded:
                for one in dict.fromkeys((loaded.facts.name, *loaded.facts.aliases, *loaded.facts.weak_aliases)):
                    self._names[one].append(name)

    def find(self, thing: Thing) -> tuple[str, ...]:
        """The entities that bear one of the thing's names, the fullest first; the one alone whose chief name it is."""
        for name in sorted(dict.fromkeys((thing.name, *thing.forms)), key=len, reverse=True):
            bearers = self._names.get(name, [])
            chief = [one for one in bearers if (loaded := self._entities[one]) and loaded.facts.name == name]
            bearers = chief if len(chief) == 1 else [one for one in bearers if self._can_be(one, name, thing)]
            if bearers:
                return tuple(bearers)
        return ()

    def _can_be(self, entity: str, name: str, thing: Thing) -> bool:
        """Not where a person shares no more than a surname with the entity's person: Anna Berg is not Tom Berg."""
        loaded = self._entities[entity]
        is_part = thing.type == "person" and " " in thing.name and " " not in name
        if not is_part or loaded is None:
            return True
        given = thing.name.split()[0]
        return any(given == one.split()[0] for one in (loaded.facts.name, *loaded.facts.aliases) if " " in one)

    def linked(self, name: str) -> frozenset[str]:
        """The names by which an entity is linked without an item in ``mentions``."""
        loaded = self._entities.get(name)
        return frozenset((loaded.facts.name, *loaded.facts.aliases)) if loaded else frozenset()

    def new(self, thing: Thing, found: Sequence[Entry]) -> Iterator[Entry]:
        """The entry of a thing without a file; with one, where a draft of it is waiting to be filled in."""
        taken = {entry.id for entry in found}
        for name in _ids(slug(thing.name)):
            is_draft = name in self._entities and self._entities[name] is None
            if name not in taken and (name not in self._entities or is_draft):
                others = {form for entry in found for form in entry.thing.forms} | set(self._names)
                aliases = tuple(form for form in thing.forms if form != thing.name and form not in others)
                yield Entry(name, thing, frozenset(), is_new=not is_draft, aliases=aliases)
                return


def _ids(stem: str) -> Iterator[str]:
    if is_id(stem):
        yield stem
    if stem:
        yield from (f"{stem}-{number}" for number in range(2, 100))


def by_name(found: Sequence[Entry]) -> Mapping[str, Entry]:
    """Entries by the name of their thing."""
    return {entry.thing.name: entry for entry in found}
