"""Files to be filled in: every field of the schema, each with a comment that says what it is and what values it takes.

In: a kind of file, and what is known already. Out: YAML, without what stands around it. The comments are made from the schema.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from build_scripts.reading.described import Field, fields_of
from build_scripts.reading.scalars import WIDTH, fresh
from build_scripts.reading.schema import Record
from build_scripts.reading.values import Path

Value = str | dt.date | Sequence[str]

HEAD = (
    "What is needed must be filled in; the rest may stay empty or be deleted.",
    "Lists and groups behind a # are used by taking the # away.",
)
_COMMENTS = 30
"""The column from which comments stand, unless a longer key or value pushes one away."""

_OF_PROGRAMS = frozenset({"status", "suggestion"})
"""What only drafts made by a program bear."""


class _Row(NamedTuple):
    """A line: what it says, and the comment behind it."""

    code: str
    comment: str = ""


def template(
    kind: type[Record],
    given: Mapping[Path, Value],
    known: Mapping[str, Sequence[str]],
    without: frozenset[str] = frozenset(),
) -> str:
    """Every field of a kind of file, ``without`` these. ``given``: values by path; ``known``: ids to choose from, by field."""
    fields = [field for field in fields_of(kind) if field.name not in without]
    rows = [row for field in fields for row in _rows(field, (), given, known)]
    return "".join(f"{line}\n" for line in (*(f"# {sentence}" for sentence in HEAD), *_aligned(rows)))


def lists(kind: type[Record]) -> str:
    """The lists of a kind of file, which holds nothing else: each empty, and below it what an item may hold."""
    parts = []
    for field in fields_of(kind):
        empty = _Row(f"{field.name}: []", _comment(field, ()))
        parts.append("".join(f"{line}\n" for line in _aligned([empty, *_off(_items(field, (), {}))])))
    return "\n".join(parts)


def _rows(field: Field, above: Path, given: Mapping[Path, Value], known: Mapping[str, Sequence[str]]) -> Iterator[_Row]:
    """A field's lines; a list or group that may be left out stands behind a #."""
    path = (*above, field.name)
    comment = _comment(field, known.get(field.name, ()) if not above else ())
    if path in given:
        yield from _filled(field.name, given[path], 2 * len(above), comment)
    elif field.is_plain:
        yield _Row(f"{field.name}:", comment)
    else:
        group = [_Row(f"{field.name}:{'' if field.fields else ' []'}", comment), *_inner(field, path, given)]
        yield from group if field.is_required else _off(group)


def _inner(field: Field, path: Path, given: Mapping[Path, Value]) -> Iterator[_Row]:
    if field.is_list:
        yield from _items(field, path, given)
    else:
        yield from (_Row(f"  {code}", comment) for code, comment in _group(field, path, given))


def _items(field: Field, path: Path, given: Mapping[Path, Value]) -> Iterator[_Row]:
    """An item of a list of groups."""
    for number, (code, comment) in enumerate(_group(field, path, given)):
        yield _Row(("    " if number else "  - ") + code, comment)


def _group(field: Field, path: Path, given: Mapping[Path, Value]) -> Iterator[_Row]:
    for inner in field.fields:
        if inner.name not in _OF_PROGRAMS:
            yield from _rows(inner, path, given, {})


def _off(rows: Iterable[_Row]) -> Iterator[_Row]:
    return (_Row(f"#{code}", comment) for code, comment in rows)


def _filled(name: str, value: Value, indent: int, comment: str) -> Iterator[_Row]:
    if isinstance(value, str):
        text = fresh(value, indent, indent + len(name) + 2, is_in_flow=False)
    elif isinstance(value, dt.date):
        text = value.isoformat()
    else:
        text = f"[{', '.join(fresh(one, 0, 0, is_in_flow=True) for one in value)}]"
    first, *more = f"{name}: {text}".split("\n")
    yield _Row(first, comment)
    # The lines of a text that does not fit on one: they are indented where the whole will stand.
    yield from (_Row(line[indent:]) for line in more)


def _comment(field: Field, known: Sequence[str]) -> str:
    """What the field is, whether it is needed, how its value is written."""
    about = field.about.rstrip(".")
    values = field.values or known
    told = "" if values and all(f"{value}:" in about for value in values) else ", ".join(values)
    notes = ("needed" if field.is_required else "", told or field.form)
    inside = "; ".join(filter(None, notes))
    return f"{about} ({inside})" if inside else about


def _aligned(rows: Sequence[_Row]) -> Iterator[str]:
    """Lines with their comments one below the other; what is too long goes on below."""
    for code, comment in rows:
        column = max(_COMMENTS, len(code) + 2)
        width = max(WIDTH - column, WIDTH // 3)
        first, *more = textwrap.wrap(comment, width, break_on_hyphens=False, break_long_words=False) or [""]
        yield f"{code.ljust(column)}# {first}" if first else code
        yield from (f"{'#' if code.startswith('#') else ' ':{column}}# {line}" for line in more)
