"""Entities that an article names, but never where a reader could follow the name.

In: an article and the names of all entities. Out: findings. Headings and links hold no mentions, and weak aliases are only
linked by hand; an entity named in no other way is missing from the article's index.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.names import NameFinder, NameMatch, Sights
from build_scripts.anchoring.targets import selected, selector_of
from build_scripts.cache import Cache
from build_scripts.checks.consistency.finding import Finding
from build_scripts.model import Article, Library
from build_scripts.problems import Rule, Severity, shown
from build_scripts.reading.blocks import Block
from build_scripts.reading.prose import Prose

UNLINKED = Rule(
    "unlinked-name",
    "An entity that an article names has a mention there, so that its page lists the article. A name that stands in headings or "
    "links only has none: name it in the text, too. Nor has a weak alias: add it to `mentions`, or say there that it means "
    "something else (`entity: null`).",
    Severity.WARNING,
)
RULES = (UNLINKED,)


class Unlinked:
    """Looks for the names of a publication's entities."""

    def __init__(self, library: Library) -> None:
        """Names are made ready once, for all articles."""
        facts = ((entity.id, entity.facts) for entity in library.entities.values())
        self._finder = NameFinder({name: (one.name, *one.aliases, *one.weak_aliases) for name, one in facts})

    def sights(self, cache: Cache) -> Sights:
        """What the names in articles' texts are: where they are the same, so is what ``check`` finds in the same article."""
        return Sights(self._finder, cache)

    def check(self, article: Article) -> Iterator[Finding]:
        """Each entity that is named but never mentioned, at the first place."""
        mentioned = {mention.entity for mention in article.mentions}
        if self._finder.named(article.prose.text) <= mentioned:
            return
        taken = [*(mention.span for mention in article.mentions), *_other_things(article)]
        for match in self._finder.find(_without_markup(article.prose), sorted(taken)):
            if len(match.entities) == 1 and match.entities[0] not in mentioned:
                entity = match.entities[0]
                mentioned.add(entity)
                message = f"{shown(match.name)} names {entity}, which has no mention in this article"
                yield Finding(UNLINKED, match.span.start, message, self._hint(article, match))

    def _hint(self, article: Article, match: NameMatch) -> str:
        """What to do, which depends on whether a mention can lie there."""
        if match not in self._finder.find(article.prose):
            return "name it in the text, too: headings and links hold no mentions"
        return (
            f'write in annotations.yml: mentions: [{{entity: {match.entities[0]}, exact: "{match.name}"}}], or entity: null '
            "if it means something else"
        )


def _other_things(article: Article) -> Iterator[Span]:
    """Words of which an editor said that they are no name."""
    items = article.files.annotations.facts.mentions if article.files.annotations else ()
    for item in items:
        if item.entity is None:
            yield from selected(article.prose.text, selector_of(item), every=item.all is True)


def _without_markup(prose: Prose) -> Prose:
    """The same text in paragraphs only: what is a heading or a link can be searched, too."""
    return replace(prose, blocks=tuple(Block(block.start, block.end, 0, (), False, ()) for block in prose.blocks))
