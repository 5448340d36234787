"""Words and their forms: what of two texts counts as the same word when they are compared.

In: text. Out: its words with offsets (code points, end excluded), each with a form that leaves out what cannot change its
meaning: glyphs of quotation marks and dashes, case, invisible characters, vowel marks of Arabic and points of Hebrew. Other
marks belong to the letter and stay: Ukrainian й is not и, Spanish año is not ano.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

BREAK = "\n"
"""The form of what parts two blocks, or the lines of one."""

QUOTATION_MARKS = frozenset("\"'")
"""The forms of quotation marks; an apostrophe inside a word is part of the word."""

STOPS = tuple(".!?。！？؟।")
"""The signs that end a sentence."""

_GLYPHS = {
    **dict.fromkeys("‘’‚‛′‹›`´ʼ׳", "'"),
    **dict.fromkeys("“”„‟″«»״", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u2060\ufeff", ""),
    "…": "...",
}
# The vowel marks of Arabic with its superscript alef and its filler; the points and accents of Hebrew.
_POINTS = regex.compile("[\u064b-\u0652\u0670\u0640\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_TABLE = str.maketrans(_GLYPHS)

LONGEST = 200
"""Code points from which on a word, or a run of one sign, is parted in two: no language has longer ones, but a bound has to be."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}\u00ad\u200b-\u200d\u2060]--[{_UNSPACED}]]"
_RUN = f"{_LETTER}{{1,{LONGEST}}}"
_WORD = regex.compile(
    rf"""
    \n\s*                                      # what parts two blocks, or the lines of one
    | [{_UNSPACED}]\p{{M}}{{0,{LONGEST}}}            # scripts without spaces: each character is a word
    | {_RUN} (?:['’ʼ׳״"](?=\p{{Hebrew}}){_RUN} | ['’ʼ.,٫٬](?!['’]) {_RUN}){{0,20}}
    | ([^\s\p{{L}}\p{{M}}\p{{N}}])\1{{0,{LONGEST}}}  # a sign, as often as it stands
    """,
    regex.VERBOSE | regex.VERSION1,
)


_COUNTED_EACH = regex.compile(rf"[{_UNSPACED}]\p{{M}}*", regex.VERSION1)


class Word(NamedTuple):
    """A word, a run of one sign, or a break; ``form`` is equal for what counts as the same."""

    form: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words and signs of ``text`` in order; white space within a line and what does not show are none."""
    return [word for match in _WORD.finditer(text) if (word := _word(match)).form]


def how_many(text: str) -> int:
    """How many words a person counts: what stands between spaces with a letter or digit; in scripts without spaces each character."""
    spaced, number = _COUNTED_EACH.subn(" ", text)
    return number + sum(1 for word in spaced.split() if word.isalnum() or any(map(str.isalnum, word)))


def word_across(text: str, at: int) -> Word | None:
    """The one of the ``words`` of ``text`` that begins before ``at`` and ends after it."""
    space, end = text.rfind(" ", 0, at), text.find(" ", at)
    plain = text[space + 1 : end if end >= 0 else None]
    if plain.isascii() and plain.isalnum() and len(plain) <= LONGEST:
        return Word(plain.lower(), space + 1, space + 1 + len(plain)) if 0 < at - space - 1 < len(plain) else None
    # No word has a space, and no break one after what is none.
    start = space if space > 0 and not text[space - 1].isspace() else 0
    for match in _WORD.finditer(text, start):
        if match.end() > at:
            word = _word(match) if match.start() < at else None
            return word if word and word.form else None
    return None


def form(word: str) -> str:
    """What ``word`` has in common with all its spellings that mean the same."""
    return glyphless(_POINTS.sub("", word)).casefold()


def glyphless(text: str) -> str:
    """``text`` composed (NFC), with plain quotation marks and dashes, without invisible characters; its case stays."""
    return unicodedata.normalize("NFC", text).translate(_TABLE)


def unpointed(text: str) -> str:
    """``text`` as ``glyphless`` gives it, without vowel marks of Arabic and points of Hebrew."""
    return glyphless(_POINTS.sub("", text))


@lru_cache(maxsize=2)
def fold(text: str) -> tuple[str, list[int]]:
    """``text`` in the form in which words are compared, white space as one space; and the offset of each code point."""
    folded: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        same = " " if char.isspace() else _GLYPHS.get(char, char).casefold()
        if same == " " and folded and folded[-1] == " ":
            continue
        folded += same
        offsets += [at] * len(same)
    return "".join(folded), offsets


def _word(match: regex.Match[str]) -> Word:
    found = match.group()
    same = BREAK if "\n" in found else form(found)
    return Word("-" if same.strip("-") == "" else same, match.start(), match.end())
