"""What the pages of claims show beside the facts of their files: sections, the scale, workings, history.

In: claims and the index. Out: values for the templates; nothing here tells the verdict of a check that shows none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
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
from build_scripts.rendering.context import STATES, Context
from build_scripts.rendering.environment import count, day, text
from build_scripts.rendering.escape import Md
from build_scripts.rendering.index import Index

Row = tuple[Claim, list[tuple[Article, Appearance]]]
"""A claim and where it stands: each article once, with the claim's first place in it."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a check on a day."""

    date: dt.date
    what: str
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """How a computation was done: what went in, and by which method."""

    given: Md
    method: str


def by_verdict(index: Index) -> list[tuple[str, str, list[Row]]]:
    """Claims in sections, each with an id and a label: verdicts in the scale's order, then those that show none."""
    sections = [
        (f"verdict-{rating.id}", rating.label, _with_verdict(rating, index))
        for rating in index.library.ratings.values()
    ]
    for state, label in STATES.items():
        sections.append((f"state-{state}", label, [claim for claim in index.claims if claim.facts.state is state]))
    return [
        (id_, label, [(claim, _articles(claim, index)) for claim in claims])
        for id_, label, claims in sections
        if claims
    ]


def _with_verdict(rating: Rating, index: Index) -> list[Claim]:
    return [claim for claim in index.claims if claim.has_verdict and claim.facts.rating == rating.id]


def _articles(claim: Claim, index: Index) -> list[tuple[Article, Appearance]]:
    first: dict[str, tuple[Article, Appearance]] = {}
    for article, appearance in index.appearances.get(claim.id, ()):
        first.setdefault(article.id, (article, appearance))
    return list(first.values())


def claim_values(claim: Claim, index: Index) -> dict[str, Any]:
    """What the template of a claim's page needs."""
    ratings = index.library.ratings
    return {
        "claim": claim,
        "rating": ratings.get(claim.facts.rating) if claim.has_verdict else None,
        "scale": sorted((rating for rating in ratings.values() if rating.value is not None), key=_value),
        "off_scale": [rating for rating in ratings.values() if rating.value is None],
        "stances": {
            stance: [item for item in claim.facts.evidence if item.stance == stance]
            for stance in ("supports", "undermines", "context")
        },
        "history": sorted(_history(claim), key=lambda event: event.date),
        "report": _report(claim),
        "working": working,
    }


def _value(rating: Rating) -> int:
    return rating.value or 0


def _history(claim: Claim) -> Iterator[Event]:
    facts = claim.facts
    if facts.published:
        yield Event(facts.published, "published")
    if facts.checked and facts.checked != facts.published:
        yield Event(facts.checked, "evidence last looked at")
    for correction in facts.corrections:
        yield Event(correction.date, "corrected", correction)


def _report(claim: Claim) -> str:
    """What a correction's form is filled in with, as part of an address; its fields: ISSUE_TEMPLATE/correction.yml."""
    words = claim.facts.claim_reviewed
    return urlencode({"title": f"Correction: {words}", "words": words}, quote_via=quote)


def working(computation: Computation, here: Context) -> Working:
    """How ``computation`` is done, in words."""
    match computation:
        case UnitConversion(value=value, unit=unit, to=to, digits=digits):
            places = count(digits, "digit")
            return Working(
                text(f"{value:g} {unit}, wanted in {to} with {places} after the point"),
                "conversion by the definitions of both units",
            )
        case Weekday(date=date):
            return Working(text(day(date)), "day of the week in the Gregorian calendar")
        case BorderDistance(place=place, border=border):
            method = f"shortest geodesic on the WGS 84 ellipsoid, to points at most {STEP:g} m apart on the border"
            return Working(Md(f"from {_place(place, here)} to: {text(border_data(border))}"), method)


def _place(name: str, here: Context) -> Md:
    entity = here.index.library.entities.get(name)
    at = entity.facts.coordinates if entity else None
    return Md(f"{here.entity(name)} (latitude {at.latitude}, longitude {at.longitude})") if at else here.entity(name)
