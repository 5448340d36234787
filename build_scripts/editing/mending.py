"""Mechanical problems mended: those with exactly one edit that puts them right and changes no meaning.

In: a root. Out: what files should hold, tried before anything is written: the problems are gone, and no other is new.
Which edit it is the finder of each problem tells; here it is made, tried with all others, and left out where it does not help.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.cache import Cache
from build_scripts.checks import links, permanence, use
from build_scripts.checks.since import HISTORY_DROPPED, REUSED
from build_scripts.editing.drift import check
from build_scripts.editing.patches import Patch
from build_scripts.problems import Problem, beyond
from build_scripts.reading import records
from build_scripts.reading.files import decoded
from build_scripts.reading.load import load
from build_scripts.source import Edit, with_edits

_Contents = Mapping[str, bytes]
_Look = Callable[[_Contents], Sequence[Problem]]
"""What is wrong where some files hold something else."""

_HIDING = frozenset(rule.name for rule in records.RULES)
"""Rules whose problems keep a record, or an item of it, from being understood, and so hide what else is wrong with it."""

_WAITING = frozenset(rule.name for rule in (*links.RULES, *permanence.RULES, *use.RULES, HISTORY_DROPPED, REUSED))
"""Rules about names and ids, which no edit here touches, and which are silent as long as a file can't be understood."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended and what is left, both in order, and the files to write."""

    fixed: tuple[Problem, ...]
    left: tuple[Problem, ...]
    patches: tuple[Patch, ...]


def mend(root: Path, since: str | None = None, cache: Cache | None = None) -> Mended:
    """Mend what is mechanical; nothing is written here, but to ``cache``. Raises OSError and UnknownCommitError.

    What an edit brings to light was wrong before: where a problem hid others, the file is tried as far as it can be read.
    """
    bench = _Bench(root)
    reading = _Trial(bench, lambda contents: load(root, contents, cache)[1])
    whole = _Trial(bench, lambda contents: check(root, since, contents, cache))
    fixed: list[Problem] = []
    while (
        good := bench.opening(whole.problems())
        or reading.helpful(problem for problem in whole.problems() if problem.rule in _HIDING)
        or whole.helpful(problem for problem in whole.problems() if problem.rule not in _HIDING)
    ):
        fixed += good
        bench.contents = bench.edited(good)
    patches = (Patch(path, bench.raw[path].decode(), after.decode()) for path, after in sorted(bench.contents.items()))
    return Mended(tuple(fixed), tuple(whole.problems()), tuple(patches))


class _Bench:
    """The files as they would be."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.raw: dict[str, bytes] = {}
        self.contents: dict[str, bytes] = {}

    def opening(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems that keep a file from being read at all. Mended, they bring the others to light."""
        found = []
        for problem in problems:
            path = problem.place.path
            if problem.fix and decoded(path, self._current(path))[0] is None:
                after = _edited(self._current(path), problem.fix)
                found += [problem] if decoded(path, after)[0] else []
        return found

    def edited(self, fixes: Iterable[Problem]) -> dict[str, bytes]:
        """What the files hold with these fixes, too."""
        edits: dict[str, list[Edit]] = {}
        for problem in fixes:
            edits.setdefault(problem.place.path, []).extend(problem.fix)
        return self.contents | {path: _edited(self._current(path), each) for path, each in edits.items()}

    def _current(self, path: str) -> bytes:
        if path not in self.raw:
            self.raw[path] = (self._root / path).read_bytes()
        return self.contents.get(path, self.raw[path])


class _Trial:
    """Tries fixes by one way to look at what is wrong."""

    def __init__(self, bench: _Bench, look: _Look) -> None:
        self._bench = bench
        self._look = look
        self._known: tuple[_Contents, Sequence[Problem]] | None = None

    def problems(self) -> Sequence[Problem]:
        """What is wrong with the files as they would be."""
        if self._known is None or self._known[0] != self._bench.contents:
            self._known = self._bench.contents, self._look(self._bench.contents)
        return self._known[1]

    def helpful(self, problems: Iterable[Problem]) -> list[Problem]:
        """Those of ``problems`` to mend now: of those whose edits meet in one place, the first; the others have their turn later."""
        ends: dict[str, int] = {}
        found = []
        for problem in problems:
            path = problem.place.path
            if problem.fix and min(problem.fix).start >= ends.get(path, 0):
                ends[path] = max(edit.end for edit in problem.fix)
                found.append(problem)
        return self._settled([], found)

    def _settled(self, good: list[Problem], open_: list[Problem]) -> list[Problem]:
        """``good``, and those of ``open_`` that help: with all of them, nothing else is wrong than was."""
        while open_:
            surplus = self._surplus([*good, *open_])
            if not surplus:
                return [*good, *open_]
            blamed = _blamed(open_, surplus)
            if not blamed:
                break
            open_ = [problem for problem in open_ if problem not in blamed]
        if len(open_) <= 1:
            return good
        half = len(open_) // 2
        return self._settled(self._settled(good, open_[:half]), open_[half:])

    def _surplus(self, fixes: Sequence[Problem]) -> list[Problem]:
        """What is wrong after these fixes and should not be: what they do not mend, and what is new."""
        expected = Counter(problem.identity for problem in self.problems())
        expected.subtract(problem.identity for problem in fixes)
        found = beyond(self._look(self._bench.edited(fixes)), expected)
        return [problem for problem in found if problem.rule not in _WAITING]


def _blamed(fixes: Sequence[Problem], surplus: Sequence[Problem]) -> list[Problem]:
    """The fixes that did not help, else those in whose line, else those in whose file something else is wrong now."""
    identities = {problem.identity for problem in surplus}
    lines = {(problem.place.path, problem.place.line) for problem in surplus}
    paths = {path for path, _line in lines}
    return (
        [problem for problem in fixes if problem.identity in identities]
        or [problem for problem in fixes if (problem.place.path, problem.place.line) in lines]
        or [problem for problem in fixes if problem.place.path in paths]
    )


def _edited(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with the edits, which count a line end as one character; all other characters stay, line ends included."""
    text = raw.decode()
    returns = [match.start() - number for number, match in enumerate(re.finditer("\r\n", text))]
    end = "\r\n" if returns else "\n"
    placed = (
        Edit(
            edit.start + bisect_left(returns, edit.start),
            edit.end + bisect_left(returns, edit.end),
            edit.text.replace("\n", end),
        )
        for edit in edits
    )
    return with_edits(text, placed).encode()
