"""From a link as it is written to the address that its page has for it: MkDocs' own way, warnings included, and a shorter one."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import _RelativePathTreeprocessor

_SPECIAL = re.compile(r"[?%;:]")
_SHOWN = frozenset({InclusionLevel.INCLUDED, InclusionLevel.NOT_IN_NAV})


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a link leads. ``url``: as the page has it; ``folder``: the first part of the target's address."""

    file: File
    url: str
    folder: str


Shared = dict[tuple[str, int, str], _Target]
"""Where links lead to: by the way up to the root, how deep the page is, and the path as it is written."""


class Links(_RelativePathTreeprocessor):
    """The links of one page, in the order of its text. ``asked`` and ``given``: the addresses as written, and as the page has them.

    ``shared`` is filled by each page for those as deep as it. ``known``: what will be given, without a look or a warning.
    """

    def __init__(
        self, file: File, files: Files, config: MkDocsConfig, shared: Shared, known: Iterable[str] = ()
    ) -> None:
        super().__init__(file, files, config)
        self._shared = shared
        self._depth = file.url.count("/")
        self._folder = file.url.partition("/")[0]
        self._up = "../" * file.src_uri.count("/")
        self._known = deque(known)
        self.asked: list[str] = []
        self.given: list[str] = []

    def path_to_url(self, url: str) -> str:
        """The address that the page has for a link as it is written."""
        if self._known:
            return self._known.popleft()
        found = self._resolved(url)
        self.asked.append(url)
        self.given.append(found)
        return found

    def _resolved(self, url: str) -> str:
        if url.startswith(("https://", "http://")):
            return url
        if url.startswith("#"):
            if anchor := url[1:]:
                self.links_to_anchors.setdefault(self.file, {}).setdefault(anchor, url)
            return url
        path, _hash, anchor = url.partition("#")
        # Up to the root and down into another folder: the same from everywhere as deep.
        is_shared = bool(self._up) and path.startswith(self._up) and not _SPECIAL.search(path)
        target = self._shared.get((self._up, self._depth, path)) if is_shared else None
        if target is None or target.folder == self._folder:
            return self._found(url, path) if is_shared else super().path_to_url(url)
        if not anchor:
            return target.url
        self.links_to_anchors.setdefault(target.file, {}).setdefault(anchor, url)
        return f"{target.url}#{anchor}"

    def _found(self, url: str, path: str) -> str:
        found = super().path_to_url(url)
        file = self.files.src_uris.get(path.removeprefix(self._up))
        if file and file.inclusion in _SHOWN:
            folder = file.url.partition("/")[0]
            if folder != self._folder:
                self._shared[self._up, self._depth, path] = _Target(file, found.partition("#")[0], folder)
        return found
