"""Names that the world knows: countries and their people, regions, groups, cities, first names, titles, common words.

In: the file that gazetteer_make.py makes. Out: look-ups by name. Read once, when first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("gazetteer.txt")


@dataclass(frozen=True, slots=True)
class Known:
    """What bears a name: its usual name, its type as in entities/<id>.yml; ``names``: all that it is called."""

    name: str
    type: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """``cities``: codes of countries by a city's name. ``given``, ``titles``: gender m, f or unknown, by first name and title."""

    known: Mapping[str, Known]
    cities: Mapping[str, str]
    given: Mapping[str, str]
    titles: Mapping[str, str]
    common: frozenset[str]
    adjectives: frozenset[str]

    def is_place(self, name: str) -> bool:
        """Whether a place of that name is known."""
        known = self.known.get(name)
        return known.type == "place" if known else name in self.cities


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package."""
    sections = _sections(_FILE.read_text(encoding="utf-8"))
    countries = [_country(line) for line in sections["countries"]]
    regions = [Known((names := line.split("|"))[0], "place", tuple(names)) for line in sections["regions"]]
    groups = [Known((names := line.split("|"))[0], "group", tuple(names)) for line in sections["groups"]]
    known = {name: one for one in (*groups, *regions, *countries) for name in one.names}
    demonyms = (name for line in sections["countries"] for name in line.split("\t")[3].split("|"))
    others = (name for one in (*regions, *groups) for name in one.names[1:])
    return Gazetteer(
        known=known,
        cities=_by_name(sections["cities"]),
        given=_by_name(sections["given"]),
        titles=_by_name(sections["titles"]),
        common=frozenset(sections["common"]),
        adjectives=frozenset(filter(None, (*demonyms, *others))),
    )


def _sections(text: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for part in text.split("\n[")[1:]:
        name, _bracket, lines = part.partition("]\n")
        sections[name] = lines.rstrip("\n").split("\n")
    return sections


def _by_name(lines: Iterable[str]) -> dict[str, str]:
    """What is true of each name: a line holds a fact and the names."""
    pairs = (line.split("\t") for line in lines)
    return {name: fact for fact, names in pairs for name in names.split("|")}


def _country(line: str) -> Known:
    _code, name, names, demonyms = line.split("\t")
    return Known(name, "place", tuple(filter(None, (name, *names.split("|"), *demonyms.split("|")))))
