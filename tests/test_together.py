"""Who is named together: counted by sentence, the same from either side."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from build_scripts.pipeline import understand
from build_scripts.rendering.context import share
from build_scripts.rendering.index import make_index
from build_scripts.rendering.together import MOST, count_pairs

ROOT = Path(__file__).parents[1]
groups = st.lists(st.sets(st.sampled_from("abcdefgh"), max_size=6), max_size=20)


@given(groups)
def test_each_pair_has_as_many_sentences_as_hold_both(found: list[set[str]]) -> None:
    counted = count_pairs(found)
    for one, other in combinations("abcdefgh", 2):
        number = sum(1 for group in found if one in group and other in group)
        assert counted.get(one, Counter())[other] == counted.get(other, Counter())[one] == number


@given(groups)
def test_nobody_is_named_together_with_itself(found: list[set[str]]) -> None:
    assert not any(name in others for name, others in count_pairs(found).items())


def test_a_sentence_that_names_very_many_is_a_list_and_relates_nobody() -> None:
    many = {str(number) for number in range(MOST)}
    assert len(count_pairs([many])) == MOST
    assert count_pairs([many | {"one more"}]) == {}


def test_the_sentences_are_those_of_the_articles() -> None:
    shared = share(make_index(understand(ROOT / "tests" / "golden")[0]))
    assert shared.together == {"port-anna": {"the-fire": 1}, "the-fire": {"port-anna": 1}}
