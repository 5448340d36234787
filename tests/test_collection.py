"""Whoever puts Python's search for circles off leaves it as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from build_scripts.collection import without_collection


@pytest.fixture(autouse=True, params=[True, False], ids=["it was on", "it was off"])
def was_on(request: pytest.FixtureRequest) -> Iterator[bool]:
    """As someone else has it."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    gc.unfreeze()
    (gc.enable if before else gc.disable)()


def test_it_is_off_within_and_after_as_it_was(was_on: bool) -> None:
    with without_collection():
        assert not gc.isenabled()
        with without_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() is was_on


def test_it_is_as_it_was_after_an_error(was_on: bool) -> None:
    with pytest.raises(ValueError, match="of the work"), without_collection():
        raise ValueError("of the work")
    assert gc.isenabled() is was_on


def test_what_is_there_at_the_end_is_not_looked_through() -> None:
    with without_collection():
        stays = [[number] for number in range(1_000)]
    assert gc.get_freeze_count() >= len(stays)
