"""Checking again upon each change under sources/.

In: a root and what checks it. Out: what each check found, beside what the one before did. Ends when whoever asks stops asking.
The only module that knows watchdog.
"""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from build_scripts.problems import Problem

QUIET = 0.2
"""Seconds without a change after which a change is over: an editor or git writes several files, and some of them twice."""

PATIENCE = 2.0
"""Seconds after which a change counts as over though more goes on."""

_CHANGES = frozenset({"created", "modified", "deleted", "moved"})


@dataclass(frozen=True, slots=True)
class Look:
    """What is wrong, what was at the look before (None at the first), and the files that changed between."""

    problems: tuple[Problem, ...]
    before: tuple[Problem, ...] | None = None
    changed: frozenset[str] = frozenset()


def watch(
    root: Path, check: Callable[[], tuple[Problem, ...]], changes: Iterable[frozenset[str]] | None = None
) -> Iterator[Look]:
    """One look at once, and one after each of ``changes``, which are those on the disk unless others are given."""
    with _changes_below(root) if changes is None else contextlib.nullcontext(changes) as each:
        problems = check()
        yield Look(problems)
        for changed in each:
            before, problems = problems, check()
            yield Look(problems, before, changed)


@contextlib.contextmanager
def _changes_below(root: Path) -> Iterator[Iterator[frozenset[str]]]:
    """The changes under sources/ from now on: the paths of each, from the root, once it is over."""
    handler = _Handler(root)
    observer = Observer()
    observer.schedule(handler, str(root / "sources"), recursive=True)
    observer.start()
    try:
        yield _together(handler.paths)
    finally:
        observer.stop()
        observer.join()


class _Handler(FileSystemEventHandler):
    """Takes down the paths of visible files that changed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.paths: queue.SimpleQueue[str] = queue.SimpleQueue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES and not (event.is_directory and event.event_type == "modified"):
            for path in filter(None, (event.src_path, event.dest_path)):
                inside = Path(str(path)).relative_to(self._root)
                if not any(part.startswith(".") for part in inside.parts):
                    self.paths.put(inside.as_posix())


def _together(paths: queue.SimpleQueue[str]) -> Iterator[frozenset[str]]:
    """What changes shortly one after the other, as one."""
    while True:
        changed, latest = {paths.get()}, time.monotonic() + PATIENCE
        while (left := latest - time.monotonic()) > 0:
            try:
                changed.add(paths.get(timeout=min(QUIET, left)))
            except queue.Empty:
                break
        yield frozenset(changed)
