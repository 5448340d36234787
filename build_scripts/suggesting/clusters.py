"""Names of one text that name the same thing.

In: the names of a text. Out: things, each with all its names: ``Biden`` with ``Joe Biden``, ``Ukrainian`` with ``Ukraine``,
``HIMARS`` with ``High Mobility Artillery Rocket System``. What could be two things stays two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from build_scripts.suggesting.gazetteer import gazetteer
from build_scripts.suggesting.kinds import LINKS
from build_scripts.suggesting.names import Name
from build_scripts.suggesting.wordlists import listed

_BETWEEN = 6
"""Characters between a long name and its short form: `` (``, ``, or ``."""

_NAMESAKES = 50
"""People of one name that are told apart."""

_SUFFIXES = listed("Jr. Jr Sr. Sr II III IV")


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, place or other thing. ``gender``: m, f or empty; a hint and nothing more."""

    name: str
    type: str
    names: tuple[Name, ...]
    gender: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """What the text calls it, each form once, in order."""
        return tuple(dict.fromkeys(name.text for name in self.names))

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles that stand before its names."""
        return tuple(dict.fromkeys(name.title for name in self.names if name.title))


@dataclass(slots=True)
class _Cluster:
    name: str
    type: str
    names: list[Name] = field(default_factory=list)


def things(text: str, names: Sequence[Name]) -> list[Thing]:
    """The things that the names name, in the order in which they come up."""
    clusters: dict[str, _Cluster] = {}
    people = _people(names)
    short = _short_forms(text, names)
    recent: dict[str, str] = {}
    for name in names:
        key, usual, kind = _key(name, people, recent, short)
        if name.type == "person":
            recent.update(dict.fromkeys(_parts(key), key))
        cluster = clusters.setdefault(key, _Cluster(usual, kind))
        cluster.names.append(name)
        cluster.type = cluster.type or kind
    return [_thing(cluster) for cluster in clusters.values()]


def _key(
    name: Name, people: dict[str, list[str]], recent: dict[str, str], short: dict[str, Name]
) -> tuple[str, str, str]:
    """What tells the thing from others, its usual name and its type."""
    known = gazetteer().known.get(name.text)
    if known and name.type != "person":
        return known.name, known.name, known.type
    if name.type == "person":
        full = _full_name(name.text, people, recent)
        return full, full, "person"
    if name.type == "place" and name.text.isupper() and name.text.title() in gazetteer().cities:
        return name.text.title(), name.text.title(), "place"
    long = short.get(name.text)
    return (long.text, long.text, long.type or name.type) if long else (name.text, name.text, name.type)


def _people(names: Sequence[Name]) -> dict[str, list[str]]:
    """Full names by each of their parts."""
    people: dict[str, list[str]] = {}
    for full in dict.fromkeys(name.text for name in names if name.type == "person" and " " in name.text):
        for part in _parts(full):
            if len(people.setdefault(part, [])) < _NAMESAKES:
                people[part].append(full)
    return people


def _parts(full: str) -> tuple[str, ...]:
    words = [word for word in full.split() if word not in _SUFFIXES]
    return (words[0], words[-1]) if words else (full,)


def _full_name(text: str, people: dict[str, list[str]], recent: dict[str, str]) -> str:
    """The full name of a person whose surname or first name stands here: the one named last, else the only or first one."""
    if " " in text:
        return next((other for other in people.get(_parts(text)[-1], []) if other != text and _same(text, other)), text)
    return recent.get(text) or next(iter(people.get(text, [])), text)


def _same(text: str, other: str) -> bool:
    """Whether one full name is the other with a middle name or a part left out; the longer one is kept."""
    one, two = text.split(), other.split()
    return len(two) > len(one) and one[0] == two[0] and set(one) < set(two)


def _short_forms(text: str, names: Sequence[Name]) -> dict[str, Name]:
    """Long names by their short forms: in brackets behind them, or made of their initials."""
    found: dict[str, Name] = {}
    for long, short in pairwise(names):
        gap = text[long.span.end : short.span.start]
        if len(gap) < _BETWEEN and ("(" in gap or "or " in gap) and _abbreviates(short.text, long.text):
            found.setdefault(short.text, long)
    initials = {
        _initials(name.text): name for name in reversed(names) if name.text.count(" ") and name.type != "person"
    }
    for name in names:
        plain = name.text.replace(".", "")
        if plain.isupper() and len(plain) > 1 and plain in initials and name.text not in gazetteer().known:
            found.setdefault(name.text, initials[plain])
    return found


def _abbreviates(short: str, long: str) -> bool:
    """Whether the capitals of ``short`` come up in ``long`` in their order, from the first on."""
    letters = iter(long.lower())
    plain = [char.lower() for char in short if char.isalnum()]
    return len(plain) > 1 and " " in long and short[0] == long[0] and all(char in letters for char in plain)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word not in LINKS and word not in ("the", "and"))


def _thing(cluster: _Cluster) -> Thing:
    thing = Thing(cluster.name, cluster.type or "other", tuple(cluster.names))
    return replace(thing, gender=_gender(thing)) if thing.type == "person" else thing


def _gender(thing: Thing) -> str:
    """By titles, else by the first name, where it is one of men or of women alone."""
    known = gazetteer()
    by_title = Counter(
        gender for title in thing.titles for word in title.split() if (gender := known.titles.get(word)) in ("m", "f")
    )
    if by_title:
        return by_title.most_common(1)[0][0]
    given = known.given.get(thing.name.split()[0], "") if " " in thing.name else ""
    return given if given in ("m", "f") else ""
