"""Joins records and words into the library: every reference to what it names, every computation to its result.

In: the sources as loaded. Out: the library, and a problem for each thing that does not join. What fails is left out of
the library; everything else goes on.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import partial

from build_scripts.anchoring.names import NameFinder, Sights
from build_scripts.annotate import annotate, annotate_once
from build_scripts.cache import Cache, digest, same
from build_scripts.computing.compute import NotComputableError, compute
from build_scripts.model import Article, Claim, Entity, Library
from build_scripts.problems import Problem, Rule, shown
from build_scripts.progress import follow
from build_scripts.reading import schema
from build_scripts.reading.load import ClaimFiles, Sources
from build_scripts.reading.records import Loaded
from build_scripts.references import References

COMPUTATION_FAILED = Rule(
    "computation-failed", "A computation that is evidence can't be run, or gives another result than `result` says."
)
RULES = (COMPUTATION_FAILED,)


def resolve(
    sources: Sources, unread: Iterable[Problem] = (), cache: Cache | None = None
) -> tuple[Library, list[Problem]]:
    """The library, and what does not join; ``unread``: what was wrong already when the sources were read.

    ``cache``: has what was joined before.
    """
    problems: list[Problem] = []
    entities = {name: _entity(name, loaded, cache) for name, loaded in sources.entities.items() if loaded}
    known = References(sources)
    finder = same(cache, "finder", (*entities.values(),), partial(_finder, entities))
    sights = Sights(finder, cache) if cache else None
    articles: dict[str, Article] = {}
    withdrawn: dict[str, Article] = {}
    for files in follow("Annotating", sources.articles):
        article, article_problems = (
            annotate_once(files, sights, known, cache) if sights and cache else annotate(files, finder, known)
        )
        problems += article_problems
        if article:
            (withdrawn if article.facts.withdrawn else articles)[article.id] = article
    if sights:
        sights.keep()
    claims = {}
    for claim_files in sources.claims:
        claim, claim_problems = _resolve_claim(claim_files, known, sources.addresses, cache)
        problems += claim_problems
        if claim:
            claims[claim.id] = claim
    for entity in entities.values():
        problems += known.check("entity", entity.loaded, "distinct_from", entity.facts.distinct_from)
    left_out = frozenset(problem.place.path for problem in [*unread, *problems] if problem.is_error)
    return Library(
        sources.publication, sources.scale, articles, entities, claims, left_out, sources.addresses, withdrawn
    ), problems


def _entity(name: str, loaded: Loaded[schema.EntityFile], cache: Cache | None) -> Entity:
    return same(cache, "entity", (loaded,), partial(Entity, name, loaded))


def _finder(entities: Mapping[str, Entity]) -> NameFinder:
    return NameFinder({entity.id: (entity.facts.name, *entity.facts.aliases) for entity in entities.values()})


def _resolve_claim(
    files: ClaimFiles, known: References, published: Container[str], cache: Cache | None
) -> tuple[Claim | None, list[Problem]]:
    if files.text is None:
        return None, []
    note, told = files.text.prose
    problems = [*told]
    if files.facts is None:
        return None, problems
    facts = files.facts.facts
    problems += known.check("entity", files.facts, "claimant", facts.claimant)
    problems += known.check("person", files.facts, "author", facts.author)
    problems += known.check("person", files.facts, "reviewed_by", facts.reviewed_by)
    problems += known.check("verdict", files.facts, "rating", facts.rating)
    results, computation_problems = _computed(files.facts, known, cache)
    listed = any(f"claims/{name}/" in published for name in (files.id, *facts.formerly))
    make = partial(Claim, files.id, files, files.facts, note, results, listed)
    claim = same(cache, "claim", (files,), make, (listed, *results.items()))
    return claim, [*problems, *computation_problems]


def _computed(
    loaded: Loaded[schema.ClaimFile], known: References, cache: Cache | None
) -> tuple[dict[str, str], list[Problem]]:
    results: dict[str, str] = {}
    problems = []
    for at, evidence in enumerate(loaded.facts.evidence):
        if evidence.computation is None:
            continue
        try:
            results[evidence.id] = _result(evidence.computation, known.coordinates, cache)
        except NotComputableError as error:
            problems.append(
                COMPUTATION_FAILED.problem(loaded.place("evidence", at, "computation"), str(error), error.hint)
            )
            continue
        if evidence.result != results[evidence.id]:
            message = f"the computation gives {shown(results[evidence.id])}, not {shown(evidence.result or '')}"
            hint = f"write `result: {results[evidence.id]}`, and see that the text of the check says the same"
            problems.append(COMPUTATION_FAILED.problem(loaded.place("evidence", at, "result"), message, hint))
    return results, problems


def _result(computation: schema.Computation, places: Mapping[str, schema.Coordinates], cache: Cache | None) -> str:
    """What a computation gives, from an earlier time where there is one. Raises NotComputableError."""
    if cache is None:
        return compute(computation, places)
    place = places.get(computation.place) if isinstance(computation, schema.BorderDistance) else None
    key = digest(repr(computation), repr(place))
    known: str | None = cache.get("computed", key)
    if known is None:
        known = compute(computation, places)
        cache.put("computed", key, known)
    return known
