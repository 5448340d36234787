"""What a site's folder holds since its last build: for each file what it was made from, and how it was found on the disk.

A file is kept where it would be made from the same again and nobody touched it since. Beside it stands what is known of the pages'
texts, which is the same for all folders that a root is built into.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from build_scripts.accelerator.output import Found
from build_scripts.cache import Cache, digest, pack, unpack

_SITE = "site"
_TEXTS = "texts"
Traces = tuple[tuple[bytes, bytes] | None, bytes | None]
_ALL = b""
"""One entry has all texts: to ask for each by itself would take longer than what is known of it saves."""


@dataclass(frozen=True, slots=True)
class _Held:
    """``navigation``: a digest of what all pages show of each other."""

    navigation: bytes = b""
    files: dict[str, tuple[bytes, Found]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is known of pages, packed, with their texts' digests. ``places``: a digest of all that links may lead to."""

    places: bytes = b""
    pages: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)


class Kept:
    """What is known of the folder ``site``, which holds ``files`` now. ``places``: a digest of all that links may lead to."""

    def __init__(self, cache: Cache, site: Path, files: Mapping[str, Found], places: bytes = b"") -> None:
        self._cache = cache
        self._name = digest(str(site))
        self._files = files
        self._held: _Held = cache.get(_SITE, self._name) or _Held()
        self._texts: _Texts = cache.get(_TEXTS, _ALL) or _Texts()
        self._places = places
        self._noted: dict[str, tuple[bytes, bytes]] = {}
        self.paths: set[str] = set()
        self._made: dict[str, bytes] = {}

    @property
    def has_places(self) -> bool:
        """Whether links lead where they led when what is known was noted."""
        return self._texts.places == self._places

    def known(self, page: str, text: bytes) -> Any | None:
        """What was noted of a page with this text."""
        held = self._texts.pages.get(page)
        if held is None or held[0] != text:
            return None
        self._noted[page] = held
        return unpack(held[1])

    def note(self, page: str, text: bytes, value: object) -> None:
        """Note something of a page with this text, in place of what was known."""
        self._noted[page] = text, pack(value)

    def lose(self, paths: Iterable[str]) -> None:
        """Have these files made in any case."""
        lost = self._held.files.keys() & set(paths)
        if lost:
            files = {path: facts for path, facts in self._held.files.items() if path not in lost}
            self._held = replace(self._held, files=files)

    def is_current(self, path: str, key: bytes) -> bool:
        """Whether the file is there as it was made from what has this key; if not, it will be made from it."""
        held = self._held.files.get(path)
        if held and held[0] == key and self._files.get(path) == held[1]:
            return True
        self._made[path] = key
        return False

    def traces(self, page: str, path: str) -> Traces:
        """What was noted of a page, and what its file is made from, for whoever asked another process to make it."""
        return self._noted.get(page), self._made.get(path)

    def take(self, page: str, path: str, traces: Traces) -> None:
        """Note what another process noted."""
        noted, made = traces
        if noted:
            self._noted[page] = noted
        if made:
            self._made[path] = made

    def keep(self, path: str) -> None:
        """Leave the file, which is current, as it is."""
        self.paths.add(path)

    def has_navigation(self, navigation: bytes) -> bool:
        """Whether pages show the same of each other as when the folder was filled."""
        return self._held.navigation == navigation

    def store(self, navigation: bytes, found: Mapping[str, Found]) -> None:
        """Note what the folder holds now."""
        keys = {path: self._held.files[path][0] for path in self.paths} | self._made
        files = {path: (keys[path], facts) for path, facts in found.items() if path in keys}
        held, texts = _Held(navigation, files), _Texts(self._places, self._noted)
        if held != self._held:
            self._cache.put(_SITE, self._name, held)
        if texts != self._texts:
            self._cache.put(_TEXTS, _ALL, texts)
