"""What the pages of claims show beside the facts of their files: sections, the scale, workings, history.

In: claims and the index. Out: values for the templates; nothing here tells the verdict of a check that shows none.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from build_scripts.computing.distance import STEP, border_data
from build_scripts.model import Appearance, Article, Claim
from build_scripts.reading.schema import (
    BorderDistance,
    Computation,
    Correction,
    Rating,
    UnitConversion,
    Weekday,
)
from build_scripts.rendering.catalogue import Catalogue, Said, words_of
from build_scripts.rendering.context import STATES, Context, Shared
from build_scripts.rendering.dates import changed
from build_scripts.rendering.environment import text
from build_scripts.rendering.escape import Md
from build_scripts.rendering.index import Index

Row = tuple[Claim, list[tuple[Article, Appearance]]]
"""A claim and where it stands: each article once, with the claim's first place in it."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a check on a day."""

    date: dt.date
    what: Said
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """How a computation was done: what went in, and by which method."""

    given: Md
    method: Said


def by_verdict(claims: Sequence[Claim], index: Index) -> list[tuple[str, str, list[Row]]]:
    """``claims`` in sections, each with an id and a label: verdicts in the scale's order, then those that show none."""
    claims, words = sorted(claims, key=lambda claim: claim.id), words_of(index.library)
    sections = [
        (f"verdict-{rating.id}", rating.label, _with_verdict(rating, claims))
        for rating in index.library.ratings.values()
    ]
    for state, label in STATES.items():
        found = [claim for claim in claims if claim.shown_state is state]
        sections.append((f"state-{state}", words.say(label), found))
    return [
        (id_, label, [(claim, _articles(claim, index)) for claim in found]) for id_, label, found in sections if found
    ]


def states(index: Index) -> list[tuple[Said, int]]:
    """How many claims show no verdict, by what stands in its place."""
    numbers = Counter(claim.shown_state for claim in index.claims)
    return [(words_of(index.library).say(label), numbers[state]) for state, label in STATES.items() if numbers[state]]


def _with_verdict(rating: Rating, claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.has_verdict and claim.facts.rating == rating.id]


def _articles(claim: Claim, index: Index) -> list[tuple[Article, Appearance]]:
    first: dict[str, tuple[Article, Appearance]] = {}
    for article, appearance in index.appearances.get(claim.id, ()):
        first.setdefault(article.id, (article, appearance))
    return list(first.values())


def claim_values(claim: Claim, shared: Shared) -> dict[str, Any]:
    """What the template of a claim's page needs."""
    index, ratings = shared.index, shared.index.library.ratings
    return {
        "claim": claim,
        "appearances": shared.lists.appearances(claim),
        "rating": ratings.get(claim.facts.rating) if claim.tells_finding else None,
        "scale": sorted((rating for rating in ratings.values() if rating.value is not None), key=_value),
        "off_scale": [rating for rating in ratings.values() if rating.value is None],
        "stances": {
            stance: [item for item in claim.facts.evidence if item.stance == stance]
            for stance in ("supports", "undermines", "context")
        },
        "history": sorted(_history(claim, words_of(index.library)), key=lambda event: event.date),
        "report": _report(claim, words_of(index.library)),
        "working": working,
        "modified": changed(claim),
    }


def _value(rating: Rating) -> int:
    return rating.value or 0


def _history(claim: Claim, words: Catalogue) -> Iterator[Event]:
    facts = claim.facts
    if facts.published:
        yield Event(facts.published, words.say("published"))
    if facts.checked and facts.checked != facts.published:
        yield Event(facts.checked, words.say("evidence last looked at"))
    for correction in facts.corrections:
        yield Event(correction.date, words.say("corrected"), correction)


def _report(claim: Claim, words: Catalogue) -> str:
    """What a correction's form is filled in with, as part of an address; its fields: ISSUE_TEMPLATE/correction.yml."""
    claimed = claim.facts.claim_reviewed
    return urlencode({"title": words.say("Correction: {claim}", claim=claimed), "words": claimed}, quote_via=quote)


def working(computation: Computation, here: Context) -> Working:
    """How ``computation`` is done, in words."""
    words = here.words
    match computation:
        case UnitConversion(value=value, unit=unit, to=to, digits=digits):
            given = words.say_count(
                digits,
                "{quantity}, wanted in {unit} with {n} digit after the point",
                "{quantity}, wanted in {unit} with {n} digits after the point",
                quantity=f"{value:g} {unit}",
                unit=to,
            )
            return Working(text(given), words.say("conversion by the definitions of both units"))
        case Weekday(date=date):
            return Working(text(words.day(date)), words.say("day of the week in the Gregorian calendar"))
        case BorderDistance(place=place, border=border):
            given = words.say("from {place} to: {border}", place=_place(place, here), border=border_data(border))
            method = words.say(
                "shortest geodesic on the WGS 84 ellipsoid, to points at most {step} m apart on the border",
                step=f"{STEP:g}",
            )
            return Working(text(given), method)


def _place(name: str, here: Context) -> Md:
    entity = here.index.library.entities.get(name)
    at = entity.facts.coordinates if entity else None
    if at is None:
        return here.entity(name)
    return text(
        here.words.say(
            "{place} (latitude {latitude}, longitude {longitude})",
            place=here.entity(name),
            latitude=at.latitude,
            longitude=at.longitude,
        )
    )
