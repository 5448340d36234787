"""Corrections and withdrawals as entries of feeds.

In: checks and articles. Out: entries, each with the day that a file names; what has none is no entry. A correction has no id of its
own: it is told apart by its check, its day, and its place among those of the day, since later ones are added at the end.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from build_scripts import addresses
from build_scripts.export.feeds.content import change_html
from build_scripts.export.feeds.entries import Entry, Here
from build_scripts.export.structured.nodes import licence
from build_scripts.model import Article, Claim, oldest_id
from build_scripts.reading.schema import ClaimState, Correction
from build_scripts.rendering.catalogue import message
from build_scripts.rendering.corrections import withdrawal
from build_scripts.rendering.dates import changed

_WITHDRAWN = message("This check has been withdrawn.")
_AGAIN = message("This check is being reviewed again.")


def changes(here: Here) -> Iterator[Entry]:
    """Everything that was corrected or taken back, as the page of corrections tells it."""
    for claim in here.index.claims:
        if claim.is_public:
            yield from _of_claim(claim, here)
    for article in here.library.withdrawn.values():
        yield from _of_article(article, here)


def of_check(claim: Claim, own: Entry | None, here: Here) -> Iterator[Entry]:
    """What happened to one check; ``own``: its own entry, with the verdict or without."""
    if own:
        yield own
    yield from _of_claim(claim, here)


def without_verdict(claim: Claim, here: Here) -> Entry | None:
    """The entry of a check whose verdict does not stand any more: it stays and says so, since feed readers still have the old one."""
    day, facts = changed(claim), claim.facts
    if not facts.published or not day:
        return None
    told = here.words.say(_WITHDRAWN if facts.state is ClaimState.WITHDRAWN else _AGAIN)
    return replace(_entry(claim, "", (facts.claim_reviewed, told), day, here), published=facts.published)


def _of_claim(claim: Claim, here: Here) -> Iterator[Entry]:
    say, claimed = here.words.say, claim.facts.claim_reviewed
    for correction, way in _numbered(claim):
        if correction is withdrawal(claim):
            title = say("Withdrawn: {title}", title=claimed)
            yield _entry(claim, "/withdrawal", (title, correction.why), correction.date, here)
        else:
            title = say("Correction: {claim}", claim=claimed)
            change = say("“{was}” became “{now}”.", was=correction.was, now=correction.now)
            yield _entry(claim, way, (title, f"{change} {correction.why}"), correction.date, here)


def _numbered(claim: Claim) -> Iterator[tuple[Correction, str]]:
    """Corrections with what tells them apart; only a second one of the same day bears a number."""
    seen: Counter[dt.date] = Counter()
    for correction in claim.facts.corrections:
        seen[correction.date] += 1
        number = seen[correction.date]
        yield correction, f"/corrections/{correction.date}" + (f"/{number}" if number > 1 else "")


def _of_article(article: Article, here: Here) -> Iterator[Entry]:
    facts = article.facts
    if facts.withdrawn:
        told = here.words.say(
            "We took this article back on {date}: {reason}",
            date=here.words.day(facts.withdrawn.date),
            reason=facts.withdrawn.why,
        )
        title = here.words.say("Withdrawn: {title}", title=facts.headline)
        yield _entry(article, "/withdrawal", (title, told), facts.withdrawn.date, here)


def _entry(thing: Claim | Article, way: str, said: tuple[str, str], day: dt.date, here: Here) -> Entry:
    """What happened to ``thing`` on a day: its title and what is told of it."""
    is_claim, (title, told) = isinstance(thing, Claim), said
    kind, page = ("claims", addresses.claim) if is_claim else ("articles", addresses.article)
    fragment = "corrections" if is_claim and way else ""
    label = thing.facts.claim_reviewed if isinstance(thing, Claim) else thing.facts.headline
    return Entry(
        id=here.name(f"{kind}/{oldest_id(thing)}{way}"),
        title=str(title),
        url=here.address(page(thing.id), fragment),
        day=day,
        published=day,
        summary=str(told),
        html=change_html(told, label, here.address(page(thing.id), fragment)),
        language=here.publication.language,
        authors=(here.publication.name,),
        rights=here.rights,
        licence=licence(here.publication.licence),
    )
