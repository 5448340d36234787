"""Where words stand in an original, letter by letter; where only the glyphs of signs differ, that is said.

In: an original, words. Out: the place, and whether it is the same to the letter; or nothing: likeness does not count.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from build_scripts.anchoring.anchor import Selector, Span, alike, candidates
from build_scripts.anchoring.forms import glyphless
from build_scripts.originals.profile import PROTECTED, Original
from build_scripts.originals.shingles import tokens

_ENOUGH = 6
"""Half as many words in a row are no chance."""


@dataclass(frozen=True, slots=True)
class Located:
    """Words of ours, found: ``span`` in the original; none if they are not there."""

    words: str
    span: Span | None
    is_exact: bool = True


def locate(original: Original, parts: Sequence[str]) -> list[Located]:
    """Each of the words: in the body rather than elsewhere, behind those before them rather than in front."""
    found: list[Located] = []
    after = 0
    for words in parts:
        spans = [span for span in candidates(original.text, Selector(words)) if _is_whole(original.text, span)]
        is_exact = bool(spans)
        spans = spans or [span for span in alike(original.text, words) if _differ_in_glyphs(original.text, span, words)]
        span = min(spans, key=lambda span: (not _is_protected(original, span), span.start < after, span), default=None)
        found.append(Located(words, span, is_exact))
        after = span.end if span else after
    return found


def by_hash(original: Original, length: int, wanted: str) -> Span | None:
    """The only passage of so many code points that has a hash; none, or several, is None."""
    found = list(_with_hash(original, length, wanted))
    return found[0] if len(found) == 1 else None


def words_between(original: Original, number: int, first: int | None, last: int | None) -> Span | None:
    """The span of words of a block, all counted from 1; of the whole block where they are not given."""
    block = next((block for block in original.blocks if block.number == number), None)
    words = tokens(block.text) if block else []
    if block is None or not words:
        return None
    if first is None:
        return block.span
    last = last or first
    if not 1 <= first <= last <= len(words):
        return None
    return Span(block.span.start + words[first - 1].start, block.span.start + words[last - 1].end)


def glyphs(original: Original, found: Located) -> str:
    """Which signs the original has in place of which: ``’ for '``."""
    theirs = original.text[slice(*found.span)] if found.span else ""
    pairs = [(one, other) for one, other in zip(theirs, found.words, strict=False) if one != other]
    return ", ".join(f"{one} for {other}" for one, other in dict.fromkeys(pairs)) or "white space"


def slip(original: Original, words: str) -> str:
    """Where words that are not there first differ from those most like them: ``lucky for happy``; empty where none are like them."""
    ours, theirs = tokens(words), tokens(original.text)
    said, there = ([token.form for token in one] for one in (ours, theirs))
    same = difflib.SequenceMatcher(a=said, b=there, autojunk=False).find_longest_match()
    if 2 * same.size < min(len(ours), _ENOUGH):
        return ""
    behind, before = same.a + same.size, same.a - 1
    at = behind if behind < len(ours) else before
    beside = at + same.b - same.a
    if not 0 <= at < len(ours) or not 0 <= beside < len(theirs):
        return ""
    found, wanted = ours[at], theirs[beside]
    return f"{original.text[wanted.start : wanted.end]} for {words[found.start : found.end]}"


def _differ_in_glyphs(text: str, span: Span, words: str) -> bool:
    """Whether two passages are the same but for the glyphs of signs and white space: case counts."""
    theirs, ours = (" ".join(glyphless(one).split()) for one in (text[slice(*span)], words))
    return theirs == ours


def _is_whole(text: str, span: Span) -> bool:
    """Whether no word is cut at its ends."""
    cuts = ((text[at - 1 : at], text[at : at + 1]) for at in span)
    return not any(before.isalnum() and after.isalnum() for before, after in cuts)


def _is_protected(original: Original, span: Span) -> bool:
    block = original.block_at(span.start)
    return block is not None and block.role in PROTECTED


def _with_hash(original: Original, length: int, wanted: str) -> Iterator[Span]:
    for block in original.blocks:
        for at in range(len(block.text) - length + 1):
            passage = block.text[at : at + length]
            if sha256(passage.encode()).hexdigest().startswith(wanted):
                yield Span(block.span.start + at, block.span.start + at + length)
