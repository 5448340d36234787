"""What somebody is reported to have said in other words.

In: sentences of units. Out: clauses with the verb and the source: ``Smith said (that) …``, ``…, Smith said``, ``According
to Smith, …``. A verb that is denied (``did not say``) reports nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting.clauses import Clause, Unit
from build_scripts.suggesting.cues import INDIRECT
from build_scripts.suggesting.phrases import Source, source_before, source_behind
from build_scripts.suggesting.wordlists import listed

_HEARERS = listed(
    "reporters journalists lawmakers parliament supporters viewers residents voters officials police "
    "investigators them him her us me it"
)
_BE = listed("is was are were be been being")
_NEGATED = frozenset(["not", "n't", "never"])
_REPORTS = INDIRECT | {"say"}
_SHORTEST = 3
"""Units of a clause that says something."""

_DATELINE, _AHEAD = 8, 7
"""Units in which a dateline ends; in which a second verb of saying follows."""

_TAIL = 8
"""Units at a sentence's end in which its verb of saying stands."""

_ARTICLES = listed("a an the this that his her its their")
_END = frozenset(".?!…;")
_PERSONAL = listed("he she they it we i there")


@dataclass(frozen=True, slots=True)
class Reported:
    """``content``: the clause. ``quotes``: numbers of the passages in quotation marks that it holds."""

    content: Span
    cue: Span
    source: Source
    rule: str
    quotes: tuple[int, ...]


def reported(lines: Sequence[Sequence[Clause]]) -> Iterator[tuple[int, Reported]]:
    """For each line what its sentences report, in order; one clause a sentence, the widest."""
    for number, line in enumerate(lines):
        for sentence in line:
            for part in _parts(_without_dateline(sentence)):
                found = _according(part) or _behind_verb(part) or _before_verb(part)
                if found:
                    yield number, found


def _without_dateline(sentence: Clause) -> Clause:
    """Without ``WASHINGTON (AP) —``."""
    dash = next((n for n, unit in enumerate(sentence[:_DATELINE]) if unit.text in ("—", "–", "--")), -1)
    is_dateline = dash > 0 and any(unit.text.isupper() for unit in sentence[:dash])
    return sentence[dash + 1 :] if is_dateline else sentence


def _parts(sentence: Clause) -> Iterator[Clause]:
    """The sentence in parts, where ``, and`` or ``, but`` is followed by another verb of saying."""
    start = 0
    for at, unit in enumerate(sentence[:-2]):
        behind = sentence[at + 2 : at + _AHEAD]
        if (
            unit.text == ","
            and sentence[at + 1].lower in ("and", "but")
            and any(one.lower in _REPORTS for one in behind)
        ):
            yield sentence[start:at]
            start = at + 2
        elif (
            unit.quote >= 0
            and unit.text == '"'
            and sentence[at + 1].lower in ("and", "but")
            and any(one.lower in INDIRECT for one in behind)
            and at > start
        ):
            yield sentence[start : at + 1]
            start = at + 2
    yield sentence[start:]


def _according(sentence: Clause) -> Reported | None:
    at = next(
        (n for n, unit in enumerate(sentence[:-2]) if unit.lower == "according" and sentence[n + 1].lower == "to"), None
    )
    if at is None:
        return None
    source = source_behind(sentence[at + 2 :])
    if source is None:
        return None
    cue = Span(sentence[at].start, sentence[at + 1].end)
    if at == 0:
        comma = next((n for n, unit in enumerate(sentence) if unit.text == "," and unit.start >= source.span.end), None)
        return _made(sentence[comma + 1 :], cue, source, "according-to") if comma else None
    return _made(sentence[: at - (sentence[at - 1].text == ",")], cue, source, "according-to")


def _behind_verb(sentence: Clause) -> Reported | None:
    """``Smith said that …``: from ``that``, or from the subject of the next verb, to the end of the sentence."""
    for at, unit in enumerate(sentence):
        if not at or unit.lower not in INDIRECT or unit.name or unit.quote >= 0 or _is_negated(sentence, at):
            continue
        start = _clause_start(sentence, at + 1)
        if start is None:
            continue
        source = source_before(sentence[:at])
        if source:
            return _made(_own_clause(sentence[start:]), Span(unit.start, unit.end), source, "source-verb-clause")
    return None


def _own_clause(units: Clause) -> Clause:
    """Without what the source did next: ``it was "…" and ordered an inquiry``."""
    ends = (n for n in range(1, len(units) - 1) if units[n].lower == "and" and units[n - 1].quote >= 0)
    return units[: next((n for n in ends if units[n + 1].lower.endswith("ed")), len(units))]


def _clause_start(sentence: Clause, at: int) -> int | None:
    """Where the clause behind a verb starts; none where an object, a comma or a passage follows that is no clause."""
    rest = sentence[at:]
    if any(one.text == ":" and other.quote >= 0 for one, other in pairwise(rest[:_AHEAD])):
        return None
    if not rest or rest[0].quote >= 0 or rest[0].text in (":", ",", ".", ";"):
        return None
    hearer = 1 if rest[0].lower in _HEARERS or (rest[0].name and len(rest) > 1 and rest[1].lower in _SUBJECTS) else 0
    rest = rest[hearer:]
    that = next((n for n, unit in enumerate(rest[:8]) if unit.lower == "that"), None)
    if that is not None and rest[0].lower not in _PERSONAL:
        return at + hearer + that + 1
    is_clause = bool(rest) and (rest[0].lower in _SUBJECTS or rest[0].name is not None)
    return at + hearer if is_clause else None


_SUBJECTS = listed("he she they it we i there the a an his her their this these those no some many most all more both")


def _before_verb(sentence: Clause) -> Reported | None:
    """``…, Smith said.`` at the end of the sentence, without quotation marks before it."""
    last = len(sentence)
    while last and sentence[last - 1].text in _END:
        last -= 1
    at = next(
        (
            n
            for n in range(last - 1, max(0, last - _TAIL), -1)
            if sentence[n].lower in INDIRECT and not sentence[n].name and sentence[n - 1].lower not in _ARTICLES
        ),
        None,
    )
    if at is None or _is_negated(sentence, at) or any(unit.quote >= 0 for unit in sentence[at:]):
        return None
    comma = next((n for n in range(at - 1, 0, -1) if sentence[n].text == "," or sentence[n].quote >= 0), None)
    if (
        comma is None
        or sentence[comma].quote >= 0
        or any(unit.quote >= 0 for unit in sentence[max(0, comma - 1) : comma])
    ):
        return None
    source = source_before(sentence[comma + 1 : at])
    return (
        _made(sentence[:comma], Span(sentence[at].start, sentence[at].end), source, "clause-source-verb")
        if source
        else None
    )


def _is_negated(sentence: Clause, at: int) -> bool:
    """Whether it was not said, or somebody was told it."""
    if sentence[at - 1].lower in _BE and not sentence[at].lower.endswith("ing"):
        return True
    return any(unit.lower in _NEGATED or unit.lower.endswith(("n't", "n’t")) for unit in sentence[max(0, at - 3) : at])


def _made(units: Sequence[Unit], cue: Span, source: Source, rule: str) -> Reported | None:
    words = [*units]
    while words and words[-1].text in _END:
        words = words[:-1]
    if len(words) < _SHORTEST and not any(unit.quote >= 0 for unit in words):
        return None
    if (len(words) == 1 and words[0].quote >= 0) or not words:
        return None
    quotes = tuple(unit.quote for unit in words if unit.quote >= 0)
    return Reported(Span(words[0].start, words[-1].end), cue, source, rule, quotes)
