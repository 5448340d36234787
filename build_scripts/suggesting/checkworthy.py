"""Sentences that are worth checking, with the reasons.

In: the sentences of a text and what was found in them. Out: sentences that state something that can be looked up or
counted, the weightiest first to last as they stand. A sentence of opinion, a question or a wish is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_scripts.anchoring.anchor import Span

_NUMBER = re.compile(
    r"(?:[$€£]\s?)?\b\d[\d.,]*\s?(?:%|percent|per cent|million|billion|trillion|thousand)?|\b(?:half|third|quarter|dozens|hundreds|thousands|millions|billions|twice|double[ds]?|triple[ds]?)\b",
)
_COMPARISON = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|greater|worse|better|faster|slower|older|younger)\s+(?:\w+\s+)?than\b"
    r"|\bas\s+\w+\s+as\b|\b(?:rose|fell|grew|dropped|increased|decreased|declined|doubled|tripled|surged|plunged|jumped|soared|slumped|shrank)\b",
)
_SUPERLATIVE = re.compile(
    r"\b(?:first|last|only|most|least|best|worst|record|never|always|unprecedented|all-time|every|no one|none)\b"
    r"|\b(?:\w+[- ])?(?:largest|biggest|smallest|highest|lowest|oldest|youngest|longest|shortest|fastest|deadliest|richest|poorest|strongest|busiest|latest|greatest|worst)\b",
)
_CAUSE = re.compile(
    r"\b(?:because|caused?|causing|led to|leads to|due to|as a result|resulted in|resulting in|thanks to|triggered|prompted|blamed?|contributed to|responsible for)\b",
)
_LAW = re.compile(
    r"\b(?:law|policy|policies|treaty|court|ruling|directive|ban|banned|illegal|legal|allows?|prohibits?|requires?|approved|authori[sz](?:ed|ing|es))\b",
)
_SOURCING = re.compile(
    r"\b(?:condition of anonymity|did not (?:say|respond|immediately)|declined to|not authori[sz]ed to|contributed to this report|could not be reached|photo|image:|view all)\b",
)
_WISH = re.compile(r"^\W*(?:let|may|please|imagine|if only|hopefully)\b|\?\W*$")
_SHORTEST = 6
"""Words that a sentence has at least."""

_REASONS = (
    ("number", _NUMBER),
    ("comparison", _COMPARISON),
    ("superlative", _SUPERLATIVE),
    ("cause", _CAUSE),
    ("rule", _LAW),
)


@dataclass(frozen=True, slots=True)
class Checkworthy:
    """A sentence and why: number, comparison, superlative, cause, rule, measurement, statement (somebody's, of fact)."""

    span: Span
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in the text: words that somebody says, dates, measurements, names."""

    said: Sequence[Span]
    dated: Sequence[Span]
    measured: Sequence[Span]
    named: Sequence[Span]


def checkworthy(text: str, sentences: Sequence[Span], facts: Facts) -> list[Checkworthy]:
    """The sentences with two reasons or a measurement, and those with one that speak of something with a name."""
    found = []
    dates, cursors = _Cursor(facts.dated), [_Cursor(spans) for spans in (facts.said, facts.measured, facts.named)]
    for span in sentences:
        words = text[span.start : span.end].lower()
        is_said, is_measured, is_named = (cursor.any_in(span) for cursor in cursors)
        plain = _without(text, span, list(dates.all_in(span)))
        if len(words.split()) < _SHORTEST or _SOURCING.search(words) or _WISH.search(words):
            continue
        reasons = [name for name, pattern in _REASONS if pattern.search(plain)]
        reasons += ["measurement"] if is_measured else []
        reasons += ["statement"] if is_said and is_named else []
        if len(reasons) > 1 or is_measured or (reasons and is_named and reasons != ["rule"]):
            found.append(Checkworthy(span, tuple(reasons)))
    return found


class _Cursor:
    """Goes through spans in order, as the sentences go by."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._at = 0

    def all_in(self, span: Span) -> Iterator[Span]:
        while self._at < len(self._spans) and self._spans[self._at].end <= span.start:
            self._at += 1
        at = self._at
        while at < len(self._spans) and self._spans[at].start < span.end:
            yield self._spans[at]
            at += 1

    def any_in(self, span: Span) -> bool:
        return next(self.all_in(span), None) is not None


def _without(text: str, span: Span, cut: Sequence[Span]) -> str:
    """The sentence without its dates, whose numbers are no reason."""
    parts, at = [], span.start
    for one in cut:
        parts.append(text[at : max(at, one.start)])
        at = max(at, one.end)
    return " ".join([*parts, text[at : span.end]]).lower()
