"""What a server makes anew after an edit: the pages and files that changed, where everything else stands.

In: MkDocs' server, what gives the site. Out: the same server, which builds by these steps: the site is made; where it has the same
pages and files as before, but for those of the search, and nothing beside sources/ changed, those that differ are written into
place, one by one and whole. Whatever else there is goes the way of MkDocs, which builds everything.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, InclusionLevel

from build_scripts.accelerator import run
from build_scripts.accelerator.files import AssetFile, file_of, key_of
from build_scripts.accelerator.output import Aside
from build_scripts.accelerator.pages import AcceleratedPage
from build_scripts.accelerator.run import Last
from build_scripts.cache import lasting
from build_scripts.site import Page, Site

Make = Callable[[MkDocsConfig], Site]
"""Gives what is made from sources/."""

_log = logging.getLogger("mkdocs.plugins.newsgloss")
_SEARCH = "pagefind/"
"""Where the search has its files, which are named by what they hold; no page leads to them."""
_make: Make | None = None
_waiting: list[Site] = []
"""The site that was made and is too much another for the short way: MkDocs' build is about to ask for it."""


def made(make: Make, config: MkDocsConfig) -> Site:
    """What ``make`` gives, unless it was asked just now."""
    global _make  # noqa: PLW0603 -- whoever serves asks the same again
    _make = make
    return _waiting.pop() if _waiting else _asked(make, config)


def on_serve(
    server: LiveReloadServer,
    *,
    config: MkDocsConfig,  # noqa: ARG001 -- MkDocs' call
    builder: Callable[[], None],
) -> LiveReloadServer:
    """Have the server make what an edit changes; ``builder`` builds everything."""

    def build() -> None:
        last = run.last()
        if last is None or _make is None or not last.stands() or not _followed(last, _make):
            builder()
            gc.unfreeze()
            gc.collect()  # pages and files of the build before refer to each other
        _waiting.clear()

    server.builder = build
    return server


def _asked(make: Make, config: MkDocsConfig) -> Site:
    """What ``make`` gives; a server keeps in memory what it was made from."""
    if run.command() == "serve":
        lasting(Path(config.config_file_path).resolve().parent).hold()
    return make(config)


def _followed(last: Last, make: Make) -> bool:
    """Whether the pages and files that changed are in place."""
    begun = time.monotonic()
    site = _asked(make, last.config)
    try:
        steps = _Steps(last, site)
        if not steps.are_all or not steps.are_taken():
            _waiting.append(site)
            return False
    except Exception:  # whatever it is, MkDocs meets it again, and tells it
        _log.debug("what changed can't be made by itself", exc_info=True)
        _waiting.append(site)
        return False
    number = len(steps.pages) + len(steps.assets)
    _log.info("Building documentation... %d page(s) and file(s) in %.2f seconds", number, time.monotonic() - begun)
    return True


class _Steps:
    """From the last build's site to another."""

    def __init__(self, last: Last, site: Site) -> None:
        self._last, self._site = last, site
        before = last.site
        self.are_all = _names(before) == _names(site)
        """Whether no page and no file came or went that any page may lead to."""
        self._gone = _of_search(before) - _of_search(site)
        self.pages = [page for old, page in zip(before.pages, site.pages, strict=False) if old != page]
        self.assets: list[AssetFile | File] = []

    def are_taken(self) -> bool:
        """Write what differs; whether that is all there is to do."""
        last = self._last
        pages = [page for one in self.pages if (page := self._renewed(one))]
        if len(pages) < len(self.pages):
            return False
        shown = last.shown()
        for page in pages:
            _populate_page(page, last.config, last.files)
        if shown != last.shown():
            return False
        with Aside(last.aside) as folder:
            self._write(pages, folder.name)
            folder.put(last.folder)
        for uri in self._gone:
            last.files.remove(_file(last, uri))
            last.keys.pop(uri, None)
            last.folder.joinpath(uri).unlink(missing_ok=True)
        for page in pages:
            page.validate_anchor_links(files=last.files, log_level=last.config.validation.links.anchors)
            page.forget()
        last.site = self._site
        return True

    def _renewed(self, page: Page) -> AcceleratedPage | None:
        file = _file(self._last, page.uri)
        if not isinstance(file.page, AcceleratedPage):
            return None
        file.content_string = page.text
        file.page.renew()
        return file.page

    def _write(self, pages: list[AcceleratedPage], folder: str) -> None:
        last = self._last
        shown = last.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        for page in pages:
            _move(page.file, folder)
            _build_page(page, last.config, shown, last.navigation, last.env)
        self.assets = list(self._changed())
        for file in self.assets:
            _move(file, folder)
            file.copy_file()

    def _changed(self) -> Iterator[File]:
        """The files beside pages that differ, each with what it holds now."""
        known = {asset.uri: asset for asset in self._last.site.assets if not asset.origin}
        for asset in self._site.assets:
            if asset == known.get(asset.uri):
                continue
            if asset.uri not in self._last.files.src_uris:
                self._last.files.append(file_of(asset, self._last.config, is_plain=True))
            file = _file(self._last, asset.uri)
            before = self._last.keys.get(asset.uri)
            if isinstance(file, AssetFile):
                file.asset = asset
            key = key_of(file)
            if key is None or key != before:
                self._last.keys[asset.uri] = key
                yield file


def _file(last: Last, uri: str) -> File:
    """A file of the last build. Raises KeyError."""
    return last.files.src_uris[uri]


def _move(file: File, folder: str) -> None:
    """Have MkDocs write a file into ``folder``."""
    file.dest_dir = folder
    file.__dict__.pop("abs_dest_path", None)


def _names(site: Site) -> tuple[list[str], list[str]]:
    files = [asset.uri for asset in site.assets if not asset.uri.startswith(_SEARCH)]
    return [page.uri for page in site.pages], files


def _of_search(site: Site) -> set[str]:
    return {asset.uri for asset in site.assets if asset.uri.startswith(_SEARCH)}
