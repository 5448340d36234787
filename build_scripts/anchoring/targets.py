"""The words that annotations point to.

In: the annotations of an article as written. Out: one target for each selector in them. What an annotation says of its words
stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from build_scripts.anchoring.anchor import Selector, Span, anchor, candidates
from build_scripts.reading import schema
from build_scripts.reading.values import Path


@dataclass(frozen=True, slots=True)
class Target:
    """A selector in annotations.yml. ``name``: the entity, quote or claim; ``path``: where it stands, as in the facts.

    ``every``: it selects every place. ``is_verbatim``: its words are a speaker's own. ``cue``: the
    word that attributes a quotation.
    """

    kind: Literal["mention", "quote", "claim"]
    name: str
    path: Path
    selector: Selector
    every: bool = False
    is_verbatim: bool = False
    cue: str = ""

    @property
    def identity(self) -> tuple[str, str, Selector, bool]:
        """What stays the same as long as nobody edits it; its place in the file may change."""
        return self.kind, self.name, self.selector, self.every


def targets(facts: schema.AnnotationsFile, *, with_rejected: bool = False) -> Iterator[Target]:
    """All targets, in the order of the file; those of suggestions that were turned down only ``with_rejected``."""
    numbered = enumerate if with_rejected else schema.kept
    for at, mention in numbered(facts.mentions):
        yield Target("mention", mention.entity or "", ("mentions", at), selector_of(mention), mention.all is True)
    for at, quote in numbered(facts.quotes):
        is_verbatim = quote.kind is not schema.QuoteKind.INDIRECT
        for number, segment in enumerate(quote.content):
            path = ("quotes", at, "content", number)
            yield Target("quote", quote.id, path, selector_of(segment), False, is_verbatim, quote.cue or "")
    for at, claim in numbered(facts.claims):
        yield Target("claim", claim.claim, ("claims", at), selector_of(claim), claim.all is True)


def selector_of(item: schema.Selector) -> Selector:
    """The selector that an item of annotations.yml writes."""
    return Selector(item.exact, item.prefix or "", item.suffix or "", item.occurrence)


def selected(text: str, selector: Selector, *, every: bool) -> list[Span]:
    """The spans that a selector selects: the one, or with ``every`` all; none where it does not hold."""
    if every:
        return candidates(text, selector)
    span = anchor(text, selector)
    return [span] if span else []
