"""From a link as it is written to the address that its page has for it: MkDocs' own way, warnings included, and a shorter one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import _RelativePathTreeprocessor
from mkdocs.utils import get_relative_url

from build_scripts.cache import digest

_SPECIAL = re.compile(r"[?%;:\\]|\A[ /]")
_OUT = re.compile(r"https?://[!-Z^-~]*")
"""What leads out of the site and has no sign that some parsers of addresses refuse."""
_NO_FOLDER = frozenset({"", ".", ".."})
_SHOWN = frozenset({InclusionLevel.INCLUDED, InclusionLevel.NOT_IN_NAV})


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a path leads. ``file``: none where that is out of the site; ``url``: as the page has it, without the anchor.

    ``folder``: the first part of the target's address.
    """

    file: File | None
    url: str
    folder: str = ""


Shared = dict[tuple[str, int], dict[str, _Target]]
"""Where paths lead to as they are written, by the way up to the root and how deep the page is."""


def forget(shared: Shared, files: Iterable[File]) -> None:
    """Let go of what leads to ``files``, which are there no more."""
    gone = set(map(id, files))
    for targets in shared.values():
        for path in [path for path, target in targets.items() if id(target.file) in gone]:
            del targets[path]


def may_lead(path: str, files: Set[str]) -> bool:
    """Whether a link, as it is written, may lead to one of ``files``, which are told by ``names_of``: a quick look, without a page."""
    *_ways, folder, name = ("", *path.rsplit("/", 2))
    return (name if folder in _NO_FOLDER else f"{folder}/{name}") in files


def names_of(file: File) -> Iterator[str]:
    """What links to a file may end with: its name, with the folder that it is in where that is said."""
    *_ways, folder, name = ("", *file.src_uri.rsplit("/", 2))
    yield from (name, f"{folder}/{name}")


class Asked(NamedTuple):
    """The links of a page. ``paths``: of those of which MkDocs has nothing to say, without anchors; ``odd``: each other link, whole.

    ``told``: a digest of what the page has for them. ``anchors``: those that are linked to, by the file's path.
    """

    paths: tuple[str, ...]
    odd: tuple[str, ...]
    told: bytes
    anchors: dict[str, tuple[str, ...]]


class Links(_RelativePathTreeprocessor):
    """The links of one page. ``shared`` is filled by each page for those as deep as it."""

    def __init__(self, file: File, files: Files, config: MkDocsConfig, shared: Shared) -> None:
        super().__init__(file, files, config)
        self._up = "../" * file.src_uri.count("/")
        self._folder = file.url.partition("/")[0]
        self._shared = shared.setdefault((self._up, file.url.count("/")), {})
        self._found: dict[str, _Target] = {}
        self._known: dict[str, str] = {}
        self._odd: list[tuple[str, str]] = []

    def addresses(self, urls: list[str]) -> list[str]:
        """The addresses that the page has for links as they are written."""
        known = self._known
        return [known.get(url) or self.path_to_url(url) for url in urls]

    def path_to_url(self, url: str) -> str:
        """The address that the page has for a link as it is written."""
        path, sign, anchor = url.partition("#")
        target = self._found.get(path) or self._target(path)
        if target is None or (sign and not anchor) or not url.isprintable():
            result = super().path_to_url(url)
            self._odd.append((url, result))
            return result
        result = f"{target.url}#{anchor}" if anchor else target.url
        if anchor and target.file:
            self.links_to_anchors.setdefault(target.file, {}).setdefault(anchor, url)
        self._known[url] = result
        return result

    def ask(self, asked: Asked, *, is_same: bool) -> bytes | None:
        """A digest of what the page has for the same links, with the same warnings; None, without any, where it takes the text to tell.

        ``is_same``: whether all links lead where they led.
        """
        if not is_same and not all(map(self._target, asked.paths)):
            return None
        for url in asked.odd:
            self.path_to_url(url)
        return asked.told if is_same else self.told

    @property
    def asked(self) -> Asked:
        """What was asked, for another time."""
        anchors = {file.src_uri: tuple(found) for file, found in self.links_to_anchors.items()}
        return Asked(tuple(self._found), tuple(url for url, _result in self._odd), self.told, anchors)

    @property
    def told(self) -> bytes:
        """A digest of what was given."""
        return digest(*(target.url for target in self._found.values()), "", *(result for _url, result in self._odd))

    def _target(self, path: str) -> _Target | None:
        """Where a path leads; None where that takes MkDocs to say."""
        found = self._shared.get(path)
        if found is None or found.folder == self._folder:
            found = self._looked_up(path)
        if found:
            self._found[path] = found
        return found

    def _looked_up(self, path: str) -> _Target | None:
        if not path:
            return _Target(self.file, "")
        if _OUT.fullmatch(path):
            return _Target(None, path)
        if _SPECIAL.search(path):
            return None
        file = self.files.src_uris.get(self._target_uri(self.file.src_uri, path))
        if file is None or file.inclusion not in _SHOWN:
            return None
        found = _Target(file, get_relative_url(file.url, self.file.url), file.url.partition("/")[0])
        # Up to the root and down into another folder: the same from everywhere as deep.
        if self._up and path.startswith(self._up) and found.folder != self._folder:
            self._shared[path] = found
        return found
