"""Text as the search index splits it into words.

In: any text. Out: the same text in which each word of the index stands by itself. The index splits at white space alone, and
counts a lonely dash as a word, so that a phrase across either would not be found. Where a word ends without white space
(at a dash or a slash, and at each sign of a script that writes none), JOINED stands; where signs without a letter follow
white space, APART stands in its place. Whoever shows the text turns both back: docs/assets/newsgloss-search.js does.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

JOINED = "\u2060 "
"""Between two words of the index that touch in the text."""
APART = "\u2063"
"""A space that is none to the index."""

_UNSPACED = "".join(
    rf"\p{{Script={name}}}" for name in ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
)
_BORDER = regex.compile(
    rf"([\s\ufeff\u200b]+)|(?<=[\p{{Pd}}/])(?![\p{{Pd}}/])|(?<=[{_UNSPACED}])|(?=[{_UNSPACED}])", regex.VERSION1
)
_SAYS = regex.compile(r"[\p{L}\p{N}]")


def has_words(text: str) -> bool:
    """Whether ``text`` has a letter or a figure: without one there is nothing that the index could find."""
    return bool(_SAYS.search(text))


def indexed(text: str) -> str:
    """``text`` for the index: in one line, JOINED and APART where they belong."""
    words: list[str] = []
    for gap, piece in _pieces(text):
        if words and not (has_words(piece) and has_words(words[-1])):
            words[-1] += (APART if gap else "") + piece
        else:
            words.append(("" if gap or not words else JOINED) + piece)
    return "".join(word if word.startswith(JOINED) or not number else f" {word}" for number, word in enumerate(words))


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """What stands between borders, and whether white space goes before it."""
    at, gap = 0, False
    for border in _BORDER.finditer(text):
        if border.start() > at:
            yield gap, text[at : border.start()]
            gap = False
        gap = gap or (bool(border[1]) and border[1] != "\u200b")
        at = border.end()
    if at < len(text):
        yield gap, text[at:]
