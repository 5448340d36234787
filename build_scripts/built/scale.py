"""The scale of verdicts, where readers can look it up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_scripts import addresses
from build_scripts.built.pages import in_one_line
from build_scripts.built.site import BuiltSite
from build_scripts.problems import Problem, Rule
from build_scripts.reading.schema import Rating
from build_scripts.source import Place

UNPUBLISHED = Rule(
    "scale-unpublished",
    "On the built site, the page on method shows every verdict with its meaning, and the number of each that is on the scale.",
)
RULES = (UNPUBLISHED,)
_HINT = "put the line `<!-- newsgloss:verdicts -->` into docs/methodology.md"


def check_site(site: BuiltSite) -> Iterator[Problem]:
    """Verdicts that the page on method does not explain."""
    if not site.published:
        return
    address = addresses.full("", addresses.METHODOLOGY)
    page = site.page(address)
    if page is None:
        yield UNPUBLISHED.problem(Place(site.shown(address)), "there is no page on method", "write docs/methodology.md")
        return
    lines = page.texts("li, tr, dt, dd, p")
    for rating in site.library.ratings.values():
        if not any(_explains(line, rating) for line in lines):
            message = f"the verdict `{rating.label}` is not explained"
            yield UNPUBLISHED.problem(page.place(), message, _HINT)


def _explains(line: str, rating: Rating) -> bool:
    label, meaning = in_one_line(rating.label), in_one_line(rating.meaning)
    if label not in line or meaning not in line:
        return False
    rest = line.replace(meaning, " ", 1).replace(label, " ", 1)
    return rating.value is None or str(rating.value) in re.findall(r"\d+", rest)
