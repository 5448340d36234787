"""What is looked at while something is made, and what was seen there.

In: mappings and sequences of values that do not change. Out: the same for whoever looks things up in them, each look noted, and
a fingerprint of what it showed. What has a ``digest`` is told by it; what stands beside an article, a check or the like in a
tuple was found in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache, partial
from itertools import chain
from pathlib import PurePath
from typing import Any, TypeVar, cast, overload

from build_scripts.cache import Cache, digest, same

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")

Look = tuple[str, Any]
"""What was looked at: a mapping's or a sequence's name, and a key, an index, the ends of a slice, or ALL of it."""
ALL = (None, None)
"""A look at everything, in its order."""

_LONG = 8
"""From so many things on, a list is told by a digest of its own."""

Add = Callable[[bytes], None]
_PLAIN: Mapping[type, Callable[[Any], bytes]] = {
    str: lambda text: b"str " + text.encode("utf-8", "surrogatepass"),
    bytes: lambda data: b"bytes " + data,
    type(None): lambda _none: b"",
    **{kind: lambda value: f"{type(value).__name__} {value}".encode() for kind in (bool, int, float)},
}


class Seen:
    """Notes the looks at what it watches, and tells what each shows; that is worked out once.

    ``cache``: where it holds values, a long list that is the very same as before is not told anew.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache
        self._watched: dict[str, Callable[[Any], object]] = {}
        self._noted: list[dict[Look, None]] = []
        self._shown: dict[Look, bytes] = {}
        self._known: dict[int, tuple[object, object]] = {}
        self._digests: dict[int, tuple[object, bytes]] = {}
        self._ways: dict[type, Callable[[Any, Add], None]] = {}

    def watch(self, thing: T, name: str = "") -> T:
        """``thing`` with its looks noted: a mapping, a sequence, or a dataclass that has such.

        ``name`` is the same for the same thing in every run. What is watched already is so by its first name.
        """
        if id(thing) in self._known:
            return cast(T, self._known[id(thing)][1])
        watched = self._watch(thing, name)
        self._known[id(thing)] = thing, watched
        return watched

    def _watch(self, thing: T, name: str) -> T:
        watched: Any = thing
        if isinstance(thing, Mapping):
            self._watched[name] = partial(_in_mapping, thing)
            watched = _Mapping(thing, partial(self._note, name))
        elif isinstance(thing, tuple | list):
            self._watched[name] = partial(_in_sequence, thing)
            watched = _Sequence(thing, partial(self._note, name))
        elif is_dataclass(thing) and not (name and _has_digest(thing)):
            values = {field.name: getattr(thing, field.name) for field in fields(thing) if field.init}
            watched = replace(watched, **{key: self.watch(value, f"{name}.{key}") for key, value in values.items()})
        return cast(T, watched)

    @contextmanager
    def noting(self) -> Iterator[Collection[Look]]:
        """The looks from here on; those of what is made within, by a ``noting`` of its own, are not among them."""
        self._noted.append({})
        try:
            yield self._noted[-1].keys()
        finally:
            self._noted.pop()

    def shown(self, looks: Iterable[Look]) -> bytes:
        """What ``looks`` show now: another digest where anything of it is another."""
        return digest(*map(self._shows, looks))

    def told(self, value: object) -> bytes:
        """What tells a value from others. Raises TypeError where nothing does."""
        found: list[bytes] = []
        self._tell(value, found.append)
        return digest(*found)

    def _tell(self, value: Any, add: Add) -> None:
        """Add what tells ``value`` from others; what holds others begins with how many, so that no two look alike."""
        kind = type(value)
        plain = _PLAIN.get(kind)
        if plain:
            add(plain(value))
            return
        way = self._ways.get(kind)
        if way is None:
            way = self._ways[kind] = self._way(kind)
        way(value, add)

    def _way(self, kind: type) -> Callable[[Any, Add], None]:
        """How values of a type are told."""
        if hasattr(kind, "digest"):
            return self._tell_digest
        if issubclass(kind, tuple | list):
            return self._tell_sequence
        return self._tell_set if issubclass(kind, frozenset | set) else self._tell_parts

    def _tell_digest(self, value: Any, add: Add) -> None:
        add(self._digest(value))

    def _tell_sequence(self, value: Sequence[Any], add: Add) -> None:
        found_in = _found_in(value) if len(value) == 2 else None  # noqa: PLR2004 -- a pair
        if found_in is not None:
            add(self._digest(value[0]) + found_in)
        elif len(value) < _LONG:
            self._tell_all(type(value).__name__, value, add)
        else:
            make = partial(self._told_all, value)
            add(same(self._cache, "told", (value,), make))

    def _told_all(self, value: Sequence[Any]) -> bytes:
        found: list[bytes] = []
        self._tell_all(type(value).__name__, value, found.append)
        return digest(*found)

    def _tell_set(self, value: Collection[Any], add: Add) -> None:
        self._tell_all("set", sorted(map(self.told, value)), add)

    def _tell_parts(self, value: Any, add: Add) -> None:
        self._tell_all(type(value).__name__, _parts(value), add)

    def _tell_all(self, name: str, values: Collection[object], add: Add) -> None:
        add(f"{name} {len(values)}".encode())
        for value in values:
            self._tell(value, add)

    def _digest(self, value: Any) -> bytes:
        known = self._digests.get(id(value))
        if known is None:
            known = self._digests[id(value)] = (value, value.digest)
        return known[1]

    def _note(self, name: str, key: object) -> None:
        if self._noted:
            self._noted[-1][name, key] = None

    def _shows(self, look: Look) -> bytes:
        shown = self._shown.get(look)
        if shown is None:
            name, key = look
            find = self._watched.get(name)
            shown = self._shown[look] = self.told(find(key)) if find else b"not watched"
        return shown


def _parts(value: Any) -> Collection[object]:
    """What it consists of. Raises TypeError where that is not known."""
    if hasattr(type(value), "told_by"):
        return (value.told_by,)
    match value:
        case partial():
            name = f"{value.func.__module__} {value.func.__qualname__} {len(value.args)}"
            return name, *value.args, *chain.from_iterable(value.keywords.items())
        case Mapping():
            return [*chain.from_iterable(value.items())]
        case str() | Enum() | PurePath() | dt.date():
            return (str(value),)
    if not is_dataclass(value) or isinstance(value, type):
        message = f"nothing tells one {type(value).__name__} from another"
        raise TypeError(message)
    return [getattr(value, name) for name in _fields(type(value))]


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _has_digest(value: object) -> bool:
    return hasattr(type(value), "digest")  # of the value itself it would be worked out


def _found_in(pair: Sequence[Any]) -> bytes | None:
    """Which of the things within its first, which has a digest, the second is; empty where that is all of them with one name.

    None where it is no such pair.
    """
    whole, part = pair
    if not _has_digest(whole) or _has_digest(part):
        return None
    if isinstance(part, list):
        return b"" if part and hasattr(part[0], "span") else None
    name = getattr(part, "id", part if hasattr(part, "was") else None)
    return None if name is None else str(name).encode()


def _in_mapping(mapping: Mapping[Any, object], key: object) -> object:
    """What a look shows; of what is not there that it is not."""
    return mapping if key is ALL or key == ALL else [mapping[key]] if key in mapping else None


def _in_sequence(items: Sequence[object], key: tuple[int | None, int | None]) -> object:
    return list(items[slice(*key)])


class _Mapping(Mapping[K, V]):
    """A mapping that notes each look."""

    __slots__ = ("_note", "_of")

    def __init__(self, of: Mapping[K, V], note: Callable[[object], None]) -> None:
        self._of, self._note = of, note

    def __getitem__(self, key: K) -> V:
        self._note(key)
        if key not in self._of:  # one that makes what is missing would not be the same any more
            raise KeyError(key)
        return self._of[key]

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._of

    def __iter__(self) -> Iterator[K]:
        self._note(ALL)
        return iter(self._of)

    def __len__(self) -> int:
        self._note(ALL)
        return len(self._of)

    def keys(self) -> KeysView[K]:
        self._note(ALL)
        return self._of.keys()

    def values(self) -> ValuesView[V]:
        self._note(ALL)
        return self._of.values()

    def items(self) -> ItemsView[K, V]:
        self._note(ALL)
        return self._of.items()


class _Sequence(Sequence[V]):
    """A sequence that notes each look."""

    __slots__ = ("_note", "_of")

    def __init__(self, of: Sequence[V], note: Callable[[object], None]) -> None:
        self._of, self._note = of, note

    @overload
    def __getitem__(self, at: int) -> V: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[V]: ...

    def __getitem__(self, at: int | slice) -> V | Sequence[V]:
        is_plain = isinstance(at, slice) and at.step is None
        self._note((at.start, at.stop) if isinstance(at, slice) and is_plain else ALL)
        return self._of[at]

    def __iter__(self) -> Iterator[V]:
        self._note(ALL)
        return iter(self._of)

    def __len__(self) -> int:
        self._note(ALL)
        return len(self._of)
