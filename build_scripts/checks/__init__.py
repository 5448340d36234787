"""One concern a module: each looks at the library and yields problems. Its rules' explanations are its documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_scripts.cache import Cache
from build_scripts.checks import (
    consistency,
    dates,
    entities,
    evidence,
    kept,
    links,
    originals,
    permanence,
    quotes,
    reach,
    review,
    scale,
    since,
    translations,
    use,
    wording,
)
from build_scripts.model import Library
from build_scripts.problems import Problem

CHECKS: tuple[Callable[[Library], Iterator[Problem]], ...] = (
    consistency.check,
    dates.check,
    entities.check,
    evidence.check,
    links.check,
    originals.check,
    permanence.check,
    quotes.check,
    review.check,
    scale.check,
    translations.check,
    use.check,
    wording.check,
)
RULES = (
    *consistency.RULES,
    *dates.RULES,
    *entities.RULES,
    *evidence.RULES,
    *links.RULES,
    *originals.RULES,
    *permanence.RULES,
    *quotes.RULES,
    *reach.RULES,
    *review.RULES,
    *scale.RULES,
    *since.RULES,
    *translations.RULES,
    *use.RULES,
    *wording.RULES,
)


def check(library: Library, cache: Cache | None = None) -> Iterator[Problem]:
    """Every problem of the library. ``cache``: has what was found in single articles before."""
    if cache:
        yield from kept.check(library, cache)
    for concern in CHECKS:
        if not (cache and concern in kept.OF_ONE):
            yield from concern(library)
