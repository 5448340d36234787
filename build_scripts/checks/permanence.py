"""Addresses that were published lead somewhere for good."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.model import Library
from build_scripts.permanence import promised
from build_scripts.problems import Problem, Rule, Severity
from build_scripts.reading.load import ADDRESSES
from build_scripts.source import Place

GONE = Rule(
    "address-gone",
    "An address that was published, and that others may have linked to, would lead nowhere. A renamed entity keeps its old id "
    "in `formerly`; a check that is taken back is `state: withdrawn`; a quotation keeps its id.",
)
UNLISTED = Rule(
    "address-unlisted",
    "New addresses are not in the list of all that were published yet: `newsgloss addresses` adds them.",
    Severity.WARNING,
)
RULES = (GONE, UNLISTED)


def check(library: Library) -> Iterator[Problem]:
    """Addresses that are listed and no longer made; silent while something could not be read that may make them."""
    if library.left_out or not library.addresses:
        return
    made = promised(library)
    for address, place in library.addresses.items():
        if address not in made:
            yield GONE.problem(
                place, f"{address} leads nowhere any more", "keep the id, or write the old one into `formerly`"
            )
    unlisted = len(made - library.addresses.keys())
    if unlisted:
        yield UNLISTED.problem(
            Place(ADDRESSES), f"{unlisted} new addresses are not listed", "run `newsgloss addresses`"
        )
