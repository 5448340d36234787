"""Everything that is drafted of one article.

In: the article's text, its language and the day of its publication. Out: names and the things that they name, quotations
with speakers, dates, measurements, sentences worth checking; each with its place and the rule that found it. A function
of its arguments: the same each time.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting.checkworthy import Checkworthy, Facts, checkworthy
from build_scripts.suggesting.clauses import PRONOUNS, Clause, Unit, clauses
from build_scripts.suggesting.clusters import Thing, things
from build_scripts.suggesting.dates import Dated, dates
from build_scripts.suggesting.indirect import Reported, reported
from build_scripts.suggesting.measures import Measure, measures
from build_scripts.suggesting.names import names
from build_scripts.suggesting.parsing import parsed
from build_scripts.suggesting.phrases import Source
from build_scripts.suggesting.quotations import Quoted, quoted
from build_scripts.suggesting.resolving import Resolver
from build_scripts.suggesting.speakers import Attribution, attributions
from build_scripts.suggesting.wordlists import listed
from build_scripts.suggesting.words import sentences, tokens

_STATEMENT = 5
"""Words from which a passage without a verb of saying is taken for a quotation, and not for a term or a title."""

_BY_PLACE = frozenset(["none", "according-to", "same-paragraph", "same-sentence", "sentence-before", "colon"])
"""Rules that no verb beside the passage bears out."""

_UNBORNE = frozenset(["none", "same-paragraph", "same-sentence", "sentence-before"])
"""Rules that give way where a passage goes on from the paragraph before."""

_GUESSED = frozenset(["same-sentence", "sentence-before"])
"""Rules by which nothing but nearness speaks for the speaker."""

_NAMED = listed("named titled entitled nicknamed headlined so-called")
_NAMING = _NAMED | listed(
    "called dubbed labelled labeled known as termed word words term phrase slogan title hashtag sign"
)


class Confidence(StrEnum):
    """``high``: two independent methods agree. ``low``: nothing but nearness speaks for it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody says. ``content``: spans of the words, marks left out; ``passages``: in quotation marks, with them.

    ``speaker``: who; else ``described``: the words that describe the source; else the paragraph names nobody and ``note`` says so.
    """

    kind: str
    content: tuple[Span, ...]
    passages: tuple[Span, ...]
    rule: str
    confidence: Confidence
    source: Span | None = None
    cue: Span | None = None
    speaker: Thing | None = None
    described: Span | None = None
    date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was found in a text, each kind in the order of the text."""

    things: tuple[Thing, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    dates: tuple[Dated, ...] = ()
    measures: tuple[Measure, ...] = ()
    claims: tuple[Checkworthy, ...] = ()


def draft(text: str, published: dt.date | None, language: str = "en") -> Draft:
    """Draft the annotations of a text; where it is not English, of what stands in quotation marks alone."""
    passages = quoted(text)
    if not language.lower().startswith("en"):
        return Draft(quotations=tuple(_marked(text, passages)))
    words = tokens(text)
    parts = list(sentences(words))
    found = names(words, parts)
    lines = clauses(words, parts, passages, found)
    clusters = things(text, found)
    when = dates(text, published)
    said = _Said(text, lines, passages, clusters, when).quotations()
    measured = measures(text)
    spans = [Span(words[part.first].start, words[part.last - 1].end) for part in parts]
    facts = Facts(
        [span for one in said for span in one.content],
        [one.span for one in when],
        [one.span for one in measured],
        [name.span for name in found],
    )
    claims = checkworthy(text, spans, facts)
    return Draft(tuple(clusters), tuple(said), tuple(when), tuple(measured), tuple(claims))


def _marked(text: str, passages: Sequence[Quoted]) -> Iterator[Quotation]:
    """The passages in quotation marks that are long enough to be somebody's words."""
    for one in passages:
        if len(text[slice(*one.inner)].split()) >= _STATEMENT:
            yield Quotation(
                "direct",
                (one.inner,),
                (one.span,),
                "marks",
                Confidence.LOW,
                note="speakers are found in English texts only",
            )


class _Said:
    """The quotations of one text."""

    def __init__(
        self, text: str, lines: list[list[Clause]], passages: list[Quoted], clusters: list[Thing], when: list[Dated]
    ) -> None:
        self._text, self._lines, self._passages, self._when = text, lines, passages, when
        self._starts = [[part[0].start for part in line] for line in lines]
        self._days = [one.span.start for one in when]
        self._quote_starts = [one.span.start for one in passages]
        self._parsed = parsed(text, passages)
        self._alone: dict[int, Thing | None] = {}
        self._resolver = Resolver(text, lines, clusters)
        self._sentence = {
            unit.quote: sentence for line in lines for sentence in line for unit in sentence if unit.quote >= 0
        }

    def quotations(self) -> list[Quotation]:
        """All, in the order of the text."""
        attributed = [(number, one.quotes[0], one) for number, one in attributions(self._lines, self._passages)]
        sources = {quote: one.source for _number, _first, one in attributed for quote in one.quotes}
        opened = {one.cue for _number, _first, one in attributed if one.rule.startswith("quote-")}
        retold = [
            (number, one)
            for number, one in reported(self._lines)
            if self._agree(one, sources) and not (one.quotes and one.cue in opened)
        ]
        mixed = {quote for _number, one in retold for quote in one.quotes}
        events: list[tuple[int, int, Attribution | Reported]] = [
            *((number, self._passages[first].span.start, one) for number, first, one in attributed),
            *((number, one.content.start, one) for number, one in retold),
        ]
        found: list[Quotation] = []
        for number, _at, one in sorted(events, key=lambda event: event[:2]):
            if isinstance(one, Reported):
                found.append(self._retold(number, one))
            elif not set(one.quotes) <= mixed:
                self._add(found, number, one)
        return sorted(found, key=lambda one: one.content)

    def _agree(self, one: Reported, sources: Mapping[int, Source | None]) -> bool:
        """Whether the passages in a clause have its source, or none of their own."""
        own = [sources[quote] for quote in one.quotes]
        return all(source is None or source.span == one.source.span for source in own)

    def _add(self, found: list[Quotation], number: int, one: Attribution) -> None:
        first = self._passages[one.quotes[0]]
        if first.goes_on and found and one.rule in _UNBORNE:
            content, passages = self._spans(one.quotes)
            before = found[-1]
            found[-1] = replace(before, content=(*before.content, *content), passages=(*before.passages, *passages))
        elif first.goes_on and found and found[-1].source is None:
            before, later = found[-1], self._direct(number, one)
            both = (*before.content, *later.content), (*before.passages, *later.passages)
            found[-1] = replace(later, content=both[0], passages=both[1])
        elif self._is_quotation(one):
            found.append(self._direct(number, one))

    def _direct(self, number: int, one: Attribution) -> Quotation:
        content, passages = self._spans(one.quotes)
        base = Quotation("direct", content, passages, one.rule, Confidence.LOW, note="no source in this paragraph")
        unit = self._parsed_unit(one) if one.source is None or one.rule in _GUESSED else None
        if unit is not None:
            kind: Literal["name", "pronoun"] = "name" if unit.name else "pronoun"
            source = Source(Span(unit.start, unit.end), kind, unit.name)
            return self._with_source(replace(base, rule="parser", note=""), number, source, None, self._nearest(one))
        if one.source is None:
            return base
        nearest = self._by_parser(one) or self._nearest(one) or self._only(number)
        return self._with_source(replace(base, note=""), number, one.source, one.cue, nearest)

    def _retold(self, number: int, one: Reported) -> Quotation:
        content = self._trimmed(one.content)
        passages = tuple(self._passages[quote].span for quote in one.quotes if not self._is_named(quote, _NAMED))
        base = Quotation("mixed" if passages else "indirect", (content,), passages, one.rule, Confidence.LOW)
        nearest = self._main(number, one)
        return self._with_source(base, number, one.source, one.cue, nearest)

    def _main(self, number: int, one: Reported) -> Thing | None:
        """The second method for a clause: whoever is named first in its sentence, outside the clause."""
        line = self._lines[number]
        sentence = line[bisect_right(self._starts[number], one.cue.start) - 1]
        outside = [
            unit.name for unit in sentence if unit.name and not one.content.start <= unit.start < one.content.end
        ]
        people = [self._resolver.thing_of(name) for name in outside]
        first = next((thing for thing in people if thing.type == "person"), None)
        return first or next((thing for thing in people if thing.type != "group"), None)

    def _with_source(
        self, base: Quotation, number: int, source: Source, cue: Span | None, nearest: Thing | None
    ) -> Quotation:
        speaker, is_sure = self._resolver.resolve(source, number)
        if speaker:
            self._resolver.speaks(speaker, base.content[0].start, number)
        is_agreed = speaker is not None and is_sure and (nearest == speaker or source.kind == "pronoun")
        is_lone = source.kind == "description" and speaker is None and (nearest is None or nearest.type != "person")
        confidence = Confidence.HIGH if is_agreed or is_lone else Confidence.MEDIUM
        if base.rule in _GUESSED:
            confidence = Confidence.LOW
        elif base.rule == "colon":
            confidence = Confidence.MEDIUM
        described = source.span if speaker is None and source.kind == "description" else None
        note = "" if speaker or described else f"nobody found whom {self._text[slice(*source.span)]!r} means"
        return replace(
            base,
            source=source.span,
            cue=cue,
            speaker=speaker,
            described=described,
            confidence=confidence,
            note=note,
            date=self._date(cue, base.content),
        )

    def _spans(self, quotes: Sequence[int]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        passages = [self._passages[quote] for quote in quotes]
        return tuple(self._trimmed(one.inner) for one in passages), tuple(one.span for one in passages)

    def _trimmed(self, span: Span) -> Span:
        """Without the white space and the comma that belong to the sentence around."""
        words = self._text[span.start : span.end]
        start = span.start + len(words) - len(words.lstrip(" \t\u00a0"))
        end = start + len(words.strip(" \t\u00a0,"))
        return Span(start, max(end, start + 1))

    def _is_quotation(self, one: Attribution) -> bool:
        """Whether the passage is something that is said, and not a term, a title or a nickname."""
        first = self._passages[one.quotes[0]]
        words = self._text[slice(*first.inner)].split()
        is_named = self._is_named(one.quotes[0], _NAMING) and one.cue is None
        is_title = (
            len(words) > 1
            and all(word[0].isupper() or len(word) <= _SHORT_WORD for word in words)
            and first.last not in ".?!"
        )
        is_sentence = len(words) > 1 and first.first.isupper() and first.last in ".?!"
        is_short = len(words) < _STATEMENT and one.rule != "according-to" and not is_sentence
        if one.rule in _BY_PLACE and (is_title or is_named or is_short):
            return False
        return not is_named

    def _is_named(self, quote: int, naming: frozenset[str]) -> bool:
        """Whether a word before the passage says that it is a name or a term: ``a boat named "…"``."""
        sentence = self._sentence[quote]
        place = next(n for n, unit in enumerate(sentence) if unit.quote == quote)
        return place > 0 and sentence[place - 1].lower in naming

    def _by_parser(self, one: Attribution) -> Thing | None:
        """A third method, where a parser is installed: the subject of the verb that governs the passage."""
        unit = self._parsed_unit(one)
        return self._resolver.thing_of(unit.name) if unit and unit.name else None

    def _parsed_unit(self, one: Attribution) -> Unit | None:
        """The name or pronoun in what the parser takes for the source."""
        subject = next((self._parsed[quote] for quote in one.quotes if quote in self._parsed), None)
        if subject is None:
            return None
        units = [unit for unit in self._sentence[one.quotes[0]] if subject.start <= unit.start < subject.end]
        return next((unit for unit in units if unit.name or unit.lower in PRONOUNS), None)

    def _nearest(self, one: Attribution) -> Thing | None:
        """The second method: whoever is named nearest to the passage, outside quotation marks, whatever the verb."""
        spans = [self._passages[quote].span for quote in one.quotes]
        sentence = [unit for quote in one.quotes for unit in self._sentence[quote]]
        named = [
            unit
            for unit in sentence
            if unit.name and self._resolver.thing_of(unit.name).type in ("person", "organisation", "other")
        ]
        people = [unit for unit in named if unit.name and unit.name.type == "person"]
        candidates = people or named
        if not candidates or any(unit.lower in PRONOUNS for unit in sentence):
            return self._resolver.thing_of(candidates[0].name) if len(candidates) == 1 and candidates[0].name else None
        nearest = min(
            candidates, key=lambda unit: min(max(unit.start - span.end, span.start - unit.end, 0) for span in spans)
        )
        return self._resolver.thing_of(nearest.name) if nearest.name else None

    def _only(self, number: int) -> Thing | None:
        """The only person whom the paragraph names outside quotation marks."""
        if number not in self._alone:
            units = (unit.name for part in self._lines[number] for unit in part)
            named = {name.text: self._resolver.thing_of(name) for name in units if name and name.type == "person"}
            people = {thing.name: thing for thing in named.values()}
            self._alone[number] = next(iter(people.values())) if len(people) == 1 else None
        return self._alone[number]

    def _date(self, cue: Span | None, content: Sequence[Span]) -> str:
        """The day in the sentence of the verb, if there is just one; of a day within what is said, it is not known."""
        if cue is None:
            return ""
        first = bisect_left(self._days, cue.start - _SAME_CLAUSE)
        near = [one for one in self._when[first : bisect_right(self._days, cue.start + _SAME_CLAUSE)] if one.value]
        told = [one for one in near if not any(span.start <= one.span.start < span.end for span in content)]
        inside = [one for one in told if self._is_beside(one.span, cue)]
        return inside[0].value if len(inside) == 1 and len(inside[0].value) == _DAY else ""

    def _is_beside(self, span: Span, cue: Span) -> bool:
        """Whether a date stands in the line of the verb, outside quotation marks."""
        between = self._text[min(span.end, cue.end) : max(span.start, cue.start)]
        number = bisect_right(self._quote_starts, span.start) - 1
        return (
            "\n" not in between
            and ". " not in between
            and not (number >= 0 and span.start < self._passages[number].span.end)
        )


_SAME_CLAUSE, _DAY, _SHORT_WORD = 40, 10, 3
