"""What tells whether settings or files are others than before.

In: settings of MkDocs, paths. Out: texts that differ where these do.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from build_scripts.cache import digest


def around(config: MkDocsConfig) -> bytes:
    """A digest of what a server watches beside sources/: another each time where that can't be told."""
    root = Path(config.config_file_path).resolve().parent
    watched = [path for path in (config.docs_dir, *config.watch) if Path(path).resolve() != root / "sources"]
    try:
        found = [one for path in watched for one in (facts(path) if Path(path).is_dir() else [fact(path)])]
        return digest(fact(config.config_file_path), *found)
    except OSError:
        return os.urandom(16)


def plain(value: object) -> Iterator[str]:
    """A value of the settings, part by part."""
    if isinstance(value, Mapping):
        yield "{"
        for name, part in value.items():
            yield str(name)
            yield from plain(part)
        yield "}"
    elif isinstance(value, (list, tuple)):
        yield "["
        for part in value:
            yield from plain(part)
        yield "]"
    else:
        yield repr(value) if isinstance(value, (str, int, float, bool, type(None))) else type(value).__name__


def facts(folder: str, but_for: Container[str] = ()) -> Iterator[str]:
    """What tells whether a file in a folder changed, but for those in folders of these names."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name not in but_for:
                    yield from facts(entry.path, but_for)
            else:
                yield _told(entry.path, entry.stat())


def fact(path: str) -> str:
    """What tells whether a file changed."""
    return _told(path, Path(path).stat())


def _told(path: str, found: os.stat_result) -> str:
    return f"{path} {found.st_size} {found.st_mtime_ns}"
