"""How a reader gets an error corrected."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts import addresses
from build_scripts.built.pages import BuiltPage
from build_scripts.built.site import BuiltSite
from build_scripts.problems import Problem, Rule

UNREPORTABLE = Rule(
    "errors-unreportable",
    "On the built site, the page of each published check links to the policy on corrections or to a way to report an error, "
    "and what it links to is there.",
)
RULES = (UNREPORTABLE,)
PLACES = ((addresses.ABOUT, "report-an-error"), (addresses.METHODOLOGY, "corrections"))
"""Where the site says how errors are corrected."""


def check(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    """A check whose readers can't find out how to have it corrected."""
    if page.address not in site.published or not site.home:
        return
    links = page.links(site.home)
    ways = [addresses.full(site.home, uri, fragment) for uri, fragment in PLACES]
    if not any(way in links and site.leads_somewhere(way) for way in ways):
        hint = "write a section `## Report an error { #report-an-error }` in docs/about.md"
        yield UNREPORTABLE.problem(page.place(), "no link to a way to report an error", hint)
