"""Copied words of originals in what leaves the house: any file, whatever it is packed in.

In: what must not be copied; files. Out: a problem for each run of its words, with the line where it begins. Declared quotations
are no finding: no lock has a hash of them.

A look-up for each word. What was looked at and is clean is not looked at again where it stands again, as the frame of a
site's pages does.
"""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterator

from build_scripts.originals.copies import RUN, Protected
from build_scripts.originals.opening import Opened
from build_scripts.originals.peeling import Reading, peeled, readings
from build_scripts.originals.shingles import SIZE, block_hash, forms, joined_hash
from build_scripts.problems import Problem, Rule, Severity
from build_scripts.source import Place, Source

LEAKED = Rule(
    "original-leaked",
    "A file of the repository, or of the built site, or something that is packed in one, holds words in a row of an original that "
    "may not be republished, outside the quotations that its article declares: ten where the original is at hand, else every run "
    "of 15, and some from eight on.",
)
CLOSED = Rule(
    "unopened-file",
    "Nobody can tell whether a file holds words of an original that may not be republished: it can’t be unpacked.",
    Severity.WARNING,
)
RULES = (LEAKED, CLOSED)
_HINT = "say it in your own words, or declare it as a quotation of its speaker; then make anew what was made from it"
_SIGN = re.compile(r"[^\W_]")
_SLOTS = (1 << 20) - 1
"""So many words, less one, are remembered with those behind them as clean; what comes later takes their places."""


class Finder:
    """Looks for what is protected, in one file after another."""

    def __init__(self, guarded: Protected) -> None:
        self._guarded = guarded
        self._clean: set[int] = set()
        self._looked_up = array("q", bytes(8 * (_SLOTS + 1)))

    def problems(self, path: str, content: bytes) -> Iterator[Problem]:
        """What is wrong with a file."""
        opened = Opened(content)
        for inside in opened.texts():
            looks = [self._may_have_copied(text) for text in peeled(inside.text)]
            if any(looks):
                name = f"{path}:{inside.member}" if inside.member else path
                yield from self._located(Source(name, inside.text), has_lines=inside.has_lines)
        for member, why in opened.closed:
            name = f"{path}:{member}" if member else path
            yield CLOSED.problem(Place(name), f"this can't be looked into: {why}", "see what it is, and pack it anew")

    def _located(self, source: Source, *, has_lines: bool) -> Iterator[Problem]:
        """Each run once, at the line where it begins, in whatever reading it is found."""
        runs = sorted(run for reading in readings(source.text) for run in self._runs_in(reading))
        end = -1
        for start, stop, article, words in runs:
            if start > end:
                place = source.place(start) if has_lines else Place(source.path)
                message = f"{words} words or more in a row of the original of {article}, outside its quotations"
                yield LEAKED.problem(place, message, _HINT)
            end = max(end, stop)

    def _runs_in(self, reading: Reading) -> Iterator[tuple[int, int, str, int]]:
        """Where runs begin and end in the file; copies that less than a block parts are one run."""
        start = end = None
        for copy in self._guarded.copies(reading.text):
            if end is None or len(forms(reading.text[end : copy.span.start])) >= SIZE:
                start = copy.span.start
            end = copy.span.end
            yield reading.origin(start or 0), reading.origin(end - 1), copy.article, copy.words

    def _may_have_copied(self, text: str) -> bool:
        """Whether there is anything to look at closely; remembers the lines that are clean."""
        seen: set[int] = set()
        for lines in self._unknown(text, seen):
            if self._finds([form for line in lines for form in forms(line)]):
                return True
        self._clean |= seen
        return False

    def _finds(self, words: list[str]) -> bool:
        """Whether a block or a run stands among ``words``."""
        blocks, runs = self._guarded.blocks, self._guarded.runs
        width = RUN if runs else SIZE
        for at in range(len(words) - SIZE + 1):
            joined = " ".join(words[at : at + width])
            key = hash(joined)
            if self._looked_up[key & _SLOTS] == key:
                continue
            block = joined_hash(joined) if width == SIZE else block_hash(words[at : at + SIZE])
            if block in blocks or joined in runs:
                return True
            self._looked_up[key & _SLOTS] = key
        return False

    def _unknown(self, text: str, seen: set[int]) -> Iterator[list[str]]:
        """Stretches of lines of which the last were not looked at yet behind the same lines.

        Every line that counts has a word, so that a run ends at most ``RUN`` lines behind its start.
        """
        before: deque[str] = deque(maxlen=RUN - 1)
        stretch: list[str] = []
        for line in filter(_SIGN.search, text.split("\n")):
            key = hash((line, *before))
            if key in self._clean or key in seen:
                if stretch:
                    yield stretch
                stretch = []
            else:
                stretch = stretch or list(before)
                stretch.append(line)
                seen.add(key)
            before.append(line)
        if stretch:
            yield stretch
