"""The publication as understood: records joined with the places of their words.

Frozen values without behaviour of their own but look-ups. Spans are code points of an article's canonical text, end
excluded. What an editor wrote stands in ``facts``, as schema.py defines it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from build_scripts.anchoring.anchor import Span
from build_scripts.cache import digest
from build_scripts.reading.load import ArticleFiles, ClaimFiles
from build_scripts.reading.prose import Prose
from build_scripts.reading.records import Loaded
from build_scripts.reading.schema import (
    ArticleFile,
    ClaimFile,
    ClaimState,
    EntityFile,
    Person,
    Pictured,
    Publication,
    QuoteItem,
    Rating,
    RatingScale,
    TakenOut,
)
from build_scripts.source import Place


class Mention(NamedTuple):
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


@dataclass(frozen=True)
class Article:
    """An article with everything that is anchored in it, in text order."""

    id: str
    files: ArticleFiles = field(repr=False)
    loaded: Loaded[ArticleFile] = field(repr=False)
    prose: Prose = field(repr=False)
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    appearances: tuple[Appearance, ...]

    @cached_property
    def digest(self) -> bytes:
        """Two articles with one digest are the same in all that pages can show, but for what the images in their files show."""
        found = (
            "\n".join(f"{one.id} {one.span.start} {one.span.end}" for one in self.mentions),
            "\n".join(f"{one.id} {one.spans}" for one in self.quotes),
            "\n".join(f"{one.id} {one.span}" for one in self.appearances),
        )
        return digest(self.files.digest, self.prose.source.digest, *found)

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


_UNPUBLISHED = frozenset({ClaimState.DRAFT, ClaimState.IN_REVIEW})


@dataclass(frozen=True, slots=True)
class Claim:
    """A checked claim. ``results``: what its computations give, by the evidence's id.

    ``listed``: whether the address of its page, by this id or a former one, is among those ever published. ``is_proposed``:
    whether it is shown to its reviewers, as it would be published.
    """

    id: str
    files: ClaimFiles = field(repr=False)
    loaded: Loaded[ClaimFile] = field(repr=False)
    note: Prose = field(repr=False)
    results: Mapping[str, str]
    listed: bool = False
    is_proposed: bool = False

    @property
    def digest(self) -> bytes:
        """Two claims with one digest are the same in all that pages can show."""
        results = (part for name, result in self.results.items() for part in (name, result))
        return digest(self.files.digest, f"{self.listed} {self.is_proposed}", *results)

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
        """Whether the published site has a page of it: not before it is published, but for good from then on."""
        return self.facts.state not in _UNPUBLISHED or self.listed or self.facts.published is not None

    @property
    def is_shown(self) -> bool:
        """Whether the site that is built has a page of it."""
        return self.is_public or self.is_proposed

    @property
    def shown_state(self) -> ClaimState:
        """The state as readers see it: what had a page and is a draft again is in review."""
        return ClaimState.IN_REVIEW if self.is_reviewed_again else self.facts.state

    @property
    def is_reviewed_again(self) -> bool:
        """Whether it was published before and is not now, so that nothing stands of what readers saw."""
        return self.is_public and self.facts.state in _UNPUBLISHED

    @property
    def has_verdict(self) -> bool:
        """Whether readers see the verdict: not while it is reviewed, not once it is withdrawn."""
        return self.facts.state is ClaimState.PUBLISHED

    @property
    def tells_finding(self) -> bool:
        """Whether its pages tell what was found: to readers as its verdict, to reviewers as what is proposed."""
        return self.has_verdict or self.is_proposed


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a name."""

    id: str
    loaded: Loaded[EntityFile] = field(repr=False)

    @property
    def digest(self) -> bytes:
        """Two entities with one digest are the same in all that pages can show."""
        return self.loaded.digest

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
    """The publication, by id; the mappings' order is that of the ids. What of it is shown, each claim knows.

    ``withdrawn``: the articles that were taken back, without their annotations; they are not among ``articles``.
    ``left_out``: the files that exist but could not be understood, or not wholly; what they hold is not known.
    ``addresses``: every address ever published, and where it is listed. ``is_preview``: for reviewers, without what takes time.
    """

    publication: Loaded[Publication] | None = field(repr=False)
    scale: Loaded[RatingScale] | None = field(repr=False)
    articles: Mapping[str, Article]
    entities: Mapping[str, Entity]
    claims: Mapping[str, Claim]
    left_out: frozenset[str] = frozenset()
    addresses: Mapping[str, Place] = field(default_factory=dict, repr=False)
    withdrawn: Mapping[str, Article] = field(default_factory=dict)
    is_preview: bool = False

    @property
    def common_digest(self) -> bytes:
        """What everything may show besides articles, checks and entities: the publication, the verdicts, for whom it is."""
        known = (one.digest if one else b"" for one in (self.publication, self.scale))
        return digest(f"{self.is_preview}", *known)

    @property
    def whole_digest(self) -> bytes:
        """What everything together may show, and which addresses were published."""
        articles = [article.digest for article in (*self.articles.values(), *self.withdrawn.values())]
        others = [thing.digest for things in (self.entities, self.claims) for thing in things.values()]
        return digest(self.common_digest, *articles, "", *others, "", *self.addresses, "", *sorted(self.left_out))

    @property
    def people(self) -> dict[str, Person]:
        """Authors and reviewers by id."""
        return {person.id: person for person in self.publication.facts.people} if self.publication else {}

    def person(self, name: str) -> str:
        """The name of an author or reviewer; the id that a file gives where there is none."""
        return self.people[name].name if name in self.people else name

    def verdict_of(self, claim: Claim) -> str:
        """The words of a check's verdict; its id where the scale lacks it."""
        rating = self.ratings.get(claim.facts.rating)
        return rating.label if rating else claim.facts.rating

    def name_of(self, entity: str) -> str:
        """The name of an entity; its id where its file can't be read."""
        return self.entities[entity].facts.name if entity in self.entities else entity

    def has_picture(self, kind: Pictured) -> bool:
        """Whether each thing of a kind has a picture of its own beside shared links."""
        return kind in self.publication.facts.pictures if self.publication else True

    def has_book(self, article: Article) -> bool:
        """Whether an article can be had as a book, too; a preview has none."""
        kinds = self.publication.facts.books if self.publication else (article.facts.rights.text,)
        return article.facts.rights.text in kinds and not self.is_preview

    def with_proposals(self) -> Library:
        """The same for reviewers: the claims that are not published, or not now, are proposed."""
        claims = {
            name: replace(claim, is_proposed=True) if claim.facts.state in _UNPUBLISHED else claim
            for name, claim in self.claims.items()
        }
        return replace(self, claims=claims, is_preview=True)

    def let_go(self) -> None:
        """Hold no more of what was read than is mostly needed; the rest is read again where somebody asks for it."""
        for article in (*self.articles.values(), *self.withdrawn.values()):
            article.loaded.values.let_go()
            article.prose.let_go()
            if article.files.annotations:
                article.files.annotations.values.let_go()
        for claim in self.claims.values():
            claim.loaded.values.let_go()
            claim.note.let_go()
        for entity in self.entities.values():
            entity.loaded.values.let_go()

    def shown_appearances(self, article: Article) -> list[Appearance]:
        """The places in an article of the claims that have a page on the site that is built, in text order."""
        return [
            found for found in article.appearances if found.claim in self.claims and self.claims[found.claim].is_shown
        ]

    def public_appearances(self, article: Article) -> list[Appearance]:
        """The same of the published site, whose addresses are a promise."""
        return [found for found in self.shown_appearances(article) if self.claims[found.claim].is_public]

    def verdicts_in(self, article: Article) -> list[Claim]:
        """The claims of an article that have a verdict, each once, in the order of their first places."""
        names = dict.fromkeys(found.claim for found in self.public_appearances(article))
        return [self.claims[name] for name in names if self.claims[name].has_verdict]

    def speaker_of(self, quote: Quote) -> str:
        """Who speaks: an entity's name, or an anonymous source as the article describes it."""
        if quote.facts.anonymous:
            return quote.facts.anonymous.description
        return self.name_of(quote.facts.speaker or "")

    @property
    def ratings(self) -> dict[str, Rating]:
        """The verdicts by id, in the scale's order."""
        return {rating.id: rating for rating in self.scale.facts.ratings} if self.scale else {}


def oldest_id(thing: Article | Claim | Entity) -> str:
    """The id under which something was published first: a renaming keeps what depends on it."""
    return thing.facts.formerly[0] if thing.facts.formerly else thing.id
