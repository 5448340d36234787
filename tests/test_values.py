"""YAML is read without surprises, and nothing that looks like YAML breaks the reader."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import sys
import time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.reading.load import markdown_file
from build_scripts.reading.records import to_record
from build_scripts.reading.schema import FILES
from build_scripts.reading.values import CONTROL, controls, read_values, top_level, without_top_level
from build_scripts.source import Source
from tests.texts import hostile
from tests.thoroughness import tries


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", "a"), ("'a'", "a"), ('"a"', "a"), ("~", None), ("null", None), ("true", True), ("False", False),
        ("12", 12), ("-3", -3), ("0", 0), ("1.5", 1.5), ("1e3", 1000.0), ("2024-02-30", "2024-02-30"), ("'010'", "010"),
        ("'no'", "no"), ("a:b", "a:b"), ("We are '#1'", "We are '#1'"), ("1.2.3", "1.2.3"), ("v1", "v1"),
    ],
)  # fmt: skip
def test_a_value_is_what_yaml_1_2_says(text: str, value: Any) -> None:
    values, problems = read_values(Source("a.yml", f"key: {text}\nother: 1\n"))
    assert problems == []
    assert values is not None
    assert values.data["key"] == value
    assert type(values.data["key"]) is type(value)


@settings(max_examples=tries(300))
@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.one_of(hostile, st.integers(-9999, 9999), st.booleans(), st.none()),
    )
)
def test_what_a_writer_wrote_is_read_back(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    values, problems = read_values(Source("a.yml", text))
    refused = {problem.rule for problem in problems}
    assert refused <= {"text-profile", "yaml-feature", "empty-file", "duplicate-key"}
    if values is not None and not problems:
        assert {key: value for key, value in values.data.items() if isinstance(data[key], str)} == {
            key: value for key, value in data.items() if isinstance(value, str)
        }


def test_every_control_character_is_seen_and_nothing_else_is_one() -> None:
    for block in range(0, sys.maxunicode, 64):
        text = "".join(map(chr, range(block, block + 64)))
        seen = [found.start() for found in controls(text)]
        assert seen == [at for at, char in enumerate(text) if CONTROL.match(char)], f"U+{block:04X}"


@given(st.lists(hostile, max_size=8).map("\n\n".join))
def test_what_is_read_again_is_the_same(markdown: str) -> None:
    source = Source("a.md", f"---\nkey: {json.dumps(markdown)}\nother: [1, {{a: b}}]\n---\n\n{markdown}")
    text = markdown_file(source)
    assert text is not None
    values, _problems = read_values(source, text.facts.start, text.facts.stop)
    for one in (values, text.prose[0]):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 -- pickled here


yamlish = st.lists(
    st.one_of(
        hostile,
        st.sampled_from(
            [
                "a: ",
                "- ",
                "\n",
                "\n  ",
                "{",
                "}",
                "[",
                "]",
                "&a ",
                "*a",
                "<<: ",
                "!!x ",
                "---\n",
                "? ",
                "|\n",
                "#",
                "'",
                '"',
            ]
        ),
    ),
    max_size=20,
).map("".join)


@settings(max_examples=tries(500))
@given(st.one_of(yamlish, st.text(max_size=100)))
def test_nothing_that_looks_like_yaml_breaks_the_reader(text: str) -> None:
    values, problems = read_values(Source("a.yml", text.encode("utf-8", "ignore").decode()))
    assert values is not None or problems
    if values is not None:
        for kind in FILES.values():
            record, wrong = to_record(values, kind)
            assert (record is None) == bool(wrong)


@settings(max_examples=tries(200))
@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[a-z]{1,5}", fullmatch=True),
            hostile.filter(lambda text: text.isprintable() and text.strip()),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_values_place_is_where_it_stands(items: list[tuple[str, str]]) -> None:
    text = "".join(f"- {{{key}: '{value.replace(chr(39), chr(39) * 2)}'}}\n" for key, value in items)
    values, problems = read_values(Source("a.yml", text))
    if values is None or problems:
        return
    for number, (key, _value) in enumerate(items):
        assert values.key_place(number, key).line == number + 1
        assert values.key_place(number, key).column == 4
        assert values.place(number, key).column == 4 + len(key) + 2


@pytest.mark.parametrize(
    "bomb",
    [
        "a: " + "[" * 100_000,
        "a: " + "{a: " * 30_000,
        "- " * 50_000 + "a",
        "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
        "&a [*a]",
        "a: &a {x: 1}\nb: {<<: [*a, *a]}\n" + "<<: *a\n" * 50,
        "a: " + "9" * 100_000,
        "a: " + "1:" * 50_000 + "1",
        "x" * 1_100_000,
        "? " * 30_000,
        "a: !!python/object/apply:os.system ['false']",
        "%YAML 9.9\n---\na: 1\n",
        "a: " + "'" * 99_999,
    ],
    ids=lambda bomb: bomb[:12],
)
def test_a_bomb_is_refused_at_once(bomb: str) -> None:
    started = time.process_time()
    values, problems = read_values(Source("a.yml", bomb))
    assert problems
    assert values is None or values.data == {"a": bomb[3:]}
    assert time.process_time() - started < 5


def test_dates_are_dates_only_where_the_schema_says_so() -> None:
    text = "name: 2024-01-01\ntype: event\ndescription: A day.\n"
    values, _problems = read_values(Source("a.yml", text))
    assert values is not None
    loaded, problems = to_record(values, FILES["entity"])
    assert problems == []
    assert loaded is not None
    assert loaded.facts.model_dump()["name"] == "2024-01-01"
    assert not isinstance(loaded.facts.model_dump()["name"], dt.date)


def test_entries_are_taken_out_and_all_other_characters_stay() -> None:
    text = "# top\na: 1  # one\nhooks:\n  - x\n# about b\nb: !ENV [X, 'y']\nwatch: [z]\n"
    assert without_top_level(text, frozenset({"hooks", "watch"})) == "# top\na: 1  # one\nb: !ENV [X, 'y']\n"
    assert without_top_level("", frozenset({"a"})) == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("site_url: https://a.example/\n", "https://a.example/"),
        ("site_url: !ENV [SITE, 'https://b.example/']\n", "https://c.example/"),
        ("site_url: !ENV [OTHER, SITE, 'https://b.example/']\n", "https://c.example/"),
        ("site_url: !ENV [OTHER, 'https://b.example/']\n", "https://b.example/"),
        ("site_url: !ENV SITE\n", "https://c.example/"),
        ("site_url: !ENV OTHER\n", ""),
        ("site_url: !ENV [OTHER]\n", ""),
        ("site_url: !ENV [OTHER, null]\n", ""),
        ("site_url: !ENV []\n", ""),
        ("site_url: null\n", ""),
        ("site_url: ~\n", ""),
        ("site_url:\n", ""),
        ("? [a]\n: b\nsite_url: x\n", "x"),
        ("site_name: A\n", ""),
        ("", ""),
        ("- a\n", ""),
    ],
)
def test_one_entry_is_read_as_mkdocs_reads_it(text: str, value: str) -> None:
    assert top_level(text, "site_url", {"SITE": "https://c.example/"}) == value
