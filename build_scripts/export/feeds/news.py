"""Articles and checks as entries of feeds.

In: articles and checks. Out: entries with all of their text.
"""

from __future__ import annotations

from build_scripts import addresses
from build_scripts.export.feeds.content import article_html, claim_html
from build_scripts.export.feeds.entries import LATEST, Category, Entry, Here
from build_scripts.export.structured.nodes import licence
from build_scripts.model import Article, Claim, oldest_id
from build_scripts.rendering.dates import annotated, changed


def article_entries(here: Here) -> tuple[Entry, ...]:
    """The articles of the feed, in its order; the text of one that is too old for it is never made."""
    days = {article.id: annotated(article, here.library) for article in here.index.articles}
    by_id = sorted(here.index.articles, key=oldest_id)
    latest = sorted(by_id, key=lambda article: days[article.id], reverse=True)[:LATEST]
    return tuple(article_entry(article, here) for article in latest)


def article_entry(article: Article, here: Here) -> Entry:
    """An article with its text. It is news again when a check of its words is.

    Of a digest no file says when it was published here: the day of the original is the original's.
    """
    facts = article.facts
    is_open = facts.rights.text == "open"
    holder = facts.rights.holder if is_open else here.publication.name
    return Entry(
        id=here.name(f"articles/{oldest_id(article)}"),
        title=facts.headline,
        url=here.address(addresses.article(article.id)),
        day=annotated(article, here.library),
        published=facts.published if is_open else None,
        summary=facts.summary,
        html=article_html(article, here),
        language=facts.language,
        authors=_authors(article, here),
        rights=f"© {holder}" + (f", {facts.rights.licence}" if facts.rights.licence else ""),
        licence=licence(facts.rights.licence),
        original=facts.url,
        categories=_named(article, here),
    )


def claim_entry(claim: Claim, here: Here) -> Entry | None:
    """A check that has a verdict, with its evidence; None where no file says when it was published."""
    facts, day = claim.facts, changed(claim)
    if not facts.published or not day:
        return None
    label, scheme = here.library.verdict_of(claim), here.address(addresses.METHODOLOGY, "verdicts")
    return Entry(
        id=here.name(f"claims/{oldest_id(claim)}"),
        title=f"{label}: {facts.claim_reviewed}",
        url=here.address(addresses.claim(claim.id)),
        day=day,
        published=facts.published,
        summary=facts.summary,
        html=claim_html(claim, here),
        language=here.publication.language,
        authors=(here.library.person(facts.author),),
        rights=here.rights,
        licence=licence(here.publication.licence),
        categories=(Category(facts.rating, scheme, label),),
    )


def _authors(article: Article, here: Here) -> tuple[str, ...]:
    """Who wrote the text shown here, as far as is known."""
    facts = article.facts
    return (here.library.person(facts.author),) if facts.author else facts.byline or (facts.publisher,)


def _named(article: Article, here: Here) -> tuple[Category, ...]:
    """What the article names, in the order of the text."""
    entities, scheme = here.library.entities, here.address(addresses.ENTITIES)
    names = dict.fromkeys(mention.entity for mention in article.mentions if mention.entity in entities)
    return tuple(Category(name, scheme, entities[name].facts.name) for name in names)
