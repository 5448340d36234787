"""Whether a text contradicts itself: dates, measurements, arithmetic, names, quotations.

Every rule here can be switched off, for the publication or for one article (``rules_off``): an article that is published as
it once appeared may be wrong, and stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Set

from build_scripts.checks.consistency import dates, figures, glyphs, measures, names, places, repetition, unlinked
from build_scripts.checks.consistency.finding import Finding, Text
from build_scripts.model import Article, Library
from build_scripts.problems import Problem
from build_scripts.reading.prose import Prose

TEXT_CHECKS: tuple[Callable[[Text], Iterator[Finding]], ...] = (
    dates.check,
    figures.check,
    glyphs.check,
    measures.check,
    names.check,
    places.check,
    repetition.check,
)
RULES = (
    *dates.RULES,
    *figures.RULES,
    *glyphs.RULES,
    *measures.RULES,
    *names.RULES,
    *places.RULES,
    *repetition.RULES,
    *unlinked.RULES,
)


def check(library: Library) -> Iterator[Problem]:
    """Every contradiction in every article, but for the rules that are off there."""
    known = Known(library)
    for article in library.articles.values():
        silent = known.silent(article)
        yield from (problem for problem in known.contradictions(article) if problem.rule not in silent)


class Known:
    """What a text is held against beside itself: the names of all entities, and the rules that are off."""

    def __init__(self, library: Library, links: unlinked.Unlinked | None = None) -> None:
        """Names are made ready once, for all articles. ``links``: those of the library's entities, if they are."""
        entities = (entity.facts for entity in library.entities.values())
        self.names = frozenset(name for one in entities for name in (one.name, *one.aliases, *one.weak_aliases))
        self.links = links or unlinked.Unlinked(library)
        self._off = frozenset(library.publication.facts.rules_off if library.publication else ())

    def silent(self, article: Article) -> Set[str]:
        """The rules that are off in an article."""
        return self._off | set(article.facts.rules_off)

    def contradictions(self, article: Article, names: Container[str] | None = None) -> Iterator[Problem]:
        """What is found by all rules. ``names``: who is asked for a name that an entity may bear."""
        findings = (*in_text(_text(article, self.names if names is None else names)), *self.links.check(article))
        yield from (_problem(finding, article.prose) for finding in findings)


def in_text(text: Text) -> Iterator[Finding]:
    """Every contradiction that a text alone shows."""
    for text_check in TEXT_CHECKS:
        yield from text_check(text)


def _text(article: Article, known: Container[str]) -> Text:
    language = article.facts.language.partition("-")[0].lower()
    return Text(article.prose.text, language, article.facts.published, known)


def _problem(finding: Finding, prose: Prose) -> Problem:
    place = prose.place(finding.at)
    if finding.also is None:
        return finding.rule.problem(place, finding.message, finding.hint)
    other = prose.place(finding.also)
    return finding.rule.problem(place, f"{finding.message} at {other.line}:{other.column}", finding.hint)
