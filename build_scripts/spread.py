"""The work on a publication spread over workers: what they work out goes into the cache, and the run goes on from there.

In: a root, workers, a cache. Out: a cache that holds what the run would work out by itself, article by article. Nothing else
depends on the workers: what they did not get to is worked out by the run, so a run that was broken off goes on where it was, and
the same comes out whoever did the work. Workers see no files of the root but those that they are sent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from build_scripts import progress
from build_scripts.cache import Cache, Handed, digest
from build_scripts.pipeline import build, understand
from build_scripts.reading.lock import ORIGINAL
from build_scripts.site import Site
from build_scripts.timings import stage
from build_scripts.workers.shards import Workers, cut

if TYPE_CHECKING:  # whoever builds needs none of what drafts
    from build_scripts.editing.suggest import Asked
    from build_scripts.suggesting.draft import Draft

_ARTICLES = "sources/articles"
_SENT = frozenset({".md", ".txt", ".yml"})
"""The endings of files whose contents workers need; of others they need the names."""


@dataclass(frozen=True)
class Base:
    """What all articles are read against: the other files of sources/, by path, with a digest."""

    files: tuple[tuple[str, bytes], ...]
    digest: bytes


@dataclass(frozen=True)
class Folder:
    """An article's files, by path."""

    name: str
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Shard:
    """Articles that one call of a worker is about, with what tells each from others."""

    folders: tuple[tuple[bytes, Folder], ...]

    def __str__(self) -> str:
        return f"the articles {self.folders[0][1].name} to {self.folders[-1][1].name}"


def read_and_checked(root: Path, workers: Workers, cache: Cache) -> None:
    """Have every article read, annotated and checked whose result the cache does not hold.

    Raises LostError. What can't be read is left to the run, which tells so.
    """
    base = _base(root)
    folders = {digest(base.digest, *_flat(folder.files)): folder for folder in _folders(root)}
    waiting = {key: folder for key, folder in folders.items() if cache.get("spread", key) is None}
    shards = [Shard(tuple(some)) for some in cut(list(waiting.items()), workers.number)]
    with progress.steps("Articles", len(waiting)):
        for keys, handed in workers.each(_understood, base, shards):
            cache.take(handed)
            for key in keys:
                cache.put("spread", key, True)
                progress.step()


def built(root: Path, home: str, cache: Cache, workers: Workers | None, *, is_preview: bool = False) -> Site:
    """The site, as ``pipeline.build`` gives it, made with ``workers`` if there are any. Raises IndexingError and LostError."""
    if workers:
        with stage("load"):
            read_and_checked(root, workers, cache)
    return build(root, home=home, is_preview=is_preview, cache=cache, workers=workers)


def drafted(texts: Iterable[Asked], workers: Workers, cache: Cache) -> None:
    """Have every text's annotations drafted whose draft the cache does not hold. As ``read_and_checked``."""
    keys = {asked.key: asked for asked in texts}
    waiting = [asked for key, asked in keys.items() if cache.get("draft", key) is None]
    with progress.steps("Drafts", len(waiting)):
        for some in workers.each(_drafts, None, cut(waiting, workers.number)):
            for asked, found in some:
                cache.put("draft", asked.key, found)
                progress.step()


def _drafts(_shared: None, shard: Sequence[Asked]) -> list[tuple[Asked, Draft]]:
    return [(asked, asked.drafted()) for asked in shard]


def _understood(base: Base, shard: Shard) -> tuple[list[bytes], Handed]:
    """What becomes of a shard's articles, as entries of the cache; a worker's work."""
    known = _known(base)
    _understand((*base.files, *(file for _key, folder in shard.folders for file in folder.files)), known)
    return [key for key, _folder in shard.folders], known.hand_over()


@lru_cache(maxsize=1)
def _known(base: Base) -> Cache:
    """What a worker knows of what all articles are read against: worked out for its first shard."""
    known = Cache()
    _understand(base.files, known)
    known.settle()
    return known


def _understand(files: Iterable[tuple[str, bytes]], known: Cache) -> None:
    with tempfile.TemporaryDirectory() as name:
        for path, content in files:
            place = Path(name, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        understand(Path(name), cache=known)


def _base(root: Path) -> Base:
    paths = (path for path in sorted((root / "sources").rglob("*.*")) if not path.is_relative_to(root / _ARTICLES))
    files = tuple(_readable(root, (path for path in paths if path.is_file() and path.suffix in _SENT)))
    return Base(files, digest(*_flat(files)))


def _folders(root: Path) -> Iterator[Folder]:
    """The articles that may be sent to others: an original stays where its holder has it."""
    for folder in sorted((root / _ARTICLES).glob("*/")):
        if not (folder / ORIGINAL).exists():
            paths = (path for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink())
            yield Folder(folder.name, tuple(_readable(root, paths)))


def _readable(root: Path, paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        with suppress(OSError):
            yield path.relative_to(root).as_posix(), path.read_bytes() if path.suffix in _SENT else b""


def _flat(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes | str]:
    for path, content in files:
        yield path
        yield content
