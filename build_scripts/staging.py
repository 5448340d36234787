"""A site as a folder that any MkDocs-like renderer builds, mkdocs.yml and docs/; or what it has for download alone.

In: a site and the root with the hand-written pages. Out: files. Each is written whole or not at all, only where it
changed; files of an earlier run that are no longer made are removed; a folder that is not ours is refused.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path, PurePosixPath

from build_scripts import timings
from build_scripts.reading.values import top_level, without_top_level
from build_scripts.site import Site

MARKER = ".newsgloss"
DOWNLOADS = ("data/", "feeds/")
"""Where a site has what programs read."""
RENDERER_ONLY = frozenset({"hooks", "watch"})
"""What mkdocs.yml says to MkDocs alone: pages that are files need neither."""


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
        return _write(
            dict(_files(site, root, out)), out, b"Made by newsgloss build: changed and removed at each run.\n"
        )


def write_downloads(site: Site, out: Path, names: Iterable[str]) -> tuple[int, int]:
    """Write the files for download that fit one of ``names`` (``*.csv``); returns how many there are, and how many changed.

    What the site has below data/ stands in ``out`` itself. Raises ForeignFolderError and OSError.
    """
    wanted = tuple(names)
    with timings.stage("write"):
        files = {
            asset.uri.removeprefix("data/"): asset.data
            for asset in site.assets
            if asset.uri.startswith(DOWNLOADS) and any(PurePosixPath(asset.uri).match(name) for name in wanted)
        }
        return len(files), _write(files, out, b"Made by newsgloss export: changed and removed at each run.\n")


def _write(made: Mapping[str, bytes], out: Path, marker: bytes) -> int:
    """Make ``out`` hold just what is made; returns how many files were written or removed. ``marker`` tells what made it."""
    if out.exists() and any(out.iterdir()) and _current(out / MARKER) != marker:
        raise ForeignFolderError(f"{out} is not empty and was not made by this command")
    files = {MARKER: marker, **made}
    stale = [path for path in _entries(out) if _is_file(path) and path.relative_to(out).as_posix() not in files]
    wanted = {out / name for name in files}
    blocking = {path for path in stale if _is_in_the_way(path, wanted)}
    _remove(out, blocking)
    changed = [name for name, content in files.items() if _current(out / name) != content]
    for name in changed:
        write_whole(out / name, files[name])
    # Last, so that a run that fails half-way has taken nothing away.
    _remove(out, set(stale) - blocking)
    return len(changed) + len(stale)


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


def _files(site: Site, root: Path, out: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file; what is made wins over what is hand-written."""
    config = root / "mkdocs.yml"
    if config.is_file():
        yield "mkdocs.yml", without_top_level(config.read_text(encoding="utf-8"), RENDERER_ONLY).encode()
    docs = root / "docs"
    for path in sorted(docs.rglob("*")):
        if path.is_file() and not path.is_relative_to(out):
            yield f"docs/{path.relative_to(docs).as_posix()}", path.read_bytes()
    for page in site.pages:
        yield f"docs/{page.uri}", page.text.encode()
    for asset in site.assets:
        yield f"docs/{asset.uri}", asset.data


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
