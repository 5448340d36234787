"""How much of an original its quotations show, and how much they may.

In: an article with a lock. Out: the figures. Known without the original: the lock has the places, the quotations are here.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_scripts.model import Article
from build_scripts.originals.declared import quoted_words
from build_scripts.originals.shingles import tokens
from build_scripts.reading.lock import LockFile, Passage

MAX_SHARE = 15.0
MAX_RUN = 60
_SIGNS_BETWEEN = 3
"""Code points between two quotations that leave no room for a word: marks and a space."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Words of the original that quotations show, of how many, and the most in a row; and what they may."""

    shown: int
    words: int
    longest: int
    max_share: float
    max_run: int

    @property
    def share(self) -> float:
        """How much is shown, in percent, to one digit."""
        return round(100 * self.shown / self.words, 1) if self.words else 0.0


def budget(article: Article, lock: LockFile) -> Budget:
    """The excerpt budget of an article, by its lock with present names."""
    rights = article.facts.rights
    runs = _runs(article, lock)
    return Budget(sum(runs), lock.words, max(runs, default=0), rights.max_share or MAX_SHARE, rights.max_run or MAX_RUN)


def _runs(article: Article, lock: LockFile) -> list[int]:
    """The words of each run of the original that quotations show; what two of them show counts once."""
    passages = {item.item: item.passages for item in lock.items}
    shown: list[tuple[int, int, int]] = []
    for quote in article.quotes:
        words = quoted_words(article, quote)
        places = passages.get(quote.id, ())
        # Of a quotation that is not located nobody knows better than that it stands somewhere: it counts in full.
        known = [*places[: len(words)], *[None] * (len(words) - len(places))]
        shown += [
            _place(place, len(tokens(text)), -at - 1) for at, (text, place) in enumerate(zip(words, known, strict=True))
        ]
    runs: list[int] = []
    end = None
    for start, stop, count in sorted(shown):
        if end is not None and start <= end + _SIGNS_BETWEEN and start >= 0:
            is_inside = stop <= end
            runs[-1] += 0 if is_inside else count if start >= end else round(count * (stop - end) / (stop - start))
        else:
            runs.append(count)
        end = max(stop, end or 0)
    return runs


def _place(passage: Passage | None, words: int, nowhere: int) -> tuple[int, int, int]:
    return (passage.start, passage.end, words) if passage else (nowhere * 1_000_000, nowhere * 1_000_000, words)
