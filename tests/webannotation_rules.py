"""What the W3C demands of annotations: its own schemas of every MUST, and that no key is lost where JSON-LD is read.

In: a page, a collection or an annotation as JSON has it. Out: what is wrong, one line each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from pyld import jsonld
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

HERE = Path(__file__).parent / "cases" / "webanno"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SUITES = {
    "Annotation": "annotations/annotationMusts.test",
    "AnnotationPage": "collections/pages/pageMusts.test",
    "AnnotationCollection": "collections/collectionMusts.test",
}


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+$", value))


def _is_moment(value: object) -> bool:
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"
    return not isinstance(value, str) or bool(re.match(moment, value))


_FORMATS = jsonschema.FormatChecker()
_FORMATS.checks("uri")(_is_uri)
_FORMATS.checks("date-time")(_is_moment)


def broken(document: dict[str, Any]) -> list[str]:
    """The MUSTs that a document and the annotations in it break, and keys that JSON-LD drops."""
    inner = ({"@context": document["@context"], **item} for item in document.get("items", []))
    return [*(problem for thing in (document, *inner) for problem in _musts(thing)), *_lost(document)]


def meanings(document: dict[str, Any]) -> Any:
    """What a reader of JSON-LD understands: every key and motivation as a full address."""
    return jsonld.expand(document, {"documentLoader": _context_only, "base": "http://nowhere.invalid/"})


def _musts(thing: dict[str, Any]) -> Iterator[str]:
    for name, validator in _suite(thing["type"]):
        if not validator.is_valid(thing):
            yield f"{thing.get('id')}: {name}"


def _lost(thing: dict[str, Any]) -> Iterator[str]:
    options = {"documentLoader": _context_only, "base": "http://nowhere.invalid/"}
    try:
        kept = jsonld.compact(meanings(thing), CONTEXT, options)
    except jsonld.JsonLdError as error:
        yield f"{thing.get('id')}: {error}"
        return
    yield from (f"{thing.get('id')}: {key} is lost" for key in sorted(_keys(thing) - _keys(kept)))


def _keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return {key for item in value for key in _keys(item)}
    if not isinstance(value, dict):
        return set()
    inner = {key: item for key, item in value.items() if key != "@context"}
    return set(inner) | {key for item in inner.values() for key in _keys(item)}


@cache
def _suite(kind: str) -> list[tuple[str, Any]]:
    shared = [(path.name, _resource(path)) for path in sorted(HERE.glob("definitions/*.json"))]
    registry: Registry[Any] = Registry().with_resources(shared)
    names = json.loads((HERE / SUITES[kind]).read_text(encoding="utf-8"))["assertions"]
    suite = []
    for name in names:
        schema = json.loads((HERE / name).read_text(encoding="utf-8"))
        del schema["id"]
        suite.append((name, jsonschema.Draft4Validator(schema, registry=registry, format_checker=_FORMATS)))
    return suite


def _resource(path: Path) -> Resource[Any]:
    return Resource.from_contents(json.loads(path.read_text(encoding="utf-8")), default_specification=DRAFT4)


def _context_only(url: str, _options: Any = None) -> dict[str, Any]:
    assert url == CONTEXT, f"asks for {url}"
    document = json.loads((HERE / "anno.jsonld").read_text(encoding="utf-8"))
    return {"contextUrl": None, "documentUrl": url, "document": document, "contentType": "application/ld+json"}
