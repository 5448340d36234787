"""What a server makes anew after an edit: the pages and files that changed, where everything else stands.

In: MkDocs' server, what gives the site. Out: the same server, which builds by these steps: the site is made; where nothing beside
sources/ changed, the pages and files that differ are written into place, one by one and whole, those that are new, too, and
the pages that link to what came or went; what is gone is removed. Where the navigation shows anything else than before, and
whatever else there is, goes the way of MkDocs, which builds everything.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from build_scripts.accelerator import run
from build_scripts.accelerator.files import SEARCH, AssetFile, files_of, key_of
from build_scripts.accelerator.links import forget, names_of
from build_scripts.accelerator.output import Aside, remove
from build_scripts.accelerator.pages import AcceleratedPage, place
from build_scripts.accelerator.run import Last
from build_scripts.cache import lasting
from build_scripts.site import Page, Site

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # slow to load, and a build has no server

Make = Callable[[MkDocsConfig], Site]
"""Gives what is made from sources/."""

_log = logging.getLogger("mkdocs.plugins.newsgloss")
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
        if not steps.are_taken():
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
    """From the last build's site to another. ``pages``, ``assets``: those that are made."""

    def __init__(self, last: Last, site: Site) -> None:
        self._last, self._site = last, site
        self._before = {page.uri: page for page in last.site.pages}
        self._known = {asset.uri: asset for asset in last.site.assets}
        self._texts = {page.uri: page for page in site.pages}
        self.pages: list[AcceleratedPage] = []
        self.assets: list[File] = []

    def are_taken(self) -> bool:
        """Write what differs; whether that is all there is to do."""
        last = self._last
        shown = last.shown()
        gone, new = self._gone(), self._new()
        if not self._are_left(gone) or not self._are_added(new):
            return False
        changed = [page for page in self._site.pages if page.uri in self._before and self._before[page.uri] != page]
        if not all(map(self._is_renewed, changed)):
            return False
        if moved := [file for file in (*gone, *new) if not file.src_uri.startswith(SEARCH)]:
            self._renew_links(moved)
        for page in self.pages:
            _populate_page(page, last.config, last.files)
        if shown != last.shown():
            return False
        with Aside(last.aside) as folder:
            self._write(folder.name)
            folder.put(last.folder)
        self._remove(gone)
        for page in self.pages:
            page.validate_anchor_links(files=last.files, log_level=last.config.validation.links.anchors)
            page.forget()
        last.site = self._site
        return True

    def _gone(self) -> list[File]:
        now = self._texts.keys() | {asset.uri for asset in self._site.assets}
        return [_file(self._last, uri) for uri in (*self._before, *self._known) if uri not in now]

    def _new(self) -> list[File]:
        """Files for what was not there."""
        config = self._last.config
        pages = [page for page in self._site.pages if page.uri not in self._before]
        assets = [asset for asset in self._site.assets if asset.uri not in self._known]
        return list(files_of(pages, assets, config, is_plain=True))

    def _are_left(self, gone: list[File]) -> bool:
        """Take files out of the site; False where the navigation shows one, or one that is written by hand takes its place."""
        last = self._last
        shown = [*map(id, last.navigation.pages)]
        for file in gone:
            if id(file.page) in shown or Path(last.config.docs_dir, file.src_uri).exists():
                return False
            last.files.remove(file)
        left = {id(file.page) for file in gone}
        last.session.pages = [page for page in last.session.pages if id(page) not in left]
        return all(file.page is None or isinstance(file.page, AcceleratedPage) for file in gone)

    def _are_added(self, new: list[File]) -> bool:
        """Whether each has a place of its own, where no other shows it."""
        last = self._last
        taken = {file.dest_uri for file in last.files} if new else set()
        for file in new:
            if file.src_uri in last.files.src_uris or file.dest_uri in taken:
                return False
            taken.add(file.dest_uri)
            last.files.append(file)
            if not place(file, last.session, last.config):
                return False
            if isinstance(file.page, AcceleratedPage):
                self.pages.append(file.page)
        return True

    def _is_renewed(self, page: Page) -> bool:
        file = _file(self._last, page.uri)
        if not isinstance(file.page, AcceleratedPage):
            return False
        file.content_string = page.text
        file.page.renew()
        self.pages.append(file.page)
        return True

    def _renew_links(self, moved: list[File]) -> None:
        """Files came or went: make the pages anew, too, whose links lead elsewhere now."""
        session, made = self._last.session, set(map(id, self.pages))
        forget(session.targets, moved)
        names = {name for file in moved for name in names_of(file)}
        for page in session.pages:
            if id(page) not in made and page.leads_elsewhere(names):
                if page.file.src_uri in self._texts:
                    page.file.content_string = self._texts[page.file.src_uri].text
                page.renew()
                self.pages.append(page)

    def _write(self, folder: str) -> None:
        last = self._last
        shown = [page.file for page in last.session.pages]
        for page in self.pages:
            _move(page.file, folder)
            _build_page(page, last.config, shown, last.navigation, last.env)
        self.assets = list(self._changed())
        for file in self.assets:
            _move(file, folder)
            file.copy_file()

    def _changed(self) -> Iterator[File]:
        """The files beside pages that differ, each with what it holds now."""
        for asset in self._site.assets:
            if not asset.origin and asset == self._known.get(asset.uri):
                continue
            file = _file(self._last, asset.uri)
            if file.inclusion is InclusionLevel.EXCLUDED:
                continue
            before = self._last.keys.get(asset.uri)
            if isinstance(file, AssetFile):
                file.asset = asset
            key = key_of(file)
            if key is None or key != before:
                self._last.keys[asset.uri] = key
                yield file

    def _remove(self, gone: list[File]) -> None:
        for file in gone:
            self._last.keys.pop(file.src_uri, None)
            remove(self._last.folder, file.dest_uri)


def _file(last: Last, uri: str) -> File:
    """A file of the last build. Raises KeyError."""
    return last.files.src_uris[uri]


def _move(file: File, folder: str) -> None:
    """Have MkDocs write a file into ``folder``."""
    file.dest_dir = folder
    file.__dict__.pop("abs_dest_path", None)
