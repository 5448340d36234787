"""Where a stretch that went or came starts, when several starts give the same text.

In: pairs of old and new words in order, the forms of both. Out: the same pairs, but stretches start where a line or a sentence
does: of "The brigade came. The quay burned." a longest run takes the first "The" for the one that is left (the sliders of
diff tools, as git's indent heuristic settles them).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from build_scripts.anchoring.forms import BREAK, STOPS

MAX_SLIDE = 40
"""Words by which a stretch is moved at most: as many as a long sentence has."""


def settle(pairs: dict[int, int], old: Sequence[str], new: Sequence[str]) -> None:
    """Let each stretch that went (no new words in its place) or came (no old ones) start at a line or a sentence."""
    _settle(pairs, old, len(new))
    back = {other: one for one, other in pairs.items()}
    _settle(back, new, len(old))
    pairs.clear()
    pairs.update(sorted((one, other) for other, one in back.items()))


def _settle(pairs: dict[int, int], forms: Sequence[str], others: int) -> None:
    """``forms``: of the side that has words without a pair; ``others``: how many words the other side has."""
    ends = {-1: -1, len(forms): others}
    pairs |= ends
    for before, behind in pairwise(sorted(pairs)):
        is_stretch = behind > before + 1 and pairs.get(behind, -2) == pairs.get(before, -2) + 1
        if is_stretch and not _is_whole(forms, before + 1, behind):
            _slide_up(pairs, forms, before, behind) or _slide_down(pairs, forms, before, behind)
    for end in ends:
        del pairs[end]


def _slide_up(pairs: dict[int, int], forms: Sequence[str], before: int, behind: int) -> bool:
    """Pair the last words of the stretch in place of those before it."""
    for count in range(1, MAX_SLIDE):
        word, twin = before - count + 1, behind - count
        if word < 0 or twin <= before or forms[word] != forms[twin] or pairs.get(word) != pairs[before] - count + 1:
            return False
        if _is_whole(forms, word, twin):
            moved = {behind - 1 - at: pairs.pop(before - at) for at in range(count)}
            pairs.update(moved)
            return True
    return False


def _slide_down(pairs: dict[int, int], forms: Sequence[str], before: int, behind: int) -> bool:
    """Pair the first words of the stretch in place of those behind it."""
    for count in range(1, MAX_SLIDE):
        word, twin = behind + count - 1, before + count
        if twin >= behind or word >= len(forms) or forms[word] != forms[twin]:
            return False
        if pairs.get(word) != pairs[behind] + count - 1:
            return False
        if _is_whole(forms, twin + 1, word + 1):
            moved = {before + 1 + at: pairs.pop(behind + at) for at in range(count)}
            pairs.update(moved)
            return True
    return False


def _is_whole(forms: Sequence[str], start: int, stop: int) -> bool:
    """Whether words are lines or sentences: one starts with the first of them, and one right behind them."""
    return all(at in (0, len(forms)) or forms[at - 1] == BREAK or forms[at - 1].endswith(STOPS) for at in (start, stop))
