"""Copied words, found by hashes that do not tell the words.

In: text. Out: its words in the form in which they are compared; hashes of blocks of eight words. What is locked are the hashes of
blocks that share no word, counted from the start of each stretch (``Original.stretches``): blocks that overlap would give the text
away, each by the seven words that it shares with the one before. A block with words of a quotation is left out, and one of which
everybody can read six words in a row, such as a list of names, since two are guessed.

The contract: of two texts that share a run of ``SURE`` words or more of one stretch, outside quotations and what is left out, one
block of the original stands among the ``windows`` of the other; where a block is left out, ``SURE + SIZE`` words do. A block that is found proves a run of eight words, no more.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import regex

T = TypeVar("T")

SIZE = 8
"""Words of a block."""
SURE = 2 * SIZE - 1
"""A run of so many words of one stretch holds a whole block, wherever it begins."""
DIGITS = 14
"""Hexadecimal digits of a block's hash: 56 bits. Ten million words, scanned against a thousand locks of 100 blocks, give a false
alarm once in 70,000 scans (10⁷ · 10⁵ / 2⁵⁶)."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# What stands inside words without being read: soft hyphens, zero-width characters, marks of direction.
_HIDDEN = r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
_LETTERS = rf"(?:[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]|{_HIDDEN})"
_APOSTROPHE = "['’‘ʼ`´′＇]"
_WORD = regex.compile(
    rf"(?:\p{{L}}\.){{2,}} | [{_UNSPACED}]\p{{M}}* | {_LETTERS}+(?:{_APOSTROPHE}{_LETTERS}+)*",
    regex.VERBOSE | regex.VERSION1,
)
_PLAIN = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*")
"""The same where there are no other letters."""
_UNREAD = regex.compile(rf"{_HIDDEN}|{_APOSTROPHE}|\.")


class Token(NamedTuple):
    """A word in the form in which it is compared, and the code points where it stands."""

    form: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of ``text``: whatever their case, quotation marks, apostrophes, hyphens and invisible characters are.

    A hyphen parts words; an apostrophe, and the points of U.S., do not. A character of a script without spaces is a word.
    """
    found = (Token(form(match.group()), *match.span()) for match in _WORD.finditer(text))
    return [token for token in found if token.form]


def form(word: str) -> str:
    """``word`` in the form in which it is compared."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return unicodedata.normalize("NFKC", _UNREAD.sub("", word)).casefold()


_form = lru_cache(maxsize=1 << 16)(form)


def forms(text: str) -> list[str]:
    """The words of ``text`` without their places; of plain letters alone, quickly."""
    if text.isascii():
        return [word.lower() if word.isalnum() else form(word) for word in _PLAIN.findall(text)]
    return [found for found in map(_form, _WORD.findall(text)) if found]


def block_hash(words: Sequence[str]) -> str:
    """The hash of a block of words."""
    return joined_hash(" ".join(words))


def joined_hash(words: str) -> str:
    """The same of words with one space between them."""
    return hashlib.sha256(words.encode()).hexdigest()[:DIGITS]


def tiles(stretch: Sequence[T]) -> Iterator[Sequence[T]]:
    """The blocks of a stretch, which share no word."""
    return (stretch[at : at + SIZE] for at in range(0, len(stretch) - SIZE + 1, SIZE))


def word_blocks(stretches: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The hashes that are locked, of stretches of the original's words: sorted, so that their order tells nothing."""
    return tuple(sorted({block_hash(tile) for stretch in stretches for tile in tiles(stretch)}))


def windows(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The hash of every eight words of ``words``, each with the number of its first."""
    for at in range(len(words) - SIZE + 1):
        yield at, block_hash(words[at : at + SIZE])
