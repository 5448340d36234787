"""Who is named together: entities that stand in the same sentence.

In: articles and their sentences. Out: for each entity the others, each with the number of sentences that name both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import combinations

from build_scripts.cache import Cache
from build_scripts.model import Article
from build_scripts.rendering.sentences import Split

MOST = 20
"""A sentence that names more is a list: it says little of any two, and its pairs would grow with the square."""


class Together(Mapping[str, Counter[str]]):
    """The neighbours of every entity, over all articles; counted when they are asked for.

    ``cache``: where the sentences' names are kept.
    """

    def __init__(self, articles: Iterable[Article], split: Split, cache: Cache | None = None) -> None:
        self._articles, self._split, self._cache = articles, split, cache

    @cached_property
    def _found(self) -> Mapping[str, Counter[str]]:
        return count_pairs(names for article in self._articles for names in self._kept(article))

    def _kept(self, article: Article) -> Collection[Collection[str]]:
        if self._cache is None:
            return by_sentence(article, self._split)
        return self._cache.kept("named together", article.digest, partial(by_sentence, article, self._split))

    def __getitem__(self, name: str) -> Counter[str]:
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def count_pairs(groups: Iterable[Collection[str]]) -> Mapping[str, Counter[str]]:
    """For each name the others, with the number of ``groups`` that hold both; groups of more than MOST are left out."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        if len(group) <= MOST:
            for one, other in combinations(group, 2):
                found[one][other] += 1
                found[other][one] += 1
    return dict(found)


def by_sentence(article: Article, split: Split) -> tuple[tuple[str, ...], ...]:
    """The entities that each sentence of an article names, where it names several, each once."""
    sentences = split.of(article)
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for mention in article.mentions:
        found[sentences.number(mention.span.start)][mention.entity] = None
    return tuple(tuple(names) for names in found.values() if len(names) > 1)
