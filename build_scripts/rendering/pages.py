"""From the library to pages: one function a kind of page, one template each.

In: the library. Out: pages in the order of their addresses. What stands on a page is decided in its template.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import Any

from build_scripts import addresses
from build_scripts.model import Article, Claim, Entity, Library, Quote
from build_scripts.reading.schema import ClaimState, EntityType, Evidence
from build_scripts.rendering.context import Context, Shared, direction
from build_scripts.rendering.environment import count, joined, render
from build_scripts.rendering.escape import Md
from build_scripts.rendering.index import make_index
from build_scripts.rendering.places import place_map, world_maps
from build_scripts.rendering.timeline import timeline
from build_scripts.rendering.weave import Layer, weave
from build_scripts.site import Asset, Page

GROUPS = {
    EntityType.PERSON: "People",
    EntityType.ORGANISATION: "Organisations",
    EntityType.PLACE: "Places",
    EntityType.WEAPON: "Weapons",
    EntityType.DOCUMENT: "Documents",
    EntityType.EVENT: "Events",
    EntityType.GROUP: "Groups",
    EntityType.OTHER: "Other",
}
LATEST = 10

Job = Callable[[], Page]


def page_jobs(library: Library) -> Iterator[Job]:
    """A job for each page; none depends on another."""
    shared = Shared(make_index(library))
    index = shared.index
    yield partial(
        _page, "front.md.j2", addresses.FRONT, shared, None, articles=index.articles[:LATEST], latest=_latest(shared)
    )
    yield partial(_page, "articles.md.j2", addresses.ARTICLES, shared, None)
    yield partial(_page, "claims.md.j2", addresses.CLAIMS, shared, None, verdicts=_by_verdict(shared))
    yield partial(_page, "entities.md.j2", addresses.ENTITIES, shared, None, groups=_by_type(library))
    yield partial(_page, "quotes.md.j2", addresses.QUOTES, shared, None, speakers=_speakers(shared))
    yield partial(_page, "corrections.md.j2", addresses.CORRECTIONS, shared, None, corrections=_corrections(shared))
    yield partial(_page, "timeline.md.j2", addresses.TIMELINE, shared, None, days=timeline(index))
    yield partial(_page, "map.md.j2", addresses.MAP, shared, None, **world_maps(index))
    yield from (partial(_article, article, shared) for article in index.articles)
    yield from (partial(_claim, claim, shared) for claim in index.claims)
    yield from (partial(_entity, entity, shared) for entity in library.entities.values())
    yield from (partial(_speaker, entity, quotes, shared) for entity, quotes in _speakers(shared))
    yield from (job for entity in library.entities.values() for job in _moved(entity, shared))


def assets(library: Library) -> Iterator[Asset]:
    """The colours of the verdicts, as a style sheet."""
    rules = [f".rating-{rating.id} {{ background-color: {rating.colour}; }}" for rating in library.ratings.values()]
    yield Asset("assets/newsgloss-ratings.css", content="\n".join(rules) + "\n")


def rating_scale(library: Library) -> Md:
    """The verdicts and what they mean, as Markdown."""
    return Md(render("scale.md.j2", ratings=list(library.ratings.values())))


def _page(template: str, uri: str, shared: Shared, source: str | None, **values: Any) -> Page:
    publication = shared.index.library.publication
    here = Context(uri, shared)
    values |= {"here": here, "index": shared.index, "publication": publication.facts if publication else None}
    return Page(uri, render(template, source=source, **values), source)


def _article(article: Article, shared: Shared) -> Page:
    uri = addresses.article(article.id)
    here = Context(uri, shared)
    numbers: dict[str, int] = {}
    layers = list(_layers(article, here, numbers))
    folder = article.path.rpartition("/")[0]
    images = {f"{folder}/{name}": name for name in article.files.images}
    values = {
        "article": article,
        "text": weave(article.prose, layers, target=here.target(article.path, images)),
        "checks": _checks(article, shared, numbers),
        "groups": _grouped(here.named(article), lambda row: row[0]),
        "dir": direction(article.facts.language),
        "sources": _rests_on(article, shared.index.library),
    }
    return _page("article.md.j2", uri, shared, article.path, **values)


def _layers(article: Article, here: Context, numbers: dict[str, int]) -> Iterator[Layer]:
    """The annotations as they are woven in; ``numbers`` takes each claim's number, in text order.

    A mention of what its section named before is marked ``again``.
    """
    headings = [block.start for block in article.prose.blocks if block.is_heading]
    seen: set[tuple[int, str]] = set()
    for mention in article.mentions:
        entity = here.index.library.entities.get(mention.entity)
        if entity is None:
            continue  # its file can't be read: there is no page to lead to
        place = (bisect_right(headings, mention.span.start), mention.entity)
        kind = entity.facts.type.value
        marks = (f"mention-{kind}", *(["again"] if place in seen else []))
        seen.add(place)
        url = here.to(addresses.entity(mention.entity))
        yield Layer(mention.id, "mention", (mention.span,), url=url, marks=marks)
    for quote in article.quotes:
        yield Layer(quote.id, "quote", quote.spans)
    for appearance in here.index.public_appearances(article):
        number = numbers.setdefault(appearance.claim, len(numbers) + 1)
        reference = f'<sup class="check">[{number}](#check-{number})</sup>'
        yield Layer(appearance.id, "claim", (appearance.span,), reference=reference)


def _checks(
    article: Article, shared: Shared, numbers: dict[str, int]
) -> list[tuple[Claim, list[str], Evidence | None]]:
    """The claims of an article in the order of their numbers, with the ids of their places and their best evidence."""
    places: dict[str, list[str]] = defaultdict(list)
    for appearance in shared.index.public_appearances(article):
        places[appearance.claim].append(appearance.id)
    claims = [shared.index.library.claims[name] for name in numbers]
    return [(claim, places[claim.id], _best_evidence(claim)) for claim in claims]


def _best_evidence(claim: Claim) -> Evidence | None:
    """The first item that tells for or against a published claim; a secondary one only where there is no other."""
    telling = [item for item in claim.facts.evidence if claim.has_verdict and item.stance != "context"]
    return min(telling, key=lambda item: item.kind == "secondary", default=None)


def _claim(claim: Claim, shared: Shared) -> Page:
    rating = shared.index.library.ratings.get(claim.facts.rating)
    stances = {
        stance: [evidence for evidence in claim.facts.evidence if evidence.stance == stance]
        for stance in ("supports", "undermines", "context")
    }
    template = "withdrawn.md.j2" if claim.facts.state is ClaimState.WITHDRAWN else "claim.md.j2"
    return _page(template, addresses.claim(claim.id), shared, claim.path, claim=claim, rating=rating, stances=stances)


def _entity(entity: Entity, shared: Shared) -> Page:
    values = {"entity": entity, "group": GROUPS[entity.facts.type], "map": place_map(entity, shared.index)}
    return _page("entity.md.j2", addresses.entity(entity.id), shared, entity.path, **values)


def _speaker(entity: Entity, quotes: list[tuple[Article, Quote]], shared: Shared) -> Page:
    by_article = [
        (group[0][0], [quote for _article, quote in group])
        for group in (list(rows) for _id, rows in groupby(quotes, key=lambda row: row[0].id))
    ]
    values = {"entity": entity, "quotes": quotes, "by_article": by_article}
    return _page("speaker.md.j2", addresses.speaker(entity.id), shared, entity.path, **values)


def _moved(entity: Entity, shared: Shared) -> Iterator[Job]:
    """The pages at an entity's former addresses, which lead to its present ones."""
    pages = [addresses.entity] + ([addresses.speaker] if entity.id in shared.index.quotes else [])
    for name in entity.facts.formerly:
        for page in pages:
            yield partial(_page, "moved.md.j2", page(name), shared, entity.path, entity=entity, target=page(entity.id))


def _rests_on(article: Article, library: Library) -> str:
    """How many sources of each kind the article quotes: 2 named people, 1 institution, 1 unnamed source."""
    speakers = {quote.facts.speaker for quote in article.quotes} & set(library.entities)
    people = sum(library.entities[name].facts.type is EntityType.PERSON for name in speakers if name)
    unnamed = {quote.facts.anonymous.description for quote in article.quotes if quote.facts.anonymous}
    kinds = (
        (people, "named person", "named people"),
        (len(speakers) - people, "institution", ""),
        (len(unnamed), "unnamed source", ""),
    )
    return joined(count(*kind) for kind in kinds if kind[0])


def _latest(shared: Shared) -> list[Claim]:
    published = [claim for claim in shared.index.claims if claim.has_verdict]
    published.sort(key=lambda claim: str(claim.facts.published), reverse=True)
    return published[:LATEST]


def _by_verdict(shared: Shared) -> list[tuple[str, str, list[Claim]]]:
    """Claims in sections: each verdict in the scale's order, then those that show none."""
    claims = shared.index.claims
    sections = [
        (
            f"verdict-{rating.id}",
            rating.label,
            [claim for claim in claims if claim.has_verdict and claim.facts.rating == rating.id],
        )
        for rating in shared.index.library.ratings.values()
    ]
    for state, label in ((ClaimState.IN_REVIEW, "In review"), (ClaimState.WITHDRAWN, "Withdrawn")):
        sections.append((f"state-{state}", label, [claim for claim in claims if claim.facts.state is state]))
    return [section for section in sections if section[2]]


def _by_type(library: Library) -> list[tuple[str, str, list[Entity]]]:
    rows = sorted(library.entities.values(), key=lambda entity: (entity.facts.name.casefold(), entity.id))
    return _grouped(rows, lambda entity: entity)


def _grouped(rows: list[Any], entity_of: Callable[[Any], Entity]) -> list[tuple[str, str, list[Any]]]:
    """Rows by the type of their entity, in the order of GROUPS; each group with an id and a label."""
    order = list(GROUPS)
    rows = sorted(rows, key=lambda row: order.index(entity_of(row).facts.type))
    return [
        (f"type-{kind}", GROUPS[kind], list(group))
        for kind, group in groupby(rows, key=lambda row: entity_of(row).facts.type)
    ]


def _speakers(shared: Shared) -> list[tuple[Entity, list[tuple[Article, Quote]]]]:
    entities = shared.index.library.entities
    found = [(entities[name], quotes) for name, quotes in shared.index.quotes.items() if name in entities]
    return sorted(found, key=lambda row: (row[0].facts.name.casefold(), row[0].id))


def _corrections(shared: Shared) -> list[tuple[Any, Claim]]:
    found = [(correction, claim) for claim in shared.index.claims for correction in claim.facts.corrections]
    return sorted(found, key=lambda row: (row[0].date, row[1].id), reverse=True)
