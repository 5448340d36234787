"""One annotation of an article as the Web Annotation model has it.

In: an article, what is anchored in it. Out: plain values for JSON, in text order. Quotations and claims have the address that
their words have on the page; a mention, which has none for good, is named by its words, so that no other ever gets its name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from build_scripts import addresses
from build_scripts.anchoring.anchor import Span
from build_scripts.export.annotations.bodies import (
    Json,
    Publisher,
    check_bodies,
    dates,
    entity_bodies,
    quotation_bodies,
)
from build_scripts.export.annotations.selectors import selectors
from build_scripts.export.structured.nodes import licence
from build_scripts.model import Appearance, Article, Mention, Quote
from build_scripts.permanence import names

Placed = tuple[tuple[Span, ...], str, Json]


def count(article: Article, publisher: Publisher) -> int:
    """How many annotations of an article are published."""
    return len(article.mentions) + len(article.quotes) + len(publisher.library.public_appearances(article))


def of_article(article: Article, publisher: Publisher) -> list[Json]:
    """The annotations of an article that are published."""
    found: list[Placed] = [_mention(mention, article, publisher) for mention in article.mentions]
    found += (_quotation(quote, article, publisher) for quote in article.quotes)
    found += (_check(place, article, publisher) for place in publisher.library.public_appearances(article))
    return [annotation for _spans, _id, annotation in sorted(found, key=lambda row: row[:2])]


def _mention(mention: Mention, article: Article, publisher: Publisher) -> Placed:
    target = _target(mention.span, article, publisher)
    told = json.dumps([mention.entity, target["selector"][0]], sort_keys=True)
    name = f"m-{mention.entity}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    address = f"{publisher.home}{addresses.annotation_page(article.id)}#{name}"
    bodies = entity_bodies(mention.entity, publisher)
    return (mention.span,), mention.id, _annotation(address, "identifying", bodies, [target], publisher)


def _quotation(quote: Quote, article: Article, publisher: Publisher) -> Placed:
    page = addresses.article(article.id)
    targets = [_target(span, article, publisher) for span in quote.spans]
    bodies = quotation_bodies(quote, publisher)
    annotation = _annotation(publisher.page(page, quote.id), "describing", bodies, targets, publisher)
    ids = [f"q-{name}" for name in (quote.facts.id, *quote.facts.formerly)]
    former = [
        publisher.page(addresses.article(name), anchor)
        for name in names(article)
        for anchor in ids
        if (name, anchor) != (article.id, quote.id)
    ]
    return quote.spans, quote.id, annotation | ({"schema:sameAs": former} if former else {})


def _check(place: Appearance, article: Article, publisher: Publisher) -> Placed:
    claim = publisher.library.claims[place.claim]
    page = publisher.page(addresses.article(article.id), place.id)
    motivation = "assessing" if claim.has_verdict else "linking"
    targets = [_target(place.span, article, publisher)]
    annotation = _annotation(page, motivation, check_bodies(claim, publisher), targets, publisher)
    return (place.span,), place.id, annotation | dates(claim)


def _target(span: Span, article: Article, publisher: Publisher) -> Json:
    return {
        "type": "SpecificResource",
        "source": publisher.home + addresses.plain_text(article.id),
        "scope": publisher.page(addresses.article(article.id)),
        "selector": selectors(article.prose.text, span),
    }


def _annotation(
    address: str, motivation: str, bodies: Iterable[Json], targets: list[Json], publisher: Publisher
) -> Json:
    return {
        "id": address,
        "type": "Annotation",
        "motivation": motivation,
        "creator": publisher.agent,
        **rights(publisher),
        "body": list(bodies),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def rights(publisher: Publisher) -> Json:
    """The licence of our own words, where it has an address."""
    publication = publisher.library.publication
    address = licence(publication.facts.licence) if publication else None
    return {"rights": address} if address else {}
