"""Articles and what is said in them, entities, the scale of verdicts, the site itself.

In: records. Out: plain values in the terms of schema.org.
"""

from __future__ import annotations

from build_scripts import addresses
from build_scripts.export.structured.nodes import (
    TYPES,
    Here,
    Node,
    author,
    licence,
    named,
    node,
    organisation,
    publisher,
    several,
)
from build_scripts.model import Article, Entity, Quote
from build_scripts.reading.schema import Pictured, QuoteKind


def article(thing: Article, here: Here) -> Node:
    """An article whose text may stand here; of another, our page about it."""
    return _page_about(thing, here) if thing.facts.rights.text == "digest" else _text(thing, here)


def _text(thing: Article, here: Here) -> Node:
    facts = thing.facts
    is_ours = facts.publisher == here.publication.name
    whose = author(here) if is_ours else organisation(facts.publisher)
    return node(
        "NewsArticle",
        headline=facts.headline,
        description=facts.summary,
        datePublished=str(facts.published),
        dateModified=str(facts.updated or facts.published),
        author=author(here) if facts.author else several(_byline(thing, here)) or whose,
        creditText=_credit(thing, here) or ", ".join(facts.byline),
        publisher=publisher(here) if is_ours else whose,
        isBasedOn=facts.url,
        copyrightNotice=f"© {facts.rights.holder}, {facts.rights.licence}",
        **_common(thing, here),
    )


def _page_about(thing: Article, here: Here) -> Node:
    facts = thing.facts
    original = node(
        "NewsArticle",
        url=facts.url,
        publisher=organisation(facts.publisher),
        datePublished=str(facts.published),
        inLanguage=facts.language,
    )
    return node(
        "WebPage",
        name=facts.headline,
        description=facts.summary,
        dateModified=str(facts.updated) if facts.updated else None,
        author=author(here),
        creditText=_credit(thing, here),
        publisher=publisher(here),
        isBasedOn=original,
        **_common(thing, here),
    )


def _common(thing: Article, here: Here) -> Node:
    facts, uri = thing.facts, addresses.article(thing.id)
    entities = here.library.entities
    names = dict.fromkeys(mention.entity for mention in thing.mentions if mention.entity in entities)
    return {
        "url": here.address(uri),
        "mainEntityOfPage": here.address(uri),
        "inLanguage": facts.language,
        "license": licence(facts.rights.licence),
        "image": here.picture(Pictured.ARTICLES, addresses.shared_article(thing.id)),
        "citation": several(
            node("CreativeWork", name=item.title, url=item.url, publisher=organisation(item.publisher))
            for item in facts.sources
        ),
        **_translated(thing, here),
        "mentions": several(named(entities[name], here) for name in names),
        "hasPart": several(_quotation(quote, thing, here) for quote in thing.quotes),
    }


def _translated(thing: Article, here: Here) -> Node:
    """What an article is a translation of, or its own translations."""
    original, *others = here.index.translations.get(thing.id, (thing,))
    if thing.facts.translation_of:
        return {"translationOfWork": None if original.id == thing.id else _version(original, here)}
    return {"workTranslation": several(_version(item, here) for item in others)}


def _version(thing: Article, here: Here) -> Node:
    kind = "WebPage" if thing.facts.rights.text == "digest" else "NewsArticle"
    url = here.address(addresses.article(thing.id))
    return node(kind, url=url, name=thing.facts.headline, inLanguage=thing.facts.language)


def _byline(thing: Article, here: Here) -> list[Node]:
    """The names above a text that belong to somebody whom we know; what the others are is not known."""
    by_name = here.index.by_name
    found = [by_name[name] for name in thing.facts.byline if name in by_name]
    return [named(entity, here) for entity in found if TYPES[entity.facts.type] in {"Person", "Organization"}]


def _credit(thing: Article, here: Here) -> str:
    person = here.library.people.get(thing.facts.author or "")
    return here.words.say("By {author}.", author=person.name) if person else ""


def _quotation(quote: Quote, thing: Article, here: Here) -> Node:
    """Who says what, by the article. Only of words in quotation marks is the speaker the maker, too."""
    facts = quote.facts
    entity = here.library.entities.get(facts.speaker or "")
    who = named(entity, here) if entity and TYPES[entity.facts.type] in {"Person", "Organization"} else None
    return node(
        "Quotation",
        url=here.address(addresses.article(thing.id), quote.id),
        text=" … ".join(" ".join(thing.prose.text[span.start : span.end].split("\n")) for span in quote.spans),
        inLanguage=thing.facts.language,
        spokenByCharacter=who,
        creator=who if facts.kind is QuoteKind.DIRECT else None,
        creditText=None if who else here.library.speaker_of(quote),
        dateCreated=facts.date,
    )


def thing(entity: Entity, here: Here) -> Node:
    """Who or what an entity is."""
    facts = entity.facts
    at = facts.coordinates if TYPES[facts.type] == "Place" else None
    return {
        **named(entity, here),
        **node(
            TYPES[facts.type],
            alternateName=several((*facts.aliases, *facts.weak_aliases)),
            description=facts.description,
            url=here.address(addresses.entity(entity.id)),
            sameAs=several(facts.same_as),
            geo=node("GeoCoordinates", latitude=at.latitude, longitude=at.longitude) if at else None,
            startDate=facts.date,
            endDate=facts.end,
        ),
    }


def scale(here: Here) -> Node:
    """The verdicts and what they mean."""
    at = here.address(addresses.METHODOLOGY, "verdicts")
    terms = [
        node("DefinedTerm", name=rating.label, description=rating.meaning, termCode=rating.id, inDefinedTermSet=at)
        for rating in here.library.ratings.values()
    ]
    name = here.words.say("What the verdicts mean")
    facts = {"url": at, "inLanguage": here.publication.language, "publisher": publisher(here)}
    return node("DefinedTermSet", name=name, **facts, hasDefinedTerm=terms)


def site(here: Here) -> Node:
    """The site itself."""
    facts = here.publication
    about = {"name": facts.name, "description": facts.description, "inLanguage": facts.language}
    return node("WebSite", url=here.home, **about, publisher=publisher(here), license=licence(facts.licence))


def about(here: Here) -> Node:
    """The page that says who publishes."""
    url = here.address(addresses.ABOUT)
    return node("AboutPage", url=url, inLanguage=here.publication.language, mainEntity=publisher(here))
