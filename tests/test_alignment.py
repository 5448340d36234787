"""The alignment of two texts, and its bounds: no text makes it compare more than it may."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.anchoring.alignment import MAX_WORK, align
from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.follow import Texts
from build_scripts.anchoring.forms import LONGEST, words
from build_scripts.anchoring.meaning import Subject
from build_scripts.anchoring.reanchor import Answer, propose
from build_scripts.anchoring.wording import REACH, Wording
from tests.thoroughness import THOROUGH, tries

forms = st.lists(st.sampled_from(["a", "b", "c", "d e f g h i j", "\n\n", "."]), max_size=40).map(" ".join)


@given(forms, forms)
def test_words_are_paired_one_to_one_with_words_of_the_same_form(old: str, new: str) -> None:
    one, other = words(old), words(new)
    alignment = align(one, other)
    pairs = [(at, to) for at, to in enumerate(alignment.new_of) if to >= 0]
    assert all(one[at].form == other[to].form for at, to in pairs)
    assert len({to for _at, to in pairs}) == len(pairs)
    in_order = [to for at, to in pairs if at not in alignment.moved]
    assert in_order == sorted(in_order)


@given(forms)
def test_a_text_is_paired_with_itself_word_by_word(text: str) -> None:
    assert list(align(words(text), words(text)).new_of) == list(range(len(words(text))))


def drawn(size: int, vocabulary: int, seed: int) -> str:
    choice = random.Random(seed)  # noqa: S311 -- repeatable on purpose
    return " ".join(f"w{choice.randrange(vocabulary)}" for _ in range(size))


def combs(first: str) -> str:
    """Every second word is the same; the others occur once: the longest common run is a word, and always the first."""
    return "\n\n".join(
        " ".join(f"{first}{number}x{at} of" for at in range(700)) + f"\n\nLandmark {number} is here and stays so."
        for number in range(tries(40))
    )


MANY = tries(200_000, 20_000)
HOSTILE = {
    f"one word {MANY:,} times": ("ha " * MANY, "ho " + "ha " * (MANY - 1_000) + "ho"),
    f"two words {MANY:,} times by turns": ("ha ho " * MANY, "ho ha hi " + "ha ho " * (MANY - 1_000) + "hi"),
    "one character a million times": ("a" * 1_000_000, "b" + "a" * 999_999),
    "one sign a million times": ("!" * 1_000_000, "?" + "!" * 999_999 + "?"),
    "a hundred words at random": (drawn(45_000, 100, 1), drawn(45_000, 100, 2)),
    "many matches, each at the end of the rest": (combs("x"), combs("y")),
}
if THOROUGH:
    HOSTILE["a paragraph of 1 MB, rewritten"] = (drawn(170_000, 3_000, 1), drawn(170_000, 3_000, 2))


@pytest.mark.parametrize(("old", "new"), HOSTILE.values(), ids=HOSTILE)
def test_what_repeats_itself_too_often_is_left_out_and_its_annotations_are_lost(old: str, new: str) -> None:
    texts = Texts(old, new)
    (left_out, *_rest) = texts.alignment.left_out
    span = Span(texts.old.words[left_out[0]].start, texts.old.words[left_out[min(5, len(left_out) - 1)]].end)
    found = propose(texts, span, Subject("en", is_statement=True))
    assert found.answer is Answer.LOST
    assert found.reason.startswith("the text around it changed too much, or repeats itself too often")


def test_what_is_hostile_leaves_the_rest_of_the_text_comparable() -> None:
    edited = "The ferry left the harbour at noon with forty passengers, and nobody was hurt."
    old = f"{edited}\n\nOne two three four five six seven.\n\n" + "ha " * 20_000
    new = f"{edited.replace('noon', 'dusk')}\n\nOne two three four five six seven.\n\nho " + "ha " * 19_000 + "ho"
    texts = Texts(old, new)
    assert texts.alignment.left_out
    start = edited.index("noon")
    found = propose(texts, Span(start, start + 4), Subject("en", is_statement=True))
    assert (found.answer, found.span) == (Answer.MEANING_CHANGED, Span(start, start + 4))


def test_many_blocks_that_moved_into_a_large_one_are_compared_within_the_bound() -> None:
    blocks = [drawn(20, 5_000, seed) for seed in range(tries(1_500))]
    old = "\n\n".join(blocks)
    new = " ".join(random.Random(1).sample(blocks, len(blocks))) + "\n\nend"  # noqa: S311 -- repeatable on purpose
    texts = Texts(old, new)
    for block in blocks[:: len(blocks) // 5]:
        start, now = old.index(block), new.index(block)
        found = propose(texts, Span(start, start + len(block)), Subject("en", is_statement=True))
        assert found.span in (None, Span(now, now + len(block)))


def test_the_work_of_ordinary_edits_is_far_below_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    old = "\n\n".join(drawn(80, 2_000, seed) for seed in range(120))
    new = "\n\n".join(drawn(80, 2_000, seed + (seed % 5 == 0) * 1_000) for seed in range(120))
    monkeypatch.setattr("build_scripts.anchoring.alignment.MAX_WORK", MAX_WORK // 200)
    assert align(words(old), words(new)).left_out == ()


@pytest.mark.parametrize("text", ["a" * 10_000, "!" * 10_000, "é\u0301" * 5_000, "字" + "\u0301" * 9_000])
def test_no_word_is_longer_than_the_bound(text: str) -> None:
    found = words(text)
    assert max(word.end - word.start for word in found) <= LONGEST + 1
    assert [one.end for one in found[:-1]] == [other.start for other in found[1:]]


def test_neither_line_nor_sentence_is_followed_without_end() -> None:
    wording = Wording("word " * 100_000)
    middle = range(50_000, 50_003)
    assert len(wording.line(middle)) == len(wording.sentence(middle)) == 2 * REACH + 3


def test_a_span_as_long_as_the_text_is_followed() -> None:
    old = drawn(tries(60_000), 5_000, 3)
    new = old.replace("w17 ", "w18 ", 1)
    found = propose(Texts(old, new), Span(0, len(old)), Subject("en", is_statement=True))
    assert (found.answer, found.span) == (Answer.MEANING_CHANGED, Span(0, len(new)))
