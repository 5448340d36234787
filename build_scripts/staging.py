"""A site as a folder that any MkDocs-like renderer builds, mkdocs.yml and docs/; or what it has for download alone.

In: a site and the root with the hand-written pages. Out: files. Each is written whole or not at all, only where it
changed; files of an earlier run that are no longer made are removed; a folder that is not ours is refused.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from build_scripts import timings
from build_scripts.addresses import full
from build_scripts.progress import follow
from build_scripts.reading.values import navigation, top_level, without_top_level
from build_scripts.site import Site
from build_scripts.splitting import split

MARKER = ".newsgloss"
DOWNLOADS = ("data/", "feeds/")
"""Where a site has what programs read."""
RENDERER_ONLY = frozenset({"hooks", "watch"})
"""What mkdocs.yml says to MkDocs alone: pages that are files need neither."""


Content = Callable[[], bytes]
"""Gives what a file holds, so that not all of a site is held at once."""

_BUILT = b"Made by newsgloss build: changed and removed at each run.\n"

_OF_YEAR = """\
# What is said here differs from the shared part. Its pages are rendered by themselves, so links to them are whole addresses.
INHERIT: ../mkdocs.yml
docs_dir: docs
site_dir: site
theme:
  custom_dir: ../docs/.overrides
nav:
{nav}
"""
_WAYS_BETWEEN = """
# Pages of other parts are no files of this one: whether a link leads anywhere shows in the joined site alone.
validation:
  nav: {not_found: ignore, absolute_links: ignore, omitted_files: ignore}
  links: {not_found: ignore, unrecognized_links: ignore}
"""


class ForeignFolderError(Exception):
    """The output folder holds files that an earlier run did not write."""


def home(root: Path) -> str:
    """The site's address as mkdocs.yml and the environment say, with a slash at its end; empty where they don't.

    Raises OSError, and ValueError where mkdocs.yml is not YAML.
    """
    config = root / "mkdocs.yml"
    address = top_level(config.read_text(encoding="utf-8"), "site_url", os.environ) if config.is_file() else ""
    return address and f"{address.rstrip('/')}/"


def stage(site: Site, root: Path, out: Path) -> int:
    """Write ``site`` into ``out``; returns how many files were written or removed.

    Raises ForeignFolderError, OSError, and ValueError where mkdocs.yml is not YAML.
    """
    with timings.stage("write"):
        return _write(dict(_files(site, root, out)), out, _BUILT)


def stage_split(site: Site, root: Path, out: Path) -> tuple[list[str], int]:
    """The same in parts, each a folder that the renderer takes by itself: ``out`` with what is shared, below it one a year.

    Returns the years, and how many files were written or removed. Raises as ``stage`` does.
    """
    docs = [path.removeprefix("docs/") for path, _content in _handwritten(root, out)]
    shared, *years = split(site, docs).items()
    files = dict(_files(shared[1], root, out))
    files["mkdocs.yml"] = _shared_configuration(root).encode
    of_year = _configuration_of_year(root, home(root)).encode
    for year, part in years:
        files |= {f"{year}/mkdocs.yml": of_year, **dict(_made(part, f"{year}/docs"))}
    with timings.stage("write"):
        return [year for year, _part in years], _write(files, out, _BUILT)


def write_downloads(site: Site, out: Path, names: Iterable[str]) -> tuple[int, int]:
    """Write the files for download that fit one of ``names`` (``*.csv``); returns how many there are, and how many changed.

    What the site has below data/ stands in ``out`` itself. Raises ForeignFolderError and OSError.
    """
    wanted = tuple(names)
    with timings.stage("write"):
        files = {
            asset.uri.removeprefix("data/"): partial(getattr, asset, "data")
            for asset in site.assets
            if asset.uri.startswith(DOWNLOADS) and any(PurePosixPath(asset.uri).match(name) for name in wanted)
        }
        return len(files), _write(files, out, b"Made by newsgloss export: changed and removed at each run.\n")


def _write(made: Mapping[str, Content], out: Path, marker: bytes) -> int:
    """Make ``out`` hold just what is made; returns how many files were written or removed. ``marker`` tells what made it."""
    if out.exists() and any(out.iterdir()) and _current(out / MARKER) != marker:
        raise ForeignFolderError(f"{out} is not empty and was not made by this command")
    files = {MARKER: lambda: marker, **made}
    stale = [path for path in _entries(out) if _is_file(path) and path.relative_to(out).as_posix() not in files]
    wanted = {out / name for name in files}
    blocking = {path for path in stale if _is_in_the_way(path, wanted)}
    _remove(out, blocking)
    changed = sum(_update(out / name, content()) for name, content in follow("Files", list(files.items())))
    # Last, so that a run that fails half-way has taken nothing away.
    _remove(out, set(stale) - blocking)
    return changed + len(stale)


def _update(path: Path, content: bytes) -> bool:
    """Write a file where it does not hold ``content`` already; returns whether it was written."""
    if _current(path) == content:
        return False
    write_whole(path, content)
    return True


def _entries(out: Path) -> list[Path]:
    """Everything below ``out``, what is in a folder before the folder."""
    return sorted(out.rglob("*"), reverse=True)


def _is_in_the_way(stale: Path, wanted: Set[Path]) -> bool:
    """Whether a file stands where a folder must, or in a folder where a file must."""
    return not wanted.isdisjoint(stale.parents) or any(stale in path.parents for path in wanted)


def _remove(out: Path, stale: Iterable[Path]) -> None:
    """Remove files, and folders that are empty then."""
    for path in stale:
        path.unlink()
    for path in _entries(out):
        if not _is_file(path) and not any(path.iterdir()):
            path.rmdir()


def _is_file(path: Path) -> bool:
    """Whether ``path`` is unlinked, not emptied: links are never followed."""
    return path.is_symlink() or not path.is_dir()


def _files(site: Site, root: Path, out: Path) -> Iterator[tuple[str, Content]]:
    """Path and content of each file; what is made wins over what is hand-written."""
    config = root / "mkdocs.yml"
    if config.is_file():
        yield "mkdocs.yml", without_top_level(config.read_text(encoding="utf-8"), RENDERER_ONLY).encode
    yield from _handwritten(root, out)
    yield from _made(site, "docs")


def _made(site: Site, folder: str) -> Iterator[tuple[str, Content]]:
    """What is made from sources/, in ``folder``."""
    for page in site.pages:
        yield f"{folder}/{page.uri}", partial(getattr, page, "data")
    for asset in site.assets:
        yield f"{folder}/{asset.uri}", partial(getattr, asset, "data")


def _handwritten(root: Path, out: Path) -> Iterator[tuple[str, Content]]:
    """The files in docs/."""
    docs = root / "docs"
    for path in sorted(docs.rglob("*")):
        if path.is_file() and not path.is_relative_to(out):
            yield f"docs/{path.relative_to(docs).as_posix()}", path.read_bytes


def _shared_configuration(root: Path) -> str:
    """The mkdocs.yml of the part with what articles share. Raises ValueError where the root's is not YAML."""
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    return without_top_level(text, RENDERER_ONLY | {"validation"}) + _WAYS_BETWEEN


def _configuration_of_year(root: Path, address: str) -> str:
    """The mkdocs.yml of a year's part. Raises ValueError where the root's is not YAML."""
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    return _OF_YEAR.format(nav="\n".join(_entries_of(navigation(text), address or "/", "  ")))


def _entries_of(entries: Iterable[tuple[str, str | list[Any]]], address: str, indent: str) -> Iterator[str]:
    """Entries of a navigation as YAML, pages by their whole addresses."""
    for title, target in entries:
        if isinstance(target, str):
            yield f"{indent}- {json.dumps(title)}: {json.dumps(full(address, target))}"
        else:
            yield f"{indent}- {json.dumps(title)}:"
            yield from _entries_of(target, address, f"{indent}    ")


def _current(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file in one step: it holds all of ``content``, or what it held before. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
