"""Which words of a text became which.

In: two texts. Out: runs that give both texts again when they are joined, and the changed ones with the words around them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from build_scripts.anchoring.alignment import align
from build_scripts.anchoring.forms import Word, words

CONTEXT = 60
"""Letters shown on either side of a change, at most."""


@dataclass(frozen=True, slots=True)
class Run:
    """What stood in the old text and what stands there in the new one."""

    old: str
    new: str

    @property
    def is_same(self) -> bool:
        """Whether nothing changed here."""
        return self.old == self.new


@dataclass(frozen=True, slots=True)
class Change:
    """Changed runs with what stands between and around them. ``start``: offset of the first change in the new text."""

    start: int
    runs: tuple[Run, ...]


def runs(old: str, new: str) -> list[Run]:
    """The two texts side by side, in order; words that stand elsewhere now are gone here and new there."""
    found: list[Run] = []
    old_end = new_end = 0
    for one, other in _pairs(old, new):
        _add(found, old[old_end : one.start], new[new_end : other.start])
        _add(found, old[one.start : one.end], new[other.start : other.end])
        old_end, new_end = one.end, other.end
    _add(found, old[old_end:], new[new_end:])
    return _joined(found)


def changes(old: str, new: str) -> Iterator[Change]:
    """What changed, place by place."""
    before, start, here, at = "", 0, list[Run](), 0
    for run in runs(old, new):
        if not run.is_same:
            if not here:
                here, start = [Run(before, before)] if before else [], at
            here.append(run)
        elif here and ("\n" in run.new or len(run.new) > 2 * CONTEXT):
            yield _change(start, here, _first(run.new))
            here, before = [], _last(run.new)
        elif here:
            here.append(run)
        else:
            before = _last(run.new)
        at += len(run.new)
    if here:
        yield _change(start, here, "")


def _change(start: int, here: list[Run], behind: str) -> Change:
    return Change(start, (*here, *([Run(behind, behind)] if behind else [])))


def _pairs(old: str, new: str) -> Iterator[tuple[Word, Word]]:
    """Words that are the same to the letter, in the order of both texts."""
    one, other = words(old), words(new)
    alignment = align(one, other)
    last = -1
    for at, to in enumerate(alignment.new_of):
        if to > last and at not in alignment.moved and _text(old, one[at]) == _text(new, other[to]):
            last = to
            yield one[at], other[to]


def _text(text: str, word: Word) -> str:
    return text[word.start : word.end]


def _add(found: list[Run], old: str, new: str) -> None:
    """Append a run; the white space that both begin and end with did not change."""
    head = _spaces(old, new)
    tail = _spaces(old[head:][::-1], new[head:][::-1])
    _append(found, old[:head], new[:head])
    _append(found, old[head : len(old) - tail], new[head : len(new) - tail])
    _append(found, old[len(old) - tail :], new[len(new) - tail :])


def _spaces(one: str, other: str) -> int:
    """How much white space both texts begin with."""
    shared = takewhile(lambda pair: pair[0] == pair[1] and pair[0].isspace(), zip(one, other, strict=False))
    return sum(1 for _pair in shared)


def _append(found: list[Run], old: str, new: str) -> None:
    if not old and not new:
        return
    if found and found[-1].is_same == (old == new):
        old, new = found[-1].old + old, found[-1].new + new
        found.pop()
    found.append(Run(old, new))


def _joined(found: list[Run]) -> list[Run]:
    """Changed runs with nothing but spaces between them as one: they read as one change."""
    joined: list[Run] = []
    for at, run in enumerate(found):
        is_between = 0 < at < len(found) - 1 and run.is_same and not run.old.strip() and "\n" not in run.old
        if joined and not joined[-1].is_same and (is_between or not run.is_same):
            joined[-1] = Run(joined[-1].old + run.old, joined[-1].new + run.new)
        else:
            joined.append(run)
    return joined


def _first(text: str) -> str:
    """The beginning of ``text``, no further than its line goes."""
    line = text.partition("\n")[0]
    if len(line) <= CONTEXT:
        return line
    cut = line[:CONTEXT]
    return (cut.rpartition(" ")[0] or cut) + " …"


def _last(text: str) -> str:
    """The end of ``text``, no further back than its line goes."""
    line = text.rpartition("\n")[2]
    if len(line) <= CONTEXT:
        return line
    cut = line[-CONTEXT:]
    return "… " + (cut.partition(" ")[2] or cut)
