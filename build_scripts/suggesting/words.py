"""A text as words, signs and sentences.

In: a text, a line of which is a paragraph. Out: tokens and sentences with their places in code points. One pass, in
time that grows with the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from build_scripts.suggesting.wordlists import listed

_TOKEN = regex.compile(
    r"(?P<initials>\b(?:(?:\p{Lu}\.){2,}+|[ap]\.m\.))"
    r"|(?P<name>[\p{L}\p{M}\p{N}]++(?:(?:[’'](?!s\b)(?=\p{L})|[-‑&](?=[\p{L}\p{N}])|(?<=\p{N})[/.,](?=\p{N}))"
    r"[\p{L}\p{M}\p{N}]++)*+)"
    r"|(?P<genitive>[’']s\b)|(?P<break>\n)|(?P<sign>[^\s])"
)
ABBREVIATIONS = listed(
    "Mr Mrs Ms Dr Prof Sen Sens Rep Reps Gov Gen Lt Col Maj Capt Sgt Adm Cmdr Brig Rev Hon Fr St Jr Sr vs No Nos "
    "Inc Co Corp Ltd Bros Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec Ave Blvd Rd Mt Ft Dept Univ Assn Cpl Pvt Supt "
    "Det Insp al etc ca approx est fig p pp vol ed"
)
"""Words whose full stop ends no sentence."""

_STARTERS = listed(
    "The A An In On At It He She They We I But And This That These Those There Since When While After Before As "
    "If His Her Their Its For With From By To Meanwhile However According Last Next"
)
CLOSERS = frozenset("\"”“»’')]")
"""What closes behind the end of a sentence and belongs to it."""


class Token(NamedTuple):
    """A word, a number or a sign; a line's end is a token of its own."""

    start: int
    end: int
    text: str
    is_word: bool


class Sentence(NamedTuple):
    """Tokens of a text, end excluded."""

    first: int
    last: int


def tokens(text: str) -> list[Token]:
    """All words and signs, in order; ``'s`` and ``’s`` stand by themselves, ``U.S.`` and ``a.m.`` are one word each."""
    return [
        Token(found.start(), found.end(), found[0], found.lastgroup in ("initials", "name"))
        for found in _TOKEN.finditer(text)
    ]


def sentences(words: Sequence[Token]) -> Iterator[Sentence]:
    """The sentences, in order; the end of a line ends one, too. Quotation marks behind the stop belong to it."""
    start = at = 0
    while at < len(words):
        if words[at].text == "\n":
            if at > start:
                yield Sentence(start, at)
            start = at = at + 1
            continue
        end = _end(words, at)
        if end:
            yield Sentence(start, end)
            start = at = end
        else:
            at += 1
    if start < len(words):
        yield Sentence(start, len(words))


def _end(words: Sequence[Token], at: int) -> int:
    """Where a sentence that may stop at this token ends; 0 where it does not stop here."""
    token = words[at]
    is_initials = token.is_word and token.text.endswith(".")
    if token.text not in (".", "?", "!", "…") and not is_initials:
        return 0
    end = at + 1
    while end < len(words) and words[end].text in CLOSERS and words[end].start == words[end - 1].end:
        end += 1
    if end < len(words) and (words[end].start == words[end - 1].end or not _opens(words, end)):
        return 0
    if is_initials:
        return end if end < len(words) and words[end].text in _STARTERS else 0
    before = words[at - 1].text if at else ""
    is_short = before in ABBREVIATIONS or (len(before) == 1 and before.isupper() and before != "I")
    return 0 if token.text == "." and is_short and end < len(words) and words[end].text != "\n" else end


def _opens(words: Sequence[Token], at: int) -> bool:
    """Whether a sentence can open with this token."""
    text = words[at].text
    return not (text[0].islower() or text[0] in ",;:")
