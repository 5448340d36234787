"""A published check as ClaimReview: on its own page, and once more in a list for download.

In: claims. Out: plain values in the terms of schema.org. A check that shows no verdict has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

from build_scripts import addresses
from build_scripts.export.structured.nodes import (
    Here,
    Node,
    author,
    document,
    licence,
    node,
    organisation,
    publisher,
    several,
)
from build_scripts.export.structured.nodes import speaker as speaking
from build_scripts.model import Article, Claim
from build_scripts.reading.schema import Correction, Evidence, Pictured, Rating
from build_scripts.rendering.dates import changed

REVIEWS = "data/claimreview.jsonld"
"""The list of all reviews, below the site's address."""


def reviewed(here: Here) -> Iterator[Claim]:
    """The published claims with a verdict of the scale, in the order of their ids."""
    ratings = here.library.ratings
    return (claim for claim in here.index.claims if claim.has_verdict and claim.facts.rating in ratings)


def review(claim: Claim, here: Here) -> Node:
    """The ClaimReview of such a check."""
    facts, rating = claim.facts, here.library.ratings[claim.facts.rating]
    return node(
        "ClaimReview",
        url=here.address(addresses.claim(claim.id)),
        inLanguage=here.publication.language,
        datePublished=_iso(facts.published),
        dateModified=_iso(changed(claim)),
        author=author(here),
        creditText=_credit(claim, here),
        claimReviewed=facts.claim_reviewed,
        reviewRating=_rated(rating, claim, here),
        itemReviewed=_claim(claim, here),
        correction=several(_corrected(item, here) for item in facts.corrections),
        citation=several(cited(item) for item in facts.evidence if item.url),
        image=here.picture(Pictured.CLAIMS, addresses.shared_claim(claim.id)),
        license=licence(here.publication.licence),
        publisher=publisher(here),
    )


def all_reviews(here: Here) -> Node:
    """All reviews as a feed; each leads to its page."""
    found = list(reviewed(here))
    items = [node("DataFeedItem", dateModified=_iso(changed(claim)), item=review(claim, here)) for claim in found]
    return document(
        node(
            "DataFeed",
            name=str(here.words.say("Checks")),
            url=f"{here.home}{REVIEWS}",
            inLanguage=here.publication.language,
            publisher=publisher(here),
            license=licence(here.publication.licence),
            dateModified=max((item["dateModified"] for item in items if "dateModified" in item), default=None),
        )
        | {"dataFeedElement": items}
    )


def _rated(rating: Rating, claim: Claim, here: Here) -> Node:
    """The verdict; one that is off the scale says how far a check could get, which is no number."""
    worded = node("Rating", alternateName=rating.label, ratingExplanation=claim.facts.summary)
    if rating.value is None:
        return worded
    values = [step.value for step in here.library.ratings.values() if step.value is not None]
    return worded | {"ratingValue": rating.value, "bestRating": max(values), "worstRating": min(values)}


def _claim(claim: Claim, here: Here) -> Node:
    entities = [here.library.entities[name] for name in claim.facts.claimant if name in here.library.entities]
    originals = _originals(claim, here)
    dates = [article.facts.published for article in originals]
    first = [article for article in originals if article.facts.published == min(dates)]
    return node(
        "Claim",
        author=several(found for found in map(speaking, entities) if found),
        datePublished=_iso(min(dates, default=None)),
        firstAppearance=_original(first[0]) if len(first) == 1 else None,
        appearance=several(map(_original, originals)),
    )


def _originals(claim: Claim, here: Here) -> list[Article]:
    """The articles with the claim that stand elsewhere: a page of our own is no original."""
    found = {article.id: article for article, _place in here.index.appearances.get(claim.id, ())}
    own = urlsplit(here.home).hostname
    return [item for item in found.values() if item.facts.url and urlsplit(item.facts.url).hostname != own]


def _original(article: Article) -> Node:
    facts = article.facts
    return node(
        "NewsArticle",
        url=facts.url,
        publisher=organisation(facts.publisher),
        datePublished=_iso(facts.published),
        inLanguage=facts.language,
    )


def cited(item: Evidence) -> Node:
    """A source, by what a reader needs to find it."""
    return node(
        "CreativeWork",
        name=item.title,
        url=item.url,
        publisher=organisation(item.publisher),
        datePublished=item.published,
        archivedAt=item.archive_url,
    )


def _corrected(item: Correction, here: Here) -> Node:
    change = here.words.say("“{was}” became “{now}”.", was=item.was, now=item.now)
    return node("CorrectionComment", datePublished=_iso(item.date), text=f"{change} {item.why}")


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _credit(claim: Claim, here: Here) -> str:
    """Who checked and who reviewed, in the words of the page."""
    say, person, facts = here.words.say, here.library.person, claim.facts
    author = person(facts.author)
    if not facts.reviewed_by:
        return say("Check by: {author}", author=author)
    return say("Check by: {author}; reviewed by {reviewer}", author=author, reviewer=person(facts.reviewed_by))
