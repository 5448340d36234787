"""How a claim is put (ClaimReview: claimReviewed is the claim, not the finding)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from build_scripts.model import Library
from build_scripts.problems import Problem, Rule, Severity, shown

VERDICT_IN_CLAIM = Rule("verdict-in-claim", "`claim_reviewed` is what was claimed: it holds no word of a verdict.")
LONG_CLAIM = Rule(
    "long-claim",
    "`claim_reviewed` has fewer than 75 characters: longer ones are cut where they are shown.",
    Severity.WARNING,
)
RULES = (VERDICT_IN_CLAIM, LONG_CLAIM)
MAX_CLAIM = 75


def check(library: Library) -> Iterator[Problem]:
    """Claims that judge themselves, or go on too long."""
    labels = [rating.label for rating in library.ratings.values()]
    verdict = re.compile(r"\b(" + "|".join(map(re.escape, labels)) + r")\b", re.IGNORECASE) if labels else None
    for claim in library.claims.values():
        words = claim.facts.claim_reviewed
        place = partial(claim.loaded.place, "claim_reviewed")
        found = verdict.search(words) if verdict else None
        if found:
            yield VERDICT_IN_CLAIM.problem(
                place(), f"{shown(found.group())} is a verdict", "say what was claimed, without the finding"
            )
        if len(words) >= MAX_CLAIM:
            yield LONG_CLAIM.problem(place(), f"{len(words)} characters", "shorten it to the heart of the claim")
