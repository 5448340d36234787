"""What goes wrong around a run, and not in the sources: it is killed, the disk is full, the cache is damaged or old.

Whatever happened, the next run gives the same bytes as one from nothing, and no file was ever half there.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import subprocess
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.killing import Nursery, kill, nursery
from tests.site.building import small_publication
from tests.thoroughness import tries

ARTICLE = "sources/articles/harbour-fire/article.md"
CACHE = ".cache"
DOORS: Mapping[str, tuple[str, ...]] = {
    "mkdocs build": ("mkdocs", "build", "--quiet", "-d"),
    "newsgloss build": ("newsgloss", "build", "--out"),
    "newsgloss export": ("newsgloss", "export", "--out"),
}
KILLED = {"mkdocs build": tries(16, 1), "newsgloss build": tries(14, 2), "newsgloss export": tries(14, 1)}
"""How often a run of each is killed; with those of `mkdocs serve` 50 moments in all."""
SERVED = tries(6, 1)
FLIPS, RUNS = tries(200, 20), tries(40, 1)
PATIENCE = 120.0

Content = Mapping[str, bytes]
Known = dict[tuple[str, ...], Mapping[bool, Content]]


@dataclass
class Root:
    """A root and the folder that a command fills from it, with two versions of an article that come in turn."""

    folder: Path
    command: tuple[str, ...]
    nursery: Nursery
    known: Known
    is_new: bool = False

    @property
    def clean(self) -> Mapping[bool, Content]:
        """What the command gives for both versions from nothing, in any folder."""
        if self.command not in self.known:
            self.known[self.command] = self._from_nothing()
        return self.known[self.command]

    def _from_nothing(self) -> Mapping[bool, Content]:
        found = {}
        for is_new in (True, False):
            self.write(is_new)
            with self.elsewhere("from-nothing") as out:
                self.succeed(out)
                found[is_new] = content(out)
        assert found[True] != found[False]
        return found

    @property
    def out(self) -> Path:
        return self.folder.parent / "out"

    def write(self, is_new: bool) -> None:
        self.is_new = is_new
        path = self.folder / ARTICLE
        text = path.read_text(encoding="utf-8").removesuffix("\nAn antediluvian word.\n")
        path.write_text(text + ("\nAn antediluvian word.\n" if is_new else ""), encoding="utf-8")

    def succeed(self, out: Path | None = None, version: str = "") -> float:
        """Run to the end; how many seconds it took."""
        run = self.nursery.run(*self.command, str(out or self.out), cwd=self.folder, version=version)
        assert run.status == 0, run.log
        return run.seconds

    @contextmanager
    def elsewhere(self, name: str) -> Iterator[Path]:
        """Another folder to fill, with an empty cache."""
        shutil.rmtree(self.folder / CACHE, ignore_errors=True)
        yield self.folder.parent / name
        shutil.rmtree(self.folder.parent / name)
        shutil.rmtree(self.folder / CACHE, ignore_errors=True)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("nursery")) as found:
        yield found


@pytest.fixture(scope="module")
def known() -> Known:
    """What was built from nothing, by command."""
    return {}


@pytest.fixture(scope="module", params=list(DOORS))
def door(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def root(door: str, started: Nursery, known: Known, tmp_path_factory: pytest.TempPathFactory) -> Root:
    folder = small_publication(tmp_path_factory.mktemp("faults") / "root")
    return Root(folder, DOORS[door], started, known)


@pytest.fixture
def built(started: Nursery, known: Known, tmp_path: Path) -> Root:
    return Root(small_publication(tmp_path / "root"), DOORS["newsgloss build"], started, known)


def test_after_a_kill_no_file_is_half_there_and_the_next_run_gives_what_a_first_one_gives(
    root: Root, door: str
) -> None:
    chance = random.Random(door)  # noqa: S311 -- repeatable on purpose
    clean = root.clean
    seconds = 0.0
    for _version in range(tries(3, 2)):  # with what runs of both versions left, as all later ones
        root.write(not root.is_new)
        seconds = root.succeed()
    moments = deque((number + chance.random()) / KILLED[door] for number in range(KILLED[door]))
    while moments:
        root.write(not root.is_new)
        moment = moments.popleft()
        run = root.nursery.run(*root.command, str(root.out), cwd=root.folder, killed_after=0.9 * seconds * moment)
        if run.status >= 0:  # it was over by then
            moments.append(moment / 2)
        assert torn(root.out, clean) == []
        began = root.succeed()
        seconds = min(seconds, began)
        assert content(root.out) == clean[root.is_new]


def test_a_live_server_that_is_killed_while_it_builds_leaves_nothing_behind(
    started: Nursery, known: Known, tmp_path: Path
) -> None:
    chance = random.Random(8)  # noqa: S311 -- repeatable on purpose
    root = Root(small_publication(tmp_path / "root"), DOORS["mkdocs build"], started, known)
    clean = root.clean
    for _ in range(SERVED):
        process = started.start("mkdocs", "serve", "-a", f"127.0.0.1:{free_port()}", cwd=root.folder)
        wait_for(started, "Serving on")
        time.sleep(0.3)  # the watch begins
        root.write(not root.is_new)
        wait_for(started, "Detected file changes")
        time.sleep(chance.uniform(0, 1.5))
        kill(process)
        assert started.end()[0] < 0
        root.succeed()
        assert content(root.out) == clean[root.is_new]


@pytest.mark.parametrize("door", ["newsgloss build", "newsgloss export"][: tries(2, 1)], scope="module")
def test_on_a_full_disk_the_error_is_told_and_every_file_stays_whole(root: Root, tmp_path: Path) -> None:
    clean = root.clean
    root.write(False)
    with small_disk(tmp_path / "disk", sum(map(len, clean[False].values())) * 2 + 2_000_000) as disk:
        root.succeed(disk / "out")
        fill(disk)
        root.write(True)
        run = root.nursery.run(*root.command, str(disk / "out"), cwd=root.folder)
        assert run.status not in (0, None)
        assert "Traceback" not in run.log
        assert "No space left on device" in run.log
        assert torn(disk / "out", clean) == []
        assert content(disk / "out").keys() >= clean[False].keys() & clean[True].keys()
        (disk / "ballast").unlink()
        root.succeed(disk / "out")
        assert content(disk / "out") == clean[True]


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_a_cache_that_cannot_be_written_is_done_without(built: Root, fault: str) -> None:
    clean = built.clean
    (built.folder / CACHE).mkdir()
    with small_disk(built.folder / CACHE, 65_536) as disk:
        if fault == "full":
            fill(disk)
        else:
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for is_new in (True, False):
            built.write(is_new)
            built.succeed()
            assert content(built.out) == clean[is_new]


def test_two_runs_at_once_give_what_one_gives(built: Root, tmp_path: Path) -> None:
    clean = built.clean
    with nursery(tmp_path / "other", XDG_STATE_HOME=str(tmp_path / "state")) as one:
        built.write(True)
        process = one.start(*built.command, str(tmp_path / "one"), cwd=built.folder)
        built.succeed()
        status, log = one.end()
        assert (process > 0, status) == (True, 0), log
    assert content(built.out) == content(tmp_path / "one") == clean[True]


def test_two_builds_of_one_site_at_once_give_what_one_gives(started: Nursery, known: Known, tmp_path: Path) -> None:
    root = Root(small_publication(tmp_path / "root"), DOORS["mkdocs build"], started, known)
    clean = root.clean
    with nursery(tmp_path / "other", XDG_STATE_HOME=str(tmp_path / "state")) as other:
        for is_new in (True, False):  # the second time with what the first left
            root.write(is_new)
            other.start(*root.command, str(root.out), cwd=root.folder)
            root.succeed()
            status, log = other.end()
            assert status == 0, log
            assert content(root.out) == clean[is_new]


def test_what_an_older_version_cached_is_not_taken(built: Root) -> None:
    clean = built.clean
    built.write(False)
    built.succeed(version="older")
    for is_new in (True, False):
        built.write(is_new)
        built.succeed()
        assert content(built.out) == clean[is_new]


def test_what_is_damaged_in_the_cache_is_worked_out_again(built: Root) -> None:
    chance = random.Random(200)  # noqa: S311 -- repeatable on purpose
    clean = built.clean
    built.succeed()
    for number in range(RUNS):
        damage(built.folder / CACHE, -(-FLIPS // RUNS), chance)
        built.write(number % 2 == 0)
        built.succeed()
        assert content(built.out) == clean[built.is_new]


def content(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def torn(out: Path, clean: Mapping[bool, Content]) -> list[str]:
    """The files that hold what neither version of the sources gives; one that is being written has a name with a dot."""
    found = content(out) if out.exists() else {}
    return [
        f"{name}: {len(data)} bytes"
        for name, data in found.items()
        if data not in (clean[False].get(name), clean[True].get(name))
        and not (name not in clean[True] and Path(name).name.startswith("."))
    ]


def wait_for(started: Nursery, words: str) -> None:
    end = time.monotonic() + PATIENCE
    while words not in started.log():
        assert time.monotonic() < end, started.log()
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of ``size`` bytes; only who may mount has one."""
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> None:
    """Leave no byte."""
    with (disk / "ballast").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


def damage(cache: Path, flips: int, chance: random.Random) -> None:
    """Turn bits somewhere in the files of a cache."""
    for path in sorted(path for path in cache.rglob("*") if path.is_file() and path.stat().st_size):
        with path.open("r+b") as file:
            for _ in range(flips):
                at = chance.randrange(os.fstat(file.fileno()).st_size)
                file.seek(at)
                byte = file.read(1)[0]
                file.seek(at)
                file.write(bytes([byte ^ 1 << chance.randrange(8)]))
