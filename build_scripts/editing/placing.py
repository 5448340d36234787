"""Words that an editor names, and the one place of an article where they stand.

In: an article's text, words as somebody typed them. Out: the spans, with what was read otherwise than typed, or an error that
shows every place. Other glyphs of quotation marks and dashes and other white space are the same words; another case is not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_scripts.anchoring.anchor import Selector, Span, alike, candidates, cuts_cluster
from build_scripts.anchoring.forms import QUOTATION_MARKS, glyphless
from build_scripts.anchoring.names import is_whole_word
from build_scripts.editing.find import occurrence
from build_scripts.problems import one_line, shown
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.source import Source

_DOUBLE = '"'
MOST = 20
"""Places that an error shows."""


class CannotPlaceError(Exception):
    """The words have no place, or several; the message says which."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words as typed. ``numbers``: which place is meant, from 1, of each, or of those that stand in several."""

    words: tuple[str, ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where words stand; ``note``: how they are written there, where that is another way than they were typed."""

    span: Span
    note: str = ""


def place(prose: Prose, wanted: Wanted) -> list[Placed]:
    """The place of each of the words. Raises CannotPlaceError."""
    words, numbers = wanted.words, wanted.numbers
    found = [_places(prose, one) for one in words]
    several = [at for at, spans in enumerate(found) if len(spans) > 1]
    if numbers and len(numbers) not in (len(words), len(several)):
        times = "once" if len(numbers) == 1 else f"{len(numbers)} times"
        raise CannotPlaceError(f"--occurrence is given {times} for {len(words)} WORDS: give it for each of them")
    which = dict(zip(range(len(words)) if len(numbers) == len(words) else several, numbers, strict=False))
    return [_chosen(prose, one, spans, which.get(at)) for at, (one, spans) in enumerate(zip(words, found, strict=True))]


def without_marks(words: str) -> str:
    """``words`` without the quotation marks around them, or a double one that opens or closes elsewhere."""
    words = words.strip()
    plain = glyphless(words)
    for mark in QUOTATION_MARKS:
        if plain[:1] == plain[-1:] == mark and plain.count(mark) == 2:  # noqa: PLR2004 -- these two and no other
            return words[1:-1].strip()
    if plain.count(_DOUBLE) == 1:
        return words.removeprefix(words[:1] if plain.startswith(_DOUBLE) else "").removesuffix(
            words[-1:] if plain.endswith(_DOUBLE) else ""
        )
    return words


def _chosen(prose: Prose, words: str, spans: Sequence[Span], number: int | None) -> Placed:
    if number is None and len(spans) > 1:
        raise CannotPlaceError(f"{shown(words)} stands in {len(spans)} places, so say which:{_listed(prose, spans)}")
    if number is not None and not 0 < number <= len(spans):
        times = "1 place" if len(spans) == 1 else f"{len(spans)} places"
        raise CannotPlaceError(f"{shown(words)} stands in {times}, there is no number {number}:{_listed(prose, spans)}")
    span = spans[(number or 1) - 1]
    there = prose.text[slice(*span)]
    is_same = there == unicodedata.normalize("NFC", words.strip())
    return Placed(span, "" if is_same else f"written as the article has it: {shown(there, 200)}")


def _places(prose: Prose, words: str) -> list[Span]:
    """Every place of the words; of whole words only, where they stand as such. Raises CannotPlaceError where there is none."""
    words = unicodedata.normalize("NFC", words.strip())
    if not words:
        raise CannotPlaceError("no words are given")
    near = alike(prose.text, words)
    found = candidates(prose.text, Selector(words)) or [span for span in near if _is_same(prose, span, words)]
    within = [span for span in found if _is_in_one_block(prose, span)]
    whole = [span for span in within if is_whole_word(prose.text, span)]
    right = [span for span in whole or within if not cuts_cluster(prose.text, span)]
    if right:
        return right
    if within:
        raise CannotPlaceError(f"{shown(words)} ends inside what a reader sees as one character: take all of it in")
    if found:
        raise CannotPlaceError(_across(prose, words, found[0]))
    raise CannotPlaceError(_missing(prose, words, near))


def _is_same(prose: Prose, span: Span, words: str) -> bool:
    return glyphless(prose.text[slice(*span)]).split() == glyphless(words).split()


def _is_in_one_block(prose: Prose, span: Span) -> bool:
    return prose.block_number(span.start) == prose.block_number(span.end - 1)


def _across(prose: Prose, words: str, span: Span) -> str:
    first, last = (prose.blocks[prose.block_number(at)] for at in (span.start, span.end - 1))
    parts = f"from {prose.place(span.start)} over the end of a paragraph to {prose.place(max(last.start, first.end))}"
    return f"{shown(words)} runs {parts}: give the words of each paragraph by themselves"


def _missing(prose: Prose, words: str, near: Iterable[Span]) -> str:
    """Why words have no place, with the way out."""
    start = f"{shown(words)} does not stand in {prose.source.path}"
    for span in near:
        return f"{start}; did you mean, at {prose.place(span.start)}: {shown(prose.text[slice(*span)], 200)}?"
    visible = read_prose(Source("", words))[0].text
    if (
        visible != words
        and visible.strip()
        and (candidates(prose.text, Selector(visible)) or alike(prose.text, visible))
    ):
        return f"{start}; words are given as a reader sees them, without markup: {shown(visible, 200)}"
    return f"{start}: words are given as a reader sees them; `newsgloss find` with fewer of them tells where they stand"


def _listed(prose: Prose, spans: Sequence[Span]) -> str:
    """The places, a line each, with the words around them."""
    lines = [f"\n  --occurrence {number}  {_line(prose, span)}" for number, span in enumerate(spans[:MOST], 1)]
    return "".join(lines) + (f"\n  and {len(spans) - MOST} more" if len(spans) > MOST else "")


def _line(prose: Prose, span: Span) -> str:
    one = occurrence("", prose, span)
    where = f"{one.place.path.rpartition('/')[2]}:{one.place.line}:{one.place.column}"
    return one_line(f"{where}: {one.before}[{one.words}]{one.after}")
