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

_SIGNATURE, _LABEL = 6, 3
"""Units of a name with a role behind a dash; of a speaker before a colon."""

_LONGEST_TERM = 40
"""Characters of a term in quotation marks."""

_DASHES = frozenset("—–-") | {"--"}
_ENDS = frozenset(",?!…—–-") | {"--"}
_NOT_SUBJECT = listed(
    "and but or nor which that who is was are were be been has had have in on at from for with to of as by if "
    "because since while when after before"
)
_DETERMINERS = listed("the a an this that his her its their our my your some any no each every")
_BE = listed("is was are were be been being")
_VIEWS = listed("words view opinion eyes")
_QUOTED = listed("quote quotes quoted cite cites cited")


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
        about = _about(line, at) if any(unit.quote >= 0 for unit in sentence) else None
        for place, unit in enumerate(sentence):
            if unit.quote < 0:
                continue
            found = _by_words(sentence, place, quotes) or _by_neighbour(about, place, last)
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
        if before and is_same and _goes_on(one, quotes[before.quotes[-1]], quotes[one.quotes[0]]):
            joined[-1] = Attribution((*before.quotes, *one.quotes), before.rule, before.source, before.cue)
        else:
            joined.append(one)
    return joined


def _goes_on(one: Attribution, before: Quoted, quote: Quoted) -> bool:
    """Whether a passage without a verb of its own is more of what was said, and not a term behind it."""
    is_sentence = quote.first.isupper() and quote.last in ".?!…"
    is_long = quote.inner.end - quote.inner.start > _LONGEST_TERM
    return one.rule != "same-paragraph" or before.last not in ".?!…" or is_sentence or is_long


# --- the words of the sentence ----------------------------------------------------------------------------------------


def _by_words(sentence: Clause, place: int, quotes: Sequence[Quoted]) -> Attribution | None:
    quote = quotes[sentence[place].quote]
    is_tight = quote.last in _ENDS or (place + 1 < len(sentence) and sentence[place + 1].text in _ENDS)
    if sentence[0].lower == "according" and (named := _according_first(sentence, place)):
        return named
    if _is_led_in(sentence, place) and (before := _before(sentence, place)):
        return before
    behind = _agent(sentence, place) or _summed_up(sentence, place)
    behind = behind or (_behind(sentence, place) if is_tight else _tail(sentence, place))
    opens = place == 0 or sentence[place - 1].quote >= 0
    if behind and (opens or quote.first.isupper()):
        return behind
    return _before(sentence, place) or behind or _according(sentence, place) or _colon(sentence, place)


def _is_led_in(sentence: Clause, place: int) -> bool:
    """Whether a verb and a comma or colon stand right before: ``Smith said: "…"``."""
    return place > 2 and sentence[place - 1].text in (",", ":") and sentence[place - 2].lower in CUES  # noqa: PLR2004 -- somebody, verb, sign


def _behind(sentence: Clause, place: int) -> Attribution | None:
    """``"…," said Smith``, ``"…," Smith said``, ``"…," according to Smith``, ``"…" — Smith``."""
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
    if rest[0].lower == "came" and any(unit.lower == "from" for unit in rest[:_NEAR]):
        origin = next(n for n, unit in enumerate(rest) if unit.lower == "from")
        return _made("quote-verb-source", source_behind(rest[origin + 1 :]), rest[0])
    if rest[0].lower in _NOT_SUBJECT or not rest[0].is_word:
        return None
    return _verb_behind(rest) or (_signed(rest) if sentence[at - 1].text in _DASHES else None)


def _verb_behind(rest: Clause) -> Attribution | None:
    for n, unit in enumerate(rest[1:], 1):
        if unit.text == ":":
            break
        if unit.lower not in CUES or _is_noun(rest, n):
            continue
        if unit.lower in _QUOTED:
            return _quoted_by(rest, n)
        if not _is_passive(rest, n):
            return _made("quote-source-verb", source_before(rest[:n]), unit)
        if n + 1 < len(rest) and rest[n + 1].lower == "by":
            return _made("passive", source_behind(rest[n + 2 :]), unit)
    return None


def _quoted_by(rest: Clause, at: int) -> Attribution | None:
    """``Smith was quoted as saying``, ``the paper quoted Smith as saying``."""
    if _is_passive(rest, at):
        return _made("quote-source-verb", source_before(rest[: at - 1]), rest[at])
    behind = next((n for n in range(at + 1, len(rest)) if rest[n].lower == "as"), 0)
    source = source_behind(rest[at + 1 : behind]) if behind else source_before(rest[:at])
    return _made("quote-source-verb", source, rest[at])


def _signed(rest: Clause) -> Attribution | None:
    """``— Smith`` or ``— nurse Smith, 41`` at the end."""
    end = next((n for n, unit in enumerate(rest) if unit.text in (",", ".", "(", ";")), len(rest))
    is_signature = 0 < end <= _SIGNATURE and rest[end - 1].name is not None and _is_somebody(rest[end - 1])
    return Attribution((), "signed", _somebody(rest[end - 1])) if is_signature else None


def _agent(sentence: Clause, place: int) -> Attribution | None:
    """``described as "…" by Smith``."""
    if place + 2 >= len(sentence) or sentence[place + 1].lower != "by":
        return None
    near = range(place - 1, max(0, place - _NEAR), -1)
    at = next((n for n in near if sentence[n].lower in CUES and not _is_noun(sentence, n)), 0)
    return _made("passive", source_behind(sentence[place + 2 :]), sentence[at]) if at else None


def _summed_up(sentence: Clause, place: int) -> Attribution | None:
    """``"…" is how Smith puts it``, ``"…": that is what Smith promised``."""
    rest = sentence[place + 1 : place + _FAR]
    at = next((n for n, unit in enumerate(rest[:4]) if unit.lower in _BE), None)
    if at is None or at + 2 >= len(rest) or rest[at + 1].lower not in ("how", "what"):
        return None
    clause = rest[at + 2 :]
    verb = next((n for n, unit in enumerate(clause) if n and unit.lower in CUES), 0)
    if verb:
        return _made("summed-up", source_before(clause[:verb]), clause[verb])
    return Attribution((), "summed-up", _somebody(clause[0])) if _is_somebody(clause[0]) else None


def _tail(sentence: Clause, place: int) -> Attribution | None:
    """``It is "…" of its kind, Smith found``."""
    end = next((n for n in range(len(sentence), max(place, len(sentence) - _NEAR), -1) if sentence[n - 1].is_word), 0)
    comma = next((n for n in range(end - 2, max(place, end - _NEAR), -1) if sentence[n].text == ","), 0)
    if not end or not comma or sentence[end - 1].lower not in CUES or sentence[end - 1].name:
        return None
    return _made("clause-source-verb", source_before(sentence[comma + 1 : end - 1]), sentence[end - 1])


def _before(sentence: Clause, place: int) -> Attribution | None:
    """``Smith said: "…"``, ``Smith said that the … "…"``; the nearest verb, and back over other passages."""
    for at in range(place - 1, -1, -1):
        unit = sentence[at]
        if unit.lower not in CUES or unit.quote >= 0 or unit.name or _is_noun(sentence, at):
            continue
        if unit.lower in WEAK and place - at > _NEAR:
            continue
        if _is_passive(sentence, at):
            if sentence[at + 1].lower == "by":
                return _made("passive", source_behind(sentence[at + 2 : place]), unit)
            continue
        is_inserted = sentence[at - 1 : at] and sentence[at - 1].text == "," and sentence[place - 1].text == ","
        inserted = source_behind(sentence[at + 1 : place - 1]) if is_inserted else None
        source = inserted or _subject(sentence, at)
        if source:
            return _made("source-verb-quote", source, unit)
    return None


def _is_passive(units: Sequence[Unit], at: int) -> bool:
    """``was told``, ``headings suggested by Smith``; not ``Smith said by telephone``."""
    is_participle = units[at].lower.endswith("ed") and at + 1 < len(units) and units[at + 1].lower == "by"
    return is_participle or (at > 0 and units[at - 1].lower in _BE and not units[at].lower.endswith("ing"))


def _according_first(sentence: Clause, place: int) -> Attribution | None:
    """``According to Smith, …``, where nobody else says it behind the comma."""
    comma = next((n for n in range(place) if sentence[n].text == ","), place)
    says = any(sentence[n].lower in CUES and not _is_noun(sentence, n) for n in range(comma, place))
    return None if says else _according(sentence, place)


def _is_view(sentence: Clause, at: int) -> bool:
    the, view, of = (unit.text for unit in sentence[at + 1 : at + 4]) if at + 4 < len(sentence) else ("", "", "")
    return the == "the" and view in _VIEWS and of == "of"


def _colon(sentence: Clause, place: int) -> Attribution | None:
    """``Smith was blunt: "…"``, ``The answer from Smith: "…"``; in a headline ``Minister: "…"``."""
    if place < 2 or sentence[place - 1].text != ":":  # noqa: PLR2004 -- somebody and a colon
        return None
    ahead = sentence[: place - 1]
    somebody = next((n for n, unit in enumerate(ahead) if _is_somebody(unit)), None)
    if somebody is not None:
        return Attribution((), "colon", _somebody(ahead[somebody]))
    is_label = len(ahead) <= _LABEL and ahead[0].text[0].isupper()
    return Attribution((), "colon", source_before(ahead)) if is_label else None


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


def _is_somebody(unit: Unit) -> bool:
    return unit.lower in PRONOUNS or (unit.name is not None and unit.name.type == "person")


def _is_possessor(units: Sequence[Unit], at: int) -> bool:
    return at + 1 < len(units) and units[at + 1].text in ("'s", "’s")


def _somebody(unit: Unit) -> Source:
    return Source(Span(unit.start, unit.end), "name" if unit.name else "pronoun", unit.name)


def _main_subject(units: Sequence[Unit]) -> Source | None:
    """The first person or pronoun of a sentence, else its first name."""
    people = (n for n, unit in enumerate(units) if _is_somebody(unit) and not _is_possessor(units, n))
    names = (n for n, unit in enumerate(units) if unit.name)
    first = next(people, next(names, None))
    return None if first is None else source_before(units[: first + 1])


def _according(sentence: Clause, place: int) -> Attribution | None:
    """``According to Smith, …``, before or behind; ``in the words of Smith``."""
    for at, unit in enumerate(sentence[:-2]):
        if unit.text in ("in", "In") and _is_view(sentence, at):
            return _made("according-to", source_behind(sentence[at + 4 :]), unit, sentence[at + 3])
        if unit.text in ("according", "According") and sentence[at + 1].lower == "to":
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


def _about(line: Sequence[Clause], at: int) -> Attribution | None:
    """The only person of a sentence, else whom the sentence before it is about."""
    units = line[at]
    somebody = [unit for n, unit in enumerate(units) if _is_somebody(unit) and not _is_possessor(units, n)]
    somebody = [unit for unit in somebody if unit.lower != "it"]
    if len(somebody) == 1:
        return Attribution((), "same-sentence", _somebody(somebody[0]))
    person = (
        next((unit.name for unit in line[at - 1] if unit.name and unit.name.type == "person"), None) if at else None
    )
    return Attribution((), "sentence-before", Source(person.span, "name", person)) if person else None


def _by_neighbour(about: Attribution | None, place: int, last: Attribution | None) -> Attribution | None:
    """A passage without a verb: that of the passage before it in the paragraph, else whom the words around are about."""
    if last:
        return Attribution((), "same-paragraph", last.source, last.cue)
    return about if about and (about.rule == "same-sentence" or place == 0) else None
