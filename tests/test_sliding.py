"""Where a stretch that went or came starts: at a line, at a sentence, else where it was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.anchoring.alignment import align
from build_scripts.anchoring.forms import words


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("A crane stood there.\n\nThe brigade came fast.\n\nThe quay burned.", "A crane stood there.\n\nThe quay burned.", "The brigade came fast."),
        ("A crane stood there. The brigade came fast. The quay burned.", "A crane stood there. The quay burned.", "The brigade came fast."),
        ("It burned. Nobody knew why it burned. Rain helped.", "It burned. Rain helped.", "Nobody knew why it burned."),
        ("The mayor and the chief came.", "The mayor came.", "and the chief"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_insertion", [False, True], ids=["went", "came"])
def test_a_stretch_is_a_line_or_a_sentence_where_it_can_be(old: str, new: str, gone: str, is_insertion: bool) -> None:
    before, after = (new, old) if is_insertion else (old, new)
    alignment = align(words(before), words(after))
    images = set(alignment.new_of)
    left = [
        word for at, word in enumerate(words(old)) if (at not in images if is_insertion else alignment.new_of[at] < 0)
    ]
    assert " ".join(old[left[0].start : left[-1].end].split()) == gone


texts = st.lists(st.sampled_from(["the", "quay", "burned", ".", "a", "crane", "\n\n"]), max_size=30).map(" ".join)


@given(texts, texts)
def test_pairs_are_equal_words_each_once_and_in_order_where_nothing_moved(old: str, new: str) -> None:
    before, after = words(old), words(new)
    alignment = align(before, after)
    pairs = [(at, other) for at, other in enumerate(alignment.new_of) if other >= 0]
    assert all(before[one].form == after[other].form for one, other in pairs)
    assert len({other for _one, other in pairs}) == len(pairs)
    stayed = [other for one, other in pairs if one not in alignment.moved]
    assert stayed == sorted(stayed)
