"""Addresses that were published lead somewhere for good, and an id is never used again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_scripts.annotate import DUPLICATE_ID
from build_scripts.model import Article, Claim, Entity, Library
from build_scripts.permanence import former_anchors, live_anchors, promised, tombstones
from build_scripts.problems import Problem, Rule, Severity
from build_scripts.reading.load import ADDRESSES
from build_scripts.source import Place

GONE = Rule(
    "address-gone",
    "An address that was published, and that others may have linked to, would lead nowhere. What is renamed keeps its old id "
    "in `formerly`. What is taken back leaves a note: an article has `withdrawn: {date: …, why: …}`, a check `state: withdrawn`, "
    "a quotation or claim that no longer stands in an article an entry `{id: …, date: …, why: …}` under `withdrawn` in its "
    "annotations.yml. A check that goes back to `in-review` or `draft` keeps its addresses by itself, as long as `published` stays: they show no verdict.",
)
UNLISTED = Rule(
    "address-unlisted",
    "New addresses are not in the list of all that were published yet: `newsgloss addresses` adds them.",
    Severity.WARNING,
)
RULES = (GONE, UNLISTED)

_RENAMED = "keep the id, or write the old one into `formerly`"


def check(library: Library) -> Iterator[Problem]:
    """Ids that are used again, addresses that lead nowhere or are not listed yet."""
    yield from _former_ids(library.entities.values())
    yield from _former_ids(library.claims.values())
    yield from _former_ids([*library.articles.values(), *library.withdrawn.values()])
    for article in library.articles.values():
        yield from _former_anchors(article, library)
    if library.addresses and not library.left_out:  # what could not be read may make the rest
        yield from _addresses(library)


def _former_ids(things: Iterable[Entity | Claim | Article]) -> Iterator[Problem]:
    """Former ids that are ids of others, of one kind of thing, or stand twice."""
    things = list(things)
    owners = {thing.id: thing.id for thing in things}
    for thing in things:
        for at, name in enumerate(thing.facts.formerly):
            if name in owners:
                yield _used_again(thing.loaded.place("formerly", at), name, owners[name])
            owners.setdefault(name, thing.id)


def _former_anchors(article: Article, library: Library) -> Iterator[Problem]:
    """Ids of annotations that are gone, and that other annotations of the same article have."""
    owners = {anchor: anchor for anchor in live_anchors(article, library)}
    places = {quote.id: quote.place for quote in article.quotes}
    places |= {found.id: found.place for found in article.appearances}
    for old, new in former_anchors(article, library):
        if old in owners:
            yield _used_again(places[new], old, owners[old])
        owners.setdefault(old, new)
    for at, item in enumerate(article.taken_out):
        if item.id in owners:
            yield _used_again(_place(article, at), item.id, owners[item.id])
        owners.setdefault(item.id, f"`withdrawn` entry {at + 1}")


def _place(article: Article, at: int) -> Place:
    loaded = article.files.annotations
    return loaded.place("withdrawn", at, "id") if loaded else Place(article.path)


def _used_again(place: Place, name: str, owner: str) -> Problem:
    return DUPLICATE_ID.problem(place, f"`{name}` is or was the id of {owner}", "an id is never used again")


def _addresses(library: Library) -> Iterator[Problem]:
    made, stones = promised(library), tombstones(library)
    for address, place in library.addresses.items():
        page, _hash, anchor = address.partition("#")
        if address not in made and page not in stones:
            hint = f"{_RENAMED}; or add `{anchor}` to `withdrawn` in annotations.yml" if anchor else _RENAMED
            yield GONE.problem(place, f"{address} leads nowhere any more", hint)
    unlisted = len(made - library.addresses.keys())
    if unlisted:
        yield UNLISTED.problem(
            Place(ADDRESSES),
            f"{unlisted} new address{'es are' if unlisted > 1 else ' is'} not listed",
            "run `newsgloss addresses`",
        )
