"""Other places that a span could be taken for, and how much speaks for each.

In: two texts, a span of the old one and a place in the new. Out: scores from 0 to 1. Half of a score is for the words, half
for what stands before and behind (Hypothesis weighs a quotation and its context alike, 50 to 20 and 20).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from build_scripts.anchoring.follow import WINDOW, Texts
from build_scripts.anchoring.wording import Wording

MAX_RIVALS = 40
"""Places of a span's rarest word that are looked at; a word that stands more often tells nothing."""

MIN_RIVAL = 0.6
"""Score from which on a place is worth naming: all words, or most of them and something around."""


@dataclass(frozen=True, order=True, slots=True)
class Rival:
    """New words that could be taken for the old ones; ``is_same``: they are the same, one by one."""

    score: float
    start: int
    stop: int
    is_same: bool

    @property
    def words(self) -> range:
        """Their numbers."""
        return range(self.start, self.stop)


def score(texts: Texts, old: range, new: range) -> float:
    """How much speaks for ``new`` being what ``old`` was."""
    before = range(old.start - WINDOW, old.start), range(new.start - WINDOW, new.start)
    behind = range(old.stop, old.stop + WINDOW), range(new.stop, new.stop + WINDOW)
    around = (
        Indel.normalized_similarity(texts.old.forms(one), texts.new.forms(other)) for one, other in (before, behind)
    )
    return (2 * texts.likeness(old, new) + sum(around)) / 4


def rivals(texts: Texts, old: range, taken: range) -> list[Rival]:
    """The other places in the new text that could be taken for ``old``, best first."""
    mine = texts.old.forms(old)
    found = {
        Rival(score(texts, old, place), place.start, place.stop, texts.new.forms(place) == mine)
        for place in _places(mine, texts.new)
        if place.stop <= taken.start or taken.stop <= place.start
    }
    return sorted((rival for rival in found if rival.score >= MIN_RIVAL), reverse=True)


def twins(texts: Texts, old: range) -> list[range]:
    """The other places in the old text where the same words stand."""
    mine = texts.old.forms(old)
    return [place for place in _places(mine, texts.old) if place != old and texts.old.forms(place) == mine]


def _places(mine: list[str], wording: Wording) -> Iterator[range]:
    """The places in a text that are as long as ``mine`` and hold its rarest word where it does."""
    counts = [
        (len(wording.places[form]), at) for at, form in enumerate(mine) if form[0].isalnum() and form in wording.places
    ]
    if counts and min(counts)[0] <= MAX_RIVALS:
        rarest = min(counts)[1]
        for at in wording.places[mine[rarest]]:
            if at >= rarest:
                yield range(at - rarest, at - rarest + len(mine))
