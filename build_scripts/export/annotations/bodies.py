"""What annotations say: bodies of the Web Annotation model for entities, quotations and checks.

In: the library, the site's address. Out: plain values for JSON. What the model has no word for is said in schema.org's, with
the prefix that the model's own context defines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from build_scripts import addresses
from build_scripts.cache import digest
from build_scripts.export.published import midnight
from build_scripts.export.structured.nodes import licence
from build_scripts.model import Claim, Library, Quote
from build_scripts.reading.schema import Evidence
from build_scripts.rendering.catalogue import Catalogue, site_language, words_of
from build_scripts.rendering.context import KINDS
from build_scripts.rendering.dates import changed

Json = dict[str, Any]


@dataclass(frozen=True)
class Publisher:
    """Whose annotations these are. ``home``: the site's address, which ends with a slash."""

    library: Library
    home: str
    _bodies: dict[str, list[Json]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def digest(self) -> bytes:
        """What all annotations may say besides what they look up."""
        return digest(self.library.common_digest, self.home)

    @cached_property
    def words(self) -> Catalogue:
        """The site's own words."""
        return words_of(self.library)

    def page(self, uri: str, fragment: str = "") -> str:
        """The full address of a page."""
        return addresses.full(self.home, uri, fragment)

    def text(self, value: str, purpose: str) -> Json:
        """Words of our own."""
        body = {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}
        return body | {"language": site_language(self.library)}

    @cached_property
    def agent(self) -> Json:
        """The publication."""
        facts = self.library.publication.facts if self.library.publication else None
        return {"id": self.home, "type": "Organization", **({"name": facts.name} if facts else {})}

    @cached_property
    def rights(self) -> Json:
        """The licence of our own words, where it has an address."""
        publication = self.library.publication
        address = licence(publication.facts.licence) if publication else None
        return {"rights": address} if address else {}

    def bodies_of(self, name: str) -> list[Json]:
        """What a mention names: our page of it, and the same thing elsewhere."""
        entity = self.library.entities.get(name)  # each page that needs it looks for itself
        if name not in self._bodies:
            same = entity.facts.same_as if entity else ()
            sources = (self.page(addresses.entity(name)), *same)
            self._bodies[name] = [_resource(source, "identifying") for source in sources]
        return self._bodies[name]


def quotation_bodies(quote: Quote, publisher: Publisher) -> Iterator[Json]:
    """How the words are given and who says them; the page of a speaker with a name, the reason for having none."""
    facts, words = quote.facts, publisher.words
    told = (publisher.library.speaker_of(quote), facts.cue, words.say(KINDS[facts.kind]), words.day(facts.date))
    body = publisher.text(", ".join(part for part in told if part), "describing")
    body["type"] = ["TextualBody", "schema:Quotation"]
    body["schema:genre"] = facts.kind.value
    if facts.cue:
        body["schema:keywords"] = facts.cue
    if facts.date:
        body["schema:dateCreated"] = facts.date
    if facts.anonymous:
        body["schema:creditText"] = facts.anonymous.description
        yield body
        if facts.anonymous.reason:
            yield publisher.text(facts.anonymous.reason, "commenting")
    elif facts.speaker:
        page = publisher.page(addresses.entity(facts.speaker))
        body["schema:spokenByCharacter"] = {"id": page, "schema:name": publisher.library.name_of(facts.speaker)}
        yield body
        yield _resource(page, "linking")


def check_bodies(claim: Claim, publisher: Publisher) -> Iterator[Json]:
    """The check's page; of a published one the verdict too, and the pages that were read."""
    page = {"id": publisher.page(addresses.claim(claim.id)), "type": "Text", "format": "text/html"}
    yield page | {"language": site_language(publisher.library)}
    if not claim.has_verdict:
        return
    rating = publisher.library.ratings.get(claim.facts.rating)
    verdict = f"{rating.label}: {claim.facts.summary}" if rating else claim.facts.summary
    author = publisher.library.people.get(claim.facts.author)
    yield publisher.text(verdict, "assessing") | ({"creator": {"name": author.name}} if author else {})
    yield from (_evidence(item) for item in claim.facts.evidence if item.url)


def dates(claim: Claim) -> Json:
    """When a check that has a verdict was published and last looked at, as far as its file says."""
    if not claim.has_verdict or not claim.facts.published:
        return {}
    created, modified = claim.facts.published, changed(claim)
    is_later = modified and modified > created
    return {"created": midnight(created)} | ({"modified": midnight(modified)} if modified and is_later else {})


def _evidence(item: Evidence) -> Json:
    body = _resource(item.url or "", "linking")
    state = {"type": "TimeState"}
    if item.accessed:
        state["sourceDate"] = midnight(item.accessed)
    if item.archive_url:
        state["cached"] = item.archive_url
    return body | ({"state": state} if len(state) > 1 else {})


def _resource(source: str, purpose: str) -> Json:
    return {"type": "SpecificResource", "source": source, "purpose": purpose}
