"""What other sites show of a claim, a quotation or an article: its words, whose they are, what we found.

In: the library. Out: one ``Preview`` each, in the order of the ids; what is not published has none. Pictures, frames and their descriptions
for programs are made from nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product

from build_scripts import addresses
from build_scripts.cache import Cache, digest, same
from build_scripts.model import Article, Claim, Library, Quote
from build_scripts.reading.schema import ClaimState, Pictured, QuoteKind, Rating
from build_scripts.rendering.catalogue import Catalogue, message, site_language, words_of
from build_scripts.rendering.context import STATES, direction

SITE = "site"
"""What is shared of the site itself: its picture stands where nothing has one of its own."""
INK = "#37474f"
"""The colour of what has no verdict."""


@dataclass(frozen=True, slots=True)
class Preview:
    """One thing that can be shared.

    ``shared``: what its addresses have in common. ``page``, ``anchor``: where it stands on the site. ``badge``: its verdict, or
    why there is none. ``by``: whose words they are. ``about``: dates and kinds. ``finding``: the check's. ``source``: the
    article's headline and publisher, for a quotation. ``former``: what its addresses had in common under earlier ids.
    ``has_picture``: whether it has one of its own, or else shares the site's.
    """

    shared: str
    kind: str
    page: str
    words: str
    language: str
    by: str
    about: str
    anchor: str = ""
    badge: str = ""
    colour: str = INK
    finding: str = ""
    source: tuple[str, str] | None = None
    former: tuple[str, ...] = ()
    has_picture: bool = True

    @property
    def digest(self) -> bytes:
        """Two previews with one digest are the same to whoever shows their words as text."""
        return digest(repr(self))

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)

    @property
    def picture(self) -> str:
        """The picture that stands beside links to it."""
        return addresses.picture(self.shared if self.has_picture else SITE)

    @property
    def address(self) -> str:
        """Where it stands, as an address below the site's own."""
        return addresses.served(addresses.FRONT, self.page) + (f"#{self.anchor}" if self.anchor else "")

    @property
    def title(self) -> str:
        """What it is, in one line: ``Accurate: The bridge is closed.``."""
        head = self.badge if self.kind == CLAIM else self.by
        return f"{head}: {self.words}" if head else self.words


CLAIM, QUOTATION, ARTICLE = message("Claim"), message("Quotation"), message("Article")

QUOTATIONS = {
    QuoteKind.DIRECT: message("Direct quotation"),
    QuoteKind.INDIRECT: message("Indirect quotation"),
    QuoteKind.MIXED: message("Mixed quotation"),
}

_QUOTATION = re.compile(r"articles/([a-z0-9-]+)/#q-([a-z0-9-]+)")
"""A listed address; anything but ids in it would be a path of its own, also one that leads out of the site."""


def claims(library: Library) -> Iterator[Preview]:
    """Every claim that has a page on the published site."""
    yield from (_claim(claim, library) for claim in library.claims.values() if claim.is_public)


def quotations(library: Library, cache: Cache | None = None) -> Iterator[Preview]:
    """Every quotation. ``cache``: where it holds values, those of an article are the same until it, or a speaker's name, is another."""
    words, has_picture = words_of(library), library.has_picture(Pictured.QUOTATIONS)
    for article in library.articles.values():
        make = partial(_quotations, article, library)
        speakers = (library.entities.get(quote.facts.speaker or "") for quote in article.quotes)
        yield from same(cache, "previews", (article, words, *speakers), make, has_picture)


def _quotations(article: Article, library: Library) -> tuple[Preview, ...]:
    return tuple(_quotation(article, quote, library) for quote in article.quotes)


def lost(library: Library, kept: Iterable[Preview]) -> Iterator[Preview]:
    """Every quotation that was published once and is not among ``kept``: its address stays and says so."""
    made = {name for preview in kept for name in (preview.shared, *preview.former)}
    for address in sorted(library.addresses):
        found = _QUOTATION.fullmatch(address)
        if found and addresses.shared_quote(*found.groups()) not in made:
            yield Preview(
                shared=addresses.shared_quote(*found.groups()),
                kind=QUOTATION,
                page=addresses.article(found[1]),
                words=words_of(library).say("This quotation is no longer published."),
                language=site_language(library),
                by="",
                about="",
                badge=words_of(library).say(STATES[ClaimState.WITHDRAWN]),
                has_picture=library.has_picture(Pictured.QUOTATIONS),
            )


def articles(library: Library) -> Iterator[Preview]:
    """Every article."""
    yield from (_article(article, library) for article in library.articles.values())


def _claim(claim: Claim, library: Library) -> Preview:
    facts = claim.facts
    rating = library.ratings.get(facts.rating) if claim.has_verdict else None
    words, checked = words_of(library), facts.checked or facts.published
    names = [library.name_of(claimant) for claimant in facts.claimant]
    return Preview(
        shared=addresses.shared_claim(claim.id),
        kind=CLAIM,
        page=addresses.claim(claim.id),
        words=facts.claim_reviewed,
        language=site_language(library),
        by=words.say("Claimed by {names}", names=", ".join(names)) if names else "",
        about=words.say("Checked {date}", date=words.day(checked)) if claim.has_verdict and facts.published else "",
        badge=_badge(claim, rating, words),
        colour=rating.colour if rating else INK,
        finding=facts.summary if claim.has_verdict else "",
        former=tuple(map(addresses.shared_claim, facts.formerly)),
        has_picture=library.has_picture(Pictured.CLAIMS),
    )


def _badge(claim: Claim, rating: Rating | None, words: Catalogue) -> str:
    """The verdict's words, or the state of a check that shows none; of a verdict that the scale lacks its id."""
    if claim.shown_state in STATES:
        return words.say(STATES[claim.shown_state])
    return rating.label if rating else claim.facts.rating


def _quotation(article: Article, quote: Quote, library: Library) -> Preview:
    facts = quote.facts
    words = words_of(library)
    kind = words.say(QUOTATIONS[facts.kind])
    places = product((article.id, *article.facts.formerly), (facts.id, *facts.formerly))
    present, *former = (addresses.shared_quote(*place) for place in places)
    return Preview(
        shared=present,
        former=tuple(former),
        kind=QUOTATION,
        page=addresses.article(article.id),
        anchor=quote.id,
        words=_said(article, quote, words),
        language=article.facts.language,
        by=library.speaker_of(quote),
        about=f"{kind}, {words.day(facts.date)}" if facts.date else kind,
        source=(article.facts.headline, article.facts.publisher),
        has_picture=library.has_picture(Pictured.QUOTATIONS),
    )


def _article(article: Article, library: Library) -> Preview:
    words, checks, quotes = words_of(library), len(library.verdicts_in(article)), len(article.quotes)
    told = [
        words.day(article.facts.published),
        *([words.say_count(checks, "{n} check", "{n} checks")] if checks else []),
        *([words.say_count(quotes, "{n} quotation", "{n} quotations")] if quotes else []),
    ]
    return Preview(
        shared=addresses.shared_article(article.id),
        kind=ARTICLE,
        page=addresses.article(article.id),
        words=article.facts.headline,
        language=article.facts.language,
        by=article.facts.publisher,
        about=" · ".join(told),
        has_picture=library.has_picture(Pictured.ARTICLES),
    )


def _said(article: Article, quote: Quote, ours: Catalogue) -> str:
    """The words; in quotation marks only where they are the speaker's own."""
    words = " … ".join(" ".join(article.prose.text[span.start : span.end].split()) for span in quote.spans)
    return ours.say("“{words}”", words=words) if quote.facts.kind is QuoteKind.DIRECT else words


def site_name(library: Library) -> str:
    """Who publishes."""
    return library.publication.facts.name if library.publication else ""
