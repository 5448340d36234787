"""What a fact-check owes its readers of its sources (IFCN Code of Principles: transparency of sources and methodology)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from build_scripts.annotate import DUPLICATE_ID
from build_scripts.model import Claim, Library
from build_scripts.problems import Problem, Rule
from build_scripts.reading.schema import Evidence

INCOMPLETE = Rule(
    "evidence-incomplete",
    "Readers can follow each source: it has `url`, `accessed`, `publisher`, and `passage` or `paraphrase`. A computation has "
    "`computation`, `result` and `paraphrase`.",
)
NO_PRIMARY = Rule(
    "primary-missing",
    "A published verdict rests on a primary source or a computation, or says why it can't: `primary_unavailable_reason`.",
)
SINGLE = Rule(
    "single-source",
    "A published verdict rests on more than one source, or says why it can't: `single_source_reason`. Several pages of one "
    "`publisher` are one source. A computation of our own "
    "needs no second source: anybody can repeat it. Evidence that is only `context` is no source of the verdict.",
)
NO_EVIDENCE = Rule("evidence-missing", "A published verdict that is on the scale has evidence.")
RULES = (INCOMPLETE, NO_PRIMARY, SINGLE, NO_EVIDENCE)


def check(library: Library) -> Iterator[Problem]:
    """Every gap in the evidence."""
    for claim in library.claims.values():
        ids: set[str] = set()
        for at, item in enumerate(claim.facts.evidence):
            if item.id in ids:
                place = claim.loaded.place("evidence", at, "id")
                yield DUPLICATE_ID.problem(place, f"a second evidence `{item.id}`", "give it an id of its own")
            ids.add(item.id)
            yield from _item(claim, at, item)
        if claim.has_verdict:
            yield from _published(library, claim)


def _item(claim: Claim, at: int, item: Evidence) -> Iterator[Problem]:
    missing = [name for name in _needed(item) if getattr(item, name) is None]
    if item.kind != "computation" and item.passage is None and item.paraphrase is None:
        missing.append("passage` or `paraphrase")
    unexpected = "computation" if item.kind != "computation" and item.computation else ""
    for name in missing:
        place = claim.loaded.place("evidence", at)
        yield INCOMPLETE.problem(place, f"evidence `{item.id}` has no `{name}`", f"add `{name.partition('`')[0]}: …`")
    if unexpected:
        place = claim.loaded.place("evidence", at, "computation")
        yield INCOMPLETE.problem(
            place, f"evidence `{item.id}` is no computation, but has one", "write `kind: computation`"
        )


def _needed(item: Evidence) -> tuple[str, ...]:
    return ("computation", "result", "paraphrase") if item.kind == "computation" else ("url", "accessed", "publisher")


def _published(library: Library, claim: Claim) -> Iterator[Problem]:
    facts = claim.facts
    rating = library.ratings.get(facts.rating)
    place = partial(claim.loaded.place, "rating")
    if not facts.evidence:
        if rating and rating.value is not None:
            yield NO_EVIDENCE.problem(
                place(), f"`{rating.label}` without any evidence", "add `evidence:`, or choose a verdict off the scale"
            )
        return
    bearing = [item for item in facts.evidence if item.stance != "context"] or facts.evidence
    if all(item.kind == "secondary" for item in bearing) and not facts.primary_unavailable_reason:
        yield NO_PRIMARY.problem(place(), "no primary source and no reason why", "add `primary_unavailable_reason: …`")
    is_computed = any(item.kind == "computation" for item in bearing)
    if _is_one_source(bearing) and not is_computed and not facts.single_source_reason:
        yield SINGLE.problem(place(), "a single source and no reason why", "add `single_source_reason: …`")


def _is_one_source(items: Iterable[Evidence]) -> bool:
    """Whether all of it is one page, or pages of one publisher."""
    whose = {((item.publisher or item.url or "").casefold(), item.url) for item in items}
    return any(len(set(names)) == 1 for names in zip(*whose, strict=True))
