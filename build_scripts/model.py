"""The publication as understood: records joined with the places of their words.

Frozen values without behaviour of their own but look-ups. Spans are code points of an article's canonical text, end
excluded. What an editor wrote stands in ``facts``, as schema.py defines it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from build_scripts.anchoring.anchor import Span
from build_scripts.reading.load import ArticleFiles, ClaimFiles
from build_scripts.reading.prose import Prose
from build_scripts.reading.records import Loaded
from build_scripts.reading.schema import (
    ArticleFile,
    ClaimFile,
    ClaimState,
    EntityFile,
    Person,
    Publication,
    QuoteItem,
    Rating,
    RatingScale,
    TakenOut,
)
from build_scripts.source import Place


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an entity. ``id`` is the mention's address in its article."""

    id: str
    entity: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said: one span for each segment, in the order of the file."""

    id: str
    facts: QuoteItem
    spans: tuple[Span, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Appearance:
    """Words of an article that make a claim."""

    id: str
    claim: str
    span: Span
    place: Place


@dataclass(frozen=True, slots=True)
class Article:
    """An article with everything that is anchored in it, in text order."""

    id: str
    files: ArticleFiles = field(repr=False)
    loaded: Loaded[ArticleFile] = field(repr=False)
    prose: Prose = field(repr=False)
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    appearances: tuple[Appearance, ...]

    @property
    def facts(self) -> ArticleFile:
        """The front matter."""
        return self.loaded.facts

    @property
    def path(self) -> str:
        """The file that holds the text."""
        return self.files.path

    @property
    def taken_out(self) -> tuple[TakenOut, ...]:
        """The annotations that stood here once."""
        return self.files.annotations.facts.withdrawn if self.files.annotations else ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A checked claim. ``results``: what its computations give, by the evidence's id."""

    id: str
    files: ClaimFiles = field(repr=False)
    loaded: Loaded[ClaimFile] = field(repr=False)
    note: Prose = field(repr=False)
    results: Mapping[str, str]

    @property
    def facts(self) -> ClaimFile:
        """The front matter."""
        return self.loaded.facts

    @property
    def path(self) -> str:
        """The file that holds the claim."""
        return self.files.path

    @property
    def is_public(self) -> bool:
        """Whether the claim has a page; a draft has none."""
        return self.facts.state is not ClaimState.DRAFT

    @property
    def has_verdict(self) -> bool:
        """Whether readers see the verdict: not while it is reviewed, not once it is withdrawn."""
        return self.facts.state is ClaimState.PUBLISHED


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a name."""

    id: str
    loaded: Loaded[EntityFile] = field(repr=False)

    @property
    def facts(self) -> EntityFile:
        """The file's values."""
        return self.loaded.facts

    @property
    def path(self) -> str:
        """The file that holds the entity."""
        return f"sources/entities/{self.id}.yml"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is published, by id; the mappings' order is that of the ids.

    ``withdrawn``: the articles that were taken back, without their annotations; they are not among ``articles``.
    ``left_out``: the files that exist but could not be understood, or not wholly; what they hold is not known.
    ``addresses``: every address ever published, and where it is listed.
    """

    publication: Loaded[Publication] | None = field(repr=False)
    scale: Loaded[RatingScale] | None = field(repr=False)
    articles: Mapping[str, Article]
    entities: Mapping[str, Entity]
    claims: Mapping[str, Claim]
    left_out: frozenset[str] = frozenset()
    addresses: Mapping[str, Place] = field(default_factory=dict, repr=False)
    withdrawn: Mapping[str, Article] = field(default_factory=dict)

    @property
    def people(self) -> dict[str, Person]:
        """Authors and reviewers by id."""
        return {person.id: person for person in self.publication.facts.people} if self.publication else {}

    def name_of(self, entity: str) -> str:
        """The name of an entity; its id where its file can't be read."""
        return self.entities[entity].facts.name if entity in self.entities else entity

    def speaker_of(self, quote: Quote) -> str:
        """Who speaks: an entity's name, or an anonymous source as the article describes it."""
        if quote.facts.anonymous:
            return quote.facts.anonymous.description
        return self.name_of(quote.facts.speaker or "")

    @property
    def ratings(self) -> dict[str, Rating]:
        """The verdicts by id, in the scale's order."""
        return {rating.id: rating for rating in self.scale.facts.ratings} if self.scale else {}
