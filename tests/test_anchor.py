"""Anchoring: exactly or not at all, in code points, in every script."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.anchoring.anchor import Selector, Span, alike, anchor, candidates, cuts_cluster, describe
from build_scripts.anchoring.forms import word_across, words
from tests.texts import LETTERS, hostile
from tests.thoroughness import tries

texts = st.lists(st.one_of(hostile, st.sampled_from([" ", "the ", "a", "\n\n", "\n"])), min_size=1, max_size=12).map(
    "".join
)


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@settings(max_examples=tries(500))
@given(spans())
def test_describing_a_span_and_anchoring_it_is_identity(case: tuple[str, Span]) -> None:
    text, span = case
    selector = describe(text, span)
    assert selector.exact == text[span.start : span.end]
    assert anchor(text, selector) == span


@given(texts, st.text(LETTERS, min_size=1, max_size=3))
def test_what_is_anchored_is_what_was_asked_for(text: str, exact: str) -> None:
    for span in candidates(text, Selector(exact)):
        assert text[span.start : span.end] == exact
    found = candidates(text, Selector(exact))
    assert (anchor(text, Selector(exact)) is not None) == (len(found) == 1)


@pytest.mark.parametrize(
    ("text", "selector", "expected"),
    [
        ("one two one", Selector("two"), Span(4, 7)),
        ("one two one", Selector("one"), None),
        ("one two one", Selector("one", occurrence=2), Span(8, 11)),
        ("one two one", Selector("one", occurrence=3), None),
        ("one two one", Selector("one", occurrence=0), None),
        ("one two one", Selector("one", prefix="two "), Span(8, 11)),
        ("one two one", Selector("one", suffix=" two"), Span(0, 3)),
        ("one two one", Selector("one", prefix="three "), None),
        ("aaa", Selector("aa", occurrence=2), Span(1, 3)),
        ("𝄞𝄞 a 😀 b", Selector("b"), Span(7, 8)),
        ("cafe\u0301 cafe", Selector("cafe", occurrence=2), Span(6, 10)),
        ("שלום עולם", Selector("עולם"), Span(5, 9)),
        ("漢字漢字", Selector("字漢"), Span(1, 3)),
        ("One", Selector("one"), None),
        ("“a”", Selector('"a"'), None),
    ],
)
def test_a_selector_selects(text: str, selector: Selector, expected: Span | None) -> None:
    assert anchor(text, selector) == expected


@pytest.mark.parametrize(
    ("text", "exact", "words"),
    [
        ("He said “so” — again", '"so" - again', ["“so” — again"]),
        ("a\u00a0b", "a  b", ["a\u00a0b"]),
        ("soft\u00adhyphen", "softhyphen", ["soft\u00adhyphen"]),
        ("STRASSE", "straße", ["STRASSE"]),
        ("20 km and 200 km", "20  KM", ["20 km"]),
        ("20 km", "21 km", []),
        ("a", " ", []),
    ],
)
def test_likeness_makes_hints_only(text: str, exact: str, words: list[str]) -> None:
    assert [text[span.start : span.end] for span in alike(text, exact)] == words


@pytest.mark.parametrize(
    ("text", "span", "cuts"),
    [
        ("e\u0323\u0302x", Span(0, 1), True),
        ("e\u0323\u0302x", Span(0, 3), False),
        ("👩🏽‍🚒!", Span(0, 1), True),
        ("👩🏽‍🚒!", Span(0, 4), False),
        ("🇺🇦🇺🇸", Span(0, 1), True),
        ("🇺🇦🇺🇸", Span(0, 2), False),
        ("a\nbé", Span(2, 3), False),
        ("abc", Span(1, 2), False),
        ("٢٠٢٤\n\nب", Span(0, 4), False),
        ("٢٠٢٤\n\nب", Span(6, 7), False),
        ("ה\u05b8\nא", Span(0, 2), False),
        ("ה\u05b8א", Span(0, 1), True),
    ],
)
def test_a_character_as_readers_see_it_is_not_cut(text: str, span: Span, cuts: bool) -> None:
    assert cuts_cluster(text, span) is cuts


@settings(max_examples=500)
@given(st.text(f"{LETTERS}क्षกำ🇺🇦👩\u0600\u094d\u200c", min_size=1, max_size=12))
def test_what_is_one_character_does_not_depend_on_where_reading_begins(text: str) -> None:
    ends = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    assert [at for at in range(len(text) + 1) if not cuts_cluster(text, Span(at, at))] == sorted(ends)


@settings(max_examples=500)
@given(texts)
def test_the_word_across_a_place_is_one_of_the_words(text: str) -> None:
    found = words(text)
    for at in range(len(text) + 1):
        assert word_across(text, at) == next((word for word in found if word.start < at < word.end), None)
