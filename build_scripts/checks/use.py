"""What no reader meets."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.model import Library
from build_scripts.problems import Problem, Rule, Severity
from build_scripts.source import Place

UNUSED = Rule("unused", "An entity that nothing names, or a claim that stands in no article.", Severity.WARNING)
RULES = (UNUSED,)


def check(library: Library) -> Iterator[Problem]:
    """Entities and claims that nothing leads to; silent while something could not be read that might."""
    if library.left_out:
        return
    named = {mention.entity for article in library.articles.values() for mention in article.mentions}
    named |= {
        quote.facts.speaker for article in library.articles.values() for quote in article.quotes if quote.facts.speaker
    }
    named |= {name for claim in library.claims.values() for name in claim.facts.claimant}
    stand = {appearance.claim for article in library.articles.values() for appearance in article.appearances}
    for entity in library.entities.values():
        if entity.id not in named:
            yield UNUSED.problem(Place(entity.path), "nothing names this entity", "add an alias that the articles use")
    for claim in library.claims.values():
        if claim.id not in stand and claim.has_verdict:
            yield UNUSED.problem(
                Place(claim.path), "this claim stands in no article", "add it to an article's annotations.yml"
            )
