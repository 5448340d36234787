"""The lists of a publication that grow with it, each in parts.

In: the index. Out: for each list what stands on its own page and what on others. The addresses of parts begin with ``lists/``, or stand
below the page of the thing that they tell of: no id can be one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from build_scripts import addresses
from build_scripts.cache import Cache, same
from build_scripts.model import Appearance, Article, Claim, Entity, Mention, Quote
from build_scripts.reading.schema import Correction, EntityType
from build_scripts.rendering.corrections import Withdrawn, corrections, withdrawn
from build_scripts.rendering.index import Index
from build_scripts.rendering.kinds import GROUPS
from build_scripts.rendering.parts import Parts, by_letter, by_year, fits
from build_scripts.rendering.timeline import Entry, entries, timeline

Speaker = tuple[Entity, list[tuple[Article, Quote]]]


@dataclass(frozen=True)
class Lists:
    """The lists. ``whole``: those of all the publication, by name; ``entities``: of each type.

    ``days``: the page on which each day of the timeline begins.
    """

    index: Index
    whole: Mapping[str, Parts[Any]]
    entities: Mapping[EntityType, Parts[Entity]]
    days: Mapping[str, str]
    cache: Cache | None = None
    _dated: dict[str, Parts[Any]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Those of single things by their folders, since pages, ways to them and the site map all ask."""

    @property
    def articles(self) -> Parts[Article]:
        """All articles."""
        return self.whole["articles"]

    @property
    def claims(self) -> Parts[Claim]:
        """All claims that are shown."""
        return self.whole["claims"]

    @property
    def corrections(self) -> Parts[tuple[Claim, Correction]]:
        """All corrections of checks."""
        return self.whole["corrections"]

    @property
    def withdrawn(self) -> Parts[Withdrawn]:
        """All that was taken back."""
        return self.whole["withdrawn"]

    @property
    def dated(self) -> Parts[Entry]:
        """Everything that has a date, the earliest first."""
        return self.whole["dated"]

    @property
    def unnamed(self) -> Parts[tuple[Article, Quote]]:
        """What sources without a name said."""
        return self.whole["unnamed"]

    @property
    def speakers(self) -> Parts[Speaker]:
        """Who is quoted, by name."""
        return self.whole["speakers"]

    def mentions(self, entity: Entity) -> Parts[tuple[Article, Mention]]:
        """Where an entity is named."""
        found, folder = self.index.mentions.get(entity.id, ()), addresses.below(addresses.entity(entity.id), "mentions")
        make = partial(_mentions, found, folder)
        return self._once(folder, partial(same, self.cache, "mentions", (found,), make, folder))

    def said(self, entity: Entity) -> Parts[tuple[Article, Quote]]:
        """What an entity said."""
        rows, folder = self.index.quotes.get(entity.id, ()), addresses.below(addresses.speaker(entity.id), "said")
        return self._once(folder, partial(by_year, rows, _day_of, folder))

    def claims_by(self, entity: Entity) -> Parts[Claim]:
        """The claims that an entity makes."""
        claims = self.index.claims_by.get(entity.id, ())
        return _of_claims(claims, self.index, addresses.below(addresses.entity(entity.id), "claims-by"))

    def claims_about(self, entity: Entity) -> Parts[Claim]:
        """The claims whose words, in some article, name an entity."""
        claims = self.index.claims_about.get(entity.id, ())
        return _of_claims(claims, self.index, addresses.below(addresses.entity(entity.id), "claims-about"))

    def appearances(self, claim: Claim) -> Parts[tuple[Article, Appearance]]:
        """Where a claim stands."""
        rows, folder = self.index.appearances.get(claim.id, ()), addresses.below(addresses.claim(claim.id), "articles")
        return self._once(folder, partial(by_year, rows, _day_of, folder))

    def _once(self, folder: str, make: Callable[[], Parts[Any]]) -> Parts[Any]:
        """What ``make`` gives, which looks at nothing: whoever asks has looked at the rows already."""
        found = self._dated.get(folder)
        if found is None:
            found = self._dated[folder] = make()
        return found

    def uris(self) -> Iterator[str]:
        """The pages of all parts."""
        for parts in self.whole.values():
            yield from parts.uris()
        for of_type in self.entities.values():
            yield from of_type.uris()
        for entity in self.index.library.entities.values():
            for of_entity in (self.mentions, self.said, self.claims_by, self.claims_about):
                yield from of_entity(entity).uris()
        for claim in self.index.claims:
            yield from self.appearances(claim).uris()


def _mentions(found: Iterable[tuple[Article, list[Mention]]], folder: str) -> Parts[tuple[Article, Mention]]:
    return by_year([(article, one) for article, here in found for one in here], _day_of, folder)


def lists_of(index: Index, cache: Cache | None = None) -> Lists:
    """The lists of a publication; ``cache`` as the index has it."""
    lists, quotes = addresses.LISTS, index.anonymous
    dated = by_year(entries(timeline(index)), lambda row: row[0], f"{lists}/timeline", is_rising=True)
    whole: dict[str, Parts[Any]] = {
        "articles": by_year(index.articles, _day, f"{lists}/articles"),
        "claims": _of_claims(index.claims, index, f"{lists}/checks"),
        "corrections": by_year(corrections(index), lambda row: str(row[1].date), f"{lists}/corrections"),
        "withdrawn": by_year(withdrawn(index), lambda row: str(row.date or ""), f"{lists}/withdrawn"),
        "dated": dated,
        "unnamed": by_year(quotes, _day_of, f"{lists}/unnamed"),
        "speakers": _speakers(index),
    }
    return Lists(index, whole, _entities(index), _days(dated), cache)


def _days(dated: Parts[Entry]) -> dict[str, str]:
    found = {date: addresses.TIMELINE for date, _kind, _what in reversed(dated.first)}
    for group in reversed(dated.groups):
        for part in reversed(group.parts):
            found |= {date: part.uri for date, _kind, _what in part.rows}
    return found


def _speakers(index: Index) -> Parts[Speaker]:
    entities = index.library.entities
    rows = [(entities[name], quotes) for name, quotes in index.quotes.items() if name in entities]
    rows.sort(key=lambda row: _by_name(row[0]))
    if fits(len(rows)):
        return Parts(tuple(rows))
    return by_letter(rows, lambda row: row[0].facts.name, f"{addresses.LISTS}/speakers")


def _entities(index: Index) -> dict[EntityType, Parts[Entity]]:
    """By type and name: where all are many, only types with few are listed on the page of all."""
    rows = sorted(index.library.entities.values(), key=_by_name)
    found: dict[EntityType, list[Entity]] = {kind: [] for kind in GROUPS}
    for entity in rows:
        found[entity.facts.type].append(entity)
    share = 1 if fits(len(rows)) else len(GROUPS)
    return {
        kind: Parts(tuple(group))
        if fits(len(group) * share)
        else by_letter(group, _name, f"{addresses.LISTS}/entities/{kind}")
        for kind, group in found.items()
        if group
    }


def _of_claims(claims: Sequence[Claim], index: Index, folder: str) -> Parts[Claim]:
    """In the order of their ids on each page, cut by their dates."""
    if fits(len(claims)):
        return Parts(tuple(claims))
    rows = sorted(claims, key=lambda claim: (_date(claim, index), claim.id), reverse=True)
    return by_year(rows, lambda claim: _date(claim, index), folder)


def _date(claim: Claim, index: Index) -> str:
    """When a claim was published; of one that never was, when it was last looked at, or where it stands."""
    told = claim.facts.published or claim.facts.checked
    stands = index.appearances.get(claim.id)
    return str(told or (_day(stands[0][0]) if stands else ""))


def _day(article: Article) -> str:
    return article.facts.published.isoformat()


def _day_of(row: tuple[Article, object]) -> str:
    return _day(row[0])


def _name(entity: Entity) -> str:
    return entity.facts.name


def _by_name(entity: Entity) -> tuple[str, str]:
    return entity.facts.name.casefold(), entity.id
