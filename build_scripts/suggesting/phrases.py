"""The noun phrase that names a source, before or behind its verb.

In: units of a sentence. Out: a source: a name, a pronoun, or a description such as ``officials in the ministry``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting.clauses import PRONOUNS, Unit
from build_scripts.suggesting.cues import BASE, CUES
from build_scripts.suggesting.names import Name
from build_scripts.suggesting.wordlists import listed

_LONGEST = 14
"""Units in which a source behind its verb is looked for."""

_AUXILIARIES = listed(
    "has had have is was were been also then later once recently previously reportedly repeatedly again still "
    "just only even first earlier afterwards afterward now already never often always did does do will would "
    "could might may today yesterday tomorrow"
)
_COMPANIONS = listed("his her their its other others colleagues")
_PREPOSITIONS = listed(
    "of for from with by to in at about against on near over under among between during after before into around"
)
_STOPS = listed("and but or nor that because although though while when if whether whereas as than") | frozenset(";:—–")
_DETERMINERS = listed("to the a an his her its their this that")
_DOCUMENTS = listed(
    "report reports statement statements readout letter study studies document documents release memo article "
    "paper survey poll email message post tweet announcement affidavit complaint filing lawsuit ruling press"
)
_NOT_HEADS = listed(
    "the a an this that these those his her its their our my your one some many few all both such what which who "
    "whom there here it not tuesday wednesday thursday friday saturday sunday monday ago week month year day "
    "morning evening night afternoon time"
)
_FINITE = frozenset(
    [
        "might",
        "will",
        "would",
        "could",
        "can",
        "had",
        "has",
        "have",
        "is",
        "was",
        "were",
        "are",
        "may",
        "should",
        "must",
        "did",
    ]
)
_CONTRACTED = re.compile("['’]")
_GENITIVE = frozenset(["'s", "’s"])
_REFLEXIVE = frozenset(["himself", "herself", "themselves", "itself"])


@dataclass(frozen=True, slots=True)
class Source:
    """Words that name who speaks. ``name``: whose name stands there, or for a document who issued it."""

    span: Span
    kind: Literal["name", "pronoun", "description"]
    name: Name | None = None


def source_before(units: Sequence[Unit]) -> Source | None:
    """The subject that ends where the verb stands."""
    units = _without_brackets(_without_auxiliaries(units))
    if not units:
        return None
    last = units[-1]
    pronoun = _CONTRACTED.split(last.lower)[0]
    if pronoun in PRONOUNS:
        return Source(Span(last.start, last.start + len(pronoun)), "pronoun")
    if last.lower == "who" or last.text == ",":
        return _before_apposition(units)
    clause = _clause(units)
    companion = _with_companions(units, clause)
    if companion:
        return _named(companion)
    is_of_phrase = len(clause) > 2 and clause[-2].lower in _PREPOSITIONS  # noqa: PLR2004 -- a noun before the preposition
    if last.name and last.name.type == "person" and not is_of_phrase:
        return _named(last)
    return _phrase(clause)


def source_behind(units: Sequence[Unit]) -> Source | None:
    """The subject that starts behind the verb."""
    phrase: list[Unit] = []
    for unit in units[:_LONGEST]:
        is_end = (
            unit.quote >= 0
            or unit.text in ".;:?!—–"
            or unit.lower in ("that", "who", "when", "while", "because", "as", "but")
        )
        if is_end or (unit.lower in CUES and unit.lower not in BASE and phrase and not unit.name):
            break
        phrase.append(unit)
        if unit.lower in PRONOUNS and len(phrase) == 1:
            return Source(Span(unit.start, unit.end), "pronoun")
    comma = next((n for n, unit in enumerate(phrase) if unit.text in (",", "(")), len(phrase))
    first, rest = phrase[:comma], phrase[comma + 1 :]
    person = _person(first)
    if person:
        return _named(person)
    is_whole = len(rest) == 1 or (len(rest) > 1 and rest[1].text in (",", ")"))
    apposed = next((unit for unit in rest[:1] if unit.name and (unit.name.type == "person" or is_whole)), None)
    if apposed and first and first[0].lower not in _PREPOSITIONS:
        return _named(apposed)
    return _phrase(first, forwards=True)


def _without_auxiliaries(units: Sequence[Unit]) -> Sequence[Unit]:
    end = len(units)
    while end and (
        units[end - 1].lower in _AUXILIARIES or units[end - 1].lower in _REFLEXIVE or _is_adverb(units[end - 1])
    ):
        end -= 1
    return units[:end]


def _without_brackets(units: Sequence[Unit]) -> Sequence[Unit]:
    """Without ``(R-Ohio)`` at the end."""
    if not units or units[-1].text != ")":
        return units
    start = next((n for n in range(len(units) - 1, -1, -1) if units[n].text == "("), len(units))
    return units[:start]


def _is_adverb(unit: Unit) -> bool:
    return unit.name is None and unit.is_word and unit.lower.endswith("ly") and unit.text[0].islower()


def _before_apposition(units: Sequence[Unit]) -> Source | None:
    """``Smith, a lawyer, said``: what stands before the comma that opens the apposition; else what stands in it."""
    inner = [unit for unit in units if unit.lower != "who"]
    while inner and inner[-1].text == ",":
        inner = inner[:-1]
    commas = [n for n, unit in enumerate(inner) if unit.text == ","]
    for comma in reversed(commas):
        head = inner[:comma]
        is_of_phrase = len(head) > 2 and head[-2].lower in _PREPOSITIONS  # noqa: PLR2004 -- a noun before the preposition
        if head and head[-1].name and head[-1].name.type == "person" and not is_of_phrase:
            return _named(head[-1])
    behind = inner[commas[-1] + 1 :] if commas else inner
    is_apposed = not any(unit.lower in _PREPOSITIONS for unit in behind)
    if behind and behind[-1].name and behind[-1].name.type == "person" and is_apposed:
        return _named(behind[-1])
    person = _person(inner)
    if person:
        return _named(person)
    return _phrase(_clause(inner[: commas[0]] if commas and inner[0].lower not in _PREPOSITIONS else behind))


def _clause(units: Sequence[Unit]) -> Sequence[Unit]:
    """The end of ``units``, from the last conjunction, passage or comma on."""
    start = next(
        (
            n + 1
            for n in range(len(units) - 1, -1, -1)
            if units[n].quote >= 0 or units[n].lower in _STOPS or units[n].text == ","
        ),
        0,
    )
    return units[start:] or units


def _with_companions(units: Sequence[Unit], clause: Sequence[Unit]) -> Unit | None:
    """``Smith`` of ``Smith and her colleagues``."""
    ahead = units[: len(units) - len(clause)]
    is_pair = len(ahead) > 1 and ahead[-1].lower == "and" and clause[0].lower in _COMPANIONS
    first = ahead[-2] if is_pair else None
    return first if first and first.name and first.name.type == "person" else None


def _person(units: Sequence[Unit]) -> Unit | None:
    """The person whom a phrase is about: not whose father or lawyer speaks, nor of whom the father speaks."""
    for n, unit in enumerate(units):
        if unit.name and unit.name.type == "person" and not (n + 1 < len(units) and units[n + 1].text in _GENITIVE):
            is_inside = any(other.lower in _PREPOSITIONS for other in units[:n])
            is_governed = n > 0 and units[n - 1].lower in _PREPOSITIONS
            return unit if not is_inside or (n + 1 == len(units) and not (is_governed and n > 1)) else None
    return None


def _phrase(units: Sequence[Unit], *, forwards: bool = False) -> Source | None:  # noqa: PLR0911 -- a list of cases
    """A name, or a description by a common noun."""
    person = _person(units)
    words = [unit for unit in units if unit.is_word]
    if not words:
        return None
    if person:
        return _named(person)
    words = words[: _verb_at(words)]
    start = next((n for n, unit in enumerate(words) if unit.lower not in _PREPOSITIONS or n), 0)
    words = words[start:]
    at = next((n for n, unit in enumerate(words) if n and unit.lower in _PREPOSITIONS), len(words))
    head = words[:at]
    is_one_of = [unit.lower for unit in words[at - 1 : at + 1]] == ["one", "of"]
    if not head or (head[-1].lower in _NOT_HEADS and not head[-1].name and not is_one_of):
        return None
    if head[-1].name and (len(head) == 1 or head[0].lower == "the" or head[-2].lower in ("the", "a")):
        return _named(head[-1])
    span = Span(head[0].start, (words[-1] if at < len(words) else head[-1]).end)
    issuer = next((unit.name for unit in words[at:] if unit.name), None) or next(
        (unit.name for unit in head if unit.name), None
    )
    if head[-1].lower in _DOCUMENTS and issuer:
        return Source(span, "name", issuer)
    if head[-1].name:
        return _named(head[-1])
    if any(unit.lower in _FINITE for unit in words):
        return None
    if any(unit.lower in CUES and unit.lower not in BASE for unit in head[:-1]) or (
        not forwards and len(words) > _LONGEST
    ):
        return None
    return Source(span, "description")


def _verb_at(words: Sequence[Unit]) -> int:
    """Where a verb ends the phrase: ``a spokesman declined to``."""
    ends = (n for n in range(1, len(words) - 1) if words[n].lower.endswith("ed") and words[n].text[0].islower())
    return next((n for n in ends if words[n + 1].lower in _DETERMINERS), len(words))


def _named(unit: Unit) -> Source:
    return Source(Span(unit.start, unit.end), "name", unit.name)
