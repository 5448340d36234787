"""What was corrected and what was taken back.

In: the index. Out: rows for the page of corrections, the newest first. A withdrawn check's last correction tells when and
why it was withdrawn; it stands with the withdrawals only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from build_scripts.model import Article, Claim
from build_scripts.reading.schema import ClaimState, Correction
from build_scripts.rendering.index import Index


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An article or a check that was taken back. ``date``, ``why``: None where nobody wrote them down."""

    date: dt.date | None
    why: str | None
    article: Article | None = None
    claim: Claim | None = None


def corrections(index: Index) -> list[tuple[Claim, Correction]]:
    """The corrections of checks."""
    found = [
        (claim, correction)
        for claim in index.claims
        for correction in claim.facts.corrections
        if correction is not withdrawal(claim)
    ]
    return sorted(found, key=lambda row: (row[1].date, row[0].id), reverse=True)


def withdrawn(index: Index) -> list[Withdrawn]:
    """What was taken back."""
    articles = [
        Withdrawn(article.facts.withdrawn.date, article.facts.withdrawn.why, article=article)
        for article in index.library.withdrawn.values()
        if article.facts.withdrawn
    ]
    claims = [_of_check(claim) for claim in index.claims if claim.facts.state is ClaimState.WITHDRAWN]
    return sorted([*articles, *claims], key=lambda row: row.date or dt.date.min, reverse=True)


def _of_check(claim: Claim) -> Withdrawn:
    last = withdrawal(claim)
    return Withdrawn(last.date, last.why, claim=claim) if last else Withdrawn(None, None, claim=claim)


def withdrawal(claim: Claim) -> Correction | None:
    """The correction that withdrew a check; None for others, and where nobody wrote it down."""
    if claim.facts.state is not ClaimState.WITHDRAWN:
        return None
    return max(claim.facts.corrections, key=lambda correction: correction.date, default=None)
