"""What a site is made of, each piece made once, and again only when something that it is made from is another.

In: jobs, each with a name and a function; what they look things up in, watched. Out: what they give, from the cache where it
would be the same. It depends on what the function is given, which is in the key, and on what it looks at meanwhile: that is noted,
kept beside what was made, and compared before that is taken. (Constructive traces, as Mokhov, Mitchell and Peyton Jones name
them in "Build Systems à la Carte", 2018.) No job depends on another: what a second process made and put into the cache is taken
as if it had been made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, Self, TypeVar, cast

from build_scripts import progress
from build_scripts.cache import Cache, Handed, code_version, digest
from build_scripts.seen import Look, Seen
from build_scripts.workers.shards import Workers, cut

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_KIND = "job"


@dataclass(frozen=True)
class Job(Generic[T_co]):
    """Something that is made by itself. ``make``: a partial of a function, so that what it is given can be told.

    ``name`` tells it from all others. ``looks``: whether it looks at anything but what it is given.
    """

    name: str
    make: Callable[[], T_co]
    looks: bool = True


class _Kept(NamedTuple):
    """What a job gave, what its function looked at, and a digest of what it saw there."""

    value: object
    looks: tuple[Look, ...]
    shown: bytes


class Maker:
    """Does jobs. ``seen``: what they look things up in; ``cache``: None where nothing is kept."""

    def __init__(self, seen: Seen, cache: Cache | None = None) -> None:
        self._seen, self._cache = seen, cache
        self.made: list[str] = []
        """The names of the jobs that were done anew."""

    def all(self, jobs: Iterable[Job[T]]) -> Iterator[T]:
        """What each of ``jobs`` gives, in their order."""
        return map(self.one, jobs)

    def one(self, job: Job[T]) -> T:
        """What ``job`` gives."""
        if self._cache is None:
            return job.make()
        return cast(T, self._found(job, self._key(job)).value)

    def helped(self, jobs: Sequence[Job[object]], workers: Workers | None) -> Self:
        """The same maker, after workers did those of ``jobs`` into the cache that it did not have. Raises LostError."""
        if self._cache is None or workers is None:
            return self
        waiting = [at for at, job in enumerate(jobs) if self._kept(self._key(job)) is None]
        with progress.steps("Pages", len(waiting)):
            for handed in workers.each(_done, (self._seen, jobs), cut(waiting, workers.number)):
                self._cache.take(handed)
                for _made in handed:
                    progress.step()
        return self

    def told(self, job: Job[object]) -> bytes | None:
        """A digest of all that a job's value depends on; None where that is not known before it is done."""
        key = self._key(job)
        kept = self._kept(key) if job.looks else None
        shown = kept.shown if kept else b""
        return digest(code_version(), key, shown) if kept or not job.looks else None

    def done(self, job: Job[object]) -> bytes | None:
        """The same of a job that looks, which is done if need be; None where nothing is kept."""
        if self._cache is None:
            return None
        key = self._key(job)
        return digest(code_version(), key, self._found(job, key).shown)

    def _found(self, job: Job[object], key: bytes) -> _Kept:
        """What was kept, or is now."""
        kept = self._kept(key)
        if kept is None:
            kept = self._anew(job)
            if self._cache:
                self._cache.put(_KIND, key, kept)
        return kept

    def _key(self, job: Job[object]) -> bytes:
        return digest(job.name, self._seen.told(job.make))

    def _kept(self, key: bytes) -> _Kept | None:
        """What was kept, if it would be the same now."""
        kept: _Kept | None = self._cache.get(_KIND, key) if self._cache else None
        return kept if kept and self._seen.shown(kept.looks) == kept.shown else None

    def _anew(self, job: Job[object]) -> _Kept:
        self.made.append(job.name)
        with self._seen.noting() as noted:
            value = job.make()
            looks = tuple(noted)
        return _Kept(value, looks, self._seen.shown(looks))


def _done(shared: tuple[Seen, Sequence[Job[object]]], shard: Sequence[int]) -> Handed:
    """The jobs of these numbers, as entries of the cache; a worker's work."""
    seen, jobs = shared
    with Cache() as cache:
        for _made in Maker(seen, cache).all(jobs[at] for at in shard):
            pass
        return cache.hand_over()
