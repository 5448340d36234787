"""What somebody's annotation says of its words: a name, a quotation, a claim; or what else, and why that is not taken.

In: an annotation, the ids that addresses lead to. Out: the facts of an item of annotations.yml without its words. What our own
export says in full becomes what it was; of others' annotations only what leads to something known is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from build_scripts.editing.webanno.addresses import Addresses
from build_scripts.editing.webanno.documents import Given, Json, address, many, texts
from build_scripts.problems import shown

_QUOTATION = ("schema:Quotation", "http://schema.org/Quotation", "https://schema.org/Quotation")
_CONTENT = 100
"""Code points of a comment that are shown."""


class NotTakenError(Exception):
    """The annotation says nothing that has a place in annotations.yml; the message says what it says."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """``facts``: of a quotation all but its id and words; of a name ``entity``, of a claim ``claim``."""

    kind: Literal["mention", "quote", "claim"]
    facts: Mapping[str, Any]


def meaning(given: Given, known: Addresses, base: str) -> Meaning:
    """What an annotation says. Raises NotTakenError."""
    for body in given.bodies:
        if set(texts(body.get("type"))) & set(_QUOTATION):
            return Meaning("quote", dict(_quotation(body, given, known, base)))
    named = dict.fromkeys(
        thing for body in given.bodies for url in _urls(body) for thing in [known.thing(url, base)] if thing
    )
    claims = [name for kind, name in named if kind == "claims"]
    entities = [name for kind, name in named if kind == "entities"]
    if len(claims) == 1:
        return Meaning("claim", {"claim": claims[0]})
    if len(entities) == 1 and not claims:
        return Meaning("mention", {"entity": entities[0]})
    if named:
        raise NotTakenError(f"it names several things at once: {', '.join(claims or entities)}")
    raise NotTakenError("; ".join(_else(given)) or "it says nothing of its words")


def _quotation(body: Json, given: Given, known: Addresses, base: str) -> Iterator[tuple[str, Any]]:
    speaker = address(body.get("schema:spokenByCharacter"))
    thing = known.thing(speaker, base) if speaker else None
    if speaker and (not thing or thing[0] != "entities"):
        raise NotTakenError(f"a quotation whose speaker is no entity of ours: {speaker}")
    if thing:
        yield "speaker", thing[1]
    described = next(iter(texts(body.get("schema:creditText"))), "")
    if described and not thing:
        reasons = [text for one in given.bodies if one is not body for text in texts(one.get("value"))]
        yield "anonymous", {"description": described, **({"reason": reasons[0]} if reasons else {})}
    for name, key in (("cue", "schema:keywords"), ("kind", "schema:genre")):
        yield from ((name, text) for text in texts(body.get(key))[:1])
    yield from (("date", text) for text in texts(body.get("schema:dateCreated"))[:1])
    former = [one.rpartition("#q-")[2] for one in given.former if "#q-" in one]
    former = [one for one in dict.fromkeys(former) if not given.name.endswith(f"#q-{one}")]
    if former:
        yield "formerly", former


def _urls(body: Json) -> Iterator[str]:
    """The addresses by which a body names something, be it as a thing or in words."""
    yield from (found for found in (address(body), address(body.get("source"))) if found)
    yield from (text for text in texts(body.get("value")) if text.startswith(("http://", "https://")))


def _else(given: Given) -> Iterator[str]:
    """What an annotation says that has no place here."""
    for body in given.bodies:
        purpose = next(iter([*texts(body.get("purpose")), *given.motivations]), "")
        url, value = next(_urls(body), ""), next(iter(texts(body.get("value"))), "")
        if url:
            yield f"it names {url}, which is no claim of ours and which no entity has in `same_as`"
        elif value:
            what = {"tagging": "a tag", "classifying": "a class"}.get(purpose, "a comment")
            yield f"{what}: {shown(value, _CONTENT)}"
        elif many(body.get("items")):
            yield "a choice between several bodies"
    if not given.bodies:
        yield "a highlight, which says nothing of its words"
