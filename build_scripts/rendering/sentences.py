"""The sentence around a span, for concordances.

In: a text, a language, spans. Out: the spans' words and what stands around them, in one line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

import sentencex

from build_scripts.anchoring.anchor import Span
from build_scripts.cache import Cache
from build_scripts.model import Article
from build_scripts.reading.prose import Prose

_OTHER_SPACE = re.compile(r"[^\S ]")
MAX_CONTEXT = 300
"""Code points shown on each side of the span; a longer sentence is shortened at a word."""


class Part(NamedTuple):
    """A run of text in one line; ``marked``: whether it is of the spans that were asked for."""

    text: str
    marked: bool


def begin(prose: Prose, language: str) -> tuple[int, ...]:
    """Where the sentences of a text begin, and the last ends; a block ends a sentence."""
    starts = {0, len(prose.text)}
    for block in prose.blocks:
        # The library stops short at other kinds of space than the plain one.
        plain = _OTHER_SPACE.sub(" ", prose.text[block.start : block.end])
        lengths = map(len, sentencex.segment(language.partition("-")[0], plain))
        starts |= {block.start, *(block.start + end for end in accumulate(lengths))}
    return tuple(sorted(starts))


class Sentences:
    """The sentences of one text, which ``begin`` at ``starts``."""

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self._text, self._starts = text, starts

    def number(self, at: int) -> int:
        """Which sentence the code point ``at`` stands in, counted from 1."""
        return bisect_right(self._starts, at)

    def around(self, spans: Sequence[Span]) -> list[Part]:
        """``spans``, in text order, in the sentences that they touch; what stands far from them is left out."""
        start = self._starts[bisect_right(self._starts, spans[0].start) - 1]
        after = bisect_right(self._starts, spans[-1].end - 1)
        end = self._starts[after] if after < len(self._starts) else len(self._text)
        parts = [Part(_last_words(self._text[start : spans[0].start].lstrip()), False)]
        for number, span in enumerate(spans):
            if number:
                parts.append(Part(_outer_words(self._text[spans[number - 1].end : span.start]), False))
            parts.append(Part(_one_line(self._text[span.start : span.end]), True))
        parts.append(Part(_first_words(self._text[spans[-1].end : end].rstrip()), False))
        return [part for part in parts if part.text]


class Split:
    """The sentences of each article, found when they are first asked for; ``cache``: has where they begin."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._found: dict[str, Sentences] = {}
        self._cache = cache

    def of(self, article: Article) -> Sentences:
        """Those of ``article``."""
        found = self._found.get(article.id)
        if found is None:
            make = partial(begin, article.prose, article.facts.language)
            starts = self._cache.kept("sentences", article.digest, make) if self._cache else make()
            found = self._found[article.id] = Sentences(article.prose.text, starts)
        return found


def _first_words(text: str) -> str:
    text = _one_line(text)
    if len(text) <= MAX_CONTEXT:
        return text
    return (text[:MAX_CONTEXT].rpartition(" ")[0] or text[:MAX_CONTEXT]) + "…"


def _last_words(text: str) -> str:
    text = _one_line(text)
    if len(text) <= MAX_CONTEXT:
        return text
    return "…" + (text[-MAX_CONTEXT:].partition(" ")[2] or text[-MAX_CONTEXT:])


def _outer_words(text: str) -> str:
    """What stands between two spans: whole, or its beginning and its end."""
    return _one_line(text) if len(text) <= MAX_CONTEXT else f"{_first_words(text)} {_last_words(text)}"


def _one_line(text: str) -> str:
    return text.replace("\n\n", " ").replace("\n", " ") if "\n" in text else text
