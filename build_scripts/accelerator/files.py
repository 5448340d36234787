"""What is made from sources/ as files of MkDocs: pages as texts in memory, other files made when they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from build_scripts import progress
from build_scripts.cache import digest
from build_scripts.site import Asset, Site


def add(files: Files, site: Site, config: MkDocsConfig) -> None:
    """Add the pages and files of a site, each in place of what has its path."""
    made_files = [File.generated(config, page.uri, content=page.text) for page in site.pages]
    made_files += [_asset(asset, config) for asset in site.assets]
    for file in made_files:
        hand_written = files.src_uris.get(file.src_uri)
        if hand_written:
            files.remove(hand_written)
        files.append(file)


def key_of(file: File) -> bytes | None:
    """A digest of what a file that is no page is made from; None where only making it tells."""
    if isinstance(file, AssetFile) and file.asset:
        asset = file.asset
        key = asset.key or (None if asset.is_costly else digest(asset.data))
        return digest("made", key) if key else None
    if file.abs_src_path is None:
        return digest("content", file.content_bytes)
    try:
        facts = Path(file.abs_src_path).stat()
    except OSError:
        return None
    return digest(
        "copied", file.abs_src_path, f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}"
    )


def _asset(asset: Asset, config: MkDocsConfig) -> File:
    if asset.origin:
        return File.generated(config, asset.uri, abs_src_path=str(asset.origin))
    file: AssetFile = AssetFile.generated(config, asset.uri, content=b"")  # type: ignore[assignment]  # MkDocs types it as File
    file.asset = asset
    return file


class AssetFile(File):
    """A file whose content is made when MkDocs asks for it, and not kept."""

    asset: Asset | None = None
    _own: Any = None

    @property
    def _content(self) -> Any:  # an attribute of File, which all its methods read
        if not self.asset:
            return self._own
        data = self.asset.data
        progress.step()
        return data

    @_content.setter
    def _content(self, content: Any) -> None:
        self._own, self.asset = content, None
