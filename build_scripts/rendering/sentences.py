"""The sentence around a span, for concordances.

In: a text, a language, a span. Out: what stands before the span, the span's words, what stands after, in one line each.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

import sentencex

from build_scripts.anchoring.anchor import Span
from build_scripts.reading.prose import Prose

MAX_CONTEXT = 300
"""Code points shown on each side of the span; a longer sentence is shortened at a word."""


@dataclass(frozen=True, slots=True)
class Context:
    """A span in its sentence."""

    before: str
    words: str
    after: str


class Sentences:
    """The sentences of one text; a block ends a sentence."""

    def __init__(self, prose: Prose, language: str) -> None:
        self._text = prose.text
        self._starts = [0]
        for block in prose.blocks:
            lengths = map(len, sentencex.segment(language.partition("-")[0], prose.text[block.start : block.end]))
            self._starts += [block.start, *(block.start + end for end in accumulate(lengths))]
        self._starts = sorted({start for start in self._starts if start <= len(prose.text)} | {len(prose.text)})

    def around(self, span: Span) -> Context:
        """``span`` in the sentences that it touches."""
        start = self._starts[bisect_right(self._starts, span.start) - 1]
        after = bisect_right(self._starts, span.end - 1)
        end = self._starts[after] if after < len(self._starts) else len(self._text)
        return Context(
            _shortened(self._text[start : span.start].lstrip(), keep_end=True),
            _one_line(self._text[span.start : span.end]),
            _shortened(self._text[span.end : end].rstrip(), keep_end=False),
        )


def _shortened(text: str, *, keep_end: bool) -> str:
    text = _one_line(text)
    if len(text) <= MAX_CONTEXT:
        return text
    if keep_end:
        return "…" + text[-MAX_CONTEXT:].partition(" ")[2]
    return text[:MAX_CONTEXT].rpartition(" ")[0] + "…"


def _one_line(text: str) -> str:
    return text.replace("\n\n", " ").replace("\n", " ")
