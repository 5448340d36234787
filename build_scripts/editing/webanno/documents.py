"""Web Annotations as others write them, to plain values of known kinds.

In: bytes that nobody vouches for: our own pages and collections, Recogito's arrays, rows of Hypothesis. Out: one ``Given`` for each
annotation, in their order, with what could not be understood of it; or an error where there is none to be found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from build_scripts.problems import shown

MAX_BYTES = 20_000_000
MAX_DEPTH = 64
MAX_ANNOTATIONS = 10_000

Json = dict[str, Any]


class CannotReadError(Exception):
    """The file holds no annotations that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """What one target selects by. ``other``: kinds of selectors that say no words."""

    source: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    position: tuple[int, int] | None = None
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """One annotation. ``number``: counted from 1; ``name``: its id; ``fault``: why it can't be understood."""

    number: int
    name: str = ""
    targets: tuple[Target, ...] = ()
    bodies: tuple[Json, ...] = field(default=(), repr=False)
    motivations: tuple[str, ...] = ()
    creator: str = ""
    former: tuple[str, ...] = ()
    fault: str = ""


def read(raw: bytes) -> list[Given]:
    """All annotations of a file. Raises CannotReadError."""
    if len(raw) > MAX_BYTES:
        raise CannotReadError(f"more than {MAX_BYTES:,} bytes: import it in parts")
    try:
        value = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_mapping, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise CannotReadError("not UTF-8") from error
    except RecursionError as error:
        raise CannotReadError(f"nests more than {MAX_DEPTH} levels deep") from error
    except ValueError as error:
        raise CannotReadError(f"not JSON: {error}") from error
    if _is_deep(value):
        raise CannotReadError(f"nests more than {MAX_DEPTH} levels deep")
    found = _items(value)
    if len(found) > MAX_ANNOTATIONS:
        raise CannotReadError(f"more than {MAX_ANNOTATIONS:,} annotations: import it in parts")
    return [_given(number, item) for number, item in enumerate(found, 1)]


def many(value: Any) -> list[Any]:
    """One value or an array of them: the model allows both everywhere."""
    return [] if value is None else value if isinstance(value, list) else [value]


def texts(value: Any) -> list[str]:
    """The texts among one value or several."""
    return [item for item in many(value) if isinstance(item, str)]


def address(value: Any) -> str:
    """The address of a thing that is given by it, or described with it; empty where there is none."""
    for item in many(value):
        named = (item.get("id") or item.get("@id")) if isinstance(item, dict) else item
        if isinstance(named, str):
            return named
    return ""


def _mapping(pairs: list[tuple[str, Any]]) -> Json:
    names = [name for name, _value in pairs]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {shown(twice)} stands twice in an object")
    return dict(pairs)


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _is_deep(value: Any) -> bool:
    level = [value]
    for _depth in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


def _items(value: Any) -> list[Any]:
    """The annotations in a document, or what stands in their place. Raises CannotReadError."""
    if isinstance(value, list):
        return [item for part in value for item in (_items(part) if _holds_items(part) else [part])]
    if not isinstance(value, dict):
        raise CannotReadError("no annotation: an object or an array is expected")
    for name in ("items", "rows", "first"):
        inner = value.get(name)
        if isinstance(inner, list):
            return inner
        if name == "first" and isinstance(inner, dict):
            return _items(inner)
    if "target" in value or "Annotation" in texts(value.get("type")):
        return [value]
    if "AnnotationCollection" in texts(value.get("type")):
        raise CannotReadError(f"a collection that only names its pages: give a page, such as {shown(address(inner))}")
    raise CannotReadError("no annotation: neither a target nor items are in it")


def _holds_items(value: Any) -> bool:
    return isinstance(value, dict) and any(isinstance(value.get(name), list) for name in ("items", "rows"))


def _given(number: int, item: Any) -> Given:
    if not isinstance(item, dict):
        what = f"only the address {shown(item)}" if isinstance(item, str) else "not an object"
        return Given(number, fault=f"{what}, not an annotation")
    if _is_broken(item):
        return Given(number, fault="it holds half a character (a lone surrogate)")
    if "uri" in item and "type" not in item and "body" not in item:
        return _hypothesis(number, item)
    name, kinds = address(item), texts(item.get("type"))
    fault = "" if not kinds or "Annotation" in kinds else f"of the type {shown(kinds[0])}, not an annotation"
    bodies = [*many(item.get("body")), *({"value": text} for text in texts(item.get("bodyValue")))]
    return Given(
        number,
        name,
        tuple(_target(target) for target in many(item.get("target"))),
        tuple(body if isinstance(body, dict) else {"id": body} for body in bodies),
        tuple(texts(item.get("motivation"))),
        _creator(item.get("creator")),
        tuple(texts(item.get("schema:sameAs"))),
        fault,
    )


def _is_broken(item: Json) -> bool:
    try:
        json.dumps(item, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _hypothesis(number: int, row: Json) -> Given:
    """A row of Hypothesis, whose words for a comment and tags are its own."""
    told: list[Json] = [{"value": text, "purpose": "commenting"} for text in texts(row.get("text")) if text.strip()]
    told += ({"value": tag, "purpose": "tagging"} for tag in texts(row.get("tags")))
    targets = [_target(target, address(row.get("uri"))) for target in many(row.get("target"))]
    fault = "a reply to another annotation" if row.get("references") else ""
    motivations = () if told else ("highlighting",)
    return Given(number, address(row), tuple(targets), tuple(told), motivations, _creator(row.get("user")), fault=fault)


def _creator(value: Any) -> str:
    names = [name for item in many(value) if isinstance(item, dict) for name in texts(item.get("name"))]
    return next(iter(names), address(value))


def _target(target: Any, page: str = "") -> Target:
    if not isinstance(target, dict):
        return Target(target if isinstance(target, str) else page)
    source = address(target.get("source")) or address(target) or page
    return _selected(source, [selector for selector in many(target.get("selector")) if isinstance(selector, dict)])


def _selected(source: str, selectors: Sequence[Json]) -> Target:
    words: dict[str, str] = {}
    position, other = None, []
    for selector in selectors:
        kind = next(iter(texts(selector.get("type"))), "selector of no known type")
        if kind == "TextQuoteSelector" and "refinedBy" not in selector and not words:
            words = dict(_words(selector))
        elif kind == "TextPositionSelector" and "refinedBy" not in selector:
            position = _position(selector)
        else:
            other.append(kind)
    return Target(source, **words, position=position, other=tuple(other))


def _words(selector: Json) -> Iterator[tuple[str, str]]:
    for name in ("exact", "prefix", "suffix"):
        yield name, next(iter(texts(selector.get(name))), "")


def _position(selector: Json) -> tuple[int, int] | None:
    start, end = selector.get("start"), selector.get("end")
    if type(start) is int and type(end) is int and 0 <= start < end:
        return start, end
    return None
