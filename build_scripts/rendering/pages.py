"""From the library to pages: one function a kind of page, one template each.

In: the library. Out: pages in the order of their addresses. What stands on a page is decided in its template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import Any, TypeVar

from build_scripts import addresses
from build_scripts.jobs import Job
from build_scripts.model import Article, Claim, Entity, Library
from build_scripts.permanence import names, speakers
from build_scripts.reading.schema import ClaimState, EntityType
from build_scripts.rendering.articles import article_values, worksheet_values
from build_scripts.rendering.catalogue import Said, words_of
from build_scripts.rendering.claims import by_verdict, claim_values, states
from build_scripts.rendering.context import Context, Shared
from build_scripts.rendering.environment import joined, render
from build_scripts.rendering.escape import Md
from build_scripts.rendering.kinds import GROUPS
from build_scripts.rendering.part_pages import part_jobs
from build_scripts.rendering.parts import Parts
from build_scripts.rendering.places import place_map, world_maps
from build_scripts.rendering.strip import draw_strip
from build_scripts.rendering.timeline import gathered, timeline
from build_scripts.site import Asset, Page

LATEST = 10

_T = TypeVar("_T", Article, Claim, Entity)

PageJob = Job[Page]
"""What makes a page; its name is the page's address."""


def page_jobs(shared: Shared) -> Iterator[PageJob]:
    """A job for each page; none depends on another."""
    index, library = shared.index, shared.index.library
    yield from (PageJob(uri, partial(make, shared)) for uri, make in _LISTS.items())
    yield from (_job(addresses.article, article, _article, shared) for article in index.articles)
    yield from (job for article in index.articles for job in _classroom(article, shared))
    yield from (_job(addresses.claim, claim, _claim, shared) for claim in index.claims)
    yield from (_job(addresses.entity, entity, _entity, shared) for entity in library.entities.values())
    speaking = [library.entities[name] for name in sorted(speakers(library))]
    yield from (_job(addresses.speaker, entity, _speaker, shared) for entity in speaking)
    yield from (_job(addresses.article, article, _tombstone, shared) for article in library.withdrawn.values())
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


def _job(address: Callable[[str], str], thing: _T, make: Callable[[_T, Shared], Page], shared: Shared) -> PageJob:
    return PageJob(address(thing.id), partial(make, thing, shared))


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


def _classroom(article: Article, shared: Shared) -> Iterator[PageJob]:
    """The worksheet of an article and the answers to it."""
    for sheet, template in _sheets(article, shared).items():
        uri = sheet(article.id)
        yield PageJob(uri, partial(_task, template, uri, article, shared), within=addresses.article(article.id))


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
        "map": place_map(entity, shared.places, shared.words),
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


def _moved(shared: Shared) -> Iterator[PageJob]:
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
            yield _redirect(sheet(name), target, article, article.facts.headline, shared)
    for claim in shared.index.claims:
        yield from _redirects(addresses.claim, claim, claim.facts.claim_reviewed, shared)
    for entity in library.entities.values():
        yield from _redirects(addresses.entity, entity, entity.facts.name, shared)
        if entity.id in speaking:
            yield from _redirects(addresses.speaker, entity, entity.facts.name, shared)


def _redirects(
    page: Callable[[str], str], thing: Article | Claim | Entity, label: str, shared: Shared
) -> Iterator[PageJob]:
    for old in thing.facts.formerly:
        yield _redirect(page(old), page(thing.id), thing, label, shared)


def _redirect(uri: str, target: str, thing: Article | Claim | Entity, label: str, shared: Shared) -> PageJob:
    values = {"label": label, "target": target, "moved": addresses.served(uri, target)}
    return PageJob(uri, partial(_page, "moved.md.j2", uri, shared, thing.path, **values))


def _rests_on(article: Article, shared: Shared) -> Md:
    """How many sources of each kind the article quotes: 2 named people, 1 institution, 1 unnamed source."""
    library, say_count = shared.index.library, shared.words.say_count
    speakers = {quote.facts.speaker for quote in article.quotes if quote.facts.speaker in library.entities}
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


def _front(shared: Shared) -> Page:
    values = {"articles": shared.index.articles[:LATEST], "latest": _latest(shared)}
    return _page("front.md.j2", addresses.FRONT, shared, None, **values)


def _articles(shared: Shared) -> Page:
    return _page("articles.md.j2", addresses.ARTICLES, shared, None, articles=shared.lists.articles)


def _checks(shared: Shared) -> Page:
    claims = shared.lists.claims
    values = {"claims": claims, "verdicts": by_verdict(claims.first, shared.index), "states": states(shared.index)}
    return _page("claims.md.j2", addresses.CLAIMS, shared, None, **values)


def _entities(shared: Shared) -> Page:
    return _page("entities.md.j2", addresses.ENTITIES, shared, None, types=_by_type(shared))


def _quotes(shared: Shared) -> Page:
    lists = shared.lists
    return _page("quotes.md.j2", addresses.QUOTES, shared, None, speakers=lists.speakers, unnamed=lists.unnamed)


def _corrections(shared: Shared) -> Page:
    values = {"corrections": shared.lists.corrections, "withdrawn": shared.lists.withdrawn}
    return _page("corrections.md.j2", addresses.CORRECTIONS, shared, None, **values)


def _timeline(shared: Shared) -> Page:
    """The newest days, and all of them at a glance."""
    here, dated = Context(addresses.TIMELINE, shared), shared.lists.dated
    strip = draw_strip(timeline(shared.index), shared.words, here.way_to_day)
    values = {"dated": dated, "days": gathered(dated.first), "strip": strip}
    return _page("timeline.md.j2", addresses.TIMELINE, shared, None, **values)


def _map(shared: Shared) -> Page:
    return _page("map.md.j2", addresses.MAP, shared, None, **world_maps(shared.places, shared.words))


_LISTS: Mapping[str, Callable[[Shared], Page]] = {
    addresses.FRONT: _front,
    addresses.ARTICLES: _articles,
    addresses.CLAIMS: _checks,
    addresses.ENTITIES: _entities,
    addresses.QUOTES: _quotes,
    addresses.CORRECTIONS: _corrections,
    addresses.TIMELINE: _timeline,
    addresses.MAP: _map,
}
