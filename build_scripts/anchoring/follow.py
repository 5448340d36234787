"""Where words of an old text stand in a new one.

In: two texts, a span of the old one. Out: the route to where the alignment leads, if the words themselves, their letters and
what is around them speak for it; else none. Likeness alone never finds a place: it can only speak against one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Indel

from build_scripts.anchoring.alignment import align
from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.wording import REACH, Wording

WINDOW = 12
"""Words on either side that tell whether a place is the same: some 60 letters, twice what Hypothesis stores."""

MIN_KEPT = 0.5
"""Share of a span's letters that must stand in words that were kept, and of its letters that must be alike."""

MIN_AROUND = 0.4
"""Share of the letters in and around a span, within its line, that must have come along."""

REPLACEABLE = 4
"""Words up to which a span may have been replaced altogether, if what is around it came along."""

MIN_AROUND_REPLACED = 0.6

MIN_REST = 40
MIN_REST_KEPT = 0.75
"""Letters of the rest of a line, and the share of them, that must have come along with a sentence that was edited too."""


@dataclass(frozen=True, slots=True)
class Route:
    """From the old words ``old`` to the new words ``new``, both as ranges of word numbers.

    ``kept``: share of the old letters whose words are there. ``around``: share of the letters in and around the old words
    that came along. ``is_moved``: whether they stand in another order now.
    """

    old: range
    new: range
    kept: float
    around: float
    is_moved: bool


class Texts:
    """An old text and a new one, compared once for all spans."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = Wording(old), Wording(new)
        self.alignment = align(self.old.words, self.new.words)

    def route(self, span: Span) -> Route | None:
        """The way of a span of the old text to where its words stand now; none that could be relied on."""
        mine = self.old.touched(span)
        hits = self._together(mine)
        new = self._with_replaced_ends(mine, hits) if hits else self._replaced(mine)
        if not mine or not new:
            return None
        kept = [old for old, _new in hits]
        share = self.old.letters(kept) / (self.old.letters(mine) or 1)
        around = self._came(self.old.line(mine, WINDOW), new, 2 * WINDOW)
        is_moved = 2 * sum(old in self.alignment.moved for old in kept) > len(kept)
        route = Route(mine, new, share, around, is_moved)
        return route if self._is_reliable(route) else None

    def span(self, route: Route, span: Span) -> Span:
        """What ``span`` is in the new text, also where it starts or ends inside a word, or with white space."""
        start = self._inside(route.old[0], route.new[0], span.start)
        end = self._inside(route.old[-1], route.new[-1], span.end)
        if start >= end:
            return Span(self.new.words[route.new[0]].start, self.new.words[route.new[-1]].end)
        before = self.old.text[span.start : self.old.words[route.old[0]].start]
        behind = self.old.text[self.old.words[route.old[-1]].end : span.end]
        has_before = len(before) <= start and self.new.text.startswith(before, start - len(before))
        has_behind = self.new.text.startswith(behind, end)
        return Span(start - has_before * len(before), end + has_behind * len(behind))

    def is_new(self, numbers: range) -> bool:
        """Whether most of these new words stood nowhere before."""
        return 2 * sum(at in self._images for at in numbers) < len(numbers)

    def is_gone(self, numbers: range) -> bool:
        """Whether most of these old words stand nowhere now."""
        return 2 * sum(self.alignment.new_of[at] >= 0 for at in numbers) < len(numbers)

    @cached_property
    def _images(self) -> frozenset[int]:
        return frozenset(self.alignment.new_of)

    def likeness(self, old: range, new: range) -> float:
        """How alike the letters of old and new words are, from 0 to 1 (Indel: what both have in common).

        Of what is longer than twice ``REACH``, the first and the last words count.
        """
        one, other = (_ends(forms) for forms in (self.old.forms(old), self.new.forms(new)))
        return Indel.normalized_similarity(" ".join(one), " ".join(other))

    def _is_reliable(self, route: Route) -> bool:
        is_alike = self.likeness(route.old, route.new) >= MIN_KEPT
        if route.kept < MIN_KEPT:
            is_replaced = len(route.old) <= REPLACEABLE and any(map(self.new.is_word, route.new))
            return (is_replaced or is_alike) and not route.is_moved and route.around >= MIN_AROUND_REPLACED
        if route.is_moved:  # it may only look alike
            return self._sentence_came(route) or self._rest_came(route)
        return is_alike and (route.around >= MIN_AROUND or self._sentence_came(route))

    def _sentence_came(self, route: Route) -> bool:
        """Whether all words of its sentence are still together."""
        sentence = self.old.sentence(route.old)
        return self._came(sentence, route.new, len(sentence) + WINDOW) == 1

    def _rest_came(self, route: Route) -> bool:
        """Whether most of its line came along, its own sentence not counted."""
        sentence, line = self.old.sentence(route.old), self.old.line(route.old)
        rest = [at for at in line if at not in sentence]
        return self.old.letters(rest) >= MIN_REST and self._came(rest, route.new, len(line)) >= MIN_REST_KEPT

    def _came(self, numbers: Iterable[int], new: range, reach: int) -> float:
        """The share of the letters of old words that stand at most ``reach`` words from ``new`` now."""
        numbers = list(numbers)
        near = range(max(0, new.start - reach), new.stop + reach)
        came = [at for at in numbers if self.alignment.new_of[at] in near]
        return self.old.letters(came) / (self.old.letters(numbers) or 1)

    def _together(self, mine: range) -> list[tuple[int, int]]:
        """Old and new numbers of the words of a span that stand together in the new text: the weightiest such group."""
        pairs = sorted((self.alignment.new_of[at], at) for at in mine if self.alignment.new_of[at] >= 0)
        reach = len(mine) + len(mine) // 2 + WINDOW
        best = range(0)
        heaviest = first = weight = 0
        for last, (new, old) in enumerate(pairs):
            weight += 1 + self.old.letters([old])
            while new - pairs[first][0] > reach:
                weight -= 1 + self.old.letters([pairs[first][1]])
                first += 1
            if weight > heaviest:
                heaviest, best = weight, range(first, last + 1)
        return sorted((old, new) for new, old in pairs[best.start : best.stop])

    def _with_replaced_ends(self, mine: range, hits: Sequence[tuple[int, int]]) -> range:
        """The new words from the first to the last hit, and what replaced the span's words before and behind."""
        lowest, highest = min(new for _old, new in hits), max(new for _old, new in hits)
        head, tail = hits[0][0] - mine.start, mine[-1] - hits[-1][0]
        room_before = lowest - self._new_before(mine.start, lowest) - 1
        room_behind = self._new_behind(mine.stop, highest) - highest - 1
        start, stop = lowest - min(room_before, head and head + 1), highest + 1 + min(room_behind, tail and tail + 1)
        while (
            start < lowest and self.old.is_word(mine[0]) and not self.new.is_word(start)
        ):  # a comma before it is not its own
            start += 1
        while stop - 1 > highest and self.old.is_word(mine[-1]) and not self.new.is_word(stop - 1):
            stop -= 1
        return range(start, stop)

    def _new_before(self, at: int, limit: int) -> int:
        """The new number, below ``limit``, of the nearest old word before ``at``; right before ``limit`` if none is near."""
        near = (self.alignment.new_of[old] for old in range(at - 1, max(-1, at - 1 - WINDOW), -1))
        return next((new for new in near if 0 <= new < limit), limit - 1 if at > WINDOW else -1)

    def _new_behind(self, at: int, limit: int) -> int:
        """The new number, above ``limit``, of the nearest old word from ``at``; right behind ``limit`` if none is near."""
        last = min(len(self.old), at + WINDOW)
        near = (self.alignment.new_of[old] for old in range(at, last))
        return next((new for new in near if new > limit), limit + 1 if last < len(self.old) else len(self.new))

    def _replaced(self, mine: range) -> range:
        """What stands where all words of a span were replaced: between its two neighbours."""
        new_of = self.alignment.new_of
        before = new_of[mine.start - 1] if mine.start else -1
        behind = new_of[mine.stop] if mine.stop < len(new_of) else len(self.new)
        is_known = (before >= 0 or mine.start == 0) and 0 < behind - before - 1 <= 2 * len(mine) + 1
        return range(before + 1, behind) if is_known else range(0)

    def _inside(self, old_at: int, new_at: int, at: int) -> int:
        """Where in the new text stands what stands at ``at``, inside or at an end of an old word."""
        old, new = self.old.words[old_at], self.new.words[new_at]
        if at <= old.start or at >= old.end:
            return new.start if at <= old.start else new.end
        for step in Indel.opcodes(self.old.text[old.start : old.end], self.new.text[new.start : new.end]):
            if step.tag == "equal" and step.src_start <= at - old.start <= step.src_end:
                return new.start + step.dest_start + at - old.start - step.src_start
        return new.start if 2 * at < old.start + old.end else new.end


def _ends(forms: list[str]) -> list[str]:
    return forms if len(forms) <= 2 * REACH else forms[:REACH] + forms[-REACH:]
