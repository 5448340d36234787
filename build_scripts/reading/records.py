"""Values to records: the schema's errors as problems with their places.

In: values with places. Out: a record, or problems in an editor's words. With schema.py the only module that knows pydantic.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from build_scripts.problems import Problem, Rule, shown
from build_scripts.reading.described import Field, field_at, siblings
from build_scripts.reading.schema import Record
from build_scripts.reading.values import Path, Values, is_number
from build_scripts.source import Edit, Place

MISSING_FIELD = Rule("missing-field", "A fact that every such file holds is missing.")
UNKNOWN_FIELD = Rule("unknown-field", "A key that is not known here; often a slip of the keys.")
WRONG_VALUE = Rule(
    "wrong-value",
    "A value of the wrong kind: a list for a text, a date that does not exist, an unknown word.",
    mending="puts a number or a truth value in quotation marks, where a text is expected, and takes them off a number where one is",
)
RULES = (MISSING_FIELD, UNKNOWN_FIELD, WRONG_VALUE)

R = TypeVar("R", bound=Record)

_FILL_IN = "fill it in"
_KINDS = MappingProxyType(
    {dict: "a mapping", list: "a list", str: "the text", bool: "the word", int: "the number", float: "the number"}
)
_NUMBERS = frozenset({"int_type", "float_type"})
_EXPECTED = MappingProxyType(
    {
        "string_type": ("text", "put it in quotation marks"),
        "tuple_type": ("a list", "start each item on a line of its own with `- `"),
        "list_type": ("a list", "start each item on a line of its own with `- `"),
        "model_type": ("a mapping", "write `key: value` lines"),
        "model_attributes_type": ("a mapping", "write `key: value` lines"),
        "date_type": ("a date", "write it YYYY-MM-DD, for example 2024-06-05"),
        "int_type": ("a whole number", "write digits only"),
        "float_type": ("a number", "write it as 49.99, without quotation marks"),
        "bool_type": ("true or false", "write one of the two"),
        "none_required": ("nothing", "delete it"),
    }
)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[R]):
    """A record and where its values stand. ``kept``: for shortened lists, each item's number in the file."""

    facts: R
    values: Values
    kept: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def digest(self) -> bytes:
        """What no other file, nor another text of this one, has."""
        return self.values.source.digest

    def place(self, *path: str | int) -> Place:
        """Where the value at ``path``, counted as in ``facts``, stands."""
        return self.values.place(*self.path(*path))

    def path(self, *path: str | int) -> Path:
        """``path``, counted as in ``facts``, as it is in the file."""
        match path:
            case (str(name), int(at), *rest) if name in self.kept:
                return (name, self.kept[name][at], *rest)
            case _:
                return path


def to_record(values: Values, kind: type[R]) -> tuple[Loaded[R] | None, list[Problem]]:
    """The record that ``values`` describe; none, and all that is wrong, where they don't."""
    try:
        return Loaded(kind.model_validate(values.data), values), []
    except ValidationError as error:
        return None, [_problem(details, values, kind) for details in error.errors(include_url=False)]


def without_broken_items(values: Values, kind: type[R]) -> Loaded[R] | None:
    """The record of the list items that are right by themselves.

    So good items are still anchored and checked, and one run tells all that is wrong.
    """
    if not isinstance(values.data, dict):
        return None
    lists = {name: items for name, items in values.data.items() if isinstance(items, list)}
    kept = {
        name: tuple(at for at, item in enumerate(items) if _is_good(name, item, kind)) for name, items in lists.items()
    }
    try:
        facts = kind.model_validate(
            {name: [lists[name][at] for at in places] for name, places in kept.items() if places}
        )
    except ValidationError:
        return None
    return Loaded(facts, values, kept)


def _is_good(section: str, item: Any, kind: type[R]) -> bool:
    try:
        kind.model_validate({section: [item]})
    except ValidationError:
        return False
    return True


def _problem(details: ErrorDetails, values: Values, kind: type[Record]) -> Problem:
    path = _own_path(details["loc"], values)
    if details["type"] == "missing":
        name = str(details["loc"][-1])
        about = _about(field_at(kind, (*path, name)))
        hint = f"add `{name}: …`" + (f" ({about})" if about else "")
        return MISSING_FIELD.problem(values.place(*path), f"`{name}` is missing", hint)
    if details["type"] == "extra_forbidden":
        name = str(details["loc"][-1])
        hint = _did_you_mean(name, siblings(kind, path[:-1]))
        return UNKNOWN_FIELD.problem(values.key_place(*path), f"`{name}` is not known here", hint)
    message, hint = _explained(details)
    if hint == _FILL_IN:
        about = _about(field_at(kind, path))
        hint = f"fill it in: {about}" if about else hint
    fix = _requoted(details, values, path)
    where = f"`{path[-1]}`: " if path and isinstance(path[-1], str) else ""
    return WRONG_VALUE.problem(values.place(*path), where + message, hint, fix)


def _requoted(details: ErrorDetails, values: Values, path: Path) -> list[Edit]:
    """Quotation marks around what was read as a number or a truth value and is a text, or none around a number."""
    if path not in values.ends:
        return []
    start, end = values.offsets[path], values.ends[path]
    raw, given = values.source.text[start:end], details["input"]
    if details["type"] == "string_type" and isinstance(given, bool | int | float):
        return [Edit(start, end, json.dumps(raw))]
    is_quoted = raw in (f'"{given}"', f"'{given}'")
    if details["type"] in _NUMBERS and is_quoted and is_number(given):
        return [Edit(start, end, given)]
    return []


def _own_path(loc: tuple[int | str, ...], values: Values) -> Path:
    """``loc`` without the names that pydantic adds for the branches of a union."""
    path: Path = ()
    for part in loc:
        if (*path, part) in values.offsets:
            path = (*path, part)
    return path


def _explained(details: ErrorDetails) -> tuple[str, str]:
    given, context = details["input"], details.get("ctx", {})
    if details["type"] in _EXPECTED:
        wanted, hint = _EXPECTED[details["type"]]
        return f"expected {wanted}, found {_what(given)}", _FILL_IN if given is None else hint
    if details["type"] in ("literal_error", "enum"):
        what = "expected a word, found nothing" if given is None else f"{_what(given)} is not one of the known words"
        return what, f"write one of {context['expected']}"
    if details["type"] == "union_tag_invalid":
        return f"{shown(str(context['tag']))} is not one of the known words", f"write one of {context['expected_tags']}"
    if details["type"] == "string_pattern_mismatch":
        return f"{_what(given)} is not of the expected form", _form_hint(str(context["pattern"]))
    what, _break, hint = details["msg"].removeprefix("Value error, ").partition("\n")
    return what.removeprefix("String ").removeprefix("Input "), hint or "correct the value"


def _what(value: Any) -> str:
    if value is None:
        return "nothing"
    kind = _KINDS.get(type(value), "a value")
    return kind if isinstance(value, dict | list) else f"{kind} {shown(str(value))}"


def _form_hint(pattern: str) -> str:
    if "http" in pattern:
        return "a full web address: https://example.org/page, with spaces and other letters percent-encoded"
    if "[cq]-" in pattern:
        return "what stands after the # in its address, for example q-kirby-tactical"
    if "A-Za-z_" in pattern:
        return "the name of a unit, for example kilometer or mile/hour"
    if "0-9a-f]{" in pattern:
        return "`newsgloss attach` writes it: attach the original again"
    if "#" in pattern:
        return "a colour such as #1b5e20"
    return "lower-case letters a to z, digits and single hyphens, for example john-kirby"


def _did_you_mean(name: str, fields: Iterable[Field]) -> str:
    if " " in name:
        return "a comma inside { } or [ ] ends a value: put the text in quotation marks"
    near = difflib.get_close_matches(name, [field.name for field in fields if field.name != name], n=1)
    return f"did you mean `{near[0]}`?" if near else "delete it"


def _about(field: Field | None) -> str:
    """What a field is, as part of a sentence."""
    about = field.about.rstrip(".") if field else ""
    return f"{about[0].lower()}{about[1:]}" if about else ""
