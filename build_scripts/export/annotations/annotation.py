"""One annotation of an article as the Web Annotation model has it.

In: an article, what is anchored in it. Out: plain values for JSON, in text order. Quotations and claims have the address that
their words have on the page; a mention, which has none for good, is named by its words, so that no other ever gets its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from json.encoder import encode_basestring_ascii as quoted

from build_scripts import addresses
from build_scripts.anchoring.anchor import Span
from build_scripts.export.annotations.bodies import (
    Json,
    Publisher,
    check_bodies,
    dates,
    quotation_bodies,
)
from build_scripts.export.annotations.selectors import Selectors
from build_scripts.model import Appearance, Article, Mention, Quote
from build_scripts.permanence import names

Placed = tuple[tuple[Span, ...], str, Json]


def count(article: Article, publisher: Publisher) -> int:
    """How many annotations of an article are published."""
    return len(article.mentions) + len(article.quotes) + len(publisher.library.public_appearances(article))


def of_article(article: Article, publisher: Publisher) -> list[Json]:
    """The annotations of an article that are published."""
    here = _Here(article, publisher)
    found: list[Placed] = [_mention(mention, here) for mention in article.mentions]
    found += (_quotation(quote, here) for quote in article.quotes)
    found += (_check(place, here) for place in publisher.library.public_appearances(article))
    return [annotation for _spans, _id, annotation in sorted(found, key=lambda row: row[:2])]


@dataclass(frozen=True)
class _Here:
    """What all annotations of an article share."""

    article: Article
    publisher: Publisher

    def page(self, anchor: str) -> str:
        """The full address of words on the article's page."""
        return f"{self._page}#{anchor}"

    def file(self, anchor: str) -> str:
        """That of an annotation in the file of all."""
        return f"{self._file}#{anchor}"

    def target(self, span: Span) -> Json:
        """The words that an annotation is about."""
        return {
            "type": "SpecificResource",
            "source": self._source,
            "scope": self._page,
            "selector": self._selectors.of(span),
        }

    @cached_property
    def _selectors(self) -> Selectors:
        return Selectors(self.article.prose.text)

    @cached_property
    def _page(self) -> str:
        return self.publisher.page(addresses.article(self.article.id))

    @cached_property
    def _file(self) -> str:
        return self.publisher.home + addresses.annotation_page(self.article.id)

    @cached_property
    def _source(self) -> str:
        return self.publisher.home + addresses.plain_text(self.article.id)


def _mention(mention: Mention, here: _Here) -> Placed:
    target = here.target(mention.span)
    told = _told(mention.entity, target["selector"][0])
    name = f"m-{mention.entity}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    bodies = here.publisher.bodies_of(mention.entity)
    annotation = _annotation(here.file(name), "identifying", bodies, [target], here.publisher)
    return (mention.span,), mention.id, annotation


def _told(entity: str, words: Mapping[str, str]) -> str:
    """``json.dumps([entity, words], sort_keys=True)``, without an encoder made for each."""
    told = (f"{quoted(name)}: {quoted(words[name])}" for name in sorted(words))
    return f"[{quoted(entity)}, {{{', '.join(told)}}}]"


def _quotation(quote: Quote, here: _Here) -> Placed:
    article, publisher = here.article, here.publisher
    targets = [here.target(span) for span in quote.spans]
    bodies = quotation_bodies(quote, publisher)
    annotation = _annotation(here.page(quote.id), "describing", bodies, targets, publisher)
    ids = [f"q-{name}" for name in (quote.facts.id, *quote.facts.formerly)]
    former = [
        publisher.page(addresses.article(name), anchor)
        for name in names(article)
        for anchor in ids
        if (name, anchor) != (article.id, quote.id)
    ]
    return quote.spans, quote.id, annotation | ({"schema:sameAs": former} if former else {})


def _check(place: Appearance, here: _Here) -> Placed:
    claim = here.publisher.library.claims[place.claim]
    motivation = "assessing" if claim.has_verdict else "linking"
    targets, bodies = [here.target(place.span)], check_bodies(claim, here.publisher)
    annotation = _annotation(here.page(place.id), motivation, bodies, targets, here.publisher)
    return (place.span,), place.id, annotation | dates(claim)


def _annotation(
    address: str, motivation: str, bodies: Iterable[Json], targets: list[Json], publisher: Publisher
) -> Json:
    return {
        "id": address,
        "type": "Annotation",
        "motivation": motivation,
        "creator": publisher.agent,
        **publisher.rights,
        "body": list(bodies),
        "target": targets[0] if len(targets) == 1 else targets,
    }
