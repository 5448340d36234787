"""What stands in a text twice: a quotation in two wordings, a paragraph.

In: a text. Out: findings. A shorter piece of a longer quotation is no other wording, nor is one with words left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from build_scripts.checks.consistency.finding import Finding, Text
from build_scripts.problems import Rule, Severity, shown

QUOTATION = Rule(
    "quotation-differs",
    "A quotation that stands in the text twice has the same words both times: not *“We will never go back there”* first and "
    "*“We will not go back there”* later.",
    Severity.WARNING,
)
PARAGRAPH = Rule(
    "paragraph-twice",
    "No paragraph stands in a text a second time, but for questions, as in interviews.",
    Severity.WARNING,
)
RULES = (QUOTATION, PARAGRAPH)

MIN_PARAGRAPH = 60
"""Characters of the shortest paragraph that is no refrain or heading."""

MIN_WORDS, RUN = 6, 3
"""Words of a quotation that is long enough to be compared; words in a row that two of them have in common."""

BORNE = 6
"""Of so many words one may be another, and the two are still the same quotation."""

_MOST = 8
"""Quotations that are compared because they have a run of words in common."""

_QUOTED = regex.compile(
    r"“(?P<words>[^“”\n]{20,2000})”|„(?P<words>[^„“”\n]{20,2000})[“”]|«(?P<words>[^«»\n]{20,2000})»"
    r"|(?<![\p{L}\p{N}=])\"(?P<words>[^\"\n]{20,2000})\"(?![\p{L}\p{N}])"
)
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[’'][\p{L}\p{M}]+)*+")
_CHANGED = regex.compile(r"\[|…|\.\.\.|\(|/")
"""Words left out or put in; an address."""


@dataclass(frozen=True, slots=True)
class _Quotation:
    start: int
    text: str
    words: tuple[str, ...]


def check(text: Text) -> Iterator[Finding]:
    """Quotations in two wordings and paragraphs that stand twice."""
    yield from _paragraphs(text)
    yield from _quotations(text.text)


def _paragraphs(text: Text) -> Iterator[Finding]:
    first: dict[str, int] = {}
    long = [(start, line) for start, line in text.lines if len(line) >= MIN_PARAGRAPH]
    ends = [tuple(line.rsplit(None, 2)[1:]) for _start, line in long]
    often = Counter(ends)
    for (start, line), end in zip(long, ends, strict=True):
        plain = " ".join(line.split()) if often[end] > 1 else ""
        if len(plain) >= MIN_PARAGRAPH and not plain.endswith(("?", "？", "؟")):
            if plain in first:
                yield Finding(PARAGRAPH, start, f"{shown(plain)} stands already", "delete one of the two", first[plain])
            first.setdefault(plain, start)


def _quotations(text: str) -> Iterator[Finding]:
    quoted = [(quotation, _runs(quotation.words)) for quotation in _quoted(text)]
    often = Counter(run for _quotation, runs in quoted for run in runs)
    if not quoted or often.most_common(1)[0][1] == 1:  # no two have a run in common
        return
    at_run: dict[tuple[str, ...], list[_Quotation]] = defaultdict(list)
    for quotation, runs in quoted:
        before = {other.start: other for run in runs for other in at_run[run]}
        for _start, other in sorted(before.items())[:_MOST]:
            if _is_other_wording(quotation.words, other.words):
                message = f"{shown(quotation.text)} is worded another way"
                yield Finding(QUOTATION, quotation.start, message, "give both the same words", other.start)
                break
        for run in runs:
            if len(at_run[run]) < _MOST:
                at_run[run].append(quotation)


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(*(words[at:] for at in range(RUN)), strict=False))


def _quoted(text: str) -> Iterator[_Quotation]:
    for found in _QUOTED.finditer(text):
        said = found["words"]
        words = tuple(_WORDS.findall(said.casefold().replace("’", "'")))
        if len(words) >= MIN_WORDS and not _CHANGED.search(said):
            yield _Quotation(found.start(), said, words)


def _is_other_wording(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two quotations are one, but for a few words; a piece of the other is not another wording."""
    shorter, longer = sorted((one, other), key=len)
    size, limit = len(shorter), max(1, len(shorter) // BORNE)
    if len(longer) - size > limit or _holds(longer, shorter):
        return False
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 -- slow to load, and few quotations are so much alike

    return Levenshtein.distance(shorter, longer, score_cutoff=limit) <= limit


def _holds(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    size = len(shorter)
    return any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1) if longer[at] == shorter[0])
