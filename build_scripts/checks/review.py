"""Nothing is published that nobody reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from build_scripts.model import Library
from build_scripts.problems import Problem, Rule
from build_scripts.reading.schema import ClaimState

UNREVIEWED = Rule(
    "unreviewed",
    "A published check says when it was published and its evidence last looked at (`published`, `checked`) and who reviewed it "
    "(`reviewed_by`): somebody else than its author.",
)
WITHDRAWN_WITHOUT_REASON = Rule("withdrawn-without-reason", "A withdrawn check says in `corrections` when and why.")
RULES = (UNREVIEWED, WITHDRAWN_WITHOUT_REASON)


def check(library: Library) -> Iterator[Problem]:
    """Published checks without review, withdrawn ones without reason."""
    for claim in library.claims.values():
        facts = claim.facts
        place = partial(claim.loaded.place, "state")
        if facts.state is ClaimState.PUBLISHED:
            for name in ("reviewed_by", "published", "checked"):
                if getattr(facts, name) is None:
                    yield UNREVIEWED.problem(
                        place(), f"published without `{name}`", f"add `{name}: …`, or write `state: in-review`"
                    )
            if facts.reviewed_by and _is_same(facts.reviewed_by, facts.author, library):
                yield UNREVIEWED.problem(
                    claim.loaded.place("reviewed_by"), "author and reviewer are the same", "name another reviewer"
                )
        if facts.state is ClaimState.WITHDRAWN and not facts.corrections:
            yield WITHDRAWN_WITHOUT_REASON.problem(
                place(), "withdrawn without a reason", "add an entry to `corrections`"
            )


def _is_same(one: str, other: str, library: Library) -> bool:
    """Whether two ids are one person's: the same, or of the same name."""
    names = [library.people[person].name.casefold() if person in library.people else person for person in (one, other)]
    return one == other or names[0] == names[1]
