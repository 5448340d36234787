"""Who is named together: entities that stand in the same sentence.

In: articles and their sentences. Out: for each entity the others, each with the number of sentences that name both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from build_scripts.model import Article
from build_scripts.rendering.sentences import Sentences

MOST = 20
"""A sentence that names more is a list: it says little of any two, and its pairs would grow with the square."""


def named_together(
    articles: Iterable[Article], sentences: Callable[[Article], Sentences]
) -> Mapping[str, Counter[str]]:
    """The neighbours of every entity, over all articles."""
    return count_pairs(names for article in articles for names in _by_sentence(article, sentences(article)))


def count_pairs(groups: Iterable[set[str]]) -> Mapping[str, Counter[str]]:
    """For each name the others, with the number of ``groups`` that hold both; groups of more than MOST are left out."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        if len(group) <= MOST:
            for one, other in combinations(group, 2):
                found[one][other] += 1
                found[other][one] += 1
    return found


def _by_sentence(article: Article, sentences: Sentences) -> Iterator[set[str]]:
    """The entities that each sentence of an article names."""
    found: dict[int, set[str]] = defaultdict(set)
    for mention in article.mentions:
        found[sentences.number(mention.span.start)].add(mention.entity)
    yield from found.values()
