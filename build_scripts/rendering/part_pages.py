"""The pages of long lists beside the lists' own: their parts, and for each year or letter of several parts what leads to them.

In: the lists. Out: a job for each page. A part shows its rows as the list's own page does, leads back there, and to its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from build_scripts import addresses
from build_scripts.jobs import Job
from build_scripts.model import Claim, Entity
from build_scripts.rendering.catalogue import Catalogue, Said, message
from build_scripts.rendering.claims import by_verdict
from build_scripts.rendering.context import Context, Shared
from build_scripts.rendering.environment import joined, render
from build_scripts.rendering.escape import Md, link
from build_scripts.rendering.kinds import GROUPS
from build_scripts.rendering.parts import Group, Part, Parts
from build_scripts.rendering.ranges import group_name, part_name
from build_scripts.rendering.timeline import Entry, gathered
from build_scripts.site import Page

FALLING = (message("Later: {part}"), message("Earlier: {part}"))
RISING = (FALLING[1], FALLING[0])
LETTERS = (message("Before: {part}"), message("After: {part}"))

Step = tuple[str, str]
"""A page's name and its address below docs/."""
Neighbours = tuple[Step | None, Step | None]


def _as_they_are(rows: Sequence[Any], here: Context) -> dict[str, Any]:  # noqa: ARG001 -- others need the page
    return {"rows": rows}


def _verdicts(rows: Sequence[Claim], here: Context) -> dict[str, Any]:
    return {"verdicts": by_verdict(rows, here.index)}


def _days(rows: Sequence[Entry], here: Context) -> dict[str, Any]:  # noqa: ARG001 -- the same
    return {"days": gathered(rows)}


@dataclass(frozen=True, slots=True)
class Section:
    """A list: what it is called, the page on which it begins, the template of its rows, and what that needs.

    ``order``: what its pages call those before and after them. ``source``: the file to edit.
    ``anchor``: where on the page the list begins.
    """

    title: Said
    uri: str
    body: str
    parts: Parts[Any]
    values: Callable[[Sequence[Any], Context], dict[str, Any]] = _as_they_are
    order: tuple[str, str] = FALLING
    source: str | None = None
    anchor: str = ""

    @property
    def told_by(self) -> object:
        """What its pages show besides the rows."""
        return self.title, self.uri, self.body, self.order, self.source, self.anchor, self.values.__name__


def part_jobs(shared: Shared) -> Iterator[Job[Page]]:
    """A job for each page."""
    for section in sections(shared):
        groups = section.parts.groups
        steps = [(group_name(group, shared.words), group.uri) for group in groups]
        for group, near in zip(groups, _neighbours(steps, section, shared), strict=True):
            if group.is_contents:
                yield Job(group.uri, partial(_contents, section, group, near, shared))
        named = [(part, (part_name(part, group, shared.words), part.uri)) for group in groups for part in group.parts]
        for (part, step), near in zip(
            named, _neighbours([step for _part, step in named], section, shared), strict=True
        ):
            yield Job(part.uri, partial(_part, section, part, step[0], near, shared))


def steps_of(section: Section, words: Catalogue) -> Iterator[list[Step]]:
    """The way from the list's page to each page of its parts, without the list's own."""
    for group in section.parts.groups:
        year: list[Step] = [(_title(section, group_name(group, words), words), group.uri)] if group.is_contents else []
        if year:
            yield year
        for part in group.parts:
            yield [*year, (_title(section, part_name(part, group, words), words), part.uri)]


def sections(shared: Shared) -> Iterator[Section]:
    """The lists that have parts."""
    for section in (*_of_all(shared), *_of_kinds(shared), *_of_entities(shared), *_of_claims(shared)):
        if section.parts.groups:
            yield section


def _of_all(shared: Shared) -> Iterator[Section]:
    say, lists = shared.words.say, shared.lists
    yield Section(say("Articles"), addresses.ARTICLES, "rows/articles.md.j2", lists.articles)
    yield Section(say("Checks"), addresses.CLAIMS, "rows/verdicts.md.j2", lists.claims, _verdicts)
    yield Section(say("Corrections"), addresses.CORRECTIONS, "rows/corrections.md.j2", lists.corrections)
    yield Section(say("Withdrawn"), addresses.CORRECTIONS, "rows/withdrawn.md.j2", lists.withdrawn, anchor="withdrawn")
    yield Section(say("Timeline"), addresses.TIMELINE, "rows/days.md.j2", lists.dated, _days, RISING)
    yield Section(
        say("Sources without a name"), addresses.QUOTES, "rows/unnamed.md.j2", lists.unnamed, anchor="anonymous"
    )
    yield Section(
        say("Speakers"), addresses.QUOTES, "rows/speakers.md.j2", lists.speakers, order=LETTERS, anchor="speakers"
    )


def _of_kinds(shared: Shared) -> Iterator[Section]:
    for kind, parts in shared.lists.entities.items():
        title = shared.words.say(GROUPS[kind])
        yield Section(title, addresses.ENTITIES, "rows/entities.md.j2", parts, order=LETTERS, anchor=f"type-{kind}")


def _of_entities(shared: Shared) -> Iterator[Section]:
    for entity in shared.index.library.entities.values():
        yield from _of_entity(entity, shared)


def _of_entity(entity: Entity, shared: Shared) -> Iterator[Section]:
    say, lists, name = shared.words.say, shared.lists, entity.facts.name
    own = partial(Section, source=entity.path)
    page = addresses.entity(entity.id)
    yield own(
        say("Mentions of {name}", name=name), page, "rows/mentions.md.j2", lists.mentions(entity), anchor="mentions"
    )
    yield own(say("What {name} said", name=name), addresses.speaker(entity.id), "rows/said.md.j2", lists.said(entity))
    yield own(
        say("Claims by {name}", name=name), page, "rows/checks.md.j2", lists.claims_by(entity), anchor="claims-by"
    )
    yield own(
        say("Claims about {name}", name=name),
        page,
        "rows/checks.md.j2",
        lists.claims_about(entity),
        anchor="claims-about",
    )


def _of_claims(shared: Shared) -> Iterator[Section]:
    for claim in shared.index.claims:
        title = shared.words.say("Where it stands: {claim}", claim=claim.facts.claim_reviewed)
        parts = shared.lists.appearances(claim)
        yield Section(
            title, addresses.claim(claim.id), "rows/appearances.md.j2", parts, source=claim.path, anchor="appearances"
        )


def _neighbours(steps: Sequence[Step], section: Section, shared: Shared) -> Iterator[Neighbours]:
    """For each of ``steps``, which are in the list's order, the pages before and after it; the newest rows are on the list's own."""
    own = (shared.words.say("the newest"), section.uri)
    start, end = own if section.order is FALLING else None, own if section.order is RISING else None
    row = [start, *steps, end]
    for (before, _here), (_same, after) in pairwise(pairwise(row)):
        yield before, after


def _part(section: Section, part: Part[Any], name: str, near: Neighbours, shared: Shared) -> Page:
    here = Context(part.uri, shared)
    values = {"body": section.body, **section.values(part.rows, here)}
    return _page("part.md.j2", section, name, _ways(section, near, here), here, **values)


def _contents(section: Section, group: Group[Any], near: Neighbours, shared: Shared) -> Page:
    here, words = Context(group.uri, shared), shared.words
    rows = [(here.link(part_name(part, group, words), part.uri), len(part.rows)) for part in group.parts]
    name = group_name(group, words)
    return _page("contents.md.j2", section, name, _ways(section, near, here), here, rows=rows)


def _page(template: str, section: Section, name: str, ways: Md, here: Context, **values: Any) -> Page:
    title = _title(section, name, here.words)
    values |= {"title": title, "ways": ways, "here": here, "index": here.index, "source": section.source}
    return Page(here.uri, render(template, here.words, **values), section.source)


def _title(section: Section, name: str, words: Catalogue) -> Said:
    return words.say("{list}: {part}", list=section.title, part=name)


def _ways(section: Section, near: Neighbours, here: Context) -> Md:
    """Links back to the list and on to the neighbours of a part."""
    found = [here.link(section.title, section.uri, section.anchor)]
    for relation, pattern, step in zip(("prev", "next"), section.order, near, strict=True):
        if step:
            way = Md(f'{link(step[0], here.to(step[1]))}{{ rel="{relation}" }}')
            found.append(joined([here.words.say(pattern, part=way)]))
    return joined(found, " · ")
