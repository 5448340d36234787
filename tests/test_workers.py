"""Whatever happens to workers, each shard's result comes once; a shard that no worker survives is named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dask.config
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.workers import local
from build_scripts.workers.cluster import Cluster, NoClusterError
from build_scripts.workers.local import LocalWorkers, asked
from build_scripts.workers.shards import LostError, Workers, cut
from tests.clusters import cluster, workers_of


@dataclass(frozen=True)
class Deadly:
    """Work that ends its worker so many times for each of some shards, told in files."""

    folder: str
    shards: frozenset[int]
    times: int

    def __call__(self, shared: list[int], shard: int) -> int:
        told = Path(self.folder, str(shard))
        seen = len(told.read_bytes()) if told.exists() else 0
        if shard in self.shards and seen < self.times:
            told.write_bytes(b"x" * (seen + 1))
            os.kill(os.getpid(), signal.SIGKILL)
        return shared[shard]


def squared(shared: list[int], shard: int) -> int:
    return shared[shard] ** 2


def fails(_shared: list[int], shard: int) -> int:
    raise KeyError(shard)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    # Each failure takes the time in which a worker starts, which on a busy machine can be long.
    dask.config.set({"distributed.scheduler.allowed-failures": 1, "distributed.deploy.lost-worker-timeout": "120s"})
    with cluster(2) as address:
        yield address


@pytest.fixture(params=["local", "cluster"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    with workers_of(request) as found:
        yield found


def test_each_result_comes_once(workers: Workers) -> None:
    shared = list(range(50))
    assert sorted(workers.each(squared, shared, shared)) == [number**2 for number in shared]


def test_no_shards_need_no_workers(workers: Workers) -> None:
    assert list(workers.each(squared, [], [])) == []


def test_a_lost_worker_loses_nothing(workers: Workers, tmp_path: Path) -> None:
    work = Deadly(str(tmp_path), frozenset({3, 11}), 1)
    assert sorted(workers.each(work, list(range(20)), range(20))) == list(range(20))


def test_a_shard_that_no_worker_survives_is_named(workers: Workers, tmp_path: Path) -> None:
    work = Deadly(str(tmp_path), frozenset({7}), 10**6)
    with pytest.raises(LostError, match=r"each worker in turn that took on 7 was lost"):
        list(workers.each(work, list(range(10)), range(10)))


def test_what_work_raises_is_raised(workers: Workers) -> None:
    with pytest.raises(KeyError):
        list(workers.each(fails, [1], [0]))


def test_only_the_shards_that_kill_are_lost(workers: Workers, tmp_path: Path) -> None:
    """All others come before the one that is named."""
    work = Deadly(str(tmp_path), frozenset({7}), 10**6)
    found: list[int] = []
    with pytest.raises(LostError):
        found.extend(workers.each(work, list(range(10)), range(10)))
    assert sorted(found) == [number for number in range(10) if number != 7]


class OneByOne(ProcessPoolExecutor):
    """A pool that is asked for more only when what it was asked for first is over, however it ended."""

    first: Future[Any] | None = None

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        if self.first:
            self.first.exception()
        asked_for = super().submit(work, *given, **named)
        self.first = self.first or asked_for
        return asked_for


def test_a_worker_lost_before_all_is_asked_for_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "ProcessPoolExecutor", OneByOne)
    work = Deadly(str(tmp_path), frozenset({0}), 1)
    assert sorted(LocalWorkers(2).each(work, list(range(20)), range(20))) == list(range(20))


_STARTED = """
import os, sys, time
from pathlib import Path
from build_scripts.workers.local import LocalWorkers
def work(shared, shard):
    Path(shared, str(os.getpid())).touch()
    time.sleep(shard)
if __name__ == "__main__":
    list(LocalWorkers(2).each(work, sys.argv[1], [0.0, 600.0]))
"""


def test_no_worker_outlives_the_process_that_started_it(tmp_path: Path) -> None:
    """Neither one that works nor one that waits."""
    started = subprocess.Popen([sys.executable, "-c", _STARTED, str(tmp_path)])
    try:
        until(lambda: len(list(tmp_path.iterdir())) > 0)
        time.sleep(0.2)  # so that one waits
    finally:
        started.kill()
        started.wait()
    until(lambda: not any(Path("/proc", name.name).exists() for name in tmp_path.iterdir()))


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(("said", "number"), [("2", 2), ("16", 16), ("", 0), ("1", 0), ("0", 0), ("-2", 0), ("two", 0)])
def test_the_environment_asks_for_two_workers_or_more(said: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSGLOSS_WORKERS", said)
    assert asked() == (LocalWorkers(number) if number else None)


def test_a_scheduler_that_is_not_there_is_told() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(NoClusterError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        Cluster.at("tcp://127.0.0.1:9")


@pytest.mark.parametrize("address", ["nonsense://x", "127.0.0.1:notaport", ""])
def test_an_address_that_is_none_is_told(address: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(NoClusterError):
        Cluster.at(address)


@given(st.lists(st.integers()), st.integers(1, 64), st.integers(1, 300))
def test_shards_are_the_whole_in_order(things: list[int], workers: int, most: int) -> None:
    shards = cut(things, workers, most)
    assert [thing for shard in shards for thing in shard] == things
    assert all(0 < len(shard) <= most for shard in shards)
    assert not things or max(map(len, shards)) - min(map(len, shards)) <= 1
