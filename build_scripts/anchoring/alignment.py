"""Which word of an old text became which word of a new one.

In: the words of both. Out: for each old word its new one, or none. A run of words that stands just once in both texts is a
landmark; the longest row of landmarks in the same order parts the texts (patience diff, Bram Cohen); what lies between is
compared by its longest common runs (Ratcliff and Obershelp, 1988, as difflib does); the other landmarks have moved. Linear
in the texts but for stretches without landmarks, and those are bounded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, pairwise

from build_scripts.anchoring.forms import BREAK, Word
from build_scripts.anchoring.sliding import settle

LANDMARK = 6
"""Words in a row that make a landmark; fewer are boilerplate too often."""

MAX_WORK = 20_000_000
"""Pairs of equal words that are looked at, in all stretches without landmarks; those that need more are not compared."""

SETTING_UP = 5
"""What a word of a stretch costs before it is compared, in such pairs."""

LONG = 1_500
"""Words in a stretch from which on the commonest words start no match: they would cost the square of their number."""


@dataclass(frozen=True)
class Alignment:
    """``new_of[i]``: the number of the new word that old word ``i`` became, -1 for none.

    ``moved``: numbers of old words that stand in another order now. ``left_out``: stretches of old words that were not
    compared because it would have taken too long.
    """

    new_of: Sequence[int]
    moved: frozenset[int]
    left_out: tuple[range, ...]


def align(old: Sequence[Word], new: Sequence[Word]) -> Alignment:
    """The words of two texts side by side."""
    return _Aligner([word.form for word in old], [word.form for word in new]).align()


class _Aligner:
    """Compares the forms of two texts' words."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        self._old, self._new = old, new
        self._old_blocks, self._new_blocks = _blocks(old), _blocks(new)
        self._pairs: dict[int, int] = {}
        self._left_out: list[range] = []
        self._work_left = MAX_WORK

    def align(self) -> Alignment:
        landmarks = self._landmarks()
        in_order = dict(_longest_in_order(sorted(landmarks.items())))
        self._pairs |= in_order
        moved = self._move((old, new) for old, new in landmarks.items() if old not in in_order)
        for old, new in self._gaps(in_order):
            self._compare(old, new)
        stayed = {old: new for old, new in self._pairs.items() if old not in moved}
        settle(stayed, self._old, self._new)
        self._pairs = stayed | {old: self._pairs[old] for old in moved}
        new_of = [self._pairs.get(at, -1) for at in range(len(self._old))]
        return Alignment(new_of, frozenset(moved), tuple(self._left_out))

    def _gaps(self, in_order: Mapping[int, int]) -> list[tuple[list[int], list[int]]]:
        """The words between landmarks that have no pair yet, the shortest stretches first: what costs too much comes last."""
        ends = [(-1, -1), *in_order.items(), (len(self._old), len(self._new))]
        taken = set(self._pairs.values())
        gaps = [
            (
                [at for at in range(old + 1, next_old) if at not in self._pairs],
                [at for at in range(new + 1, next_new) if at not in taken],
            )
            for (old, new), (next_old, next_new) in pairwise(ends)
        ]
        return sorted((gap for gap in gaps if all(gap)), key=lambda gap: len(gap[0]) + len(gap[1]))

    def _landmarks(self) -> dict[int, int]:
        """Pairs of old and new words from which on the same run stands, once in either text."""
        first, last = self._equal_ends()
        old_first = self._old_blocks[first].start if first < len(self._old_blocks) else len(self._old)
        new_first = self._new_blocks[first].start if first < len(self._new_blocks) else len(self._new)
        pairs = {at: at for at in range(old_first)}
        tails = zip(self._old_blocks[::-1][:last], self._new_blocks[::-1][:last], strict=True)
        pairs |= {one: other for old, new in tails for one, other in zip(old, new, strict=True)}
        old_runs = _runs(self._old, self._old_blocks[first : len(self._old_blocks) - last])
        new_runs = _runs(self._new, self._new_blocks[first : len(self._new_blocks) - last])
        assert old_first == new_first  # noqa: S101 -- equal blocks are equally long
        return pairs | {at: new_runs[run] for run, at in old_runs.items() if run in new_runs}

    def _equal_ends(self) -> tuple[int, int]:
        """How many blocks are the same at the beginning, and how many of the others at the end."""
        old = [tuple(self._old[block.start : block.stop]) for block in self._old_blocks]
        new = [tuple(self._new[block.start : block.stop]) for block in self._new_blocks]
        shorter = min(len(old), len(new))
        first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
        last = next((at for at in range(shorter - first) if old[-1 - at] != new[-1 - at]), shorter - first)
        return first, last

    def _compare(self, old: list[int], new: list[int]) -> None:
        """Pair the words of a stretch by its longest common runs."""
        try:
            self._pairs |= self._common(old, new)
        except _TooMuchError:
            self._left_out.append(range(old[0], old[-1] + 1))

    def _common(self, old: Sequence[int], new: Sequence[int]) -> dict[int, int]:
        self._work_left -= SETTING_UP * (len(old) + len(new))
        if self._work_left < 0:
            raise _TooMuchError
        one, other = [self._old[at] for at in old], [self._new[at] for at in new]
        if self._work_left < _equal_pairs(one, other):
            raise _TooMuchError
        matcher = _Matcher(one, other, self._work_left)
        try:
            matches = matcher.get_matching_blocks()
        finally:
            self._work_left = matcher.work_left
        return {old[match.a + at]: new[match.b + at] for match in matches for at in range(match.size)}

    def _move(self, strays: Iterable[tuple[int, int]]) -> set[int]:
        """Pair what stands in another order now; returns the numbers of those old words."""
        taken = set(self._pairs.values())
        moved: set[int] = set()

        def pair(pairs: Iterable[tuple[int, int]]) -> None:
            for old, new in pairs:
                if old not in self._pairs and new not in taken:
                    self._pairs[old] = new
                    moved.add(old)
                    taken.add(new)

        reached: dict[int, int] = {}  # by how far words moved: the old word up to which they were paired
        for old, new in strays:
            if old >= reached.get(new - old, 0):
                around = list(self._around(old, new))
                reached[new - old] = old + len(around)
                pair(around)
        for old_block, new_block in list(self._moved_blocks(moved)):
            with suppress(_TooMuchError):  # what is sure of them has been paired
                pair(self._common(old_block, new_block).items())
        return moved

    def _around(self, old: int, new: int) -> Iterator[tuple[int, int]]:
        """The words from a pair on that are the same, to the end of the block."""
        old_end = _block_of(self._old_blocks, old).stop
        new_end = _block_of(self._new_blocks, new).stop
        for one, other in zip(range(old, old_end), range(new, new_end), strict=False):
            if self._old[one] != self._new[other]:
                return
            yield one, other

    def _moved_blocks(self, moved: set[int]) -> Iterator[tuple[range, range]]:
        """Blocks of which more moved into one other block than stayed."""
        for block in self._old_blocks:
            gone = [at for at in block if at in moved]
            if gone and len(gone) > sum(at in self._pairs for at in block) - len(gone):
                homes = Counter(_block_of(self._new_blocks, self._pairs[at]) for at in gone)
                yield block, homes.most_common(1)[0][0]


def _blocks(forms: Sequence[str]) -> list[range]:
    """The words of each block, with the break behind it."""
    ends = [at + 1 for at, form in enumerate(forms) if form == BREAK]
    starts = [0, *ends]
    return [range(start, end) for start, end in zip(starts, [*ends, len(forms)], strict=True) if start < end]


def _block_of(blocks: list[range], at: int) -> range:
    return blocks[bisect_right(blocks, at, key=lambda block: block.start) - 1]


def _runs(forms: Sequence[str], blocks: Iterable[range]) -> dict[tuple[str, ...], int]:
    """Every run of LANDMARK words inside a block, and every shorter block, that stands once; with its first word."""
    places: dict[tuple[str, ...], int] = {}
    repeated = set()
    for block in blocks:
        words = block[:-1] if forms[block[-1]] == BREAK else block
        for at in range(words.start, max(words.start + 1, words.stop - LANDMARK + 1)):
            if not forms[at][:1].isalnum():  # the full stop belongs to what stands before it
                continue
            run = tuple(forms[at : min(at + LANDMARK, words.stop)])
            if places.setdefault(run, at) != at:
                repeated.add(run)
    return {run: at for run, at in places.items() if run not in repeated}


def _longest_in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs``, sorted by the first, in which the second grows too (Fredman, 1975)."""
    tails: list[int] = []  # the smallest last value of a row of each length
    last: list[int] = []  # and which pair that is
    before: list[int] = []
    for at, (_old, new) in enumerate(pairs):
        length = bisect_left(tails, new)
        before.append(last[length - 1] if length else -1)
        tails[length : length + 1] = [new]
        last[length : length + 1] = [at]
    found = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _equal_pairs(old: Sequence[str], new: Sequence[str]) -> int:
    counts = Counter(new)
    return sum(count * counts[form] for form, count in Counter(old).items())


class _TooMuchError(Exception):
    """Two stretches differ so much, or repeat themselves so often, that comparing them would take too long."""


class _Matcher(SequenceMatcher[str]):
    """difflib's, but it gives up once it has looked at more pairs of equal words than allowed."""

    b2j: dict[str, list[int]]  # documented, but not in its types

    def __init__(self, old: Sequence[str], new: Sequence[str], work_left: int) -> None:
        super().__init__(None, old, new, autojunk=max(len(old), len(new)) > LONG)
        self.work_left = work_left
        self._size = len(old)
        self._work_before = [0, *accumulate(1 + len(self.b2j.get(form, ())) for form in old)]

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """What difflib finds there."""
        self.work_left -= self._work_before[self._size if ahi is None else ahi] - self._work_before[alo]
        if self.work_left < 0:
            raise _TooMuchError
        return super().find_longest_match(alo, ahi, blo, bhi)
