"""What workers work out is what the run would have, whatever befalls them; what they did not get to, the run does."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks import corpus
from build_scripts import spread
from build_scripts.cache import Cache
from build_scripts.cli import main
from build_scripts.pipeline import understand
from build_scripts.reading.lock import ORIGINAL
from build_scripts.workers.local import LocalWorkers
from build_scripts.workers.shards import Workers
from tests.clusters import cluster, workers_of
from tests.thoroughness import tries

BROKEN = ("published: 2005-01-01", "published: when it was")


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty articles, of which one can't be understood and one names what is not there."""
    root = tmp_path_factory.mktemp("spread") / "root"
    for name, content in corpus.files(30):
        put(root / name, content)
    first, second = sorted((root / "sources/articles").iterdir())[:2]
    replace(first / "article.md", *BROKEN)
    replace(second / "annotations.yml", "speaker: ", "speaker: nobody-")
    return root


@pytest.fixture
def root(publication: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(publication, tmp_path / "root"))


def put(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


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
    with cluster(1) as address:
        yield address


@pytest.fixture(params=["local", "cluster"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    with workers_of(request) as found:
        yield found


def test_workers_leave_nothing_to_the_run(root: Path, workers: Workers) -> None:
    cache = Telling()
    spread.read_and_checked(root, workers, cache)
    assert left_over(root, cache) == 0


def test_without_workers_there_is_much_to_do(root: Path) -> None:
    assert left_over(root, Telling()) == 29


def test_an_edit_is_one_articles_work(root: Path) -> None:
    cache, workers = Telling(), Watched(LocalWorkers(1))
    for _time in range(2):
        spread.read_and_checked(root, workers, cache)
    replace(sorted((root / "sources/articles").iterdir())[9] / "article.md", "\n\n", "\n\nAnd more. ")
    spread.read_and_checked(root, workers, cache)
    assert [len(names) for names in workers.asked] == [30, 0, 1]
    assert left_over(root, cache) == 0


def test_an_original_stays_with_its_holder(root: Path) -> None:
    held = sorted((root / "sources/articles").iterdir())[5]
    (held / ORIGINAL).write_text("The words of the original.", encoding="utf-8")
    workers = Watched(LocalWorkers(1))
    spread.read_and_checked(root, workers, Telling())
    assert len(workers.asked[0]) == 29
    assert held.name not in workers.asked[0]


def run(root: Path, out: Path, *options: str) -> dict[str, bytes]:
    done = CliRunner().invoke(main, ["build", "--root", str(root), "--out", str(out), *options])
    assert done.exit_code == 0, done.output
    return files(out)


def test_a_build_by_workers_is_the_build(workers: Workers, tmp_path: Path, scheduler: str) -> None:
    root = tmp_path / "root"
    for name, content in corpus.files(12, books=True):
        put(root / name, content)
    local = isinstance(workers, LocalWorkers)
    options = ["--workers", "2"] if local else ["--scheduler", scheduler]
    assert run(root, tmp_path / "by-workers", *options) == run(
        shutil.copytree(root, tmp_path / "copy"), tmp_path / "out"
    )


def test_workers_check_the_same(root: Path) -> None:
    told = [CliRunner().invoke(main, ["check", "--root", str(root), *more]) for more in ((), ("--workers", "2"))]
    assert told[0].output == told[1].output
    assert "5 errors" in told[0].output
    assert {one.exit_code for one in told} == {1}


@pytest.mark.parametrize("other", ["--fix", "--watch"])
def test_workers_do_not_mend_or_watch(root: Path, other: str) -> None:
    done = CliRunner().invoke(main, ["check", "--root", str(root), "--workers", "2", other])
    assert done.exit_code == 2
    assert "go with neither --watch nor --fix" in done.output


def test_a_cluster_has_its_own_number_of_workers(root: Path) -> None:
    done = CliRunner().invoke(
        main, ["check", "--root", str(root), "--workers", "2", "--scheduler", "tcp://127.0.0.1:9"]
    )
    assert done.exit_code == 2
    assert "--workers goes with no --scheduler" in done.output


def test_a_worker_that_is_killed_is_no_article_lost(tmp_path: Path) -> None:
    """A real run, one of whose processes is killed as soon as it is there."""
    root = tmp_path / "root"
    for name, content in corpus.files(tries(120, 60)):
        put(root / name, content)
    command = [sys.executable, "-m", "build_scripts", "build", "--root", str(root), "--out"]
    run = subprocess.Popen([*command, str(tmp_path / "out"), "--workers", "2"], stdout=subprocess.PIPE, text=True)
    os.kill(a_worker(run.pid), signal.SIGKILL)
    told, _errors = run.communicate(timeout=300)
    assert run.returncode == 0
    clean = subprocess.run(
        [
            *command[:5],
            str(shutil.copytree(root / "sources", tmp_path / "copy" / "sources").parent),
            "--out",
            str(tmp_path / "clean"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.replace("/out", "") == clean.stdout.replace("/clean", "")
    assert files(tmp_path / "out") == files(tmp_path / "clean")


def a_worker(process: int) -> int:
    """The first process that another forks; programs that it starts, like git, are none."""
    told = Path(f"/proc/{process}/task/{process}/children")
    if not told.exists():
        pytest.skip("this system does not tell the children of a process")
    until = time.monotonic() + 120
    while time.monotonic() < until:
        for child in told.read_text(encoding="ascii").split():
            with suppress(OSError):  # it has ended
                if Path(f"/proc/{child}/cmdline").read_bytes() == Path(f"/proc/{process}/cmdline").read_bytes():
                    return int(child)
        time.sleep(0.01)
    raise AssertionError("it started no worker")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_documented_cluster_works(root: Path) -> None:
    """The lines of docs/large.md, with another port."""
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    text = (Path(__file__).parents[1] / "docs/large.md").read_text(encoding="utf-8")
    lines = [
        line.strip() for line in text.splitlines() if line.startswith(("    dask", "    newsgloss")) and "8786" in line
    ]
    assert [line.split()[:2] for line in lines] == [["dask", "scheduler"], ["dask", "worker"], ["newsgloss", "check"]]
    script = "\n".join(["trap 'kill $(jobs -p)' EXIT", *lines]).replace("8786", port)
    done = subprocess.run(
        ["bash", "-c", script.replace("--nworkers 2", "--nworkers 1")],
        cwd=root,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout == CliRunner().invoke(main, ["check", "--root", str(root)]).output
    assert done.returncode == 1
