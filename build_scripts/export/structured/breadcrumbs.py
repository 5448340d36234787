"""The way from the front page to a page, as programs read it.

In: the library. Out: for each page below a section its way. Pages that only lead on have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from build_scripts import addresses
from build_scripts.export.structured.nodes import Here, Node, node
from build_scripts.permanence import speakers
from build_scripts.rendering.context import Shared
from build_scripts.rendering.part_pages import sections, steps_of

Step = tuple[str, str]
"""A page's name and its address below docs/."""


def ways(here: Here, shared: Shared) -> Iterator[tuple[str, Callable[[], Node]]]:
    """The address of each page below docs/, with what gives the way to it."""
    known = {steps[-1][1]: steps for steps in _steps(here)}
    for steps in (*known.values(), *_of_parts(known, shared)):
        yield steps[-1][1], partial(_list, [(here.publication.name, addresses.FRONT), *steps], here)


def _of_parts(known: Mapping[str, list[Step]], shared: Shared) -> Iterator[list[Step]]:
    """The ways to the parts of long lists, by the pages on which these begin."""
    for section in sections(shared):
        start = known.get(section.uri, [(section.title, section.uri)])
        yield from ([*start, *steps] for steps in steps_of(section, shared.words))


def _steps(here: Here) -> Iterator[list[Step]]:
    say, library = here.words.say, here.library
    articles: Step = (say("Articles"), addresses.ARTICLES)
    claims: Step = (say("Checks"), addresses.CLAIMS)
    entities: Step = (say("People, places and things"), addresses.ENTITIES)
    quotes: Step = (say("Who said what"), addresses.QUOTES)
    yield from ([section] for section in (articles, claims, entities, quotes))
    for article in here.index.articles:
        here_is: Step = (article.facts.headline, addresses.article(article.id))
        yield [articles, here_is]
        if library.public_appearances(article) or article.taken_out:
            yield [articles, here_is, (say("Worksheet"), addresses.worksheet(article.id))]
            yield [articles, here_is, (say("Answer key"), addresses.answers(article.id))]
    for claim in (claim for claim in here.index.claims if not claim.is_proposed):
        yield [claims, (claim.facts.claim_reviewed, addresses.claim(claim.id))]
    for entity in library.entities.values():
        yield [entities, (entity.facts.name, addresses.entity(entity.id))]
    for name in sorted(speakers(library)):
        yield [quotes, (library.name_of(name), addresses.speaker(name))]


def _list(steps: list[Step], here: Here) -> Node:
    items = [
        node("ListItem", position=position, name=str(name), item=here.address(uri))
        for position, (name, uri) in enumerate(steps, 1)
    ]
    return node("BreadcrumbList", itemListElement=items)
