"""Links of the web that the publication rests on, held against what they answered when they were asked.

In: the library, and answers that others got: nothing is asked here, and `newsgloss check` and the build never ask. Out:
every place that names an address of the web, and a problem for each where readers would find nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from build_scripts.addresses import leads_out
from build_scripts.model import Article, Claim, Entity, Library
from build_scripts.problems import Problem, Rule, Severity, shown
from build_scripts.reading.prose import Prose
from build_scripts.reading.schema import ClaimState, Evidence
from build_scripts.source import Place

APART = dt.timedelta(hours=1)
"""Between two failures, for the second to count: what is down for a minute is not dead."""

_TOLD = " Told by `newsgloss links`, which asks each address."

DEAD = Rule(
    "link-dead",
    "An address that the publication rests on leads nowhere: the page is gone (404, 410), or could not be reached in two runs "
    "at least an hour apart. Evidence with an `archive_url` that still works is "
    "[link-dead-archived](#rule-link-dead-archived)." + _TOLD,
)
ARCHIVED = Rule(
    "link-dead-archived",
    "A page that is evidence is gone, and its archived copy is there, or the other way round." + _TOLD,
    Severity.WARNING,
)
FAILING = Rule(
    "link-failing",
    "An address could not be reached: no such host, no secure connection, no answer in time, an error of the server. It counts "
    "as dead once it fails again in a run at least an hour later." + _TOLD,
    Severity.WARNING,
)
MOVED = Rule("link-moved", "A page moved for good (301, 308) and says where to." + _TOLD, Severity.WARNING)
PRIVATE = Rule(
    "link-private",
    "An address leads into a private network or to the machine itself, where readers can't follow. It is not asked, unless "
    "`--allow-private` says so." + _TOLD,
    Severity.WARNING,
)
REFUSED = Rule(
    "link-refused",
    "A site answers programs with a refusal (401, 403, 429 and the like), so whether readers see the page can't be told."
    + _TOLD,
    Severity.NOTICE,
)
RULES = (DEAD, ARCHIVED, FAILING, MOVED, PRIVATE, REFUSED)


class Verdict(StrEnum):
    """What became of an address."""

    ALIVE = "alive"
    MOVED = "moved"
    GONE = "gone"
    REFUSED = "refused"
    FAILED = "failed"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered. ``location``: where it moved; ``since``: when it failed first, without a success since."""

    verdict: Verdict
    detail: str
    asked: dt.datetime
    location: str = ""
    since: dt.datetime | None = None

    @property
    def is_dead(self) -> bool:
        """Whether readers will find nothing there, as far as can be told."""
        has_failed_twice = self.since is not None and self.asked - self.since >= APART
        return self.verdict is Verdict.GONE or (self.verdict is Verdict.FAILED and has_failed_twice)


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that names an address. ``owner``: the article, claim or entity, empty for the publication.

    ``way``: what to do if it is dead. ``stand_in``: the address that shows the same, if there is one.
    """

    url: str
    place: Place
    owner: str
    way: str
    stand_in: str = ""


def cited(library: Library) -> list[Cited]:
    """Every place that names an address of the web, in order; not of what was withdrawn, since nobody sees it."""
    found = [*_of_publication(library)]
    for article in library.articles.values():
        found += _of_article(article)
    for claim in library.claims.values():
        if claim.facts.state is not ClaimState.WITHDRAWN:
            found += _of_claim(claim)
    for entity in library.entities.values():
        found += _of_entity(entity)
    return sorted(found, key=lambda one: one.place)


def check(found: Iterable[Cited], answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Every place whose address does not lead where it should; ``answers`` by the address as it is written."""
    for one in found:
        answer = answers.get(one.url)
        if answer is not None and answer.verdict is not Verdict.ALIVE:
            yield _problem(one, answer, answers)


def _problem(one: Cited, answer: Answer, answers: Mapping[str, Answer]) -> Problem:
    words = shown(one.url, 100)
    if answer.is_dead:
        return _dead(one, answer, answers)
    if answer.verdict is Verdict.MOVED:
        return MOVED.problem(one.place, f"{words} moved for good", f"write {_with_fragment(one.url, answer.location)}")
    if answer.verdict is Verdict.PRIVATE:
        message = f"{words} is not asked: {answer.detail}"
        return PRIVATE.problem(
            one.place, message, "name one that readers can open; `--allow-private` asks it all the same"
        )
    if answer.verdict is Verdict.REFUSED:
        message = f"{words} does not answer programs: {answer.detail}"
        return REFUSED.problem(one.place, message, "open it in a browser")
    hint = "see whether it opens in a browser; it counts as dead if it fails again in an hour or later"
    return FAILING.problem(one.place, f"{words} can't be reached: {answer.detail}", hint)


def _dead(one: Cited, answer: Answer, answers: Mapping[str, Answer]) -> Problem:
    since = f" since {answer.since:%Y-%m-%d}" if answer.since else ""
    message = f"{shown(one.url, 100)} is dead{since}: {answer.detail}"
    stand_in = answers.get(one.stand_in)
    if one.stand_in and not (stand_in and stand_in.is_dead):
        return ARCHIVED.problem(one.place, message, f"readers still have {one.stand_in}; see whether the page moved")
    return DEAD.problem(one.place, message, one.way)


def _with_fragment(old: str, new: str) -> str:
    fragment = old.partition("#")[2]
    return f"{new}#{fragment}" if fragment and "#" not in new else new


def _of_publication(library: Library) -> Iterator[Cited]:
    if library.publication and library.publication.facts.url:
        yield Cited(library.publication.facts.url, library.publication.place("url"), "", "correct it, or delete `url`")


def _of_article(article: Article) -> Iterator[Cited]:
    facts, place = article.facts, article.loaded.place
    if facts.url:
        yield Cited(facts.url, place("url"), article.id, f"name an archived copy: {_copy(facts.url)}")
    if facts.rights.licence and leads_out(facts.rights.licence):
        yield Cited(facts.rights.licence, place("rights", "licence"), article.id, "name its SPDX identifier")
    for at, page in enumerate(facts.sources):
        way = f"name another source, or an archived copy: {_copy(page.url, page.accessed)}"
        yield Cited(page.url, place("sources", at, "url"), article.id, way)
    yield from _of_prose(article.prose, article.id)


def _of_claim(claim: Claim) -> Iterator[Cited]:
    for at, item in enumerate(claim.facts.evidence):
        yield from _of_evidence(claim, at, item)
    yield from _of_prose(claim.note, claim.id)


def _of_evidence(claim: Claim, at: int, item: Evidence) -> Iterator[Cited]:
    place = claim.loaded.place
    if item.url:
        way = f"look for a copy at {_copy(item.url, item.accessed)} and add it as `archive_url: …`"
        if item.archive_url:
            way = "its archived copy is dead, too: look for another one, or other evidence"
        yield Cited(item.url, place("evidence", at, "url"), claim.id, way, item.archive_url or "")
    if item.archive_url:
        way = "look for another copy, or delete `archive_url`"
        yield Cited(item.archive_url, place("evidence", at, "archive_url"), claim.id, way, item.url or "")


def _of_entity(entity: Entity) -> Iterator[Cited]:
    for at, url in enumerate(entity.facts.same_as):
        yield Cited(url, entity.loaded.place("same_as", at), entity.id, "correct it, or delete it")
    for at, page in enumerate(entity.facts.facts):
        way = f"name another source, or an archived copy: {_copy(page.url, page.accessed)}"
        yield Cited(page.url, entity.loaded.place("facts", at, "url"), entity.id, way)


def _of_prose(prose: Prose, owner: str) -> Iterator[Cited]:
    for url, offset in prose.links:
        if leads_out(url) and not url.lower().startswith("mailto:"):
            yield Cited(
                url, prose.source.place(offset), owner, f"lead it elsewhere, or to an archived copy: {_copy(url)}"
            )


def _copy(url: str, day: dt.date | None = None) -> str:
    """Where to look for a copy of a page: near the day when it was read, or among all of them."""
    return f"https://web.archive.org/web/{day.strftime('%Y%m%d') if day else '*'}/{url}"
