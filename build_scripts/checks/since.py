"""What may not change without a word about it, compared with an earlier version of the publication.

In: the library now and then, and each check's facts when it last showed a verdict. Unlike the other checks this one needs two
libraries, so whoever has both calls it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias, TypeVar

from build_scripts.checks.permanence import GONE
from build_scripts.model import Article, Claim, Entity, Library
from build_scripts.problems import Problem, Rule
from build_scripts.reading.load import ADDRESSES
from build_scripts.reading.schema import ClaimFile, Evidence
from build_scripts.source import Place

CORRECTION_MISSING = Rule(
    "correction-missing",
    "Readers learn what changed in a published check: another verdict, and evidence that was added, taken out or changed, need a "
    "new entry in `corrections`, with what it `was`, what it is `now`, and `why`. While a check is `in-review` it shows no verdict "
    "and needs none; once it is published again it does. A new `accessed`, `archive_url`, `title` or `read` is no change.",
)
HISTORY_DROPPED = Rule(
    "history-dropped",
    "What leads old addresses on, and what tells readers of changes, stays for good: `formerly`, the notes under `withdrawn`, the "
    "entries of `corrections`, the lines of sources/addresses.txt. The words of an entry may be put right.",
)
REUSED = Rule(
    "id-reused",
    "An id was given to something else: what is named by it now has nothing in common with what was named by it before. Ids are "
    "addresses that others link to. Give the new thing an id of its own, and keep what was there or rename it.",
)
RULES = (CORRECTION_MISSING, HISTORY_DROPPED, REUSED)

Thing: TypeAlias = Article | Claim | Entity
T = TypeVar("T", bound=Thing)

_INCIDENTAL = frozenset({"id", "accessed", "archive_url", "computation", "read", "title"})
"""What may change in silence; what a computation gives stands in ``result``, whatever the place in it is called."""

_SUBSTANCE = tuple(name for name in Evidence.model_fields if name not in _INCIDENTAL)


def check(library: Library, older: Library, verdicts: Mapping[str, ClaimFile]) -> Iterator[Problem]:
    """What changed unsaid since ``older``; ``verdicts``: what readers saw last of each check, by its id then."""
    yield from _ids(_articles(older), _articles(library))
    yield from _ids(older.claims, library.claims)
    yield from _ids(older.entities, library.entities)
    for was in older.claims.values():
        yield from _claim(library, older, was, verdicts.get(was.id))
    for article in older.articles.values():
        yield from _former_anchors(library, article, successor(article, library.articles))
    yield from _addresses(library, older)


def successor(was: T, now: Mapping[str, T]) -> T | None:
    """What an earlier thing is now: what has its id, or has it in ``formerly``."""
    return now.get(was.id) or next((thing for thing in now.values() if was.id in thing.facts.formerly), None)


def _articles(library: Library) -> dict[str, Article]:
    return {**library.articles, **library.withdrawn}


def _claim(library: Library, older: Library, was: Claim, shown: ClaimFile | None) -> Iterator[Problem]:
    now = successor(was, library.claims)
    if now is None or not now.is_public:
        is_known = was.path in library.left_out or f"claims/{was.id}/" in library.addresses
        if was.has_verdict and not is_known:
            hint = "write `state: withdrawn` and why in `corrections`; if it was renamed, add its old id to `formerly`"
            back = f"put back `published: {was.facts.published}`: its page then says that it is being reviewed again"
            place = now.loaded.place("state") if now else Place(was.path)
            yield GONE.problem(place, "a published check is gone", back if now else hint)
        return
    lost = Counter(entry.date for entry in was.facts.corrections)
    lost -= Counter(entry.date for entry in now.facts.corrections)
    for date in sorted(lost):
        place = now.loaded.place("corrections")
        yield HISTORY_DROPPED.problem(place, f"the correction of {date} is gone", "put it back")
    if now.has_verdict and shown and len(now.facts.corrections) <= len(shown.corrections):
        yield from _unsaid([*_verdict(library, older, now, shown), *_evidence(now, shown)])


def _unsaid(changes: list[tuple[Place, str]]) -> Iterator[Problem]:
    if changes:
        what = "; ".join(message for _place, message in changes)
        hint = "add an entry to `corrections`: {date: …, was: …, now: …, why: …}"
        yield CORRECTION_MISSING.problem(changes[0][0], f"{what}, and no correction says so", hint)


def _verdict(library: Library, older: Library, now: Claim, shown: ClaimFile) -> Iterator[tuple[Place, str]]:
    """The change of the verdict; a new id for the same words is none."""
    before, after = older.ratings.get(shown.rating), library.ratings.get(now.facts.rating)
    is_renamed = before is not None and after is not None and before.label == after.label
    if shown.rating != now.facts.rating and not is_renamed:
        yield now.loaded.place("rating"), f"the verdict was `{shown.rating}` and is `{now.facts.rating}`"


def _evidence(now: Claim, shown: ClaimFile) -> Iterator[tuple[Place, str]]:
    """The changes of substance, in the order of the file; a new id or another order is none."""
    before = {item.id: substance(item) for item in shown.evidence}
    after = {item.id: substance(item) for item in now.facts.evidence}
    for at, (name, what) in enumerate(after.items()):
        if what not in before.values():
            place = now.loaded.place("evidence", at)
            yield (
                place,
                f"evidence `{name}` {f'changed ({_differing(before[name], what)})' if name in before else 'is new'}",
            )
    for name, what in before.items():
        if what not in after.values() and name not in after:
            yield now.loaded.place("evidence"), f"evidence `{name}` is gone"


def substance(item: Evidence) -> dict[str, str]:
    """What a piece of evidence says, and who says it; white space counts nothing."""
    return {name: " ".join(str(getattr(item, name)).split()) for name in _SUBSTANCE if getattr(item, name) is not None}


def _differing(before: dict[str, str], after: dict[str, str]) -> str:
    return ", ".join(f"`{name}`" for name in _SUBSTANCE if before.get(name) != after.get(name))


def _ids(then: Mapping[str, T], now: Mapping[str, T]) -> Iterator[Problem]:
    """Former ids that lead nowhere any more, and ids that lead to something else."""
    owners: dict[str, T] = {name: thing for thing in now.values() for name in thing.facts.formerly} | dict(now)
    for was in then.values():
        heir = successor(was, now)
        if heir is None:
            continue
        for name in was.facts.formerly:
            if name not in (heir.id, *heir.facts.formerly):
                yield _former_id(name, was.id, heir, owners.get(name))
        if heir.id == was.id and _marks(was).isdisjoint(_marks(heir)):
            message = f"`{was.id}` names something else than before: nothing that tells it apart is the same"
            hint = "give it an id of its own, and put back the file that had this one"
            yield REUSED.problem(Place(heir.path), message, hint)


def _former_id(name: str, was: str, heir: Thing, owner: Thing | None) -> Problem:
    if owner:
        return REUSED.problem(Place(owner.path), f"`{name}` was an id of {was}", "choose another id")
    return HISTORY_DROPPED.problem(
        heir.loaded.place("formerly"), f"the former id `{name}` is gone", f"add `{name}` to `formerly`"
    )


def _marks(thing: Thing) -> set[str]:
    """What tells a thing apart: two versions of it share at least one."""
    match thing:
        case Entity():
            names = (thing.facts.name, *thing.facts.aliases, *thing.facts.weak_aliases)
            return {*(name.casefold() for name in names), thing.facts.description, *thing.facts.same_as}
        case Claim():
            urls = (item.url for item in thing.facts.evidence if item.url)
            return {thing.facts.claim_reviewed, thing.facts.selection_reason, thing.facts.summary, *urls}
        case Article():
            blocks = (thing.prose.text[block.start : block.end] for block in thing.prose.blocks)
            return {thing.facts.headline, thing.facts.summary, thing.facts.url or thing.facts.headline, *blocks}


def _former_anchors(library: Library, was: Article, now: Article | None) -> Iterator[Problem]:
    """Former ids of quotations and notes of what was taken out, that are gone from an article that stands."""
    path = f"sources/articles/{now.id}/annotations.yml" if now else ""
    for anchor in sorted(_kept_anchors(was) - _anchors(now)) if now and path not in library.left_out else ():
        hint = f"put `{anchor}` back into `formerly` of its quotation, or under `withdrawn`"
        yield HISTORY_DROPPED.problem(Place(path), f"`#{anchor}` leads nowhere any more", hint)


def _kept_anchors(article: Article) -> set[str]:
    quotes = article.files.annotations.facts.quotes if article.files.annotations else ()
    return {*(f"q-{old}" for quote in quotes for old in quote.formerly), *(item.id for item in article.taken_out)}


def _anchors(article: Article) -> set[str]:
    quotes = article.files.annotations.facts.quotes if article.files.annotations else ()
    return _kept_anchors(article) | {f"q-{quote.id}" for quote in quotes}


def _addresses(library: Library, older: Library) -> Iterator[Problem]:
    gone = [address for address in older.addresses if address not in library.addresses]
    if gone and ADDRESSES not in library.left_out:
        more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
        yield HISTORY_DROPPED.problem(Place(ADDRESSES), f"no longer listed: {gone[0]}{more}", "put the lines back")
