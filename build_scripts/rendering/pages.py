"""From the library to pages: one function a kind of page, one template each.

In: the library. Out: pages in the order of their addresses. What stands on a page is decided in its template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

from build_scripts import addresses
from build_scripts.model import Article, Claim, Entity, Library
from build_scripts.permanence import names, speakers
from build_scripts.reading.schema import ClaimState, EntityType
from build_scripts.rendering.articles import article_values, worksheet_values
from build_scripts.rendering.catalogue import Said, words_of
from build_scripts.rendering.claims import by_verdict, claim_values, states
from build_scripts.rendering.context import Context, Shared
from build_scripts.rendering.environment import joined, render
from build_scripts.rendering.escape import Md
from build_scripts.rendering.index import Index
from build_scripts.rendering.kinds import GROUPS
from build_scripts.rendering.part_pages import part_jobs
from build_scripts.rendering.parts import Parts
from build_scripts.rendering.places import place_map, world_maps
from build_scripts.rendering.strip import draw_strip
from build_scripts.rendering.timeline import gathered, timeline
from build_scripts.site import Asset, Page

LATEST = 10

Job = Callable[[], Page]


def page_jobs(index: Index) -> Iterator[Job]:
    """A job for each page; none depends on another."""
    shared, library = Shared(index), index.library
    lists = shared.lists
    yield partial(
        _page, "front.md.j2", addresses.FRONT, shared, None, articles=index.articles[:LATEST], latest=_latest(shared)
    )
    yield partial(_page, "articles.md.j2", addresses.ARTICLES, shared, None, articles=lists.articles)
    yield partial(_page, "claims.md.j2", addresses.CLAIMS, shared, None, **_checks(shared))
    yield partial(_page, "entities.md.j2", addresses.ENTITIES, shared, None, types=_by_type(shared))
    yield partial(_page, "quotes.md.j2", addresses.QUOTES, shared, None, speakers=lists.speakers, unnamed=lists.unnamed)
    yield partial(
        _page,
        "corrections.md.j2",
        addresses.CORRECTIONS,
        shared,
        None,
        corrections=lists.corrections,
        withdrawn=lists.withdrawn,
    )
    yield partial(_timeline, shared)
    yield partial(_page, "map.md.j2", addresses.MAP, shared, None, **world_maps(shared.places))
    yield from (partial(_article, article, shared) for article in index.articles)
    yield from (job for article in index.articles for job in _classroom(article, shared))
    yield from (partial(_claim, claim, shared) for claim in index.claims)
    yield from (partial(_entity, entity, shared) for entity in library.entities.values())
    for name in sorted(speakers(library)):
        yield partial(_speaker, library.entities[name], shared)
    yield from (partial(_tombstone, article, shared) for article in library.withdrawn.values())
    yield from _moved(shared)
    yield from part_jobs(shared)


def assets(library: Library) -> Iterator[Asset]:
    """The colours of the verdicts, as a style sheet."""
    rules = [f".rating-{rating.id} {{ background-color: {rating.colour}; }}" for rating in library.ratings.values()]
    yield Asset("assets/newsgloss-ratings.css", content="\n".join(rules) + "\n")


def rating_scale(library: Library) -> Md:
    """The verdicts and what they mean, as Markdown."""
    return Md(render("scale.md.j2", words_of(library), ratings=list(library.ratings.values())))


def _page(template: str, uri: str, shared: Shared, source: str | None, **values: Any) -> Page:
    publication = shared.index.library.publication
    here = Context(uri, shared)
    values |= {"here": here, "index": shared.index, "publication": publication.facts if publication else None}
    return Page(uri, render(template, shared.words, source=source, **values), source)


def _article(article: Article, shared: Shared) -> Page:
    uri = addresses.article(article.id)
    values = article_values(article, Context(uri, shared))
    return _page("article.md.j2", uri, shared, article.path, sources=_rests_on(article, shared), **values)


def _sheets(article: Article, shared: Shared) -> dict[Callable[[str], str], str]:
    """The addresses of an article's worksheet and of its answers, with their templates, if it has or had checks.

    They stay while no verdict stands.
    """
    has_checks = shared.index.library.public_appearances(article) or article.taken_out
    return {addresses.worksheet: "worksheet.md.j2", addresses.answers: "answers.md.j2"} if has_checks else {}


def _classroom(article: Article, shared: Shared) -> Iterator[Job]:
    """The worksheet of an article and the answers to it."""
    for sheet, template in _sheets(article, shared).items():
        yield partial(_task, template, sheet(article.id), article, shared)


def _task(template: str, uri: str, article: Article, shared: Shared) -> Page:
    return _page(template, uri, shared, article.path, **worksheet_values(article, Context(uri, shared)))


def _claim(claim: Claim, shared: Shared) -> Page:
    values = claim_values(claim, shared)
    return _page(_template(claim), addresses.claim(claim.id), shared, claim.path, **values)


def _template(claim: Claim) -> str:
    """What of a check stands, if only its address, decides what its page shows."""
    if claim.facts.state is ClaimState.WITHDRAWN:
        return "withdrawn.md.j2"
    return "claim.md.j2" if claim.tells_finding else "reviewed_again.md.j2"


def _entity(entity: Entity, shared: Shared) -> Page:
    values = {
        "entity": entity,
        "group": shared.words.say(GROUPS[entity.facts.type]),
        "map": place_map(entity, shared.places),
        "together": _together(entity, shared),
        "mentions": shared.lists.mentions(entity),
        "said": shared.lists.said(entity),
        "quotes": shared.index.quotes.get(entity.id, ()),
        "claims_by": shared.lists.claims_by(entity),
        "claims_about": shared.lists.claims_about(entity),
    }
    return _page("entity.md.j2", addresses.entity(entity.id), shared, entity.path, **values)


def _speaker(entity: Entity, shared: Shared) -> Page:
    quotes, said = shared.index.quotes.get(entity.id, ()), shared.lists.said(entity)
    values = {"entity": entity, "quotes": quotes, "said": said}
    return _page("speaker.md.j2", addresses.speaker(entity.id), shared, entity.path, **values)


def _together(entity: Entity, shared: Shared) -> list[tuple[Entity, int]]:
    """The entities named in the same sentence, the most frequent first, then by name."""
    entities = shared.index.library.entities
    found = [(entities[name], n) for name, n in shared.together.get(entity.id, {}).items() if name in entities]
    return sorted(found, key=lambda row: (-row[1], row[0].facts.name.casefold(), row[0].id))


def _tombstone(article: Article, shared: Shared) -> Page:
    return _page("tombstone.md.j2", addresses.article(article.id), shared, article.path, article=article)


def _moved(shared: Shared) -> Iterator[Job]:
    """The pages at former addresses, which lead to the present ones."""
    library = shared.index.library
    speaking = speakers(library)
    for article in (*library.articles.values(), *library.withdrawn.values()):
        yield from _redirects(addresses.article, article, article.facts.headline, shared)
    for article in shared.index.articles:
        for sheet in _sheets(article, shared):
            yield from _redirects(sheet, article, article.facts.headline, shared)
    for article in library.withdrawn.values():
        target = addresses.article(article.id)
        for sheet, name in product((addresses.worksheet, addresses.answers), names(article)):
            yield partial(_redirect, sheet(name), target, article, article.facts.headline, shared)
    for claim in shared.index.claims:
        yield from _redirects(addresses.claim, claim, claim.facts.claim_reviewed, shared)
    for entity in library.entities.values():
        yield from _redirects(addresses.entity, entity, entity.facts.name, shared)
        if entity.id in speaking:
            yield from _redirects(addresses.speaker, entity, entity.facts.name, shared)


def _redirects(
    page: Callable[[str], str], thing: Article | Claim | Entity, label: str, shared: Shared
) -> Iterator[Job]:
    for old in thing.facts.formerly:
        yield partial(_redirect, page(old), page(thing.id), thing, label, shared)


def _redirect(uri: str, target: str, thing: Article | Claim | Entity, label: str, shared: Shared) -> Page:
    values = {"label": label, "target": target, "moved": addresses.served(uri, target)}
    return _page("moved.md.j2", uri, shared, thing.path, **values)


def _rests_on(article: Article, shared: Shared) -> Md:
    """How many sources of each kind the article quotes: 2 named people, 1 institution, 1 unnamed source."""
    library, say_count = shared.index.library, shared.words.say_count
    speakers = {quote.facts.speaker for quote in article.quotes} & set(library.entities)
    people = sum(library.entities[name].facts.type is EntityType.PERSON for name in speakers if name)
    unnamed = {quote.facts.anonymous.description for quote in article.quotes if quote.facts.anonymous}
    kinds = (
        say_count(people, "{n} named person", "{n} named people"),
        say_count(len(speakers) - people, "{n} institution", "{n} institutions"),
        say_count(len(unnamed), "{n} unnamed source", "{n} unnamed sources"),
    )
    return joined(kind for kind in kinds if kind.parts["n"])


def _latest(shared: Shared) -> list[Claim]:
    published = [claim for claim in shared.index.claims if claim.has_verdict]
    published.sort(key=lambda claim: str(claim.facts.published), reverse=True)
    return published[:LATEST]


def _by_type(shared: Shared) -> list[tuple[str, Said, Parts[Entity]]]:
    return [(f"type-{kind}", shared.words.say(GROUPS[kind]), parts) for kind, parts in shared.lists.entities.items()]


def _checks(shared: Shared) -> dict[str, Any]:
    claims = shared.lists.claims
    return {"claims": claims, "verdicts": by_verdict(claims.first, shared.index), "states": states(shared.index)}


def _timeline(shared: Shared) -> Page:
    """The newest days, and all of them at a glance."""
    here, dated = Context(addresses.TIMELINE, shared), shared.lists.dated
    strip = draw_strip(timeline(shared.index), shared.words, here.way_to_day)
    values = {"dated": dated, "days": gathered(dated.first), "strip": strip}
    return _page("timeline.md.j2", addresses.TIMELINE, shared, None, **values)
