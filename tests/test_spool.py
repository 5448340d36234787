"""What waits comes back as it was, whatever the disk does, and is not in memory meanwhile."""

from __future__ import annotations

import contextlib
import os
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.cache import Cache
from build_scripts.pipeline import build
from build_scripts.spool import Spool

GOLDEN = Path(__file__).parent / "golden"


@given(
    st.lists(st.binary(max_size=50), min_size=1).flatmap(lambda many: st.tuples(st.just(many), st.permutations(many)))
)
def test_what_waits_comes_back_in_any_order_and_as_often_as_it_is_asked_for(
    given: tuple[list[bytes], list[bytes]],
) -> None:
    many, asked = given
    spool = Spool()
    waiting = {data: spool.put(data) for data in many}
    assert [waiting[data].data for data in (*asked, *many)] == [*asked, *many]
    later = spool.put(b"later")
    assert waiting[many[0]].data == many[0]
    assert later.data == b"later"


def test_what_waits_is_equal_to_what_holds_the_same() -> None:
    spool, other = Spool(), Spool()
    other.put(b"before")
    assert spool.put(b"the same") == other.put(b"the same")
    assert spool.put(b"the same") != spool.put(b"another")


def test_it_is_not_in_memory() -> None:
    tracemalloc.start()
    try:
        spool = Spool()
        before = tracemalloc.get_traced_memory()[0]
        waiting = [spool.put(bytes(100_000)) for _each in range(50)]
        assert tracemalloc.get_traced_memory()[0] - before < 100_000
        assert sum(len(each.data) for each in waiting) == 5_000_000
    finally:
        tracemalloc.stop()


def test_a_disk_that_takes_nothing_loses_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    spool = Spool()
    assert [spool.put(data).data for data in (b"one", b"two")] == [b"one", b"two"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_disk_that_is_full_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool()
    before = spool.put(b"before")
    with Path("/dev/full").open("wb", buffering=0) as full, monkeypatch.context() as patched:
        patched.setattr(spool, "_file", full)
        meanwhile = spool.put(b"meanwhile")
    after = spool.put(b"after")
    assert [before.data, meanwhile.data, after.data] == [b"before", b"meanwhile", b"after"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes can't be forked here")
def test_processes_that_were_forked_read_and_put_without_harm_to_each_other() -> None:
    spool = Spool()
    waiting = [spool.put(f"{number}".encode() * 999) for number in range(9)]
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            own = [spool.put(b"of the child") for _each in range(999)]
            seen = [each.data for each in waiting] == [f"{number}".encode() * 999 for number in range(9)]
            os._exit(not (seen and {each.data for each in own} == {b"of the child"}))
        os._exit(2)
    later = [spool.put(b"of the parent") for _each in range(999)]
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert {each.data for each in later} == {b"of the parent"}
    assert waiting[8].data == b"8" * 999


def test_the_texts_of_a_site_wait() -> None:
    with Cache() as cache:
        site, kept, anew = build(GOLDEN, cache=cache), build(GOLDEN, cache=cache), build(GOLDEN)
        assert not any(isinstance(page.content, str) for one in (site, kept, anew) for page in one.pages)
        assert site.pages == kept.pages == anew.pages
        assert (
            [page.text for page in kept.pages]
            == [page.text for page in site.pages]
            == [page.text for page in anew.pages]
        )
