"""Problems of the content, told with what was there before: what became of anchors, and what changed unsaid.

In: a root and the commit to compare with. Out: all problems; those of anchors with the proposal of a re-anchoring as hint,
one for each annotation that still selects words but no longer those that it was written for, and those of checks/since.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from build_scripts.anchoring.explain import AMBIGUOUS_QUOTE, CLAIM_CHANGED, QUOTE_CHANGED, STRAYED, WORDS_GONE
from build_scripts.anchoring.reanchor import Answer
from build_scripts.anchoring.targets import selected
from build_scripts.cache import Cache
from build_scripts.checks import originals
from build_scripts.checks import since as unsaid
from build_scripts.editing.apply import selector_edit
from build_scripts.editing.findings import hint
from build_scripts.editing.older import Older, at_commit, last_good
from build_scripts.editing.reanchor import Finding, reanchor
from build_scripts.editing.versions import last_verdicts, library_at
from build_scripts.history import changed_files, commit, meeting, tracked
from build_scripts.model import Article, Library
from build_scripts.pipeline import understand
from build_scripts.problems import Problem, in_order, one_line, shown
from build_scripts.reading.lock import ORIGINAL
from build_scripts.source import Edit, Place
from build_scripts.timings import stage


class UnknownCommitError(Exception):
    """There is no such commit; the message says which."""


_ANCHOR_RULES = frozenset({WORDS_GONE.name, AMBIGUOUS_QUOTE.name})


def check(
    root: Path,
    since: str | None = None,
    instead: Mapping[str, bytes] = MappingProxyType({}),
    cache: Cache | None = None,
) -> tuple[Problem, ...]:
    """Every problem of the content, in order. ``since``: the commit to compare with, else the last one.

    ``instead``: what some files are taken to hold in place of what they do. ``cache``: has what was understood before.
    Raises UnknownCommitError.
    """
    understood = understand(root, instead, cache)
    with stage("history"):
        return _with_history(root, since, understood, instead.keys(), cache)


def _with_history(
    root: Path,
    since: str | None,
    understood: tuple[Library, tuple[Problem, ...]],
    altered: Set[str],
    cache: Cache | None,
) -> tuple[Problem, ...]:
    library, problems = understood
    problems = in_order([*problems, *originals.tracked(tracked(root, f"**/{ORIGINAL}", ORIGINAL))])
    base = (meeting(root, since) if since else None) or commit(root, since or "HEAD")
    if base is None and since:
        raise UnknownCommitError(f"{since} names no commit here; a shallow clone knows the last ones alone")
    if base is None:
        return problems
    changed = changed_files(root, base) | altered
    remedies: dict[Place, tuple[str, tuple[Edit, ...]]] = {}
    strayed: list[Problem] = []
    for article in _concerned(library, problems, changed):
        older = _older(root, article, base, changed)
        for finding in reanchor(article.files, older, changed) if older else ():
            remedies[finding.place] = one_line(hint(finding)), _fix(finding, article)
            strayed += _strayed(finding, library)
    broken = {problem.place for problem in problems if problem.rule in _ANCHOR_RULES}
    told = [_with_remedy(problem, remedies) for problem in problems]
    strayed = [problem for problem in strayed if problem.place not in broken]
    return in_order([*told, *strayed, *_unsaid(root, library, base, changed, cache)])


def _unsaid(root: Path, library: Library, base: str, changed: frozenset[str], cache: Cache | None) -> Iterator[Problem]:
    """What changed without a word about it; nothing did where no file of sources/ changed."""
    if any(path.startswith("sources/") for path in changed):
        older = library_at(root, base, cache)
        yield from unsaid.check(library, older, last_verdicts(root, base, older))


def _concerned(library: Library, problems: Iterable[Problem], changed: frozenset[str]) -> Iterator[Article]:
    """The articles whose text changed, or whose anchors do not hold."""
    broken = {problem.place.path for problem in problems if problem.rule in _ANCHOR_RULES}
    for article in library.articles.values():
        annotations = article.files.annotations
        if annotations and (article.files.path in changed or annotations.values.source.path in broken):
            yield article


def _older(root: Path, article: Article, base: str, changed: frozenset[str]) -> Older | None:
    older = at_commit(root, article.id, base) if article.files.path in changed else None
    return older if older and older.holds else last_good(root, article.id)


def _with_remedy(problem: Problem, remedies: Mapping[Place, tuple[str, tuple[Edit, ...]]]) -> Problem:
    if problem.rule in _ANCHOR_RULES and problem.place in remedies:
        hint, fix = remedies[problem.place]
        return replace(problem, hint=hint, fix=fix)
    return problem


def _fix(finding: Finding, article: Article) -> tuple[Edit, ...]:
    """What makes the selector of words that are where they were select them alone, as before."""
    annotations = article.files.annotations
    is_mechanical = finding.proposal.answer is Answer.UNCHANGED and finding.selector
    return selector_edit(annotations, finding) if annotations and is_mechanical else ()


def _strayed(finding: Finding, library: Library) -> Iterator[Problem]:
    """The problem of an annotation that selects words which are not, or no longer quite, its own."""
    target, proposal = finding.target, finding.proposal
    words = shown(target.selector.exact)
    selects = selected(finding.prose.text, target.selector, every=target.every)
    if proposal.answer is Answer.LOST and selects:
        other = finding.prose.place(selects[0].start)
        message = (
            f"{words} selects words at {other} that can't be told to be those it was written for: {proposal.reason}"
        )
        yield STRAYED.problem(
            finding.place, message, "anchor it anew, or take it out; if it is meant there, add a `prefix`"
        )
    elif proposal.answer is Answer.MEANING_CHANGED and target.kind == "quote":
        yield QUOTE_CHANGED.problem(finding.place, f"{words}: {proposal.reason}", "see whether it is still right")
    elif proposal.answer is Answer.MEANING_CHANGED and target.kind == "claim":
        claim = library.claims.get(target.name)
        if claim and claim.is_public and not finding.is_settled:
            way = f"read {claim.files.path} again, and write its `checked` date anew, or `state: in-review`"
            yield CLAIM_CHANGED.problem(finding.place, f"{words}: {proposal.reason}", way)
