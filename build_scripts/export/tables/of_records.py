"""What one entity, one check, and the publication give to the tables.

In: records. Out: rows. Of a check that shows no verdict there is what its page shows: the claim and its history.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts import addresses
from build_scripts.export.tables.declared import Row, Rows, Value
from build_scripts.export.tables.of_articles import below, full, moved, pages_read
from build_scripts.model import Claim, Entity, Library
from build_scripts.reading.schema import ClaimState, Evidence, Publication


def of_publication(library: Library, home: str) -> Rows:
    """Who publishes, who signs what is published, and the scale of verdicts."""
    signed = set(_signing(library))
    return {
        "publication": [_publication(library.publication.facts, home)] if library.publication else [],
        "people": [
            {"id": person.id, "name": person.name, "description": person.description}
            for person in library.people.values()
            if person.id in signed
        ],
        "ratings": [
            {"position": position, **rating.model_dump(include={"id", "label", "value", "meaning", "colour"})}
            for position, rating in enumerate(library.ratings.values(), 1)
        ],
    }


def of_entity(entity: Entity, library: Library, home: str, *, speaks: bool) -> Rows:
    """``speaks``: whether it has a page for what it said."""
    facts, address = entity.facts, below(addresses.entity(entity.id))
    names = dict.fromkeys((*facts.aliases, *facts.weak_aliases), 1) | dict.fromkeys(facts.aliases, 0)
    kinds = (addresses.entity, addresses.speaker) if speaks else (addresses.entity,)
    others = dict.fromkeys(other for other in facts.distinct_from if other in library.entities)
    return {
        "entities": [_entity(entity, full(home, address))],
        "aliases": [{"entity": entity.id, "name": name, "is_weak": weak} for name, weak in names.items()],
        "same_as": [{"entity": entity.id, "source_url": url} for url in dict.fromkeys(facts.same_as)],
        "distinct_from": [{"entity": entity.id, "other": other} for other in others],
        "entity_facts": [{"entity": entity.id, **row} for row in pages_read(facts.facts)],
        "former_addresses": [
            moved(page(old), below(page(entity.id)), home) for old in facts.formerly for page in kinds
        ],
    }


def of_claim(claim: Claim, library: Library, home: str) -> Rows:
    """A check that has a page."""
    facts, page = claim.facts, addresses.claim(claim.id)
    evidence = facts.evidence if claim.has_verdict else ()
    claimants = dict.fromkeys(name for name in facts.claimant if name in library.entities)
    return {
        "claims": [_claim(claim, library, full(home, below(page)))],
        "claimants": [
            {"claim": claim.id, "entity": name, "position": number} for number, name in enumerate(claimants, 1)
        ],
        "evidence": [_evidence(item, number, claim, home) for number, item in enumerate(evidence, 1)],
        "not_checked": [
            {"claim": claim.id, "number": number, "text": text}
            for number, text in enumerate(facts.not_checked if claim.has_verdict else (), 1)
        ],
        "corrections": [
            {
                "claim": claim.id,
                "number": number,
                "date": str(item.date),
                "was": item.was,
                "now": item.now,
                "why": item.why,
            }
            for number, item in enumerate(facts.corrections, 1)
        ],
        "withdrawals": [_withdrawn(claim, home)] if facts.state is ClaimState.WITHDRAWN else [],
        "former_addresses": [moved(addresses.claim(old), below(page), home) for old in facts.formerly],
    }


def _publication(facts: Publication, home: str) -> Row:
    return {
        "name": facts.name,
        "description": facts.description,
        "url": home or None,
        "publisher_url": facts.url,
        "language": facts.language,
        "licence": facts.licence,
    }


def _signing(library: Library) -> Iterator[str | None]:
    for article in library.articles.values():
        yield article.facts.author
    for claim in library.claims.values():
        if claim.has_verdict:
            yield from (claim.facts.author, claim.facts.reviewed_by)


def _entity(entity: Entity, url: str | None) -> Row:
    facts = entity.facts
    at = facts.coordinates
    return {
        "id": entity.id,
        "url": url,
        "type": facts.type.value,
        "name": facts.name,
        "description": facts.description,
        "latitude": at.latitude if at else None,
        "longitude": at.longitude if at else None,
        "coordinates_source": at.source if at else None,
        "date": facts.date,
        "end_date": facts.end,
    }


def _claim(claim: Claim, library: Library, url: str | None) -> Row:
    facts = claim.facts
    finding: dict[str, Value] = {
        "rating": facts.rating if facts.rating in library.ratings else None,
        "summary": facts.summary,
        "author": facts.author if facts.author in library.people else None,
        "reviewed_by": facts.reviewed_by if facts.reviewed_by in library.people else None,
        "selection_reason": facts.selection_reason,
        "method_note": facts.method_note,
        "note": claim.note.text or None,
        "primary_unavailable_reason": facts.primary_unavailable_reason,
        "single_source_reason": facts.single_source_reason,
    }
    return {
        "id": claim.id,
        "url": url,
        "state": claim.shown_state.value,
        "claim_reviewed": facts.claim_reviewed,
        "published": str(facts.published) if facts.published else None,
        "checked": str(facts.checked) if facts.checked else None,
        **(finding if claim.has_verdict else dict.fromkeys(finding)),
    }


def _evidence(item: Evidence, position: int, claim: Claim, home: str) -> Row:
    return {
        "claim": claim.id,
        "id": item.id,
        "url": full(home, below(addresses.claim(claim.id), f"e-{item.id}")),
        "position": position,
        "kind": item.kind,
        "stance": item.stance,
        "source_url": item.url,
        "archive_url": item.archive_url,
        "title": item.title,
        "publisher": item.publisher,
        "published": item.published,
        "accessed": str(item.accessed) if item.accessed else None,
        "read": item.read,
        "passage": item.passage,
        "paraphrase": item.paraphrase,
        "interests": item.interests,
        "computation": item.computation.model_dump_json() if item.computation else None,
        "result": claim.results.get(item.id, item.result),
    }


def _withdrawn(claim: Claim, home: str) -> Row:
    """The last correction of a check that was withdrawn tells when and why."""
    address = below(addresses.claim(claim.id))
    last = max(claim.facts.corrections, key=lambda item: item.date, default=None)
    return {
        "address": address,
        "url": full(home, address),
        "kind": "check",
        "title": claim.facts.claim_reviewed,
        "date": str(last.date) if last else None,
        "why": last.why if last else None,
    }
