"""What the schema says of each field: in words, the values that it takes, the fields within it.

In: a kind of file. Out: its fields, in the order of the schema. They are read from the JSON Schema that text editors get, so that
templates, hints and text editors say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from build_scripts.reading.fields import FORMS
from build_scripts.reading.schema import Record
from build_scripts.reading.values import Path

_Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a mapping. ``values``: the words that it takes, where these are all; ``form``: how its value is written.

    ``fields``: those of the mapping that it holds, or of each mapping in the list that it holds.
    """

    name: str
    about: str
    is_required: bool
    is_list: bool
    values: tuple[str, ...]
    form: str
    fields: tuple[Field, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it holds one text, date or number."""
        return not (self.is_list or self.fields)


@cache
def fields_of(kind: type[Record]) -> tuple[Field, ...]:
    """The fields of a kind of file."""
    schema = kind.model_json_schema()
    return _fields([schema], schema.get("$defs", {}))


def siblings(kind: type[Record], path: Path) -> tuple[Field, ...]:
    """The fields of the mapping at ``path`` in a file, numbers of list items included; none where the schema has none."""
    fields = fields_of(kind)
    for name in (part for part in path if isinstance(part, str)):
        fields = next((field.fields for field in fields if field.name == name), ())
    return fields


def field_at(kind: type[Record], path: Path) -> Field | None:
    """The field at ``path`` in a file; none where the schema has none. An item of a list is described by its list."""
    names = [part for part in path if isinstance(part, str)]
    return next((field for field in siblings(kind, tuple(names[:-1])) if names and field.name == names[-1]), None)


def _fields(mappings: Sequence[_Schema], defs: _Schema) -> tuple[Field, ...]:
    """The fields of a mapping; of several that are chosen from by a word, each field says for which word it is."""
    found: dict[str, Field] = {}
    for mapping in mappings:
        needed = mapping.get("required", ())
        fields = [_field(name, about, defs, name in needed) for name, about in mapping["properties"].items()]
        word = next((field.values[0] for field in fields if len(field.values) == 1), "") if len(mappings) > 1 else ""
        for field in fields:
            if field.name in found:
                found[field.name] = replace(field, values=(*found[field.name].values, *field.values))
            else:
                is_choice = not word or field.values == (word,)
                found[field.name] = field if is_choice else replace(field, about=f"For {word}: {_small(field.about)}")
    return tuple(found.values())


def _field(name: str, about: _Schema, defs: _Schema, is_required: bool) -> Field:
    options = list(_options(about, defs))
    is_list = any(option.get("type") == "array" for option in options)
    if is_list:
        options = [inner for option in options if "items" in option for inner in _options(option["items"], defs)]
    mappings = [option for option in options if "properties" in option]
    values = tuple(value for option in options for value in _values(option))
    inner = _fields(mappings, defs) if mappings else ()
    return Field(name, about.get("description", ""), is_required, is_list, values, _form(options), inner)


def _options(about: _Schema, defs: _Schema) -> Iterator[_Schema]:
    """What a value may be, references followed, null left out."""
    if "$ref" in about:
        yield from _options(defs[about["$ref"].rpartition("/")[2]], defs)
    elif choices := about.get("anyOf", about.get("oneOf")):
        for choice in choices:
            yield from _options(choice, defs)
    elif about.get("type") != "null":
        yield about


def _values(option: _Schema) -> tuple[str, ...]:
    words = option.get("enum", [option["const"]] if "const" in option else [])
    return tuple("true" if word is True else str(word) for word in words)


def _form(options: Iterable[_Schema]) -> str:
    for option in options:
        if option.get("pattern") in FORMS:
            return FORMS[option["pattern"]]
        if option.get("type") in ("integer", "number"):
            return "a number"
    return ""


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
