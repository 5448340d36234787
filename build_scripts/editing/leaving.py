"""Whether the repository holds words of originals that may not be republished: in any file, sources, code, tests, pictures.

In: a root. Out: problems. A clone takes along every file that git tracks; where there is no git, what is published is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from build_scripts.cache import Cache, digest
from build_scripts.history import tracked
from build_scripts.originals.copies import protected
from build_scripts.originals.leaks import Finder
from build_scripts.pipeline import understand
from build_scripts.problems import Problem
from build_scripts.reading.lock import LOCK, ORIGINAL


def check(root: Path, told: Collection[str] = (), cache: Cache | None = None) -> Iterator[Problem]:
    """The files with copied words. ``told``: those of which it is known already; ``cache`` has what was looked at before."""
    if not any((root / "sources" / "articles").glob(f"*/{LOCK}")):
        return
    guarded = protected(understand(root, cache=cache)[0])
    finder, sought = Finder(guarded), guarded.digest
    for name in _files(root):
        path = root / name
        if name not in told and path.name != ORIGINAL and path.is_file() and not path.is_symlink():
            yield from _in_file(name, path.read_bytes(), finder, sought, cache)


def _in_file(name: str, content: bytes, finder: Finder, sought: bytes, cache: Cache | None) -> Iterable[Problem]:
    """What is wrong with a file; ``sought``: the digest of what is looked for."""
    if cache is None:
        return finder.problems(name, content)
    key = digest(sought, name, content)
    return cache.kept("copied words", key, lambda: tuple(finder.problems(name, content)))


def _files(root: Path) -> list[str]:
    published = (path for folder in ("docs", "sources") for path in sorted((root / folder).rglob("*")))
    return tracked(root) or [path.relative_to(root).as_posix() for path in published]
