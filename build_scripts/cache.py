"""What was worked out before, kept by the digest of everything that it was worked out from.

In: a kind, a key, a value. Out: the same value to whoever asks with the same kind and key, in this run or a later one; or
nothing, and it is worked out again: a cache is never needed. A value is taken only if it bears the seal of the user who
put it there, made with a secret that lies outside the root: what was damaged, cut off or brought along in a clone is passed
over, not read. The code's version is part of every key. One SQLite file holds it all, written in transactions, so that it
survives a kill and is shared by runs side by side; where it can't be read or written, the run goes on without.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import importlib.metadata
import os
import pickle
import secrets
import sqlite3
import sys
import time
from collections.abc import Callable, Hashable, Iterable
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import platformdirs

V = TypeVar("V")
Handed = list[tuple[bytes, bytes]]
"""Entries on their way from one process's cache to another's, without seals."""

FOLDER = Path(".cache", "newsgloss")
"""Where a root has its cache."""
SIZE = 4_000_000_000
"""Bytes that a cache may take where NEWSGLOSS_CACHE_SIZE says nothing; what was not asked for longest goes first."""

_BATCH = 8_000_000
"""Bytes that wait in memory to be written."""
_PATIENCE = 20.0
_A_DAY = 86_400
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS entries (id BLOB PRIMARY KEY, used INTEGER, size INTEGER, value BLOB)",
    "CREATE INDEX IF NOT EXISTS by_use ON entries (used DESC, size, id)",  # sizes are told without reading the values
)


def digest(*parts: bytes | str) -> bytes:
    """16 bytes that tell these parts, in this order, from any others."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.digest()


@cache
def code_version() -> bytes:
    """A digest of this package's files, and of the versions of Python and of the packages that it is built on."""
    package = Path(__file__).parent
    paths = sorted(path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    files = (part for path in paths for part in (path.relative_to(package).as_posix(), path.read_bytes()))
    return digest(sys.version, *_packages(), *files)


class Cache:
    """A cache in the folder ``folder``; without one it keeps things for this run alone.

    ``secret``: what seals the values. No method raises where the disk fails.
    """

    def __init__(self, folder: Path | None = None, secret: bytes = b"", size: int = SIZE) -> None:
        self._secret, self._size = secret, size
        self._path = folder / f"{digest('file', secret).hex()}.sqlite" if folder and secret else None
        self._base: sqlite3.Connection | None = None
        self._owner = 0
        self._new: dict[bytes, bytes] = {}
        self._old: set[bytes] = set()
        self._settled: frozenset[bytes] = frozenset()
        self._waiting = 0
        self._held: dict[object, Any] | None = None
        self._before: dict[object, Any] = {}

    @classmethod
    def of(cls, root: Path) -> Cache:
        """The cache of a root, which nobody else's files can lead astray: for this run alone where it can't be kept."""
        folder, secret = root / FOLDER, _secret()
        is_plain = not any(path.is_symlink() for path in (folder, folder.parent))
        return cls(folder if is_plain else None, secret, _asked_size())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def hold(self) -> None:
        """Have values in memory from here on, for a process that asks again and again; of what it had, only what is asked for again.

        Whoever asks for a value gets the same one, and leaves it as it is.
        """
        self._held, self._before = {}, self._held or {}

    @property
    def is_held(self) -> bool:
        """Whether values stay in memory."""
        return self._held is not None

    def get(self, kind: str, key: bytes) -> Any | None:
        """The value, a copy of its own unless it is held; None where there is none."""
        name = self._name(kind, key)
        if self._held is None:
            return self._found(name)
        found = self._held.get(name)
        if found is None:
            found = self._before[name] if name in self._before else self._found(name)
            if found is not None:
                self._held[name] = found
        return found

    def same(self, kind: str, things: tuple[object, ...], make: Callable[[], V], besides: Hashable = ()) -> V:
        """What ``make`` gives; where values are held, what it gave before of the very same ``things``, and equal ones ``besides``.

        It depends on these alone. No digest is needed to tell things: each is itself as long as it is held, and none changes.
        """
        if self._held is None:
            return make()
        name = (kind, besides, *map(id, things))
        found: tuple[tuple[object, ...], V] | None = self._held.get(name) or self._before.get(name)
        if found is None:
            found = things, make()
        self._held[name] = found
        return found[1]

    def _found(self, name: bytes) -> Any | None:
        sealed = self._new.get(name)
        return self._opened(name, self._read(name) if sealed is None else sealed)

    def put(self, kind: str, key: bytes, value: object) -> None:
        """Keep a value, which is not None, can be pickled, and does not change any more."""
        name = self._name(kind, key)
        self._keep(name, pack(value))
        if self._held is not None:
            self._held[name] = value

    def add(self, kind: str, key: bytes, packed: bytes) -> None:
        """Keep a value that is packed already. It is not held."""
        self._keep(self._name(kind, key), packed)

    def added(self, kind: str, key: bytes) -> Any | None:
        """What was added, a copy of its own; None where it is gone."""
        return self._found(self._name(kind, key))

    def settle(self) -> None:
        """What is kept in memory now stays here when the rest is handed over."""
        self._settled = frozenset(self._new)

    def hand_over(self) -> Handed:
        """What is new, for another process's cache to take; it is no longer here. Of a cache without a folder."""
        names = [name for name in self._new if name not in self._settled]
        return [(name, self._new.pop(name)[16:]) for name in names]

    def take(self, handed: Handed) -> None:
        """Keep what a process handed over that this one trusts, under this user's seal."""
        for name, packed in handed:
            self._keep(name, packed)

    def _keep(self, name: bytes, packed: bytes) -> None:
        self._new[name] = self._seal(name, packed) + packed
        self._waiting += len(packed)
        if self._waiting > _BATCH and self._path:
            self.flush()

    def kept(self, kind: str, key: bytes, make: Callable[[], V]) -> V:
        """The value; ``make`` makes it where there is none."""
        found: V | None = self.get(kind, key)
        if found is None:
            found = make()
            self.put(kind, key, found)
        return found

    def flush(self) -> None:
        """Write what is new, at once or not at all, and let go of it."""
        if not self._path or not (self._new or self._old):
            return
        rows = [(name, _today(), len(value), value) for name, value in self._new.items()]
        self._do(lambda base: _write(base, rows, self._old, self._size), writes=True)
        # Also where it could not be written: a disk that is full would be tried again for each value, and memory fill up.
        self._new.clear()
        self._old.clear()
        self._waiting = 0

    def close(self) -> None:
        """Write what is new, and let go of the file."""
        self.flush()
        self._let_go()

    def _name(self, kind: str, key: bytes) -> bytes:
        return digest(kind, code_version(), key)

    def _seal(self, name: bytes, packed: bytes) -> bytes:
        made = hashlib.blake2b(name, key=self._secret[:64], digest_size=16)
        made.update(packed)
        return made.digest()

    def _opened(self, name: bytes, sealed: bytes | None) -> Any | None:
        if sealed is None or not secrets.compare_digest(sealed[:16], self._seal(name, sealed[16:])):
            return None
        with contextlib.suppress(Exception):  # sealed, and yet another version's: it is worked out again
            return unpack(sealed[16:])
        return None

    def _read(self, name: bytes) -> bytes | None:
        row = self._do(lambda base: base.execute("SELECT value, used FROM entries WHERE id = ?", (name,)).fetchone())
        if row is None or not isinstance(row[0], bytes):
            return None
        if row[1] != _today():
            self._old.add(name)
        return row[0]

    def _do(self, work: Callable[[sqlite3.Connection], Any], *, writes: bool = False) -> Any | None:
        """What ``work`` gives; None where there is no database or it fails. A damaged one is made anew."""
        try:
            base = self._opened_base(writes=writes)
            return work(base) if base else None
        except sqlite3.OperationalError:  # locked for too long, the disk is full, a folder that can't be written
            return None
        except (sqlite3.DatabaseError, OSError, UnicodeDecodeError):  # the last from names in a damaged file
            self._let_go()
            if self._path:
                with contextlib.suppress(OSError):
                    self._path.unlink()
            return None

    def _opened_base(self, *, writes: bool) -> sqlite3.Connection | None:
        """The database, opened in this process: a connection is of no use to a child."""
        if self._base and self._owner == os.getpid():
            return self._base
        if not self._path or not (writes or self._path.exists()):
            return None
        if writes:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        self._base, self._owner = _connect(self._path), os.getpid()
        return self._base

    def _let_go(self) -> None:
        if self._base and self._owner == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._base.close()
        self._base = None


@cache
def lasting(root: Path) -> Cache:
    """The cache of a root, the same one for as long as this process lives, and closed at its end."""
    found = Cache.of(root)
    atexit.register(found.close)
    return found


def same(
    cache: Cache | None, kind: str, things: tuple[object, ...], make: Callable[[], V], besides: Hashable = ()
) -> V:
    """As ``Cache.same``, also where there is no cache."""
    return cache.same(kind, things, make, besides) if cache else make()


def pack(value: object) -> bytes:
    """A value as it is kept."""
    return pickle.dumps(value, protocol=5)


def unpack(packed: bytes) -> Any:
    """A value that this process, or one that it trusts, packed."""
    return pickle.loads(packed)  # noqa: S301 -- see above


def _connect(path: Path) -> sqlite3.Connection:
    """The database; readable alone where it can't be written. What is lost when the machine fails is worked out again."""
    try:
        base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        base.execute("PRAGMA synchronous = OFF")
        for statement in _SCHEMA:
            base.execute(statement)
    except sqlite3.OperationalError:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=_PATIENCE, isolation_level=None, uri=True)
    base.execute("PRAGMA trusted_schema = OFF")
    return base


def _write(base: sqlite3.Connection, rows: Iterable[tuple[object, ...]], used: Iterable[bytes], size: int) -> None:
    base.execute("BEGIN IMMEDIATE")
    try:
        base.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", rows)
        base.executemany("UPDATE entries SET used = ? WHERE id = ?", ((_today(), name) for name in used))
        _trim(base, size)
        base.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            base.execute("ROLLBACK")
        raise


def _trim(base: sqlite3.Connection, size: int) -> None:
    """Where there is more than ``size``, drop what was not asked for longest until a fifth is free."""
    if (base.execute("SELECT total(size) FROM entries").fetchone()[0]) <= size:
        return
    kept, limit = 0, 0.8 * size
    gone = []
    for name, bytes_ in base.execute("SELECT id, size FROM entries ORDER BY used DESC, size").fetchall():
        kept += bytes_
        if kept > limit:
            gone.append((name,))
    base.executemany("DELETE FROM entries WHERE id = ?", gone)


def _today() -> int:
    return int(time.time()) // _A_DAY


def _packages() -> list[str]:
    """Name and version of each package that this one asks for, and of this one."""
    names = {"newsgloss"}
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        asked = importlib.metadata.requires("newsgloss") or ()
        names |= {line.partition(";")[0].split("[")[0].split(">")[0].split("=")[0].strip() for line in asked}
    return sorted(f"{name} {_version(name)}" for name in names)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _asked_size() -> int:
    asked = os.environ.get("NEWSGLOSS_CACHE_SIZE", "")
    return int(asked) if asked.isascii() and asked.isdigit() else SIZE


def _secret() -> bytes:
    """The user's secret, made where there is none; empty where it can't be kept, and then nothing is."""
    path = Path(platformdirs.user_state_dir("newsgloss"), "seal")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with contextlib.suppress(FileExistsError):
                _write_secret(path)
        found = path.read_bytes()
        return found if len(found) == 32 else b""  # noqa: PLR2004 -- what _write_secret writes
    return b""


def _write_secret(path: Path) -> None:
    """Write a new secret in one step. Raises FileExistsError where there is one."""
    made = path.with_name(f".seal-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        made.touch(mode=0o600, exist_ok=False)
        made.write_bytes(secrets.token_bytes(32))
        os.link(made, path)
    finally:
        made.unlink(missing_ok=True)
