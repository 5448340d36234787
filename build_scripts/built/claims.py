"""What a ClaimReview says of the claim: its words, who made it, where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from build_scripts.built.pages import Block, BuiltPage, Node, as_list
from build_scripts.built.site import BuiltSite
from build_scripts.problems import Problem, Rule, Severity, shown

WORDS = Rule(
    "review-claim", "On the built site, `claimReviewed` is the claim: it is not empty, and holds no word of a verdict."
)
LONG = Rule(
    "review-claim-long",
    "On the built site, `claimReviewed` has fewer than 75 characters: longer ones are cut where they are shown.",
    Severity.WARNING,
)
CLAIMANT = Rule(
    "review-claimant",
    "On the built site, everybody whom a `ClaimReview` names as author of the claim has a name, by itself, and is a claimant of "
    "the check.",
)
IDENTITY = Rule(
    "review-claimant-unlinked",
    "On the built site, the author of a claim is identified by `sameAs`: a page of their own, Wikidata or Wikipedia. Write it in "
    "`same_as` of the entity.",
    Severity.WARNING,
)
APPEARANCE = Rule(
    "review-appearance",
    "On the built site, a claim appears where it was made, elsewhere: `appearance` and `firstAppearance` are full addresses, one "
    "each, and none is on the site's own host.",
)
RULES = (WORDS, LONG, CLAIMANT, IDENTITY, APPEARANCE)
LIMIT = 75


def check(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    """Everything wrong with what the page's reviews say of their claims."""
    for block, review in page.reviews():
        yield from _words(page, site, block, review.get("claimReviewed"))
        for claim in as_list(review.get("itemReviewed")):
            if isinstance(claim, dict):
                yield from _claimants(page, site, block, claim)
                yield from _appearances(page, site, block, claim)


def _words(page: BuiltPage, site: BuiltSite, block: Block, words: Any) -> Iterator[Problem]:
    place = page.place(block, "claimReviewed")
    if not isinstance(words, str) or not words.strip():
        yield WORDS.problem(place, "no claim", "write `claim_reviewed` in the check's file")
        return
    labels = [re.escape(rating.label) for rating in site.library.ratings.values()]
    verdict = re.search(rf"(?<!\w)(?:{'|'.join(labels)})(?!\w)", words, re.IGNORECASE) if labels else None
    if verdict:
        message = f"the claim holds the verdict {shown(verdict.group())}"
        yield WORDS.problem(place, message, "say in `claim_reviewed` only what was claimed")
    if len(words) >= LIMIT:
        yield LONG.problem(place, f"a claim of {len(words)} characters", "shorten `claim_reviewed` to its heart")


def _claimants(page: BuiltPage, site: BuiltSite, block: Block, claim: Node) -> Iterator[Problem]:
    check = site.published.get(page.address)
    known = {site.library.name_of(name) for name in check.facts.claimant} if check else None
    place = page.place(block, "itemReviewed")
    for who in as_list(claim.get("author")):
        name = who.get("name") if isinstance(who, dict) else None
        if not isinstance(name, str) or not name.strip():
            yield CLAIMANT.problem(place, "an author of the claim without a name", "give the entity a `name`")
        elif known is not None and name not in known:
            message = f"{shown(name)} is no claimant of the check"
            yield CLAIMANT.problem(place, message, "several claimants are several authors: name each by itself")
        elif not any(_is_elsewhere(url, site) for url in as_list(who.get("sameAs"))):
            hint = "add `same_as: [https://…]` to the entity: a page of their own, Wikidata or Wikipedia"
            yield IDENTITY.problem(place, f"nothing says who {shown(name)} is", hint)


def _is_elsewhere(url: Any, site: BuiltSite) -> bool:
    return _host(url) not in {None, site.host}


def _appearances(page: BuiltPage, site: BuiltSite, block: Block, claim: Node) -> Iterator[Problem]:
    for key in ("appearance", "firstAppearance"):
        for work in as_list(claim.get(key)):
            url = work.get("url") if isinstance(work, dict) else work
            place = page.place(block, key)
            if _host(url) is None:
                message = f"{shown(str(url))} is no full address"
                yield APPEARANCE.problem(place, message, "write the original's address in `url` of the article")
            elif not _is_elsewhere(url, site):
                message = f"the claim appears on the site's own host: {shown(str(url))}"
                yield APPEARANCE.problem(
                    place, message, "`url` of the article is the original's address, not a page here"
                )


def _host(url: Any) -> str | None:
    """The host of one full address; None for anything else."""
    if not isinstance(url, str) or re.search(r"\s", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.hostname if parts.scheme in {"http", "https"} else None
