"""What is made from sources/ as files of MkDocs: pages as texts in memory, other files made when they are written."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from build_scripts import progress
from build_scripts.cache import digest
from build_scripts.site import Asset, Page, Site

SEARCH = "pagefind/"
"""Where the search has its files, which are named by what they hold; no page leads to them."""
_LEFT_OUT = re.compile(r"(?:^|/)\.|^templates/")


def add(files: Files, site: Site, config: MkDocsConfig) -> None:
    """Add the pages and files of a site, each in place of what has its path."""
    is_plain = config.exclude_docs is config.draft_docs is None
    for file in files_of(site.pages, site.assets, config, is_plain=is_plain):
        hand_written = files.src_uris.get(file.src_uri)
        if hand_written:
            files.remove(hand_written)
        files.append(file)


def key_of(file: File) -> bytes | None:
    """A digest of what a file that is no page is made from; None where only making it tells."""
    if isinstance(file, AssetFile) and file.asset:
        asset = file.asset
        return asset.key or (None if asset.is_costly else digest(asset.data))
    if file.abs_src_path is None:
        return digest("content", file.content_bytes)
    try:
        facts = Path(file.abs_src_path).stat()
    except OSError:
        return None
    return digest(
        "copied", file.abs_src_path, f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}"
    )


def files_of(pages: Iterable[Page], assets: Iterable[Asset], config: MkDocsConfig, *, is_plain: bool) -> Iterator[File]:
    """Pages and files as MkDocs has them. ``is_plain``: the site leaves out nothing but what every site does."""
    example = File.generated(config, "example", content="")
    common = _Common(config.site_dir, config.use_directory_urls, example.generated_by or "")
    for page in pages:
        yield PageFile(page, common)
    for asset in assets:
        if asset.origin:
            yield File.generated(config, asset.uri, abs_src_path=str(asset.origin))
        else:
            yield _file_of(asset, common, is_plain=is_plain)


def _file_of(asset: Asset, common: _Common, *, is_plain: bool) -> File:
    file = AssetFile(asset, common)
    if is_plain and not _LEFT_OUT.search(asset.uri):
        file.inclusion = InclusionLevel.INCLUDED  # what MkDocs would find out by patterns, one file after another
    return file


class _Common(NamedTuple):
    """What all files have alike that are made in one build."""

    dest_dir: str
    use_directory_urls: bool
    generated_by: str


class _Asked:
    """A property that is worked out each time, and that anybody may set: what File keeps, each of a great many files would keep."""

    def __init__(self, found: Callable[[Any], Any]) -> None:
        self._found = found

    def __get__(self, file: Any, kind: Any) -> Any:
        return self if file is None else self._found(file)


class _MadeFile(File):
    """A file whose content is asked for when MkDocs asks for it, and not kept. ``_made``: what gives it; None once it is another."""

    _made: Any
    _own: Any = None

    def __init__(self, made: Page | Asset, common: _Common) -> None:
        """As File.generated makes it, whose steps take long where there are many; the path of what is made is in order."""
        self.src_uri = made.uri
        self.src_dir = self.abs_src_path = None
        self.dest_dir, self.use_directory_urls, self.generated_by = common
        self._made = made

    @property
    def _content(self) -> Any:  # an attribute of File, which all its methods read
        return self._made.data if self._made else self._own

    @_content.setter
    def _content(self, content: Any) -> None:
        self._own, self._made = content, None


class PageFile(_MadeFile):
    """A page's Markdown."""

    @property
    def key(self) -> bytes | None:
        """A digest of it, where it is known without it."""
        return cast(Page, self._made).key if self._made else None


class AssetFile(_MadeFile):
    """A file that is published as it is."""

    dest_uri = _Asked(File._get_dest_path)
    url = _Asked(File._get_url)
    abs_dest_path = _Asked(lambda file: os.path.normpath(os.path.join(file.dest_dir, file.dest_uri)))  # noqa: PTH118 -- as File does

    @property
    def asset(self) -> Asset | None:
        """What its content is made by; None once it is another."""
        return cast(Asset | None, self._made)

    @asset.setter
    def asset(self, asset: Asset) -> None:
        self._made = asset

    def copy_file(self, dirty: bool = False) -> None:
        """Write the file."""
        if dirty or not self.asset:
            super().copy_file(dirty)
        else:
            _write(self.abs_dest_path, self._content)
        progress.step()


def _write(path: str, data: bytes) -> None:
    """Write a file in the fewest calls, as folders are new for few of them."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        number = os.open(path, flags, 0o666)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        number = os.open(path, flags, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(number, rest) :]
    finally:
        os.close(number)
