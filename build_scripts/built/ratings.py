"""What a ClaimReview says of the verdict: words that readers see, and numbers on the scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from build_scripts.built.pages import Block, BuiltPage, as_list, in_one_line
from build_scripts.built.site import BuiltSite
from build_scripts.model import Claim
from build_scripts.problems import Problem, Rule, shown

WORDS = Rule(
    "review-verdict",
    "On the built site, `alternateName` of a verdict is its words in the scale, which begin with a letter: programs show their "
    "first words only.",
)
NUMBERS = Rule(
    "review-numbers",
    "On the built site, a verdict on the scale has its number and those of both ends of the scale, from 1 up, the higher the truer; "
    "a verdict off the scale has none.",
)
SHOWN = Rule(
    "review-unseen", "On the built site, a reader sees the verdict and the finding that the page's `ClaimReview` tells."
)
RULES = (WORDS, NUMBERS, SHOWN)
_KEYS = ("worstRating", "ratingValue", "bestRating")


def check(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    """Everything wrong with the verdicts of the page's reviews."""
    for block, review in page.reviews():
        ratings = [rating for rating in as_list(review.get("reviewRating")) if isinstance(rating, dict)]
        rating = ratings[0] if len(ratings) == 1 else {}
        name = rating.get("alternateName")
        yield from _numbers(page, site, block, rating)
        if not isinstance(name, str) or not name.strip() or not name.strip()[0].isalpha():
            place = page.place(block, "reviewRating")
            yield WORDS.problem(
                place, f"the verdict's words are {shown(str(name))}", "begin `label` with what it means"
            )
        elif page.address in site.published:
            yield from _shown(page, site, block, name, site.published[page.address])


def _numbers(page: BuiltPage, site: BuiltSite, block: Block, rating: dict[str, Any]) -> Iterator[Problem]:
    place = page.place(block, "reviewRating")
    labels = {step.label: step.value for step in site.library.ratings.values()}
    numbers = {key: rating[key] for key in _KEYS if key in rating}
    value = labels.get(str(rating.get("alternateName")))
    if not numbers and value is not None:
        yield NUMBERS.problem(place, "a verdict on the scale without its number", "build the site again")
    if not numbers:
        return
    if rating.get("alternateName") in labels and value is None:
        yield NUMBERS.problem(
            place, "a verdict off the scale with a number", "take the numbers out, or give it a `value`"
        )
    elif not _is_on_scale([numbers.get(key) for key in _KEYS]):
        message = f"the numbers are {_told(numbers)}"
        yield NUMBERS.problem(place, message, "1 <= worstRating <= ratingValue <= bestRating, worst below best")
    elif value is not None and numbers != _expected(site, value):
        message = f"the numbers are {_told(numbers)}; by the scale they are {_told(_expected(site, value))}"
        yield NUMBERS.problem(place, message, "build the site again from these sources")


def _told(numbers: dict[str, Any]) -> str:
    return ", ".join(f"{key} {shown(str(number))}" for key, number in numbers.items())


def _expected(site: BuiltSite, value: int) -> dict[str, int]:
    values = [step.value for step in site.library.ratings.values() if step.value is not None]
    return dict(zip(_KEYS, (min(values), value, max(values)), strict=True))


def _is_on_scale(numbers: list[Any]) -> bool:
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
        return False
    worst, value, best = numbers
    return bool(1 <= worst < best and worst <= value <= best)


def _shown(page: BuiltPage, site: BuiltSite, block: Block, name: str, claim: Claim) -> Iterator[Problem]:
    rating = site.library.ratings.get(claim.facts.rating)
    place = page.place(block, "reviewRating")
    if rating and name != rating.label:
        message = f"the review says {shown(name)}, the check {shown(rating.label)}"
        yield WORDS.problem(place, message, "build the site again from these sources")
    if in_one_line(name) not in page.texts(".rating:not(.step)"):
        yield SHOWN.problem(place, f"the page does not show the verdict {shown(name)}", "show it above the evidence")
    if in_one_line(claim.facts.summary) not in page.words:
        yield SHOWN.problem(place, "the page does not show the finding", "show `summary` above the evidence")
