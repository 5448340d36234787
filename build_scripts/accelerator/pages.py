"""Pages of MkDocs that render themselves by the compiled parser where that changes nothing (``markdown``), else as MkDocs does.

Each page of the site becomes one, by the attribute that MkDocs gives to hooks (``File.page``), where MkDocs would make the same
page: with the same title and the same warnings.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.pages import Page, _AbsoluteLinksValidationValue, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc

from build_scripts.accelerator.markdown import EXTENSIONS, Rendered, render

_SHOWN = frozenset({InclusionLevel.INCLUDED, InclusionLevel.NOT_IN_NAV})
_log = logging.getLogger("mkdocs.structure.pages")
IS_ON = os.environ.get("NEWSGLOSS_ACCELERATE") != "0"
"""Whether anything is done here; without it the site is the same, and comes later."""


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a link leads. ``url``: as the page has it; ``folder``: the first part of the target's address."""

    file: File
    anchor: str
    url: str
    folder: str


Shared = dict[tuple[str, int, str], _Target]
"""Where links lead to: by the way up to the root, how deep the page is, and the address as it is written."""


def assign(files: Files, config: MkDocsConfig) -> None:
    """Make the pages, where the site's Markdown has only extensions that are known."""
    if not IS_ON or set(config.markdown_extensions) != EXTENSIONS or any(config.mdx_configs.values()):
        return
    set_exclusions(files, config)
    titles = dict(_titles(config.nav, files, config))
    shared: Shared = {}
    for file in files.documentation_pages():
        # What the navigation leaves out without leave is a warning, which MkDocs gives for files without a page.
        is_expected = config.nav is None or file.src_uri in titles or file.inclusion is InclusionLevel.NOT_IN_NAV
        if file.page is None and is_expected:
            AcceleratedPage(titles.get(file.src_uri), file, config, shared)


def _titles(nav: Any, files: Files, config: MkDocsConfig) -> Iterator[tuple[str, str | None]]:
    """The files in the navigation with the titles that it gives them; of several the first counts, so it comes last."""
    if isinstance(nav, dict):
        for title, value in reversed(nav.items()):
            yield from _entry(title, value, files, config) if isinstance(value, str) else _titles(value, files, config)
    elif isinstance(nav, list):
        for value in reversed(nav):
            yield from _titles(value, files, config)
    elif isinstance(nav, str):
        yield from _entry(None, nav, files, config)


def _entry(title: str | None, path: str, files: Files, config: MkDocsConfig) -> Iterator[tuple[str, str | None]]:
    if config.validation.nav.absolute_links is _AbsoluteLinksValidationValue.RELATIVE_TO_DOCS:
        path = path.lstrip("/")
    if file := files.get_file_from_path(path):
        yield file.src_uri, title


class AcceleratedPage(Page):
    """A page as MkDocs makes it. ``shared`` is filled by each page for those as deep as it."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, shared: Shared) -> None:
        super().__init__(title, file, config)
        self._shared = shared

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown to HTML."""
        links = _Links(self.file, files, config, self._shared)
        found = render(self.markdown, links.path_to_url) if self.markdown else None
        if found is None:
            super().render(config, files)
        else:
            self._take(found)
            if _log.getEffectiveLevel() > logging.DEBUG:
                self.links_to_anchors = links.links_to_anchors

    def _take(self, found: Rendered) -> None:
        self.content = found.html
        tokens: list[Any] = [
            {"level": heading.level, "id": heading.id, "name": heading.name} for heading in found.headings
        ]
        self.toc = get_toc(nest_toc_tokens(tokens))
        self._title_from_render = found.title
        self.present_anchor_ids = set(found.anchors)


class _Links(_RelativePathTreeprocessor):
    """MkDocs' own way from a link to its target, warnings included; what it finds is remembered for pages of the same depth."""

    def __init__(self, file: File, files: Files, config: MkDocsConfig, shared: Shared) -> None:
        super().__init__(file, files, config)
        self._shared = shared
        self._depth = file.url.count("/")
        self._folder = file.url.partition("/")[0]
        self._up = "../" * file.src_uri.count("/")

    def path_to_url(self, url: str) -> str:
        """The address that the page has for a link as it is written."""
        if url.startswith(("https://", "http://")):
            return url
        if url.startswith("#"):
            if anchor := url[1:]:
                self.links_to_anchors.setdefault(self.file, {}).setdefault(anchor, url)
            return url
        # Up to the root and down into another folder: the same from everywhere as deep.
        is_shared = bool(self._up) and url.startswith(self._up)
        target = self._shared.get((self._up, self._depth, url)) if is_shared else None
        if target is None or target.folder == self._folder:
            return self._found(url, is_shared)
        if target.anchor:
            self.links_to_anchors.setdefault(target.file, {}).setdefault(target.anchor, url)
        return target.url

    def _found(self, url: str, is_shared: bool) -> str:
        found = super().path_to_url(url)
        path, _hash, anchor = url.removeprefix(self._up).partition("#")
        file = self.files.get_file_from_path(path) if is_shared and "?" not in url and "%" not in url else None
        if file and file.inclusion in _SHOWN:
            folder = file.url.partition("/")[0]
            if folder != self._folder:
                self._shared[self._up, self._depth, url] = _Target(file, anchor, found, folder)
        return found
