"""What the search finds: one record for each article, quotation, public check, entity and hand-written page.

In: the index and the hand-written pages. Out: records in a fixed order. Withdrawn checks have none; one that shows no verdict,
or only proposes it, is found by its claim alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import regex

from build_scripts import addresses
from build_scripts.cache import Cache, digest, same
from build_scripts.model import Article, Claim, Entity, Quote
from build_scripts.reading.prose import read_prose
from build_scripts.reading.schema import ClaimState, EntityType, QuoteKind
from build_scripts.rendering.catalogue import Catalogue, message, words_of
from build_scripts.rendering.context import STATES
from build_scripts.rendering.index import Index
from build_scripts.source import Source

_ATTRIBUTES = regex.compile(r"\s*\{ ?[#.:][^{}\n]*\}")
_COMMENT = regex.compile(r"<!--.*?-->", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that results can be filtered by: ``id`` stands in addresses, ``label`` is shown.

    Choices are offered in the order of ``rank``, then of their labels.
    """

    id: str
    label: str
    rank: int = 0


ARTICLE = Choice("article", message("Article"), 0)
QUOTATION = Choice("quotation", message("Quotation"), 1)
CLAIM = Choice("claim", message("Claim"), 2)
_KINDS = {
    EntityType.PERSON: message("Person"),
    EntityType.ORGANISATION: message("Organisation"),
    EntityType.PLACE: message("Place"),
    EntityType.WEAPON: message("Weapon"),
    EntityType.DOCUMENT: message("Document"),
    EntityType.EVENT: message("Event"),
    EntityType.GROUP: message("Group"),
    EntityType.OTHER: message("Other"),
}
ENTITIES = {kind: Choice(kind.value, label, 3 + rank) for rank, (kind, label) in enumerate(_KINDS.items())}
ABOUT = Choice("about", message("About"), 3 + len(ENTITIES))
_STATES = {state: Choice(state.value, label, 1000 + rank) for rank, (state, label) in enumerate(STATES.items())}
IN_REVIEW = _STATES[ClaimState.IN_REVIEW]
UNNAMED = Choice("unnamed-source", message("Unnamed source"), 1)
_IN = {
    QuoteKind.DIRECT: message("Direct quotation in: {headline}, {date}"),
    QuoteKind.INDIRECT: message("Indirect quotation in: {headline}, {date}"),
    QuoteKind.MIXED: message("Mixed quotation in: {headline}, {date}"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """Something that can be found. ``url``: its address below the site's own; ``note``: what stands beside its words.

    ``date``: ISO 8601, whole or in part, or empty. ``named``: the last day on which an article spoke of it, where it has no
    date; neither shown nor searched.
    """

    url: str
    title: str
    text: str = field(repr=False)
    kind: Choice
    language: str
    note: str = ""
    date: str = ""
    verdict: Choice | None = None
    speakers: tuple[Choice, ...] = ()
    named: str = ""

    @property
    def choices(self) -> dict[str, tuple[Choice, ...]]:
        """What the record is found under, by the name of the filter."""
        return {
            "kind": (self.kind,),
            "verdict": (self.verdict,) if self.verdict else (),
            "speaker": self.speakers,
            "language": (Choice(self.language, self.language),),
        }


def records(index: Index, handwritten: Mapping[str, str], cache: Cache | None = None) -> Iterator[Record]:
    """All records. ``handwritten``: Markdown of the pages in docs/, by path. ``cache``: has what need not be read again."""
    words, entities = words_of(index.library), index.library.entities
    for article in index.articles:
        make = partial(_of_article, article, index)
        speakers = (entities.get(quote.facts.speaker or "") for quote in article.quotes)
        yield from same(cache, "records", (article, words, *speakers), make)
    for record in _others(index, handwritten, cache):
        yield cache.same("record", (), partial(replace, record), record) if cache else record


def _others(index: Index, handwritten: Mapping[str, str], cache: Cache | None) -> Iterator[Record]:
    """Records of what is no article, or part of one."""
    publication, words = index.library.publication, words_of(index.library)
    language = publication.facts.language if publication else "und"
    for claim in index.claims:
        if claim.facts.state is not ClaimState.WITHDRAWN:
            yield _claim(claim, index, language)
    yield from (_entity(entity, index, language) for entity in index.library.entities.values())
    # Hand-written pages are few, and as new as the newest.
    for uri, text in sorted(handwritten.items()):
        title, body = cache.kept("words", digest(text), partial(_words, text)) if cache else _words(text)
        about = _said(ABOUT, words)
        yield Record(_url(uri), title, body, about, language, named=_last(index.articles))


def _of_article(article: Article, index: Index) -> tuple[Record, ...]:
    """The record of an article, and those of its quotations."""
    quotations = (_quotation(article, quote, index) for quote in article.quotes)
    return _article(article, words_of(index.library)), *quotations


def _article(article: Article, words: Catalogue) -> Record:
    facts = article.facts
    return Record(
        url=_url(addresses.article(article.id)),
        title=facts.headline,
        text=f"{article.prose.text}\n\n{facts.summary}",
        kind=_said(ARTICLE, words),
        language=facts.language,
        note=", ".join((facts.publisher, words.day(facts.published))),
        date=str(facts.published),
    )


def _quotation(article: Article, quote: Quote, index: Index) -> Record:
    facts, words = quote.facts, words_of(index.library)
    speaker = index.library.speaker_of(quote)
    said = facts.date or article.facts.published
    return Record(
        url=f"{_url(addresses.article(article.id))}#{quote.id}",
        title=speaker,
        text=" … ".join(article.prose.text[span.start : span.end] for span in quote.spans),
        kind=_said(QUOTATION, words),
        language=article.facts.language,
        note=words.say(_IN[facts.kind], headline=article.facts.headline, date=words.day(said)),
        date=str(said),
        speakers=(Choice(facts.speaker, speaker) if facts.speaker else _said(UNNAMED, words),),
    )


def _claim(claim: Claim, index: Index, language: str) -> Record:
    facts, words = claim.facts, words_of(index.library)
    verdict = _verdicts(index).get(facts.rating) if claim.has_verdict else _said(_STATES[claim.shown_state], words)
    published = facts.published if claim.has_verdict else None
    evidence = [words for item in facts.evidence for words in (item.passage, item.paraphrase) if words]
    return Record(
        url=_url(addresses.claim(claim.id)),
        title=facts.claim_reviewed,
        text="\n\n".join([facts.summary, claim.note.text, *evidence] if claim.has_verdict else [facts.claim_reviewed]),
        kind=_said(CLAIM, words),
        language=language,
        note=verdict.label if verdict else "",
        date=str(published or ""),
        verdict=verdict,
        speakers=tuple(Choice(name, index.library.name_of(name)) for name in facts.claimant),
        named=_last(article for article, _one in index.appearances.get(claim.id, ())),
    )


def _entity(entity: Entity, index: Index, language: str) -> Record:
    facts, words = entity.facts, words_of(index.library)
    names = ", ".join((*facts.aliases, *facts.weak_aliases))
    return Record(
        url=_url(addresses.entity(entity.id)),
        title=facts.name,
        text=f"{facts.description} ({names})" if names else facts.description,
        kind=_said(ENTITIES[facts.type], words),
        language=language,
        named=_last(article for article, _here in index.mentions.get(entity.id, ())),
    )


def _last(articles: Iterable[Article]) -> str:
    """The day of the newest, which comes first; empty where there is none."""
    return next((str(article.facts.published) for article in articles), "")


def _words(markdown: str) -> tuple[str, str]:
    """A hand-written page's first heading, and the words below it."""
    body = markdown.partition("\n---\n")[2] if markdown.startswith("---\n") else markdown
    prose, _problems = read_prose(Source("docs/", _ATTRIBUTES.sub("", _COMMENT.sub("", body))))
    title, _gap, text = prose.text.partition("\n\n")
    return title, text


def _said(choice: Choice, words: Catalogue) -> Choice:
    """A choice of our own with its label in our words."""
    return replace(choice, label=words.say(choice.label))


def _verdicts(index: Index) -> dict[str, Choice]:
    """The verdicts by id; offered in the scale's order."""
    ratings = index.library.ratings.values()
    return {rating.id: Choice(rating.id, rating.label, rank) for rank, rating in enumerate(ratings)}


def _url(uri: str) -> str:
    """The address of a page below the site's own."""
    return addresses.served(addresses.FRONT, uri)
