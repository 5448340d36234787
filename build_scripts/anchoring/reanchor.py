"""What an annotation of an old text is in a new one: a proposal that a person decides on.

In: both texts, a span of the old one, what it is. Out: one of four answers, the span proposed, the reason. Alignment finds the
place, likeness may speak against it, the guard of meaning decides which answer it is; a tie is never broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.follow import Route, Texts
from build_scripts.anchoring.meaning import Subject, difference
from build_scripts.anchoring.rivals import Rival, rivals, score, twins

TIE = 0.125
"""Margin of score below which two places can't be told apart."""


class Answer(StrEnum):
    """What became of an annotation, from the least to the most that a person has to do."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    MEANING_CHANGED = "meaning changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Proposal:
    """``span``: where the words stand in the new text, None for lost ones. ``others``: places that could be taken for it.

    ``score``: how much speaks for the span, from 0 to 1; ``margin``: how much more than for the best of the others.
    """

    answer: Answer
    span: Span | None
    reason: str
    score: float = 0.0
    margin: float = 0.0
    others: tuple[Span, ...] = ()


def propose(texts: Texts, span: Span, subject: Subject) -> Proposal:
    """What to do with the annotation of ``span``, which is a span of the old text."""
    route = texts.route(span)
    if route is None:
        return _lost(texts, span)
    here = score(texts, route.old, route.new)
    others = rivals(texts, route.old, route.new)
    margin = here - (others[0].score if others else 0)
    found = texts.span(route, span)
    came, went = _ties(texts, route, others)
    if came or went:
        places = (found, *(_span(texts, place) for place in came))
        reason = (
            "its words stand in places that can't be told apart" if came else "its words stood twice, and stand once"
        )
        return Proposal(Answer.LOST, None, reason, here, margin, tuple(sorted(places)))
    difference_found = difference(texts, route, subject)
    spans = tuple(_span(texts, other.words) for other in others[:3])
    if difference_found and difference_found.matters:
        return Proposal(Answer.MEANING_CHANGED, found, difference_found.what, here, margin, spans)
    if difference_found:
        return Proposal(Answer.MOVED, found, difference_found.what, here, margin, spans)
    is_same = texts.old.text[slice(*span)] == texts.new.text[slice(*found)]  # also at its ends
    if route.is_moved or not is_same:
        reason = "the same words stand elsewhere" if is_same else "white space differs"
        return Proposal(Answer.MOVED, found, reason, here, margin, spans)
    return Proposal(Answer.UNCHANGED, found, "the same words stand in the same place", here, margin, spans)


def _lost(texts: Texts, span: Span) -> Proposal:
    mine = texts.old.touched(span)
    if any(left.start < mine.stop and mine.start < left.stop for left in texts.alignment.left_out):
        return Proposal(
            Answer.LOST, None, "the text around it changed too much, or repeats itself too often, to be compared"
        )
    others = tuple(_span(texts, other.words) for other in rivals(texts, mine, range(0))[:3])
    reason = "its words are gone; others look like them" if others else "its words are gone"
    return Proposal(Answer.LOST, None, reason, others=others)


def _ties(texts: Texts, route: Route, others: list[Rival]) -> tuple[list[range], list[range]]:
    """Other places, as likely by line or sentence, to which the same words came, and others from which they went."""
    came = [other.words for other in others if other.is_same and texts.is_new(other.words)]
    went = [twin for twin in twins(texts, route.old) if texts.is_gone(twin)]
    if texts.old.forms(route.old) != texts.new.forms(route.new) or not (came or went):
        return [], []
    line, sentence = texts.old.line(route.old), texts.old.sentence(route.old)
    same_line = texts.old.forms(line) == texts.new.forms(_widened(route.new, route.old, line))
    unit = line if same_line else sentence
    here = _widened(route.new, route.old, unit)
    enough = score(texts, unit, here) - TIE

    def is_as_likely(old: range, new: range) -> bool:
        is_copy_beside = texts.old.forms(old) == texts.new.forms(new) and (
            _is_beside(old, unit) or _is_beside(new, here)
        )
        return is_copy_beside or score(texts, old, new) >= enough

    came = [place for place in came if is_as_likely(unit, _widened(place, route.old, unit))]
    went = [twin for twin in went if is_as_likely(_widened(twin, route.old, unit), here)]
    return came, went


def _is_beside(one: range, other: range) -> bool:
    """Whether nothing but a break stands between two different ranges."""
    return one != other and max(one.start, other.start) - min(one.stop, other.stop) <= 1


def _widened(place: range, old: range, unit: range) -> range:
    """``place`` with as many words before and behind as ``unit`` has around ``old``."""
    return range(place.start - (old.start - unit.start), place.stop + (unit.stop - old.stop))


def _span(texts: Texts, place: range) -> Span:
    last = min(place.stop, len(texts.new)) - 1
    return Span(texts.new.words[place.start].start, texts.new.words[last].end)
