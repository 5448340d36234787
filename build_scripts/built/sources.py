"""What a verdict rests on, as readers and programs see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from build_scripts import addresses
from build_scripts.built.pages import BuiltPage, as_list
from build_scripts.built.site import BuiltSite
from build_scripts.problems import Problem, Rule, Severity, shown

UNSEEN = Rule(
    "sources-unseen",
    "On the built site, the page of a published check links to each of its sources and to the page on method; its `ClaimReview` "
    "cites the same sources.",
    Severity.WARNING,
)
RULES = (UNSEEN,)


def check(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    """Sources and method that a check rests on and its page does not show."""
    claim = site.published.get(page.address)
    if claim is None or not site.home:
        return
    links = page.links(site.home)
    cited = {url for _block, review in page.reviews() for url in _cited(review.get("citation"))}
    for item in claim.facts.evidence:
        if item.url and item.url not in links:
            yield UNSEEN.problem(
                page.place(), f"no link to the source {shown(item.url)}", "show all evidence on the page"
            )
        elif item.url and item.url not in cited:
            yield UNSEEN.problem(page.place(), f"the review does not cite {shown(item.url)}", "build the site again")
    method = addresses.full(site.home, addresses.METHODOLOGY)
    if not any(link.partition("#")[0] == method for link in links):
        yield UNSEEN.problem(page.place(), "no link to the page on method", "link docs/methodology.md from the check")


def _cited(value: Any) -> Iterator[str]:
    for work in as_list(value):
        url = work.get("url") if isinstance(work, dict) else work
        if isinstance(url, str):
            yield url
