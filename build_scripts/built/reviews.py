"""Where ClaimReview stands: on the page of each published check, once, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from build_scripts.built.pages import BuiltPage
from build_scripts.built.site import BuiltSite
from build_scripts.problems import Problem, Rule, shown
from build_scripts.source import Place

MISPLACED = Rule(
    "review-misplaced",
    "On the built site, the page of each published check carries one `ClaimReview`, and no other page carries any: no "
    "article, index or frame, no check that is in review or withdrawn, no note that only explains.",
)
ADDRESS = Rule(
    "review-address",
    "On the built site, a `ClaimReview` gives the address of its page as `url`, to the slash the same as the page's canonical "
    "address, on the site's own host. That takes `site_url` in mkdocs.yml, or `SITE_URL`.",
)
RULES = (MISPLACED, ADDRESS)
_AS_SERVED = "set `site_url` in mkdocs.yml, or `SITE_URL`, to where the site is served, and build again"


def check(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    """Reviews in the wrong place, or of another address."""
    found = list(page.reviews())
    is_check = page.address in site.published
    for number, (block, review) in enumerate(found):
        if not is_check or number:
            message = "a second ClaimReview" if is_check else "a ClaimReview on a page of no published check"
            yield MISPLACED.problem(
                page.place(block, "ClaimReview"), message, "take it out: the check's own page has it"
            )
        served, url = site.home + page.address, review.get("url")
        if is_check and site.home and url != served:
            message = f"the review's address is {shown(str(url), 120)}, the page's {shown(served, 120)}"
            yield ADDRESS.problem(page.place(block, "url"), message, _AS_SERVED)
    if is_check and site.home and page.canonical != site.home + page.address:
        message = (
            f"the canonical address is {shown(page.canonical, 120)}, the page's {shown(site.home + page.address, 120)}"
        )
        yield ADDRESS.problem(page.place(), message, _AS_SERVED)
    if is_check and not found:
        yield MISPLACED.problem(page.place(), "a published check without ClaimReview", _AS_SERVED)


def check_site(site: BuiltSite) -> Iterator[Problem]:
    """Pages that are missing, and a site that does not know where it stands."""
    for address in site.published:
        if site.page(address) is None:
            hint = "build the site again from these sources"
            yield MISPLACED.problem(Place(site.shown(address)), "the page of a published check is missing", hint)
    own = urlsplit(site.home)
    if own.scheme not in {"http", "https"} or not own.hostname or not site.home.endswith("/"):
        message = f"the front page's canonical address is {shown(site.home)}"
        yield ADDRESS.problem(Place(site.shown("")), message, _AS_SERVED)
