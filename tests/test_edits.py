"""What a program changes in a file that people write is what it was asked to change, and nothing else."""

from __future__ import annotations

import copy
import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.reading.edits import CannotEditError, edited
from build_scripts.reading.values import Path as Where
from build_scripts.reading.values import read_values
from build_scripts.source import Source
from tests.texts import LINES, hostile
from tests.thoroughness import tries

Changes = dict[Where, str | int | None]

SOURCES = Path(__file__).parents[1] / "sources"
LINE = " ".join(["words"] * 19)

# fmt: off
SET: list[tuple[str, Changes, str]] = [
    # A value, in its own style; what stands around it stays.
    ("a: one # note\nb: x\n", {("a",): "two"}, "a: two # note\nb: x\n"),
    ("# top\n\na:   'one'   # note\n", {("a",): "it's"}, "# top\n\na:   'it''s'   # note\n"),
    ('a: "one"\n', {("a",): 'say "two" \\ three'}, 'a: "say \\"two\\" \\\\ three"\n'),
    ("a: {b: one, c: 'two'}\n", {("a", "b"): "x", ("a", "c"): "y"}, "a: {b: x, c: 'y'}\n"),
    ("a:\n  - one\n  - two\n", {("a", 1): "three"}, "a:\n  - one\n  - three\n"),
    ("a:\nb: 1\n", {("a",): "x"}, "a: x\nb: 1\n"),
    ("a:      # YYYY\nb: 1\n", {("a",): "x"}, "a: x      # YYYY\nb: 1\n"),
    ("a: 1\n", {("a",): 2}, "a: 2\n"),
    ("a: 1\n", {("a",): True}, "a: true\n"),
    ("a: '1'\n", {("a",): 2}, "a: 2\n"),
    ("a: 1", {("a",): "2"}, 'a: "2"'),
    ("d: 2024-06-04\n", {("d",): "2024-06-05"}, "d: 2024-06-05\n"),
    ("d: x\n", {("d",): "2024-06-05"}, 'd: "2024-06-05"\n'),
    # A plain text stays plain only where every reader reads it so.
    ("a: x\n", {("a",): "one, two [three] “four”"}, "a: one, two [three] “four”\n"),
    ("a: [x]\n", {("a", 0): "one, two"}, 'a: ["one, two"]\n'),
    ("a: {b: x}\n", {("a", "b"): "one} two"}, 'a: {b: "one} two"}\n'),
    ("a: x\n", {("a",): "“Ja”, sagte er; שלום 漢字 👩🏽‍🚒 می‌خواهم"}, "a: “Ja”, sagte er; שלום 漢字 👩🏽‍🚒 می‌خواهم\n"),
    ("a: 'x'\n", {("a",): "one\ntwo\u200b\u2028\u202e"}, 'a: "one\\ntwo\\u200B\\u2028\\u202E"\n'),
    ("a: o\u00adne\n", {("a",): "t\u00adwo"}, "a: t\u00adwo\n"),
    # Several lines: those before and behind the words that changed stay as they are.
    (
        "a: >-  # note\n  one two\n  three four\n  five\n# end\n",
        {("a",): "one two three 4 five"},
        "a: >-  # note\n  one two\n  three 4\n  five\n# end\n",
    ),
    ("- a: >-\n    one\n\n    two\n\n  b: 1\n", {(0, "a"): f"x\n{LINE} words x"},
     f"- a: >-\n    x\n\n    {LINE}\n    words x\n\n  b: 1\n"),
    ("a: >\n  one\n  two\n", {("a",): "one 2\n"}, "a: >\n  one\n  2\n"),
    ("a: >\n  one\n  two\n", {("a",): "one 2"}, "a: >-\n  one\n  2\n"),
    ("a: >- # note\n  one\n  two\nb: 1\n", {("a",): " of "}, 'a: " of " # note\nb: 1\n'),
    ("a: |-\n    one\n      two\nb: 1\n", {("a",): "- one: #\n  two\n\nx"}, "a: |-\n    - one: #\n      two\n\n    x\nb: 1\n"),
    ("a: >-\n  one two\n  three four\n  five\n", {("a",): f"one two {LINE} 3 four five"},
     f"a: >-\n  one two\n  {LINE} 3\n  four\n  five\n"),
    ("a: >-\n  one\n  two\n", {("a",): "one  2"}, "a: >-\n  one  2\n"),
    ("a: >-\n  one\n   two\n", {("a",): "1  two"}, "a: >-\n  1  two\n"),
    ("a: |-\n  one\n", {("a",): "one \n2"}, 'a: "one \\n2"\n'),
    ("a_long_key: x\n  y\n", {("a_long_key",): LINE}, f"a_long_key: {LINE[:-6]}\n  words\n"),
    ("a: >-\n  one\n", {("a",): " of"}, 'a: " of"\n'),
    ("a: |-\n  one\n", {("a",): "\none"}, 'a: "\\none"\n'),
    ("a: >-\nb: 1\n", {("a",): "x"}, 'a: "x"\nb: 1\n'),
    ("a: |\n  one\n", {("a",): 3}, "a: 3\n"),
    ("a: |+\n  one\n\nb: 1\n", {("a",): "x\n\n\n"}, 'a: "x\\n\\n\\n"\n\nb: 1\n'),
    ("a: one\n  two\n  three # note\n", {("a",): "one two 3"}, "a: one\n  two\n  3 # note\n"),
    ('a: "one\n  two\n  three"\n', {("a",): 'one two "3"'}, 'a: "one\n  two\n  \\"3\\""\n'),
]
# fmt: on

AMBIGUOUS = [
    "no", "Yes", "12:30", "010", "1_000", "1.5", "~", "null", "true", "", " of ", "We are #1", "a: b", "a:", "- a", "? a",
    "*a", "&a", "!a", "%a", "@a", "`a`", "| a", "> a", "# a", "'a", "{a", "[a", "=", "<<", "2024-02-30", "of ",
    "y", "N", "0o17",
]  # fmt: skip

ADDED: list[tuple[str, Changes, str]] = [
    ("a: 1 # note\n", {("b",): "x"}, "a: 1 # note\nb: x\n"),
    ("a: 1", {("b",): "x"}, "a: 1\nb: x"),
    ("- a: 1\n  # note\n  b: 2 # two\n\n# end\n- a: 3\n", {(0, "c"): " of "},
     '- a: 1\n  # note\n  b: 2 # two\n  c: " of "\n\n# end\n- a: 3\n'),
    ("- a: >-\n    one\n\n- b\n", {(0, "p"): "x", (0, "q"): 2}, "- a: >-\n    one\n  p: x\n  q: 2\n\n- b\n"),
    ("a:\n  - b:\n      - c\nd: 1\n", {("a", 0, "e"): f"{LINE} words"},
     f"a:\n  - b:\n      - c\n    e: >-\n      {LINE}\n      words\nd: 1\n"),
    ("a: {b: 1} # note\n", {("a", "c"): "x, y"}, 'a: {b: 1, c: "x, y"} # note\n'),
    ("a: { b: 1, }\n", {("a", "c"): "x"}, "a: { b: 1, c: x, }\n"),
    ("a: {b: 1}\n", {("a", "c"): f"{LINE} words"}, f"a: {{b: 1, c: {LINE} words}}\n"),
    ("a: {}\n", {("a", "c"): "x"}, "a: {c: x}\n"),
    ("a: {b: 1,\n    c: 2}\n", {("a", "d"): "x"}, "a: {b: 1,\n    c: 2,\n    d: x}\n"),
    ("a: {\n  b: 1, # one\n  c: 2 # two\n}\n", {("a", "d"): "x"}, "a: {\n  b: 1, # one\n  c: 2, # two\n  d: x\n}\n"),
    ("a: {\n  c: 2\n}\n", {("a", "d"): "x"}, "a: {\n  c: 2,\n  d: x\n}\n"),
    ("a: {\n  c: 2, # two\n}\n", {("a", "d"): "x"}, "a: {\n  c: 2, # two\n  d: x,\n}\n"),
]  # fmt: skip

REMOVED: list[tuple[str, Changes, str]] = [
    ("# top\na: 1\nb: 2 # two\n# end\nc: 3\n", {("b",): None}, "# top\na: 1\n# end\nc: 3\n"),
    ("a: 1\nb: >-\n  one\n  two\n\nc: 3\n", {("b",): None}, "a: 1\n\nc: 3\n"),
    ("- a: 1\n  b: 2\n- c\n", {(0, "a"): None}, "- b: 2\n- c\n"),
    ("- a: 1 # one\n  # two\n  b: 2\n", {(0, "a"): None}, "- # two\n  b: 2\n"),
    ("- a: 1\n  b: 2", {(0, "b"): None}, "- a: 1\n"),
    ("a: {b: 1, c: 2, d: 3} # note\n", {("a", "b"): None}, "a: {c: 2, d: 3} # note\n"),
    ("a: {b: 1, c: 2, d: 3}\n", {("a", "c"): None, ("a", "d"): None}, "a: {b: 1}\n"),
    ("a: { b: 1, c: 2, }\n", {("a", "c"): None}, "a: { b: 1, }\n"),
    ("a: {\n  b: 1, # one\n  c: 2 # two\n}\n", {("a", "c"): None}, "a: {\n  b: 1 # one\n}\n"),
    ("a: {\n  b: 1, # one\n  c: 2 # two\n}\n", {("a", "b"): None}, "a: {\n  c: 2 # two\n}\n"),
    ("a: {b: 1, # one\n  c: 2}\n", {("a", "b"): None}, "a: { # one\n  c: 2}\n"),
    ("a: 1\nb: 2\n", {("b",): None, ("c",): "x"}, "a: 1\nc: x\n"),
    ("a: {b: 1, # one\n  c: 2}\n", {("a", "c"): None}, "a: {b: 1 # one\n  }\n"),
    ("a: 1\n", {("a",): None, ("b",): 2}, "b: 2\n"),
    ("a: 1\nb: 2\n", {("c",): None}, "a: 1\nb: 2\n"),
]

SHORT: list[tuple[str, Changes, str]] = [
    ("c:\n  - one # note\n", {("c", 0, "exact"): "two"}, "c:\n  - two # note\n"),
    ("c:\n  - one # note\n", {("c", 0, "exact"): "two", ("c", 0, "prefix"): "of "},
     'c:\n  - exact: two # note\n    prefix: "of "\n'),
    ("c:\n- one\n- two\n", {("c", 0, "occurrence"): 2}, "c:\n- exact: one\n  occurrence: 2\n- two\n"),
    ("c:\n  - >-\n    one\n    two\n  - x\n", {("c", 0, "suffix"): "s"},
     "c:\n  - exact: >-\n      one\n      two\n    suffix: s\n  - x\n"),
    ("c:\n  - one\n    two\n", {("c", 0, "suffix"): "s"}, "c:\n  - exact: one\n      two\n    suffix: s\n"),
    ("c:\n  - one\n        two\n", {("c", 0, "suffix"): "s"}, "c:\n  - exact: one\n        two\n    suffix: s\n"),
    ("c: [one, 'two']\n", {("c", 1, "prefix"): "a", ("c", 1, "exact"): "it's"}, "c: [one, {exact: 'it''s', prefix: a}]\n"),
    ("c:\n  - one\n", {("c", 0, "prefix"): None}, "c:\n  - one\n"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "changes", "after"), [*SET, *ADDED, *REMOVED, *SHORT])
def test_an_edit_changes_what_it_says_and_nothing_else(before: str, changes: Changes, after: str) -> None:
    assert edited(Source("a.yml", before), changes) == after
    assert edited(Source("a.yml", after), changes) == after


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_a_text_that_a_reader_could_take_for_something_else_is_quoted(text: str) -> None:
    assert edited(Source("a.yml", "a: x # note\n"), {("a",): text}) == f'a: "{text}" # note\n'
    assert edited(Source("a.yml", "a: [x]\n"), {("a", 0): text}) == f'a: ["{text}"]\n'
    assert edited(Source("a.yml", "a: 'x'\n"), {("a",): text}) == "a: '{}'\n".format(text.replace("'", "''"))


@pytest.mark.parametrize(
    ("before", "changes", "told"),
    [
        ("a: {b: 1}\n", {("a",): "x"}, "a.yml:1:4: a can't be set"),
        ("a: 1\n", {("b", "c"): "x"}, "a.yml:1:1: b.c can't be set"),
        ("a: [1]\n", {("a", 1): "x"}, "a.yml:1:4: a.1 can't be set"),
        ("a: [1]\n", {("a", -1): "x"}, "a.-1 can't be set"),
        ("a: [1, 2]\n", {("a", 0): None}, "a.0 can't be set or taken out"),
        ("a: 1\n", {("a",): None}, "a can't be set or taken out"),
        ("c: [one]\n", {("c", 0, "exact"): None}, "c.0.exact can't be set"),
        ("a: one\n", {("a", "prefix"): "x"}, "a.prefix can't be set"),
        ("a: 1\n", {(): "x"}, "can't be set"),
        ("a: &b 1\n", {("a",): 2}, "mend this first: a.yml:1:4"),
        ("a: 'x\n", {("a",): "y"}, "mend this first: a.yml"),
        ("a: 1\n", {("a",): "\x00"}, "edit by hand: a (a.yml:1:4)"),
        ("a: 1\n", {("a",): "\ud800"}, "edit by hand: a (a.yml:1:4)"),
        ("a: 1\n", {("a",): "e\u0301"}, "edit by hand: a (a.yml:1:4)"),
        ("a: 1\n", {("a",): 10**30}, "edit by hand: a"),
        ("a: x #y\n", {("a",): "z"}, "edit by hand: a"),
        ("a: [b: 1]\n", {("a", 0, "c"): 2}, "edit by hand: a.0.c"),
        ("- a: |+\n    one\n\n- b\n", {(0, "c"): "x"}, "edit by hand: 0.c (a.yml:1:3)"),
        ("? a\n: 1\nb: 2\n", {("a",): None}, "edit by hand: a"),
    ],
)  # fmt: skip
def test_what_is_not_safe_is_left_to_a_person(before: str, changes: Changes, told: str) -> None:
    with pytest.raises(CannotEditError, match=re.escape(told)):
        edited(Source("a.yml", before), changes)


def test_only_the_part_between_start_and_end_is_read_and_changed() -> None:
    before = "---\nstate: published\n---\nstate: {a b: '\n"
    start, end = 4, before.index("---", 4)
    after = before.replace("published", "in-review")
    assert edited(Source("a.md", before), {("state",): "in-review"}, start, end) == after
    assert edited(Source("a.md", before), {("by",): "x"}, start, end) == before.replace("shed\n", "shed\nby: x\n")


# --- properties -----------------------------------------------------------------------------------------------------

words = st.one_of(
    hostile,
    st.sampled_from(LINES),
    st.lists(st.sampled_from(["one", "two,", "“three”", "漢字", "it's", "a:b", "#4", "five\n"]), max_size=40).map(" ".join),
)  # fmt: skip
COMMENTS = st.sampled_from(["", "", " # note", "  # don't: [touch] 'it"])
GAPS = st.sampled_from(["", "", "\n", "# a: line\n\n", "      # deep\n"])
PLAIN = ["plain words", "Ein Wort", "שלום", "x"]


@st.composite
def scalars(draw: st.DrawFn, indent: int, *, flow: bool = False) -> str:
    """A text in one of the styles; block styles and several lines at ``indent``."""
    one, two = draw(st.sampled_from(PLAIN)), draw(st.sampled_from(PLAIN))
    pad, note = "\n" + " " * indent, draw(COMMENTS)
    inline = [
        one,
        f"'{one}'",
        f'"{one}"',
        f'"{one}\\t"',
        f"{one}{pad}{two}",
        f"'{one}{pad}{two}'",
        f'"{one}{pad}{two}"',
    ]
    if flow:
        return draw(st.sampled_from(inline))
    blocks = [f"{head}{note}{pad}{one} # no note{pad}{two}" for head in (">-", ">", "|-", "|", "|+", ">2-")]
    return draw(st.sampled_from([*(style + note for style in inline), *blocks]))


@st.composite
def items(draw: st.DrawFn) -> str:
    """A mention in block or flow style."""
    keys = draw(st.lists(st.sampled_from(["prefix", "suffix", "entity"]), unique=True, max_size=3))
    keys.insert(draw(st.integers(0, len(keys))), "exact")
    if draw(st.booleans()):
        comma = draw(st.sampled_from([", ", ",", " ,\n      ", ", # note\n      "]))
        end = draw(st.sampled_from(["}", " }", ",}", "\n    }", ", # last\n    }", " # last\n  }"]))
        start = draw(st.sampled_from(["{", "{ ", "{\n      "]))
        return "  - " + start + comma.join(f"{key}: {draw(scalars(8, flow=True))}" for key in keys) + end + "\n"
    return "  - " + "    ".join(f"{key}: {draw(scalars(6))}\n{draw(GAPS)}" for key in keys)


@st.composite
def files(draw: st.DrawFn) -> str:
    mentions = "".join(draw(items()) + draw(GAPS) for _ in range(draw(st.integers(1, 3))))
    content = "".join(f"      - {draw(scalars(8))}\n{draw(GAPS)}" for _ in range(draw(st.integers(1, 3))))
    flow = ", ".join(draw(scalars(8, flow=True)) for _ in range(2))
    quotes = f"quotes:\n  - id: a\n    content:\n{content}  - id: b\n    content: [{flow}]\n"
    end = draw(st.sampled_from(["", "claims: []\n", "# end"]))
    return f"# top\nmentions:\n{mentions}\n{quotes}{end}"


def _wanted(data: Any, changes: Changes) -> Any:
    """The data with the changes, worked out without a thought of text."""
    data = copy.deepcopy(data)
    for (*way, last, key), value in sorted(changes.items(), key=lambda change: change[1] is None):
        holder = data
        for step in way:
            holder = holder[step]
        if isinstance(holder[last], str):
            holder[last] = {"exact": holder[last]}
        if value is None:
            holder[last].pop(key, None)
        else:
            holder[last][key] = value
    return data


def _normal(data: Any) -> str:
    """The data as text, each segment as a mapping, without regard to order."""
    for quote in data["quotes"]:
        quote["content"] = [{"exact": item} if isinstance(item, str) else item for item in quote["content"]]
    return json.dumps(data, sort_keys=True)


def _data(text: str) -> Any:
    values, problems = read_values(Source("a.yml", text))
    assert values is not None, problems
    return values.data


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, Changes]:
    text = draw(files().filter(lambda text: read_values(Source("a.yml", text))[0] is not None))
    data = _data(text)
    homes: list[Where] = [("mentions", at) for at in range(len(data["mentions"]))]
    homes += [("quotes", q, "content", at) for q in (0, 1) for at in range(len(data["quotes"][q]["content"]))]
    numbers = st.one_of(st.integers(1, 99), st.none())
    changes: Changes = {}
    for home in draw(st.lists(st.sampled_from(homes), min_size=1, max_size=3)):
        key = draw(st.sampled_from(["exact", "exact", "prefix", "suffix", "occurrence"]))
        texts = words if key == "exact" else st.one_of(words, st.none())
        changes[*home, key] = draw(numbers) if key == "occurrence" else draw(texts)
    return text, changes


@settings(max_examples=tries(600))
@given(edits())
def test_the_result_holds_what_was_wanted_or_there_is_none(edit: tuple[str, Changes]) -> None:
    before, changes = edit
    try:
        after = edited(Source("a.yml", before), changes)
    except CannotEditError:
        return
    assert _normal(_data(after)) == _normal(_wanted(_data(before), changes))
    assert edited(Source("a.yml", after), changes) == after
    _assert_only_near(before, after, changes)


def _assert_only_near(before: str, after: str, changes: Changes) -> None:
    """What stands before the first and behind the last item concerned is the same."""
    values, _problems = read_values(Source("a.yml", before))
    assert values is not None
    starts = sorted(values.offsets.values())
    homes = [path[:-1] for path in changes]
    first = min(values.offsets[home] for home in homes)
    within = [at for path, at in values.offsets.items() if any(path[: len(home)] == home for home in homes)]
    last = next((at for at in starts if at > max(within)), len(before))
    assert after.startswith(before[:first])
    tail = before[last:].partition("\n")[2]  # the next item's own line holds its dash, so that what follows is safe
    assert after.endswith(tail)


pieces = st.sampled_from(
    [
        "a: ",
        "b",
        "- ",
        "\n",
        "\n  ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "? ",
        ": ",
        ">-\n  ",
        "|+\n  ",
        "# c",
        "'",
        '"',
        "x y",
        "---\n",
    ]
)


@settings(max_examples=tries(500))
@given(st.lists(st.one_of(pieces, pieces, hostile), max_size=12).map("".join), words, st.data())
def test_nothing_that_looks_like_yaml_breaks_the_editor(before: str, text: str, data: st.DataObject) -> None:
    values, _problems = read_values(Source("a.yml", before))
    places = sorted(values.offsets, key=str) if values else [()]
    path = data.draw(st.sampled_from(places)) + data.draw(st.sampled_from([(), ("exact",), ("b",), (0,)]))
    try:
        after = edited(Source("a.yml", before), {path: data.draw(st.one_of(st.just(text), st.none()))})
    except CannotEditError:
        return
    assert read_values(Source("a.yml", after))[0] is not None


# --- the project's own files ----------------------------------------------------------------------------------------

OWN = sorted([*SOURCES.glob("articles/*/annotations.yml"), *SOURCES.glob("claims/*.md")])


def _own(path: Path) -> tuple[Source, int, int]:
    text = path.read_text(encoding="utf-8")
    facts = re.match(r"---\n((?:.*\n)*?)---\n", text)
    return Source(path.name, text), *(facts.span(1) if facts else (0, len(text)))


def _scalars(data: Any, path: Where = ()) -> Iterator[tuple[Where, Any]]:
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _scalars(value, (*path, key))
    elif data is not None:
        yield path, data


def _own_scalars(path: Path) -> Changes:
    values, _problems = read_values(*_own(path))
    assert values is not None
    return {where: value for where, value in _scalars(values.data) if isinstance(value, str | int)}


def _name(path: Path) -> str:
    return path.stem if path.suffix == ".md" else path.parent.name


@pytest.mark.parametrize("path", OWN, ids=_name)
def test_our_own_values_set_to_what_they_are_leave_the_file_as_it_is(path: Path) -> None:
    source, start, end = _own(path)
    assert edited(source, _own_scalars(path), start, end) == source.text


@pytest.mark.parametrize("path", OWN, ids=_name)
def test_our_own_values_changed_and_changed_back_stand_with_the_same_words_and_comments(path: Path) -> None:
    source, start, end = _own(path)
    values = _own_scalars(path)
    other: Changes = {where: f"{value} x" if isinstance(value, str) else 7 for where, value in values.items()}
    changed = edited(source, other, start, end)
    back = edited(Source(source.path, changed), values, start, end + len(changed) - len(source.text))
    assert changed != source.text
    assert _words(back) == _words(source.text)


def _words(text: str) -> list[str]:
    """The words, without the quotation marks that a value needed for a while and keeps."""
    return text.replace('"', "").split()


@pytest.mark.parametrize("path", [path for path in OWN if path.suffix == ".yml"], ids=_name)
def test_new_words_in_every_selector_change_its_own_lines_only(path: Path) -> None:
    source, start, end = _own(path)
    exact: Changes = {
        where: f"So {value}, or so"
        for where, value in _own_scalars(path).items()
        if where[-1] == "exact" or "content" in where
    }
    old, new = source.text.split("\n"), edited(source, exact, start, end).split("\n")
    values, _problems = read_values(source)
    assert values is not None
    starts = sorted({values.source.place(at).line for at in [*values.offsets.values(), *values.keys.values()]})
    concerned = {values.place(*where).line for where in exact}
    rows = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = {line for kind, first, last, *_new in rows if kind != "equal" for line in range(first + 1, last + 1)}
    assert {max(at for at in starts if at <= line) for line in changed} == concerned
    assert [line for line in old if "#" in line] == [line for line in new if "#" in line]
    assert len(exact) > 20
