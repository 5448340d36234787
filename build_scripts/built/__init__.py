"""Checks of the built site, as it is served: pages are read as a browser would, and held against the library.

One concern a module, as in ``checks``. Nothing here knows how pages are made, so that what makes them can't be wrong unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from build_scripts.built import claims, data, leaks, policies, ratings, reviews, scale, sources
from build_scripts.built.pages import BuiltPage
from build_scripts.built.site import BuiltSite
from build_scripts.model import Library
from build_scripts.problems import Problem, in_order

PAGE_CHECKS: tuple[Callable[[BuiltPage, BuiltSite], Iterator[Problem]], ...] = (
    claims.check,
    data.check,
    leaks.check,
    policies.check,
    ratings.check,
    reviews.check,
    sources.check,
)
"""What is looked at on each page by itself: pages are read once, one at a time."""
SITE_CHECKS: tuple[Callable[[BuiltSite], Iterator[Problem]], ...] = (
    leaks.check_site,
    reviews.check_site,
    scale.check_site,
)
"""What is looked at once."""
RULES = (
    *claims.RULES,
    *data.RULES,
    *leaks.RULES,
    *policies.RULES,
    *ratings.RULES,
    *reviews.RULES,
    *scale.RULES,
    *sources.RULES,
)


def check_built(folder: Path, library: Library) -> tuple[Problem, ...]:
    """Everything that is wrong with the site in ``folder``, which is made from ``library``. Raises OSError."""
    site = BuiltSite(folder, library)
    return in_order(_all(site))


def _all(site: BuiltSite) -> Iterator[Problem]:
    for check_site in SITE_CHECKS:
        yield from check_site(site)
    for page in site.pages():
        for check in PAGE_CHECKS:
            yield from check(page, site)
