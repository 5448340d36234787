"""What is kept comes back as it was, or not at all: whatever happens to the file, the folder, the user's secret."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from build_scripts import cache as caches
from build_scripts.cache import Cache, digest, pack

SECRET = b"s" * 32
VALUES = {digest(str(number)): {"number": number, "text": "words " * number} for number in range(40)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Cache(tmp_path, SECRET) as cache:
        for key, value in VALUES.items():
            cache.put("things", key, value)
    return tmp_path


def file_in(folder: Path) -> Path:
    return next(folder.glob("*.sqlite"))


def found(folder: Path, secret: bytes = SECRET) -> Iterator[tuple[object, object]]:
    """What the cache gives for each key, beside what was put."""
    with Cache(folder, secret) as cache:
        yield from ((cache.get("things", key), value) for key, value in VALUES.items())


def test_what_was_put_comes_back(folder: Path) -> None:
    assert all(here == put for here, put in found(folder))


def test_what_was_made_of_the_very_same_things_is_held_until_nobody_asks_for_it(folder: Path) -> None:
    one, equal = ["a thing"], ["a thing"]
    make: Callable[[], list[str]] = list
    with Cache(folder, SECRET) as cache:
        assert cache.same("made", (one,), make) is not cache.same("made", (one,), make)
        cache.hold()
        held = cache.same("made", (one,), make)
        assert cache.same("made", (one,), make) is held
        others = (
            cache.same("made", (equal,), make),
            cache.same("other", (one,), make),
            cache.same("made", (one,), make, 1),
        )
        assert all(other is not held for other in others)
        cache.hold()
        assert cache.same("made", (one,), make) is held
        cache.hold()
        cache.hold()
        assert cache.same("made", (one,), make) is not held


def test_what_is_held_is_the_same_thing_until_nobody_asks_for_it(folder: Path) -> None:
    first, second, *_others = VALUES
    with Cache(folder, SECRET) as cache:
        assert cache.get("things", first) is not cache.get("things", first)
        cache.hold()
        held, other = cache.get("things", first), cache.get("things", second)
        cache.put("things", digest("new"), new := ["new"])
        cache.hold()
        assert cache.get("things", first) is held
        assert cache.get("things", digest("new")) is new
        cache.hold()
        assert cache.get("things", first) is held
        assert cache.get("things", second) == other
        assert cache.get("things", second) is not other


def test_another_kind_or_key_finds_nothing(folder: Path) -> None:
    with Cache(folder, SECRET) as cache:
        assert [cache.get("others", key) for key in VALUES] == [None] * len(VALUES)
        assert cache.get("things", digest("of nothing")) is None


def test_another_version_of_the_code_finds_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "code_version", lambda: b"another")
    assert {here for here, _put in found(folder)} == {None}


def test_another_user_finds_nothing_and_reads_nothing(folder: Path) -> None:
    assert {here for here, _put in found(folder, b"t" * 32)} == {None}


def test_a_value_under_another_key_is_not_taken(folder: Path) -> None:
    """A seal holds for its own key alone."""
    with sqlite3.connect(file_in(folder)) as base:
        names = [row[0] for row in base.execute("SELECT id FROM entries")]
        base.execute("UPDATE entries SET id = ? WHERE id = ?", (b"put aside", names[0]))
        base.execute("UPDATE entries SET id = ? WHERE id = ?", (names[0], names[1]))
    assert all(here in (None, put) for here, put in found(folder))


def test_a_value_that_was_not_sealed_is_never_read(folder: Path, tmp_path: Path) -> None:
    class Harm:
        def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
            return os.mkdir, (str(tmp_path / "harm"),)

    with sqlite3.connect(file_in(folder)) as base:
        base.execute("UPDATE entries SET value = ?", (b"\0" * 16 + pack(Harm()),))
    assert {here for here, _put in found(folder)} == {None}
    assert not (tmp_path / "harm").exists()


@example(seed=24382083)  # damage to a name that is no UTF-8 any more
@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_gives_what_was_put_or_nothing(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("cache")
    with Cache(folder, SECRET) as cache:
        for key, value in VALUES.items():
            cache.put("things", key, value)
    chance, path = random.Random(seed), file_in(folder)  # noqa: S311 -- damage, no secrets
    content = bytearray(path.read_bytes())
    for _flip in range(chance.choice((1, 20, 2000))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content[: chance.choice((len(content), chance.randrange(len(content))))])
    assert all(here in (None, put) for here, put in found(folder))
    with Cache(folder, SECRET) as cache:
        cache.put("things", digest("new"), "value")
        assert cache.get("things", digest("new")) == "value"


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_cache_is_made_anew(folder: Path, content: bytes) -> None:
    file_in(folder).write_bytes(content)
    assert {here for here, _put in found(folder)} == {None}
    with Cache(folder, SECRET) as cache:
        cache.put("things", digest("new"), "value")
    with Cache(folder, SECRET) as cache:
        assert cache.get("things", digest("new")) == "value"


def test_without_a_folder_things_are_kept_for_the_run() -> None:
    with Cache() as cache:
        cache.put("things", b"key", 1)
        assert cache.get("things", b"key") == 1


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Cache(tmp_path / "file" / "cache", SECRET) as cache:
        cache.put("things", b"key", 1)
        assert cache.get("things", b"key") == 1


def test_a_link_in_a_clone_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "_secret", lambda: SECRET)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".cache").symlink_to(tmp_path / "elsewhere")
    with Cache.of(tmp_path) as cache:
        cache.put("things", b"key", 1)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_state_folder_keeps_a_secret_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the process looked into another one before."""
    found = []
    for folder in (tmp_path / "one", tmp_path / "other", tmp_path / "one", Path(os.devnull)):
        monkeypatch.setenv("XDG_STATE_HOME", str(folder))
        with Cache.of(tmp_path) as cache:
            found.append(cache.get("things", b"key"))
            cache.put("things", b"key", str(folder))
    assert found == [None, None, str(tmp_path / "one"), None]


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(10):
        monkeypatch.setattr(caches, "_today", lambda day=day: day)
        with Cache(tmp_path, SECRET, size=5_000) as cache:
            cache.put("things", digest(str(day)), os.urandom(900))
            assert cache.get("things", digest("0")) is not None, "asked for each day"
    with Cache(tmp_path, SECRET) as cache:
        kept = [day for day in range(10) if cache.get("things", digest(str(day))) is not None]
    assert kept[0] == 0
    assert kept[-1] == 9
    assert len(kept) <= 5


def test_what_a_process_hands_over_is_as_if_put_here(tmp_path: Path) -> None:
    worker = Cache()
    worker.put("things", b"known", 0)
    worker.settle()
    for key, value in VALUES.items():
        worker.put("things", key, value)
    with Cache(tmp_path, SECRET) as cache:
        cache.take(worker.hand_over())
    assert worker.hand_over() == []
    assert worker.get("things", b"known") == 0
    assert all(here == put for here, put in found(tmp_path))


def test_a_cache_that_cannot_be_written_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "_BATCH", 1_000)
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "cache", SECRET)
    for number in range(100):
        cache.put("things", digest(str(number)), bytes(500))
    assert sum(cache.get("things", digest(str(number))) is not None for number in range(100)) < 5


def _put_many(folder: Path, first: int) -> None:
    for number in range(first, first + 50):
        with Cache(folder, SECRET) as cache:
            cache.put("things", digest(str(number)), number)


def test_runs_side_by_side_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_put_many, args=(tmp_path, first)) for first in (0, 50, 100)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    with Cache(tmp_path, SECRET) as cache:
        assert [cache.get("things", digest(str(number))) for number in range(150)] == list(range(150))


_WRITER = """
import sys
from pathlib import Path
from build_scripts.cache import Cache, digest
for number in range(10**6):
    with Cache(Path(sys.argv[1]), b"s" * 32) as cache:
        cache.put("things", digest(str(number)), [number] * 3000)
    print(number, flush=True)
"""


@pytest.mark.parametrize("kept", [1, 7, 20])
def test_a_kill_loses_nothing_that_was_written(tmp_path: Path, kept: int) -> None:
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    for _line, _number in zip(writer.stdout, range(kept), strict=False):
        pass
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    with Cache(tmp_path, SECRET) as cache:
        assert all(cache.get("things", digest(str(number))) == [number] * 3000 for number in range(kept))
        cache.put("things", digest("after"), True)
    with Cache(tmp_path, SECRET) as cache:
        assert cache.get("things", digest("after"))


@given(st.lists(st.text() | st.binary(), max_size=5), st.lists(st.text() | st.binary(), max_size=5))
def test_a_digest_tells_parts_apart(one: list[str | bytes], other: list[str | bytes]) -> None:
    def as_bytes(parts: list[str | bytes]) -> list[bytes]:
        return [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]

    assert (digest(*one) == digest(*other)) == (as_bytes(one) == as_bytes(other))
