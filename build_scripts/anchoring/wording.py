"""A text as its words, and what can be told of a word from those around it.

In: a text. Out: its words by number, with the line, the sentence and the quotation that each stands in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.forms import BREAK, STOPS, Word, words

ABBREVIATION = 2
"""Letters up to which a word before a stop is taken for an abbreviation: U.S., Dr., No."""

REACH = 250
"""Words on either side beyond which neither line nor sentence is followed: a bound for what is no article."""

_OPENING = frozenset("\"'([¿¡*-")


class Wording:
    """The words of ``text``; ranges are of their numbers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = words(text)

    def __len__(self) -> int:
        return len(self.words)

    def touched(self, span: Span) -> range:
        """The words that ``span`` touches."""
        start = bisect_right(self.words, span.start, key=lambda word: word.end)
        stop = bisect_left(self.words, span.end, key=lambda word: word.start)
        return range(start, max(start, stop))

    def forms(self, numbers: range) -> list[str]:
        """The forms of neighbouring words; numbers outside the text are left out."""
        return [word.form for word in self.words[max(0, numbers.start) : max(0, numbers.stop)]]

    def letters(self, numbers: Iterable[int]) -> int:
        """How many letters and digits words have; signs have none."""
        return sum(len(self.words[at].form) for at in numbers if self.is_word(at))

    def is_word(self, at: int) -> bool:
        """Whether number ``at`` is a word, no sign."""
        return self.words[at].form[0].isalnum()

    def shown(self, numbers: Sequence[int]) -> str:
        """The words as they are written, from the first to the last."""
        return self.text[self.words[numbers[0]].start : self.words[numbers[-1]].end] if numbers else ""

    def line(self, mine: range, reach: int = REACH) -> range:
        """The words up to ``reach`` before and behind, no further than the line goes."""
        before = bisect_left(self._breaks, mine.start)
        behind = bisect_left(self._breaks, mine.stop)
        start = self._breaks[before - 1] + 1 if before else 0
        stop = self._breaks[behind] if behind < len(self._breaks) else len(self.words)
        return range(max(start, mine.start - reach), min(stop, mine.stop + reach))

    def sentence(self, mine: range) -> range:
        """The words from the sentence's start before ``mine`` to its end behind."""
        line = self.line(mine)
        before, behind = bisect_right(self._ends, mine.start), bisect_left(self._ends, mine.stop)
        start = self._ends[before - 1] if before else 0
        stop = self._ends[behind] if behind < len(self._ends) else len(self.words)
        return range(max(start, line.start), min(stop, line.stop))

    def starts_sentence(self, at: int) -> bool:
        """Whether nothing but opening signs stands between a word and a stop, a colon or the line's start."""
        while at and self.words[at - 1].form in _OPENING:
            at -= 1
        return not at or self.words[at - 1].form == BREAK or self.words[at - 1].form.endswith((*STOPS, ":"))

    def is_name(self, at: int) -> bool:
        """Whether a word has a capital that no sentence's start explains."""
        written = self.shown([at])
        return any(char.isupper() for char in written[1:]) or (written[:1].isupper() and not self.starts_sentence(at))

    def is_quoted(self, at: int) -> bool:
        """Whether more quotation marks open than close between the line's start and the word."""
        return at in self._quoted

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the words of each form."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words):
            places[word.form].append(at)
        return dict(places)

    def _ends_sentence(self, at: int) -> bool:
        """Whether a stop is no abbreviation's: it follows more than two letters, and no small letter follows it."""
        if not self.words[at].form.endswith(STOPS) or at + 1 == len(self.words):
            return False
        before = self.words[at - 1].form if at else ""
        return not self.text[self.words[at + 1].start].islower() and not (
            before.isalnum() and len(before) <= ABBREVIATION
        )

    @cached_property
    def _breaks(self) -> Sequence[int]:
        return [at for at, word in enumerate(self.words) if word.form == BREAK]

    @cached_property
    def _ends(self) -> Sequence[int]:
        return [at + 1 for at in range(len(self.words)) if self._ends_sentence(at)]

    @cached_property
    def _quoted(self) -> frozenset[int]:
        quoted, double, single = set(), False, False
        for at, word in enumerate(self.words):
            if word.form == BREAK:
                double = single = False
            elif word.form[0] == '"':
                double ^= bool(len(word.form) % 2)
            elif word.form == "'":
                single = self._opens(word)
            elif double or single:
                quoted.add(at)
        return frozenset(quoted)

    def _opens(self, mark: Word) -> bool:
        """Whether a single mark stands before a word and behind none, as an apostrophe at a word's end does not."""
        before, behind = self.text[: mark.start][-1:], self.text[mark.end : mark.end + 1]
        return not behind.isspace() and not before.isalnum() and before not in STOPS
