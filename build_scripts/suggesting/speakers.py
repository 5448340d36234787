"""Who says what stands between quotation marks, by the words around them.

In: sentences of units. Out: for each passage the verb that attributes it and the words that name its source. Only the
same paragraph is looked at. English.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting.clauses import PRONOUNS, Clause, Unit
from build_scripts.suggesting.cues import BASE, CUES, WEAK
from build_scripts.suggesting.phrases import Source, source_before, source_behind
from build_scripts.suggesting.quotations import Quoted
from build_scripts.suggesting.wordlists import listed

_NEAR, _FAR = 6, 24
"""Units between a verb and a passage: where the verb is weak; behind a passage."""

_ENDS = frozenset(",?!…—–-")
_NOT_SUBJECT = listed(
    "and but or nor which that who is was are were be been has had have in on at from for with to of as by if "
    "because since while when after before"
)
_DETERMINERS = listed("the a an this that his her its their our my your some any no each every")
_BE = listed("is was are were be been being")


@dataclass(frozen=True, slots=True)
class Attribution:
    """``quotes``: numbers of passages in one sentence's words. ``cue``: the verb; ``rule``: how it was found."""

    quotes: tuple[int, ...]
    rule: str
    source: Source | None = None
    cue: Span | None = None


def attributions(lines: Sequence[Sequence[Clause]], quotes: Sequence[Quoted]) -> Iterator[tuple[int, Attribution]]:
    """For each line its attributions, in order; passages of one quotation that the attribution interrupts are together."""
    for number, line in enumerate(lines):
        for one in _joined(_in_line(line, quotes), quotes):
            yield number, one


def _in_line(line: Sequence[Clause], quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    last: Attribution | None = None
    for at, sentence in enumerate(line):
        for place, unit in enumerate(sentence):
            if unit.quote < 0:
                continue
            found = _by_words(sentence, place, quotes) or _by_neighbour(line, at, place, last)
            one = (
                Attribution((unit.quote,), found.rule, found.source, found.cue)
                if found
                else Attribution((unit.quote,), "none")
            )
            last = one if one.source else last
            yield one


def _joined(found: Iterator[Attribution], quotes: Sequence[Quoted]) -> list[Attribution]:
    """Passages with the same attribution as one; what has none takes that of the passage right behind it."""
    joined: list[Attribution] = []
    for one in found:
        before = joined[-1] if joined else None
        if before and one.source and before.rule == "none" and one.quotes[0] == before.quotes[-1] + 1:
            gap = quotes[one.quotes[0]].span.start - quotes[before.quotes[-1]].span.end
            if gap <= 1:
                joined[-1] = Attribution((*before.quotes, *one.quotes), one.rule, one.source, one.cue)
                continue
        is_same = before and one.cue and before.cue == one.cue and one.source == before.source
        if before and is_same:
            joined[-1] = Attribution((*before.quotes, *one.quotes), before.rule, before.source, before.cue)
        else:
            joined.append(one)
    return joined


# --- the words of the sentence ----------------------------------------------------------------------------------------


def _by_words(sentence: Clause, place: int, quotes: Sequence[Quoted]) -> Attribution | None:
    quote = quotes[sentence[place].quote]
    is_tight = quote.last in _ENDS or (place + 1 < len(sentence) and sentence[place + 1].text in _ENDS)
    behind = _behind(sentence, place) if is_tight else None
    opens = place == 0 or sentence[place - 1].quote >= 0
    if behind and (opens or quote.first.isupper()):
        return behind
    return _before(sentence, place) or behind or _according(sentence, place)


def _behind(sentence: Clause, place: int) -> Attribution | None:
    """``"…," said Smith``, ``"…," Smith said``, ``"…," according to Smith``."""
    at = place + 1
    while at < len(sentence) and sentence[at].text in _ENDS:
        at += 1
    rest = sentence[at : at + _FAR]
    rest = rest[: next((n for n, unit in enumerate(rest) if unit.quote >= 0), len(rest))]
    if not rest:
        return None
    if rest[0].lower == "according" and len(rest) > 2:  # noqa: PLR2004 -- according, to, somebody
        return _made("according-to", source_behind(rest[2:]), rest[0], rest[1])
    if rest[0].lower in CUES:
        source = source_behind(rest[1:])
        return _made("quote-verb-source", source, rest[0])
    if rest[0].lower in _NOT_SUBJECT or not rest[0].is_word:
        return None
    for n, unit in enumerate(rest[1:], 1):
        if unit.lower in CUES and not _is_noun(rest, n):
            return _made("quote-source-verb", source_before(rest[:n]), unit)
        if unit.text == ":":
            break
    return None


def _before(sentence: Clause, place: int) -> Attribution | None:
    """``Smith said: "…"``, ``Smith said that the … "…"``; the nearest verb, and back over other passages."""
    for at in range(place - 1, -1, -1):
        unit = sentence[at]
        if unit.lower not in CUES or unit.quote >= 0 or unit.name or _is_noun(sentence, at):
            continue
        if unit.lower in WEAK and place - at > _NEAR:
            continue
        if at and sentence[at - 1].lower in _BE and not unit.lower.endswith("ing"):
            continue
        source = _subject(sentence, at)
        if source:
            return _made("source-verb-quote", source, unit)
    return None


def _subject(sentence: Clause, at: int) -> Source | None:
    """The source before the verb at this place; of a participle or a second verb, that of the sentence."""
    start = next((n + 1 for n in range(at - 1, -1, -1) if sentence[n].quote >= 0), 0)
    is_second = at > 0 and (
        sentence[at].lower.endswith("ing") or sentence[at - 1].lower in ("and", "but", "then", "also")
    )
    is_own = not is_second or sentence[at - 1].lower == "also" or sentence[at - 1].name
    source = source_before(sentence[start:at]) if is_own else None
    if source:
        return source
    main = _main_subject(sentence[start:at])
    if main:
        return main
    first_verb = next((n for n in range(start) if sentence[n].lower in CUES and not _is_noun(sentence, n)), 0)
    return source_before(sentence[:first_verb]) if first_verb else None


def _main_subject(units: Sequence[Unit]) -> Source | None:
    """The first person or pronoun of a sentence, else its first name."""
    people = (n for n, unit in enumerate(units) if unit.lower in PRONOUNS or (unit.name and unit.name.type == "person"))
    names = (n for n, unit in enumerate(units) if unit.name)
    first = next(people, next(names, None))
    return None if first is None else source_before(units[: first + 1])


def _according(sentence: Clause, place: int) -> Attribution | None:
    """``According to Smith, …``, before or behind."""
    for at, unit in enumerate(sentence[:-2]):
        if unit.lower == "according" and sentence[at + 1].lower == "to":
            return _made(
                "according-to",
                source_behind(sentence[at + 2 : place if at < place else len(sentence)]),
                unit,
                sentence[at + 1],
            )
    return None


def _is_noun(units: Sequence[Unit], at: int) -> bool:
    """Whether a word that can be a verb of saying is a noun here, or stands behind ``to``."""
    unit = units[at]
    if unit.lower not in BASE and not unit.lower.endswith("s"):
        return False
    if at == 0:
        return True
    before = units[at - 1]
    is_plural_verb = unit.lower in BASE and (before.lower.endswith("s") or before.lower in PRONOUNS)
    return (
        before.lower in _DETERMINERS
        or before.lower in ("to", "of", "not", "will", "would", "'s", "’s")
        or (unit.lower in BASE and not is_plural_verb)
    )


def _made(rule: str, source: Source | None, *cue: Unit) -> Attribution | None:
    return Attribution((), rule, source, Span(cue[0].start, cue[-1].end)) if source else None


# --- the words around the sentence ------------------------------------------------------------------------------------


def _by_neighbour(line: Sequence[Clause], at: int, place: int, last: Attribution | None) -> Attribution | None:
    """A passage without a verb: that of the passage before it in the paragraph, else whom the sentence before is about."""
    if last:
        return Attribution((), "same-paragraph", last.source, last.cue)
    if place == 0 and at:
        person = next((unit.name for unit in line[at - 1] if unit.name and unit.name.type == "person"), None)
        if person:
            return Attribution((), "sentence-before", Source(person.span, "name", person))
    return None
