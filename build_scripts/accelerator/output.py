"""The folder that a build fills: made aside, then moved into place, so that nobody ever sees half a file.

In: the site's folder, the cache's. Out: the folder to build into; afterwards the site's folder holds what was built and what was kept,
and nothing else but files whose names start with a dot, which MkDocs leaves alone too. Files that would not change are not touched.
Builds of one site take turns. What a build that was killed left aside, the next one clears away.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Set
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Self

from build_scripts.cache import digest

Found = tuple[int, int, int]
"""What tells a file that nobody touched from any other: its size, when it was written, its number on the disk."""
_ASIDE = "site-"
_COPY = ".newsgloss-copy-"
_A_DAY = 86_400
_locks: set[TextIOWrapper] = set()
"""Those that this process holds."""


class Output:
    """One build's output. Raises OSError where ``aside``, the folder for what is in the making, can't be written."""

    def __init__(self, site: Path, aside: Path) -> None:
        self.site = site
        aside.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(aside / f"{digest(str(site)).hex()}.lock")
        _clear(aside)
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_ASIDE}{os.getpid()}-", dir=aside))
        self.before, self._folders = _listed(site)

    def finish(self, kept: Set[str]) -> dict[str, Found]:
        """Move everything into place; ``kept`` stays as it is. Gives what the site's folder holds now."""
        made, _folders = _listed(self.folder)
        self._prune(made.keys() | kept)
        self.site.mkdir(parents=True, exist_ok=True)
        for path in self._move(self.folder, self.site, ""):
            made[path] = _told((self.site / path).lstat())
        return made | {path: self.before[path] for path in kept}

    def close(self) -> None:
        """Clear away what is left, and let the next build have its turn."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock:
            _locks.discard(self._lock)
            self._lock.close()

    def _prune(self, wanted: Set[str]) -> None:
        for path in self.before.keys() - wanted:
            with contextlib.suppress(FileNotFoundError):
                (self.site / path).unlink()
        needed = {folder for path in wanted for folder in _above(path)} if self._folders else set()
        for folder in sorted(self._folders - needed, reverse=True):
            with contextlib.suppress(OSError):  # somebody else put something there just now, or is it gone
                (self.site / folder).rmdir()

    def _move(self, made: Path, to: Path, below: str) -> Iterator[str]:
        """What lies in one folder into the other, new folders whole. Gives the files that were looked at one by one."""
        is_same_disk = made.stat().st_dev == to.stat().st_dev
        with os.scandir(made) as entries:
            for entry in entries:
                target = to / entry.name
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if is_same_disk and not target.exists() and _moved(entry.path, target):
                        continue
                    target.mkdir(exist_ok=True)
                    yield from self._move(Path(entry.path), target, f"{path}/")
                    continue
                if not _is_equal(entry.path, target):
                    _replace(entry.path, target)
                yield path


class Aside:
    """A folder for files of a site that stands. Raises OSError where ``aside`` can't be written."""

    def __init__(self, aside: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=f"{_ASIDE}{os.getpid()}-", dir=aside)
        self.name = self._folder.name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._folder.cleanup()

    def put(self, site: Path) -> None:
        """Move everything into place, each file in one step."""
        for path in _listed(Path(self.name))[0]:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            _replace(str(Path(self.name, path)), site / path)


def remove(site: Path, path: str) -> None:
    """Remove a file of a site that stands, and the folders that it leaves empty."""
    site.joinpath(path).unlink(missing_ok=True)
    for folder in _above(path):
        with contextlib.suppress(OSError):  # there are others in it
            site.joinpath(folder).rmdir()


def _listed(folder: Path) -> tuple[dict[str, Found], set[str]]:
    """The files of a folder by their paths in it, and the folders below it; but what has a dot first at the top."""
    files, folders, left = {}, set(), [""]
    while left:
        below = left.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                if not below and entry.name.startswith("."):
                    continue
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    left.append(f"{path}/")
                else:
                    files[path] = _told(entry.stat(follow_symlinks=False))
    return files, folders


def _above(path: str) -> Iterator[str]:
    at = path.rfind("/")
    while at > 0:
        yield path[:at]
        at = path.rfind("/", 0, at)


def _told(facts: os.stat_result) -> Found:
    return facts.st_size, facts.st_mtime_ns, facts.st_ino


def _is_equal(made: str, target: Path) -> bool:
    with contextlib.suppress(OSError):
        return not target.is_symlink() and filecmp.cmp(made, target, shallow=False)
    return False


def _moved(folder: str, target: Path) -> bool:
    with contextlib.suppress(OSError):  # another build was there first
        Path(folder).replace(target)
        return True
    return False


def _replace(made: str, target: Path) -> None:
    """Put a file into place in one step, from another disk too."""
    try:
        Path(made).replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy = target.with_name(f"{_COPY}{os.getpid()}")
        try:
            shutil.copyfile(made, copy)
            copy.replace(target)
        finally:
            copy.unlink(missing_ok=True)


def _locked(path: Path) -> TextIOWrapper | None:
    """The lock of a site's folder, as soon as no other build has it; it falls with the process. None where there are no locks."""
    try:
        import fcntl  # noqa: PLC0415 -- POSIX alone has it
    except ImportError:
        return None
    file = path.open("w", encoding="utf-8")
    fcntl.flock(file, fcntl.LOCK_EX)
    _locks.add(file)
    return file


def _leave_locks() -> None:
    """Have locks fall with the process that took them, whatever other processes it started."""
    while _locks:
        _locks.pop().close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_locks)


def _clear(aside: Path) -> None:
    """Remove what builds left that live no more."""
    for folder in aside.glob(f"{_ASIDE}*-*"):
        number = folder.name.removeprefix(_ASIDE).partition("-")[0]
        if not _lives(number, folder):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(number: str, folder: Path) -> bool:
    if os.name == "posix" and number.isdigit():
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
    with contextlib.suppress(OSError):
        return time.time() - folder.stat().st_mtime < _A_DAY
    return False
