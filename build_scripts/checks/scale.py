"""The scale of verdicts (ClaimReview: reviewRating; higher is truer)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from build_scripts.annotate import DUPLICATE_ID
from build_scripts.model import Library
from build_scripts.problems import Problem, Rule

SCALE = Rule(
    "rating-scale",
    "The verdicts on the scale have different whole numbers from 1 up, at least two of them; verdicts that are off the scale "
    "(unverified, single source) have no `value`. All badges can be read: white on their colour with a contrast of 4.5 to 1.",
)
RULES = (SCALE,)
CONTRAST = 4.5
FEWEST = 2


def check(library: Library) -> Iterator[Problem]:
    """Everything that makes the scale no scale."""
    if not library.scale:
        return
    ids: set[str] = set()
    values: dict[int, str] = {}
    for at, rating in enumerate(library.scale.facts.ratings):
        place = partial(library.scale.place, "ratings", at)
        if rating.id in ids:
            yield DUPLICATE_ID.problem(place(), f"a second verdict `{rating.id}`", "give it an id of its own")
        elif rating.value in values:
            yield SCALE.problem(
                place(), f"`{rating.id}` has the value of `{values[rating.value]}`", "each verdict has its own value"
            )
        if rating.value is not None and rating.value < 1:
            yield SCALE.problem(place(), f"`{rating.id}` has the value {rating.value}", "the scale starts at 1")
        if contrast_with_white(rating.colour) < CONTRAST:
            contrast = f"{contrast_with_white(rating.colour):.1f} to 1"
            yield SCALE.problem(
                library.scale.place("ratings", at, "colour"),
                f"white on {rating.colour}: {contrast}",
                "choose a darker colour",
            )
        ids.add(rating.id)
        if rating.value is not None:
            values[rating.value] = rating.id
    if sum(rating.value is not None for rating in library.scale.facts.ratings) < FEWEST:
        yield SCALE.problem(
            library.scale.place("ratings"), "fewer than two verdicts with a value", "give at least two a `value`"
        )


def contrast_with_white(colour: str) -> float:
    """Contrast ratio of ``#rrggbb`` with white (WCAG 2.2, definitions of relative luminance and contrast ratio)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= _KNEE else float(((part + 0.055) / 1.055) ** 2.4)


_KNEE = 0.04045
"""Where sRGB's straight part ends."""
