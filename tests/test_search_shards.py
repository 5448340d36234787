"""Many records are searched in shards: each in one, the newest first, and what did not change is not made again."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.cache import Cache
from build_scripts.export import pagefind
from build_scripts.export.indexes import search_files
from build_scripts.export.pagefind import Index, Pagefind
from build_scripts.export.search import ARTICLE, Record
from build_scripts.export.shards import shards

BOUND = 10
DAYS = st.from_regex(r"(202[0-4](-(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?)?)?", fullmatch=True)


def record(number: int, date: str, named: str = "") -> Record:
    return Record(f"x/{number}/", f"Title {number}", f"word{number} bridge", ARTICLE, "en", date=date, named=named)


def invented(count: int) -> list[Record]:
    chance = random.Random(8)  # noqa: S311 -- days, no secrets
    days = [
        f"{chance.randint(2020, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _each in range(count)
    ]
    return [record(number, day) for number, day in enumerate(days)]


def folders(files: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """The files of each shard, by its name."""
    names = [shard[0] for shard in json.loads(files["facets.json"])["shards"]]
    return {name: {path: files[path] for path in files if path.startswith(f"{name}/")} for name in names}


@given(st.lists(st.tuples(DAYS, DAYS), max_size=60), st.integers(1, 12))
def test_each_record_stands_in_one_shard_that_is_not_too_large(days: list[tuple[str, str]], bound: int) -> None:
    records = [record(number, date, named) for number, (date, named) in enumerate(days)]
    found = shards(records, bound)
    assert sorted(one.url for shard in found for one in shard.records) == sorted(one.url for one in records)
    assert len({shard.name for shard in found}) == len(found)
    if len(records) <= bound:
        assert [shard.name for shard in found] == [""]
    else:
        assert all(0 < len(shard.records) <= bound for shard in found)


@given(st.lists(DAYS, min_size=13, max_size=60))
def test_shards_and_what_is_in_them_are_in_the_order_of_one_index(days: list[str]) -> None:
    records = [record(number, date) for number, date in enumerate(days)]
    found = shards(records, BOUND)
    dated = [one for shard in found for one in shard.records if one.date]
    assert dated == sorted((one for one in records if one.date), key=lambda one: one.date, reverse=True)
    for shard in found:
        assert all(one.date >= shard.since[: len(one.date)] for one in shard.records)


def test_what_has_no_date_stands_where_it_was_named_last_and_else_comes_at_the_end() -> None:
    found = shards([*invented(40), record(100, "", "2023-07-01"), record(101, "")], BOUND)
    assert next(shard.name[:4] for shard in found if "x/100/" in {one.url for one in shard.records}) == "2023"
    assert (found[-1].name, [one.url for one in found[-1].records]) == ("undated", ["x/101/"])


@pytest.mark.parametrize("date", ["2022-05-17", "2019-01-01", ""])
def test_a_new_record_changes_one_shard_at_most(date: str) -> None:
    before = folders(search_files(invented(80), bound=30))
    after = folders(search_files([*invented(80), record(900, date)], bound=30))
    assert sum(before.get(name) != files for name, files in after.items()) == 1


def test_what_is_edited_changes_one_shard_and_its_tag() -> None:
    records = invented(60)
    before = search_files(records, bound=30)
    after = search_files([replace(records[0], text="another text"), *records[1:]], bound=30)
    (changed,) = (name for name, files in folders(after).items() if folders(before)[name] != files)
    tags = [
        {name: tag for name, _since, _size, _languages, tag in json.loads(one["facets.json"])["shards"]}
        for one in (before, after)
    ]
    assert [name for name in tags[0] if tags[0][name] != tags[1][name]] == [changed]


def test_the_same_records_give_the_same_bytes_in_shards() -> None:
    first = search_files(invented(60), bound=30)
    assert search_files(invented(60), bound=30) == first
    assert list(first) == sorted(first)


def test_a_shard_that_did_not_change_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    begin = Pagefind.begin

    def noted(self: Pagefind, several: Sequence[Iterable[Mapping[str, object]]]) -> list[Index]:
        made.extend([1] * len(several))
        return begin(self, several)

    monkeypatch.setattr(Pagefind, "begin", noted)
    cache, records = Cache(), invented(60)
    first = search_files(records, cache, 30)
    assert len(made) == len(folders(first)) + 1
    made.clear()
    assert search_files(records, cache, 30) == first == search_files(records, bound=30)
    assert len(made) == len(folders(first)) + 1, "only the run without a cache makes anything"
    made.clear()
    edited = [replace(records[0], note="another note"), *records[1:]]
    assert search_files(edited, cache, 30) == search_files(edited, bound=30)
    assert len(made) == len(folders(first)) + 2


def test_pagefind_is_started_once_and_only_where_something_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[bool] = []
    start = pagefind._started

    def noted() -> subprocess.Popen[bytes]:
        started.append(True)
        return start()

    monkeypatch.setattr(pagefind, "_started", noted)
    cache, records = Cache(), invented(60)
    search_files(records, cache, 30)
    assert len(started) == 1
    search_files(records, cache, 30)
    assert len(started) == 1


def test_what_is_loaded_first_does_not_grow_with_the_years() -> None:
    def first(years: int) -> int:
        days = [f"{2024 - at // 28}-05-{at % 28 + 1:02}" for at in range(28 * years)]
        files = search_files([record(at, day) for at, day in enumerate(days)], bound=30)
        newest = next(iter(folders(files)))
        return sum(
            len(files[path]) for path in files if "/" not in path or path.startswith((f"{newest}/p", f"{newest}/i"))
        )

    assert first(16) <= first(4) * 1.01
