"""The feeds as files.

In: the index, the site's address. Out: each feed in both formats. What is not published is in none of them, a preview's neither.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from build_scripts import addresses
from build_scripts.cache import Cache, same
from build_scripts.export.feeds.atom import as_atom
from build_scripts.export.feeds.changes import changes, of_check, without_verdict
from build_scripts.export.feeds.entries import Entry, Feed, Here, newest
from build_scripts.export.feeds.json_feed import as_json
from build_scripts.export.feeds.news import article_entries, claim_entry
from build_scripts.model import Claim, oldest_id
from build_scripts.rendering.dates import latest
from build_scripts.rendering.index import Index
from build_scripts.site import Asset


def feeds(index: Index, home: str, cache: Cache | None = None) -> Iterator[Asset]:
    """All feeds; none where ``home``, the site's address, is not known: every address in a feed is a full one.

    ``cache``: has what need not be made again.
    """
    if not home or not index.library.publication:
        return
    here = Here(index, home, index.library.publication.facts, cache)
    for feed in _feeds(here):
        make = partial(_files, feed, here)
        yield from same(cache, "feed", (index.library.publication,), make, (home, feed))


def _files(feed: Feed, here: Here) -> tuple[Asset, Asset]:
    return Asset(f"{feed.way}.atom", content=as_atom(feed, here)), Asset(
        f"{feed.way}.json", content=as_json(feed, here)
    )


def _feeds(here: Here) -> Iterator[Feed]:
    articles = article_entries(here)
    public = [claim for claim in here.index.claims if claim.is_public]
    found = {claim.id: (claim_entry if claim.has_verdict else without_verdict)(claim, here) for claim in public}
    checks, changed = [entry for entry in found.values() if entry], list(changes(here))
    asof = latest(entry.day for entry in (*articles, *checks, *changed)) or here.since
    for feed, entries in zip(_of_site(here, asof), (articles, checks, changed), strict=True):
        yield replace(feed, entries=newest(entries))
    for claim in public:
        yield _of_claim(claim, found[claim.id], here, asof)


def _of_site(here: Here, asof: dt.date) -> Iterator[Feed]:
    say = here.words.say
    for name, page, title, about in (
        ("articles", addresses.ARTICLES, say("Articles"), say("All annotated articles, newest first.")),
        ("claims", addresses.CLAIMS, say("Checks"), say("Published checks, those that changed last first.")),
        (
            "corrections",
            addresses.CORRECTIONS,
            say("Corrections"),
            say("Every correction of a published check, with the old words and the new, and what was withdrawn."),
        ),
    ):
        way = addresses.feed(name)
        yield Feed(way, here.name(way), f"{here.publication.name}: {title}", str(about), here.address(page), asof)


def _of_claim(claim: Claim, own: Entry | None, here: Here, asof: dt.date) -> Feed:
    say = here.words.say
    return Feed(
        way=addresses.claim_feed(claim.id),
        id=here.name(addresses.claim_feed(oldest_id(claim))),
        title=str(say("Changes of the check: {claim}", claim=claim.facts.claim_reviewed)),
        subtitle=str(say("When it was published, what was corrected since, whether it was withdrawn.")),
        page=here.address(addresses.claim(claim.id)),
        asof=asof,
        entries=newest(list(of_check(claim, own, here))),
    )
