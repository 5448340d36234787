"""What workers work out is what the run would have, whatever befalls them; what they did not get to, the run does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpus
from build_scripts import spread
from build_scripts.cache import Cache
from build_scripts.pipeline import understand
from build_scripts.reading.lock import ORIGINAL
from build_scripts.workers.cluster import Cluster
from build_scripts.workers.local import LocalWorkers
from build_scripts.workers.shards import Workers

BROKEN = ("published: 2005-01-01", "published: when it was")


def nobody(_done: int, _number: int) -> None:
    """Follows nothing."""


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty articles, of which one can't be understood and one names what is not there."""
    root = tmp_path_factory.mktemp("spread") / "root"
    for name, content in corpus.files(30):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    first, second = sorted((root / "sources/articles").iterdir())[:2]
    replace(first / "article.md", *BROKEN)
    replace(second / "annotations.yml", "speaker: ", "speaker: nobody-")
    return root


@pytest.fixture
def root(publication: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(publication, tmp_path / "root"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


class Telling(Cache):
    """A cache that tells what is put into it one by one, not by workers."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def put(self, kind: str, key: bytes, value: object) -> None:
        self.told.append(kind)
        super().put(kind, key, value)


def left_over(root: Path, cache: Telling) -> int:
    """For how many articles the run still had something to work out; it gives what it gives by itself."""
    cache.told.clear()
    library, problems = understand(root, cache=cache)
    by_itself, same = understand(root)
    assert problems == same
    assert {name: one.digest for name, one in library.articles.items()} == {
        name: one.digest for name, one in by_itself.articles.items()
    }
    return max(cache.told.count("annotated"), cache.told.count("checked"))


@dataclass(frozen=True)
class Watched:
    """Workers whose work is noted: the articles of each call."""

    workers: Workers
    asked: list[list[str]] = field(default_factory=list)
    number: int = 1

    def each(self, work: Any, shared: Any, shards: Sequence[Any]) -> Iterator[Any]:
        self.asked.append([folder.name for shard in shards for _key, folder in shard.folders])
        return self.workers.each(work, shared, shards)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50, host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(params=["local", "cluster"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    if request.param == "local":
        yield LocalWorkers(2)
        return
    with Cluster.at(request.getfixturevalue("scheduler")) as cluster:
        yield cluster


def test_workers_leave_nothing_to_the_run(root: Path, workers: Workers) -> None:
    cache = Telling()
    spread.read_and_checked(root, workers, cache, nobody)
    assert left_over(root, cache) == 0


def test_without_workers_there_is_much_to_do(root: Path) -> None:
    assert left_over(root, Telling()) == 29


def test_an_edit_is_one_articles_work(root: Path) -> None:
    cache, workers = Telling(), Watched(LocalWorkers(1))
    for _time in range(2):
        spread.read_and_checked(root, workers, cache, nobody)
    replace(sorted((root / "sources/articles").iterdir())[9] / "article.md", "\n\n", "\n\nAnd more. ")
    spread.read_and_checked(root, workers, cache, nobody)
    assert [len(names) for names in workers.asked] == [30, 0, 1]
    assert left_over(root, cache) == 0


def test_an_original_stays_with_its_holder(root: Path) -> None:
    held = sorted((root / "sources/articles").iterdir())[5]
    (held / ORIGINAL).write_text("The words of the original.", encoding="utf-8")
    workers = Watched(LocalWorkers(1))
    spread.read_and_checked(root, workers, Telling(), nobody)
    assert len(workers.asked[0]) == 29
    assert held.name not in workers.asked[0]


def test_how_far_they_are_is_told(root: Path) -> None:
    told: list[tuple[int, int]] = []
    spread.read_and_checked(root, LocalWorkers(2), Cache(), lambda done, number: told.append((done, number)))
    assert told[-1] == (30, 30)
    assert told == sorted(told)
