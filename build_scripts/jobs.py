"""What a site is made of, each piece made once, and again only when something that it is made from is another.

In: jobs, each with a name and a function; what they look things up in, watched. Out: what they give, from the cache where it
would be the same. It depends on what the function is given, which is in the key, and on what it looks at meanwhile: that is noted,
kept with a digest of what was made, and compared before that is taken. (Constructive traces, as Mokhov, Mitchell and Peyton Jones
name them in "Build Systems à la Carte", 2018.) Jobs that belong together have one trace: where one of them would give something
else, all are done. No job depends on another: what a second process made and put into the cache is taken as if it had been made
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, Self, TypeVar, cast

from build_scripts import progress
from build_scripts.cache import Cache, Handed, code_version, digest, pack, unpack
from build_scripts.seen import Look, Seen
from build_scripts.spool import Spool, Waiting
from build_scripts.workers.shards import Workers, cut

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_TRACE, _VALUE = "job", "made by a job"


@dataclass(frozen=True)
class Job(Generic[T_co]):
    """Something that is made by itself. ``make``: a partial of a function, so that what it is given can be told.

    ``name`` tells it from all others. ``looks``: whether it looks at anything but what it is given. ``within``: what it belongs
    to with others. ``brief``: what of its value is always asked for; of others it is all.
    """

    name: str
    make: Callable[[], T_co]
    looks: bool = True
    within: str = ""
    brief: Callable[[Any], object] | None = None


Together = Sequence[Job[Any]]
"""Jobs that belong together."""


@dataclass(frozen=True, slots=True, eq=False)
class Made(Generic[T_co]):
    """What a job gave. ``brief``: what of it is at hand, which may be all; ``key``: a digest of it where it is not all."""

    job: Job[T_co]
    brief: object
    key: bytes
    _maker: Maker = field(repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Made) and (self.key, self.brief) == (other.key, other.brief)

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def value(self) -> T_co:
        """All of it, from where it waits or the cache; made again where it is in neither."""
        return self._maker._value(self.job, self.key) if self.key else cast(T_co, self.brief)


_Given = tuple[object, bytes]
"""A brief of what a job gave, and a digest of it."""


class _Trace(NamedTuple):
    """What jobs gave, as a brief and a digest of each, what their functions looked at, and a digest of what they saw there."""

    made: tuple[_Given, ...]
    looks: tuple[Look, ...]
    shown: bytes


def apart(value: object) -> None:
    """The brief of a value of which nothing is always asked for."""


class Maker:
    """Does jobs. ``seen``: what they look things up in; ``cache``: None where nothing is kept."""

    def __init__(self, seen: Seen, cache: Cache | None = None) -> None:
        self._seen, self._cache = seen, cache
        self._spool = Spool()
        self._waiting: dict[bytes, Waiting] = {}
        self.made: list[str] = []
        """The names of the jobs that were done anew."""

    def every(self, jobs: Iterable[Job[Any]], workers: Workers | None = None) -> dict[str, Made[Any]]:
        """What each of ``jobs``, which are all that belong together, gives, by its name; ``workers`` as in ``helped``."""
        groups = _together(jobs)
        done = self._help(groups, workers)
        each = (
            self._given(group, done[at]) if at in done else self._each(group)
            for at, group in enumerate(progress.follow("Pages", groups))
        )
        return {made.job.name: made for found in each for made in found}

    def all(self, jobs: Iterable[Job[T]]) -> Iterator[T]:
        """What each of ``jobs``, of which none belong together, gives, in their order."""
        return map(self.one, jobs)

    def one(self, job: Job[T]) -> T:
        """What ``job`` gives, which belongs to no other."""
        (made,) = self._each([job])
        return cast(T, made.value)

    def helped(self, jobs: Iterable[Job[Any]], workers: Workers | None) -> Self:
        """The same maker, after workers did those of ``jobs`` into the cache that it did not have. Raises LostError."""
        self._help(_together(jobs), workers)
        return self

    def _each(self, jobs: Together) -> list[Made[Any]]:
        if self._cache:
            return self._given(jobs, self._found(jobs, self._key(jobs)).made)
        return self._given(jobs, [self._put(job, self._do(job)) for job in jobs])

    def _given(self, jobs: Together, made: Iterable[_Given]) -> list[Made[Any]]:
        return [Made(job, brief, key, self) for job, (brief, key) in zip(jobs, made, strict=True)]

    def _help(self, groups: Sequence[Together], workers: Workers | None) -> dict[int, Sequence[_Given]]:
        """What those jobs gave that workers did, by the numbers of their groups."""
        done: dict[int, Sequence[_Given]] = {}
        if self._cache is None or workers is None:
            return done
        waiting = [at for at, jobs in enumerate(groups) if self._kept(self._key(jobs)) is None]
        with progress.steps("Pages", len(waiting)):
            for some, handed in workers.each(_done, (self._seen, groups), cut(waiting, workers.number)):
                self._cache.take(handed)
                for at, made in some:
                    done[at] = made
                    progress.step()
        return done

    def told(self, job: Job[object]) -> bytes | None:
        """A digest of all that a job's value depends on; None where that is not known before it is done."""
        key = self._key([job])
        kept = self._kept(key) if job.looks else None
        shown = kept.shown if kept else b""
        return digest(code_version(), key, shown) if kept or not job.looks else None

    def _found(self, jobs: Together, key: bytes) -> _Trace:
        """What was kept, or is now."""
        kept = self._kept(key)
        if kept is None:
            kept = self._anew(jobs)
            if self._cache:
                self._cache.put(_TRACE, key, kept)
        return kept

    def _key(self, jobs: Together) -> bytes:
        return self._seen.told([part for job in jobs for part in (job.name, job.make)])

    def _kept(self, key: bytes) -> _Trace | None:
        """What was kept, if it would be the same now."""
        kept: _Trace | None = self._cache.get(_TRACE, key) if self._cache else None
        return kept if kept and self._seen.shown(kept.looks) == kept.shown else None

    def _anew(self, jobs: Together) -> _Trace:
        with self._seen.noting() as noted:
            made = tuple(self._put(job, self._do(job)) for job in jobs)
            looks = tuple(noted)
        return _Trace(made, looks, self._seen.shown(looks))

    def _do(self, job: Job[T]) -> T:
        self.made.append(job.name)
        return job.make()

    def _put(self, job: Job[T], value: T) -> _Given:
        """What stands in a trace of a value, which is kept by itself, and waits to be asked for, if that is not all of it."""
        if job.brief is None:
            return value, b""
        packed = pack(value)
        key = digest(packed)
        if self._cache:
            self._cache.add(_VALUE, key, packed)
        self._waiting[key] = self._spool.put(packed)
        return job.brief(value), key

    def _value(self, job: Job[T], key: bytes) -> T:
        if key in self._waiting:
            return cast(T, unpack(self._waiting[key].data))
        value: T | None = self._cache.added(_VALUE, key) if self._cache else None
        if value is None:
            value = self._do(job)
            self._put(job, value)
        return value


def _together(jobs: Iterable[Job[Any]]) -> list[Together]:
    """The same in groups, each in the place of its first."""
    found: dict[str, list[Job[Any]]] = {}
    for job in jobs:
        found.setdefault(job.within or job.name, []).append(job)
    return list(found.values())


def _done(
    shared: tuple[Seen, Sequence[Together]], shard: Sequence[int]
) -> tuple[list[tuple[int, list[_Given]]], Handed]:
    """What the jobs of these numbers gave, and the same as entries of the cache; a worker's work."""
    seen, groups = shared
    with Cache() as cache:
        maker = Maker(seen, cache)
        made = [(at, [(one.brief, one.key) for one in maker._each(groups[at])]) for at in shard]
        return made, cache.hand_over()
