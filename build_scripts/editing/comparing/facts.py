"""Which facts of a record changed.

In: two records of one kind. Out: a line of Markdown for each fact that differs, in the order of the schema.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Set
from typing import Any

from build_scripts.editing.comparing.markdown import name, plain, was_now
from build_scripts.model import Library
from build_scripts.reading.schema import Record


def differing(old: Record, new: Record, without: Set[str] = frozenset()) -> Iterator[str]:
    """``**summary**: what it was → what it is`` for each fact but those in ``without``."""
    for key in type(new).model_fields:
        if key not in without and getattr(old, key) != getattr(new, key):
            yield f"**{label(key)}**: {was_now(flat(getattr(old, key)), flat(getattr(new, key)))}"


def by_id(kind: str, old: Iterable[Any], new: Iterable[Any], told: Callable[[Any], str]) -> Iterator[str]:
    """What came, went and changed among records with ids; ``told``: one that came or went, as Markdown."""
    before, after = {item.id: item for item in old}, {item.id: item for item in new}
    for key in (*after, *(key for key in before if key not in after)):
        if key not in before:
            yield f"**{kind}** {name(key)} new: {told(after[key])}"
        elif key not in after:
            yield f"**{kind}** {name(key)} <del>gone</del>: {told(before[key])}"
        elif before[key] != after[key]:
            yield f"**{kind}** {name(key)} changed: {'; '.join(differing(before[key], after[key]))}"


def unread_before(older: Library, path: str) -> Iterator[str]:
    """Why something is told as new that may have been there: its file had errors."""
    if path in older.left_out:
        yield "**Had errors** before, so that all of it is told as new"


def label(key: str) -> str:
    """The name of a fact, for people."""
    return key.replace("_", " ").capitalize()


def flat(value: Any) -> str:
    """A value in one line of plain text; empty where there is none."""
    match value:
        case None:
            return ""
        case Record():
            facts = ((key, flat(getattr(value, key))) for key in type(value).model_fields)
            return ", ".join(f"{label(key).lower()} {text}" for key, text in facts if text)
        case tuple():
            return "; ".join(map(flat, value))
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)


def named(record: Record) -> str:
    """A record as Markdown."""
    return plain(flat(record))
