"""What a site's folder holds since its last build: for each file what it was made from, and how it was found on the disk.

A file is kept where it would be made from the same again and nobody touched it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from build_scripts.accelerator.output import Found
from build_scripts.cache import Cache, digest

_KIND = "site"


@dataclass(frozen=True, slots=True)
class _Held:
    """``navigation``: a digest of what all pages show of each other."""

    navigation: bytes = b""
    files: dict[str, tuple[bytes, Found]] = field(default_factory=dict)


class Kept:
    """What is known of the folder ``site``, which holds ``files`` now."""

    def __init__(self, cache: Cache, site: Path, files: Mapping[str, Found]) -> None:
        self._cache = cache
        self._name = digest(str(site))
        self._files = files
        self._held: _Held = cache.get(_KIND, self._name) or _Held()
        self.paths: set[str] = set()
        self._made: dict[str, bytes] = {}

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
        self._cache.put(_KIND, self._name, _Held(navigation, files))
