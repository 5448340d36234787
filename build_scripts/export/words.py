"""Text as the search index splits it into words.

In: any text. Out: the same text in which each word of the index stands by itself. The index splits at white space alone, and
counts a lonely dash as a word, so that a phrase across either would not be found. Where a word ends without white space
(at a dash or a slash, and at each sign of a script that writes none), JOINED stands; where signs without a letter follow
white space, APART stands in its place. Whoever shows the text turns both back: docs/assets/newsgloss-search.js does.
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

JOINED = "\u2060 "
"""Between two words of the index that touch in the text."""
APART = "\u2063"
"""A space that is none to the index."""

_UNSPACED = "".join(
    rf"\p{{Script={name}}}" for name in ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
)
_GAP = regex.compile(r"[\s\ufeff\u200b]*[\s\ufeff][\s\ufeff\u200b]*|\u200b{2,}")
_RARE = re.compile("[\x1c-\x1f\u200b\ufeff]")
"""Signs in whose absence words are what Python, too, splits a text into."""
_BORDER = regex.compile(rf"\u200b|(?<=[\p{{Pd}}/])(?![\p{{Pd}}/])|(?<=[{_UNSPACED}])|(?=[{_UNSPACED}])", regex.VERSION1)
_SAYS = regex.compile(r"[\p{L}\p{N}]")
_KNOWN = 1 << 15
"""How many spellings are remembered: a language says most of what it says with fewer."""


def has_words(text: str) -> bool:
    """Whether ``text`` has a letter or a figure: without one there is nothing that the index could find."""
    return bool(_SAYS.search(text))


def indexed(text: str) -> str:
    """``text`` for the index: in one line, JOINED and APART where they belong."""
    spellings = _spellings(text)
    if not any(map(_parts, set(spellings))):
        return " ".join(spellings)
    return _joined(spellings)


def _spellings(text: str) -> list[str]:
    """What stands between white space."""
    if not _RARE.search(text):
        return text.split()
    return [spelling for spelling in _GAP.split(text.strip("\u200b")) if spelling]


def _joined(spellings: list[str]) -> str:
    words: list[str] = []
    says = False  # whether the last word does
    for spelling in spellings:
        gap = True
        for part in _parts(spelling) or (spelling,):
            this_says = has_words(part)
            if words and not (this_says and says):
                words[-1] += (APART if gap else "") + part
                says = says or this_says
            else:
                words.append(("" if gap or not words else JOINED) + part)
                says = this_says
            gap = False
    return "".join(word if word.startswith(JOINED) or not number else f" {word}" for number, word in enumerate(words))


@lru_cache(_KNOWN)
def _parts(spelling: str) -> tuple[str, ...]:
    """What stands between borders where ``spelling``, which has no white space, is not simply one word."""
    parts = tuple(part for part in _BORDER.split(spelling) if part)
    return () if parts == (spelling,) and has_words(spelling) else parts
