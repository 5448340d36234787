"""Which ids exist, and what to say of one that does not.

In: the sources as loaded. Out: a problem for each reference that leads nowhere, with a hint.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from build_scripts.problems import Problem, Rule
from build_scripts.reading.load import Sources
from build_scripts.reading.records import Loaded
from build_scripts.reading.schema import Coordinates
from build_scripts.source import Place

UNKNOWN_REFERENCE = Rule(
    "unknown-reference", "An id that names nothing: no such entity, claim, article, verdict or person."
)
RULES = (UNKNOWN_REFERENCE,)

_REMEDIES = {
    "entity": "write sources/entities/{name}.yml",
    "claim": "write sources/claims/{name}.md",
    "person": "add it to `people` in sources/publication.yml",
    "verdict": "add it to sources/rating-scale.yml",
    "article": "write sources/articles/{name}/article.md",
}


class References:
    """The ids that exist, also those of files that could not be read."""

    def __init__(self, sources: Sources) -> None:
        people = sources.publication.facts.people if sources.publication else None
        ratings = sources.scale.facts.ratings if sources.scale else None
        self._ids: dict[str, Collection[str] | None] = {
            "entity": sources.entities.keys(),
            "claim": dict.fromkeys(claim.id for claim in sources.claims),
            "person": None if people is None else dict.fromkeys(person.id for person in people),
            "verdict": None if ratings is None else dict.fromkeys(rating.id for rating in ratings),
            "article": dict.fromkeys(article.id for article in sources.articles),
        }
        self._renamed = {
            ("article", old): article.id
            for article in sources.articles
            if article.facts
            for old in article.facts.facts.formerly
        }
        self.coordinates: Mapping[str, Coordinates] = {
            name: entity.facts.coordinates
            for name, entity in sources.entities.items()
            if entity and entity.facts.coordinates
        }

    def answers(self, wanted: Iterable[tuple[str, str]]) -> str:
        """What is known of the ids ``wanted``, each with its kind: the same answers mean the same problems."""
        missing = [(kind, name) for kind, name in wanted if not self.has(kind, name)]
        known = {kind: list(self._ids[kind] or ()) for kind, _name in missing}
        return repr((missing, sorted(known.items()), [self._renamed.get(one) for one in missing])) if missing else ""

    def has(self, kind: str, name: str) -> bool:
        """Whether ``name`` exists; True where the file that would say so could not be read."""
        ids = self._ids[kind]
        return ids is None or name in ids

    def problem(self, kind: str, name: str, place: Place) -> Problem:
        """The problem that ``name``, at ``place``, names nothing."""
        present = self._renamed.get((kind, name))
        near = [present] if present else difflib.get_close_matches(name, self._ids[kind] or (), n=1)
        hint = f"did you mean {near[0]}?" if near else _REMEDIES[kind].format(name=name)
        return UNKNOWN_REFERENCE.problem(place, f"there is no {kind} `{name}`", hint)

    def check(self, kind: str, loaded: Loaded[Any], key: str, names: Iterable[str] | str | None) -> Iterator[Problem]:
        """A problem for each of the names under ``key`` that is not known."""
        if isinstance(names, str):
            if not self.has(kind, names):
                yield self.problem(kind, names, loaded.place(key))
            return
        for at, name in enumerate(names or ()):
            if not self.has(kind, name):
                yield self.problem(kind, name, loaded.place(key, at))
