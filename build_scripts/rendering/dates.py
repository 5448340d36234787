"""When what is published last changed, as far as the sources say.

In: records. Out: days; None where no file names one. The clock is never asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from build_scripts.model import Article, Claim, Library


def latest(days: Iterable[dt.date | None]) -> dt.date | None:
    """The last of the days that are known."""
    return max((day for day in days if day), default=None)


def changed(claim: Claim) -> dt.date | None:
    """The day when a check last changed or its evidence was last looked at."""
    facts = claim.facts
    return latest([facts.published, facts.checked, *(item.date for item in facts.corrections)])


def annotated(article: Article, library: Library) -> dt.date:
    """The day when an article's text, or a check of its words that has a verdict, last changed."""
    checks = map(changed, library.verdicts_in(article))
    return latest([article.facts.published, article.facts.updated, *checks]) or article.facts.published
