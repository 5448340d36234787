"""The things that several pages' data speak of: the publisher, people and places, dates, licences.

In: records. Out: plain values in the terms of schema.org. Nothing is said that is not known: what has no value is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from build_scripts import addresses
from build_scripts.cache import digest
from build_scripts.export.previews import SITE
from build_scripts.export.published import Published
from build_scripts.model import Entity
from build_scripts.reading.schema import EntityType, Pictured, Publication
from build_scripts.rendering.index import Index

Node = dict[str, Any]

TYPES = {
    EntityType.PERSON: "Person",
    EntityType.ORGANISATION: "Organization",
    EntityType.PLACE: "Place",
    EntityType.WEAPON: "Thing",
    EntityType.DOCUMENT: "CreativeWork",
    EntityType.EVENT: "Event",
    EntityType.GROUP: "Organization",
    EntityType.OTHER: "Thing",
}
_SPEAKS_AS = {"Person": "Person", "Organization": "Organization", "Place": "Organization"}
"""What somebody who says something is to schema.org: a state that speaks is an organisation."""

POLICIES = {
    "publishingPrinciples": (addresses.METHODOLOGY, "title"),
    "verificationFactCheckingPolicy": (addresses.METHODOLOGY, "evidence"),
    "unnamedSourcesPolicy": (addresses.METHODOLOGY, "unnamed-sources"),
    "missionCoveragePrioritiesPolicy": (addresses.METHODOLOGY, "choice"),
    "correctionsPolicy": (addresses.METHODOLOGY, "corrections"),
    "actionableFeedbackPolicy": (addresses.ABOUT, "report-an-error"),
    "masthead": (addresses.ABOUT, "who"),
}
"""Where hand-written pages say how the publication works; what they don't say is not claimed."""

_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([1-4]\.[0-9])")


@dataclass(frozen=True, slots=True)
class Here(Published):
    """What every page's data are made from.

    ``policies``: what hand-written pages say of how the publication works, by schema.org's property, with the page and the place
    on it.
    """

    policies: Mapping[str, tuple[str, str]]

    @property
    def digest(self) -> bytes:
        """What all data may tell besides what they look up: the site's address, the publication, its verdicts, its policies."""
        stated = (f"{name} {uri} {fragment}" for name, (uri, fragment) in self.policies.items())
        return digest(self.library.common_digest, self.home, *stated)

    def picture(self, kind: Pictured, shared: str) -> str | None:
        """The full address of a thing's picture; None where such things have none."""
        return f"{self.home}{addresses.picture(shared)}" if self.library.has_picture(kind) else None


def here_at(home: str, index: Index, publication: Publication, handwritten: Mapping[str, str]) -> Here:
    """The same from the hand-written pages' Markdown, by path below docs/."""
    stated = {
        name: (uri, fragment)
        for name, (uri, fragment) in POLICIES.items()
        if f"{{ #{fragment} }}" in handwritten.get(uri, "")
    }
    return Here(index, home, publication, stated)


def node(kind: str, **values: Any) -> Node:
    """A thing of a kind, with the values that it has."""
    return {"@type": kind} | {name: value for name, value in values.items() if value not in (None, "", [])}


def document(thing: Node) -> Node:
    """``thing`` as a document of its own."""
    return {"@context": "https://schema.org"} | thing


def several(values: Iterable[Any]) -> Any:
    """A property's values: none, one by itself, or all of them."""
    found = list(values)
    return found[0] if len(found) == 1 else found


def publisher(here: Here) -> Node:
    """Who publishes, with the pages that say how it works."""
    policies = {
        name: here.address(uri, "" if fragment == "title" else fragment)
        for name, (uri, fragment) in here.policies.items()
    }
    logo = node("ImageObject", url=f"{here.home}{addresses.picture(SITE)}")
    return author(here) | {"logo": logo} | policies


def author(here: Here) -> Node:
    """The same as the author of what its people write: they may be roles, and a role is no person to programs."""
    return node("NewsMediaOrganization", name=here.publication.name, url=here.publication.url or here.home)


def organisation(name: str | None) -> Node | None:
    """Somebody who publishes, of whom we know the name."""
    return node("Organization", name=name) if name else None


def named(entity: Entity, here: Here) -> Node:
    """An entity, by the page that tells more of it."""
    return {
        "@type": TYPES[entity.facts.type],
        "@id": here.address(addresses.entity(entity.id), "title"),
        "name": entity.facts.name,
    }


def speaker(entity: Entity) -> Node | None:
    """An entity that says something; None where schema.org has nobody who speaks in it."""
    kind = _SPEAKS_AS.get(TYPES[entity.facts.type])
    return node(kind, name=entity.facts.name, sameAs=several(entity.facts.same_as)) if kind else None


def licence(name: str | None) -> str | None:
    """The address of a licence that is an address itself, or one of Creative Commons by its SPDX identifier."""
    if name == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    commons = _CREATIVE_COMMONS.fullmatch(name or "")
    if commons:
        return f"https://creativecommons.org/licenses/{commons[1].lower()}/{commons[2]}/"
    is_address = name and addresses.leads_out(name) and not re.search(r"[\s<>\"]", name)
    return name if is_address else None
