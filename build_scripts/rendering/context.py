"""What every page's template can say: links, verdicts, quotations, words in their sentence.

In: the index and the address of the page that is being made. Out: Markdown, escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import Any

from build_scripts import addresses
from build_scripts.anchoring.anchor import Span
from build_scripts.cache import Cache
from build_scripts.model import Appearance, Article, Claim, Entity, Quote
from build_scripts.reading.prose import Prose
from build_scripts.reading.schema import ClaimState, Evidence, Pictured, QuoteKind, ReadPage
from build_scripts.rendering.catalogue import Catalogue, Said, language_name, message, site_language, words_of
from build_scripts.rendering.digests import Paragraph
from build_scripts.rendering.environment import compile_once, joined, span, text
from build_scripts.rendering.escape import Md, escape, link
from build_scripts.rendering.index import Index
from build_scripts.rendering.lists import Lists, lists_of
from build_scripts.rendering.parts import Parts, Row
from build_scripts.rendering.places import Places, places_of
from build_scripts.rendering.ranges import group_name
from build_scripts.rendering.sentences import Split
from build_scripts.rendering.together import Together
from build_scripts.rendering.weave import weave

_RIGHT_TO_LEFT = frozenset(
    {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)
PLACES = 10
"""Articles at most that a list of claims names for each."""
STATES = {
    ClaimState.DRAFT: message("Draft"),
    ClaimState.IN_REVIEW: message("In review"),
    ClaimState.WITHDRAWN: message("Withdrawn"),
}
"""What stands in a verdict's place."""
_DRAFT = message("Draft, not reviewed: not part of the published site")
_IN_REVIEW = message("In review: not part of the published site")
_IN_REVIEW_AGAIN = message("In review again: the published site shows no verdict here")
KINDS = {
    QuoteKind.DIRECT: message("direct"),
    QuoteKind.INDIRECT: message("indirect"),
    QuoteKind.MIXED: message("mixed"),
}
"""How a quotation gives its words."""
_SOURCES = {
    "primary": message("primary source"),
    "secondary": message("secondary source"),
    "computation": message("counts as a primary source"),
}
_READ = {
    "whole": message("Read whole on {date}."),
    "in part": message("Read in part on {date}."),
    None: message("Seen on {date}."),
}


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """``rtl`` or ``ltr``, by the script in which the language is written (BCP 47, likely subtags)."""
    import langcodes  # noqa: PLC0415 -- slow to load, and not needed where no page is made

    return "rtl" if langcodes.Language.get(language).maximize().script in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class Shared:
    """What is worked out once for all pages.

    ``lists``: the long lists, in parts. ``together``: for each entity those named in the same sentence, with the number of
    sentences. ``places``: the entities with coordinates, for maps.
    """

    index: Index
    lists: Lists
    together: Mapping[str, Counter[str]]
    places: Places
    sentences: Split

    @property
    def digest(self) -> bytes:
        """What every page may show besides what it looks up: the publication, its verdicts, for whom the site is built."""
        return self.index.library.common_digest

    @cached_property
    def language(self) -> str:
        """The language of the site's own words."""
        return site_language(self.index.library)

    def is_foreign(self, language: str) -> bool:
        """Whether it is another language than the site's, wherever both are spoken."""
        return language.partition("-")[0] != self.language.partition("-")[0]

    @cached_property
    def words(self) -> Catalogue:
        """The site's own words."""
        return words_of(self.index.library)


def share(index: Index, cache: Cache | None = None) -> Shared:
    """What the pages made from ``index`` share."""
    compile_once(words_of(index.library), cache)
    split = Split(cache)
    return Shared(index, lists_of(index, cache), Together(index.articles, split, cache), places_of(index), split)


@dataclass(frozen=True)
class Context:
    """One page's view of everything else."""

    uri: str
    shared: Shared

    @property
    def index(self) -> Index:
        """The look-ups."""
        return self.shared.index

    @property
    def words(self) -> Catalogue:
        """The site's own words."""
        return self.shared.words

    def to(self, uri: str, fragment: str = "") -> str:
        """The way from this page to another."""
        return addresses.relative(self.uri, uri, fragment)

    def link(self, label: str, uri: str, fragment: str = "") -> Md:
        """A link to another page of the site."""
        return link(text(label), self.to(uri, fragment))

    def day(self, date: str) -> Md:
        """A date in words, linked to its day on the timeline."""
        uri = self.shared.lists.days.get(date, addresses.TIMELINE)
        return self.link(self.words.day(date), uri, f"day-{date}")

    def way_to_day(self, date: str) -> str:
        """The same as an address that HTML says."""
        uri = self.shared.lists.days[date]
        return f"{'' if uri == self.uri else addresses.served(self.uri, uri)}#day-{date}"

    def out(self, label: str, url: str) -> Md:
        """A link that leads out."""
        return link(text(label), url)

    def picture(self, kind: Pictured, shared: str) -> str:
        """The picture beside links to this page, by what its addresses have in common; empty where such pages have none."""
        return addresses.picture(shared) if self.index.library.has_picture(kind) else ""

    def entity(self, name: str) -> Md:
        """The entity's name, linked."""
        entity = self.index.library.entities.get(name)
        return self.link(entity.facts.name, addresses.entity(name)) if entity else text(name)

    def entities(self, names: Sequence[str]) -> Md:
        """The entities' names, linked."""
        return joined(map(self.entity, names))

    def places(self, places: Sequence[tuple[Article, Appearance]]) -> Md:
        """The headlines of the newest articles where a claim stands, linked to its words, and how many more there are."""
        shown = [self.article(article, appearance.id) for article, appearance in places[:PLACES]]
        more = len(places) - PLACES
        return joined([*shown, self.words.say_count(more, "{n} more", "{n} more")] if more > 0 else shown)

    def elsewhere(self, urls: Sequence[str]) -> Md:
        """Links to other sites, by their names."""
        return joined(self.out(addresses.site_name(url), url) for url in urls)

    def article(self, article: Article, fragment: str = "") -> Md:
        """The headline, linked."""
        return self.link(self.headline(article), addresses.article(article.id), fragment)

    def headline(self, article: Article) -> Md:
        """The headline."""
        if self.shared.is_foreign(article.facts.language):
            return self.foreign(article, escape(article.facts.headline))
        return text(article.facts.headline)

    def version(self, article: Article) -> Md:
        """The name of the article's language in that language, linked to the article."""
        language = article.facts.language
        words = link(escape(language_name(language)), self.to(addresses.article(article.id)))
        return Md(f'{words}{{ hreflang="{language}" lang="{language}" dir="{direction(language)}" }}')

    def claim(self, claim: Claim) -> Md:
        """The claim's words, linked; wherever a proposed one is named, it is told to be no more than that."""
        words = self.link(claim.facts.claim_reviewed, addresses.claim(claim.id))
        return Md(f"{words} {span('proposal', self.proposal(claim))}") if claim.is_proposed else words

    def proposal(self, claim: Claim) -> Said:
        """What the published site has of a proposed claim."""
        if claim.is_reviewed_again:
            return self.words.say(_IN_REVIEW_AGAIN)
        return self.words.say(_DRAFT if claim.facts.state is ClaimState.DRAFT else _IN_REVIEW)

    def person(self, name: str | None) -> str:
        """The name of an author or reviewer."""
        return self.index.library.person(name) if name else ""

    def verdict(self, claim: Claim) -> Md:
        """The badge: the verdict's words, if only as a proposal, or the state of a check that shows none."""
        if not claim.tells_finding:
            return span("state", self.words.say(STATES[claim.shown_state]))
        label = text(self.index.library.verdict_of(claim))
        if claim.is_proposed:
            return span("state", self.words.say("Proposed: {verdict}", verdict=label))
        return Md(f'<span class="rating rating-{claim.facts.rating}">{label}</span>')

    def foreign(self, article: Article, words: Md) -> Md:
        """``words`` of an article, marked with its language where that is not the site's."""
        language = article.facts.language
        if not self.shared.is_foreign(language):
            return words
        return Md(f'<bdi lang="{language}" dir="{direction(language)}">{words}</bdi>')

    def in_sentence(self, article: Article, spans: Sequence[Span], anchor: str) -> Md:
        """The sentence around ``spans``; their words lead to the place in the article."""
        shown = [
            self.link(Md(f"<strong>{escape(part.text)}</strong>"), addresses.article(article.id), anchor)
            if part.marked
            else escape(part.text, at_start=False, at_end=False)
            for part in self.shared.sentences.of(article).around(spans)
        ]
        return self.foreign(article, Md("".join(shown)))

    def quote(self, article: Article, quote: Quote) -> Md:
        """The words of a quotation, in quotation marks where they are the speaker's; a gap where its cue interrupts them."""
        segments = [escape(" ".join(article.prose.text[span.start : span.end].split("\n"))) for span in quote.spans]
        words = Md(" … ".join(segments))
        is_direct = quote.facts.kind is QuoteKind.DIRECT
        return self.foreign(article, text(self.words.say("“{words}”", words=words)) if is_direct else words)

    def counts(self, quotes: Sequence[tuple[Article, Quote]]) -> Said:
        """How many quotations, by kind: ``3 quotations: 1 direct, 2 indirect``."""
        numbers = Counter(quote.facts.kind for _article, quote in quotes)
        kinds = joined(f"{numbers[kind]} {self.words.say(word)}" for kind, word in KINDS.items() if numbers[kind])
        return self.words.say_count(len(quotes), "{n} quotation: {kinds}", "{n} quotations: {kinds}", kinds=kinds)

    def kind(self, quote: Quote) -> Said:
        """How the words of a quotation are given: direct, indirect, mixed."""
        return self.words.say(KINDS[quote.facts.kind])

    def source_kind(self, item: Evidence) -> Said:
        """How near to the matter a piece of evidence is."""
        return self.words.say(_SOURCES[item.kind])

    def read(self, item: Evidence | ReadPage) -> Said:
        """When we read what is cited, and how much of it."""
        return self.words.say(_READ[item.read], date=self.words.day(item.accessed))

    def speaker(self, quote: Quote) -> Md:
        """Who speaks: an entity, or an anonymous source as the article describes it."""
        if quote.facts.anonymous:
            return text(quote.facts.anonymous.description)
        return self.entity(quote.facts.speaker or "")

    def in_text(self, article: Article, anchors: Sequence[str]) -> Md:
        """Links to an annotation's places."""
        uri = addresses.article(article.id)
        if len(anchors) == 1:
            return self.link(self.words.say("in the text"), uri, anchors[0])
        named = (self.words.say("place {number}", number=number) for number in range(1, len(anchors) + 1))
        places = joined(self.link(label, uri, anchor) for label, anchor in zip(named, anchors, strict=True))
        return text(self.words.say("in the text: {places}", places=places))

    def in_report(self, place: Paragraph) -> Md:
        """Where a quotation stands in the report that is retold; a link to its words where they are the report's."""
        where = self.words.say("paragraph {number} of {all} of the report", number=place.number, all=place.of)
        label = where if place.number else self.words.say("in a caption of the report")
        return self.out(label, place.url) if place.url else text(label)

    def shown(self, parts: Parts[Any], anchor: str = "") -> Md:
        """How much of a long list this page shows, with a link to ``anchor``, the rest; empty where it shows all."""
        if not parts.groups:
            return Md()
        told = self.words.say("The newest {number} of {all}.", number=len(parts.first), all=parts.total)
        rest = [self.link(self.words.say("Earlier ones, by year"), self.uri, anchor)] if anchor else []
        return joined([told, *rest], " ")

    def groups(self, parts: Parts[Any]) -> Md:
        """Links to the years, or letters, of what stands on other pages, each with how much there is."""
        return joined(
            (self.link(f"{group_name(group, self.words)} ({group.number})", group.uri) for group in parts.groups), " · "
        )

    def by_article(self, rows: Iterable[tuple[Article, Row]]) -> list[tuple[Article, list[Row]]]:
        """``rows``, which are in the order of their articles, for each of these."""
        groups = (list(group) for _id, group in groupby(rows, key=lambda row: row[0].id))
        return [(group[0][0], [what for _article, what in group]) for group in groups]

    def note(self, prose: Prose, top: int = 3) -> Md:
        """A text without annotations."""
        return weave(prose, target=self.target(prose.source.path), top=top, prefix="note")

    def target(self, source: str, images: Mapping[str, str] = MappingProxyType({})) -> Callable[[str], str | None]:
        """How addresses in the text of the file ``source`` lead on from this page; images are published beside it."""
        return addresses.ways_from(source, self.to, images)

    def named(self, article: Article) -> list[tuple[Entity, int, str]]:
        """The entities that an article names, by name: how often, and the first mention's id."""
        found: dict[str, list[str]] = {}
        for mention in article.mentions:
            found.setdefault(mention.entity, []).append(mention.id)
        entities = self.index.library.entities
        return sorted(
            ((entities[name], len(ids), ids[0]) for name, ids in found.items() if name in entities),
            key=lambda row: (row[0].facts.name.casefold(), row[0].id),
        )
