"""Hashes of an original's words: what they find, and what they do not give away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.originals.profile import original, paragraphs_of
from build_scripts.originals.shingles import DIGITS, SIZE, SURE, forms, tokens, windows, word_blocks


@given(length=st.integers(SURE, 60), data=st.data())
def test_a_run_of_fifteen_words_always_holds_a_block(length: int, data: st.DataObject) -> None:
    words = [f"w{number}" for number in range(length)]
    start = data.draw(st.integers(0, length - SURE))
    elsewhere = ["before", *words[start : start + SURE], "after"]
    assert set(word_blocks([words])) & {found for _at, found in windows(elsewhere)}


@given(st.integers(0, 60))
def test_no_two_blocks_share_a_word_and_the_last_words_of_a_stretch_are_left_out(length: int) -> None:
    words = [f"w{number}" for number in range(length)]
    at = {found: start for start, found in windows(words)}
    starts = sorted(at[found] for found in word_blocks([words]))
    assert starts == list(range(0, length - SIZE + 1, SIZE))


def test_hashes_are_sorted_and_of_one_length() -> None:
    found = word_blocks([[f"w{number}" for number in range(80)]])
    assert len(found) == 10
    assert list(found) == sorted(found)
    assert all(len(one) == DIGITS for one in found)


SAME = {
    "case": "THE OLD fish Hall",
    "soft hyphens": "the old f\u00adish hall",
    "zero-width characters": "the ol\u200bd fi\u2060sh ha\ufeffll",
    "line breaks and no-break spaces": "the\nold\u00a0fish\u202fhall",
    "signs": "“the old—fish”, *hall*!",
    "full width": "ｔｈｅ old fish hall",
    "ligatures": "the old ﬁsh hall",
    "marks of direction": "the \u202aold\u202c fish\u200f hall",
}


@pytest.mark.parametrize("written", SAME.values(), ids=SAME)
def test_the_way_in_which_words_are_written_does_not_hide_them(written: str) -> None:
    assert forms(written) == ["the", "old", "fish", "hall"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S.-supplied weapons", ["us", "supplied", "weapons"]),
        ("Quill’s, Quill's", ["quills", "quills"]),
        ("S-300/400 at 4.5", ["s", "300", "400", "at", "4", "5"]),
        ("a\u0301 = á", ["á", "á"]),
        ("й и", ["й", "и"]),
        ("東京は", ["東", "京", "は"]),
        ("«» — …", []),
    ],
)
def test_what_a_word_is(text: str, words: list[str]) -> None:
    assert forms(text) == words


@given(st.text(max_size=80))
def test_each_word_stands_where_it_is_said_to(text: str) -> None:
    at = 0
    for token in tokens(text):
        assert at <= token.start < token.end <= len(text)
        assert forms(text[token.start : token.end]) == [token.form]
        at = token.end


@given(st.lists(st.tuples(st.sampled_from(["body", "caption", "headline"]), st.text("ab \n", max_size=12)), max_size=6))
def test_the_text_of_an_original_is_its_blocks(paragraphs: list[tuple[str, str]]) -> None:
    made = original(paragraphs)  # type: ignore[arg-type]
    assert all(made.text[slice(*block.span)] == block.text for block in made.blocks)
    assert [block.text for block in made.blocks] == [
        " ".join(text.split()) for _role, text in paragraphs if text.split()
    ]
    assert paragraphs_of(made.text) == [block.text for block in made.blocks] or not made.blocks
