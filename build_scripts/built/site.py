"""The built site as a whole: its pages, its own address, what its addresses lead to, what it was made from.

In: a folder of files as they are served, the library. Out: pages one by one, look-ups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts import addresses
from build_scripts.built.pages import BuiltPage
from build_scripts.model import Claim, Library
from build_scripts.source import Source


class BuiltSite:
    """The site in ``folder``. Its files are read when they are asked for, and only fragments are kept of them."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder = folder
        self.library = library
        self._ids = cache(self._read_ids)

    def pages(self) -> Iterator[BuiltPage]:
        """Every page, in the order of their paths."""
        for path in sorted(self.folder.rglob("*.html")):
            yield self._read(path)

    def page(self, address: str) -> BuiltPage | None:
        """The page that is served at ``address``, a path below the site's own address."""
        path = self._file(address)
        return self._read(path) if path else None

    @cached_property
    def home(self) -> str:
        """The site's own address, as the front page gives it; empty where that is missing."""
        front = self.page("")
        return front.canonical if front else ""

    @property
    def host(self) -> str | None:
        """The host of the site's own address."""
        return urlsplit(self.home).hostname

    @cached_property
    def published(self) -> Mapping[str, Claim]:
        """The claims with a verdict that readers see, by the address of their page."""
        claims = self.library.claims.values()
        return {addresses.full("", addresses.claim(claim.id)): claim for claim in claims if claim.has_verdict}

    def is_own(self, url: str) -> bool:
        """Whether ``url`` is an address of the site."""
        return bool(self.home) and url.startswith(self.home)

    def leads_somewhere(self, url: str) -> bool:
        """Whether an address of the site is that of a file, and of a place in it where it names one."""
        address, _hash, fragment = url.removeprefix(self.home).partition("#")
        path = self._file(unquote(address.partition("?")[0]))
        if path is None:
            return False
        return not fragment or unquote(fragment) in self._ids(path)

    def shown(self, address: str) -> str:
        """The path of a page's file, for a message."""
        return (self.folder / address / "index.html").as_posix()

    def _file(self, address: str) -> Path | None:
        """The file at ``address``; None where there is none inside the site."""
        path = self.folder / (f"{address}index.html" if not address or address.endswith("/") else address)
        is_inside = ".." not in path.parts[len(self.folder.parts) :] and "\0" not in address
        return path if is_inside and path.is_file() else None

    def _read(self, path: Path) -> BuiltPage:
        name = path.relative_to(self.folder).as_posix()
        text = path.read_bytes().decode("utf-8", "replace")
        return BuiltPage(name.removesuffix("index.html"), Source(path.as_posix(), text))

    def _read_ids(self, path: Path) -> frozenset[str]:
        return self._read(path).ids if path.suffix == ".html" else frozenset()
