"""Processes on this machine.

They are forked where the system can, and then share the memory of what they work on. One that is killed breaks the whole pool of
Python's library: what has no result yet goes to a new one. None outlives the process that started it, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from build_scripts.workers.shards import ATTEMPTS, LostError, Result, Shard, Shared

_METHOD = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
_shared: Any = None


@dataclass(frozen=True)
class LocalWorkers:
    """So many processes, started for each use."""

    number: int

    def each(
        self, work: Callable[[Shared, Shard], Result], shared: Shared, shards: Sequence[Shard]
    ) -> Iterator[Result]:
        """As Workers says."""
        waiting = dict(enumerate(shards))
        for attempt in range(ATTEMPTS):
            # At last each by itself, so that those that end their workers take no others down with them.
            rounds = [waiting] if attempt < ATTEMPTS - 1 else [{at: shard} for at, shard in waiting.items()]
            for some in rounds:
                for at, result in self._tried(work, shared, dict(some)):
                    del waiting[at]
                    yield result
        if waiting:
            raise LostError(next(iter(waiting.values())))

    def _tried(
        self, work: Callable[[Shared, Shard], Result], shared: Shared, shards: dict[int, Shard]
    ) -> Iterator[tuple[int, Result]]:
        """What ``work`` gives for those shards whose worker was not lost."""
        if not shards:
            return
        context = multiprocessing.get_context(_METHOD)
        number = min(self.number, len(shards))
        with ProcessPoolExecutor(number, mp_context=context, initializer=_take, initargs=(shared,)) as pool:
            futures = dict[Future[Result], int]()
            with suppress(BrokenProcessPool):  # a worker may be lost before all is asked for
                for at, shard in shards.items():
                    futures[pool.submit(_called, work, shard)] = at
            for future in as_completed(futures):
                if not isinstance(future.exception(), BrokenProcessPool):
                    yield futures[future], future.result()


def asked() -> LocalWorkers | None:
    """The workers that the environment asks for; None where it asks for none, or for one."""
    number = os.environ.get("NEWSGLOSS_WORKERS", "")
    return LocalWorkers(int(number)) if number.isascii() and number.isdigit() and int(number) > 1 else None


def _take(shared: object) -> None:
    global _shared  # noqa: PLW0603 -- what a process was started with; it is sent once, not with each shard
    _shared = shared
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: a pool's workers would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _called(work: Callable[[Any, Shard], Result], shard: Shard) -> Result:
    return work(_shared, shard)
