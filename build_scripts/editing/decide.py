"""Suggestions in an article's annotations.yml, taken or turned down by a person.

In: an article's id and the names of suggestions. Out: the file with these items unmarked, or marked as rejected, which keeps them
from being suggested again. The rest of the file keeps every character; nothing is accepted that `check` would find fault with.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.editing.add import CannotAddError, Opened, refuse_faults
from build_scripts.editing.patches import patch, write
from build_scripts.problems import one_line, shown
from build_scripts.reading.edits import CannotEditError, edited
from build_scripts.reading.schema import ClaimItem, MentionItem, QuoteItem
from build_scripts.reading.values import Path as At
from build_scripts.source import Place, Source


class CannotDecideError(Exception):
    """Nothing is written; the message says why."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A suggestion. ``name``: the quotation's id, or the entity or claim of a mention or claim; ``about``: the rest, for people."""

    name: str
    about: str
    place: Place
    path: At
    status: str
    is_explained: bool


def waiting(root: Path, article: str) -> list[Waiting]:
    """The suggestions of an article that nobody has decided on, in the order of the file. Raises CannotDecideError."""
    return [one for one in _marked(_opened(root, article)) if one.status == "suggested"]


def accept(root: Path, article: str, names: Sequence[str]) -> list[Waiting]:
    """Take the marks off suggestions, also off rejected ones. Raises CannotDecideError, OSError."""
    opened = _opened(root, article)
    chosen = _chosen(opened, names)
    keys = [(one, key) for one in chosen for key in ("status", *(["suggestion"] if one.is_explained else []))]
    _write(opened, {(*one.path, key): None for one, key in keys})
    return chosen


def reject(root: Path, article: str, names: Sequence[str]) -> list[Waiting]:
    """Mark suggestions as turned down. Raises CannotDecideError, OSError."""
    opened = _opened(root, article)
    chosen = _chosen(opened, names)
    _write(opened, {(*one.path, "status"): "rejected" for one in chosen})
    return chosen


def drafts(root: Path, rejected: Sequence[Waiting], article: str) -> list[str]:
    """Entity files named by rejected mentions that are drafts still, and that nothing else in the article names."""
    opened = _opened(root, article)
    named = {one.entity for one in opened.facts.mentions if one.status != "rejected"}
    named |= {one.speaker for one in opened.facts.quotes if one.status != "rejected"}
    names = dict.fromkeys(one.name for one in rejected if one.path[0] == "mentions" and one.name not in named)
    entities = opened.sources.entities
    return [f"sources/entities/{name}.yml" for name in names if name in entities and entities[name] is None]


def _opened(root: Path, article: str) -> Opened:
    try:
        opened = Opened(root, article)
    except CannotAddError as error:
        raise CannotDecideError(str(error)) from error
    if opened.article.annotations is None and os.path.lexists(root / opened.path):
        raise CannotDecideError(f"{opened.path} can't be read: run `newsgloss check`")
    return opened


def _marked(opened: Opened) -> Iterator[Waiting]:
    """The items that carry a mark."""
    loaded = opened.article.annotations
    if loaded is None:
        return
    for key in ("mentions", "quotes", "claims"):
        items: Sequence[MentionItem | QuoteItem | ClaimItem] = getattr(loaded.facts, key)
        for at, item in enumerate(items):
            if item.status is not None:
                yield Waiting(
                    _name(item),
                    _about(item),
                    loaded.place(key, at),
                    loaded.path(key, at),
                    item.status,
                    item.suggestion is not None,
                )


def _name(item: MentionItem | QuoteItem | ClaimItem) -> str:
    if isinstance(item, QuoteItem):
        return item.id
    return item.claim if isinstance(item, ClaimItem) else item.entity or "null"


def _about(item: MentionItem | QuoteItem | ClaimItem) -> str:
    if isinstance(item, QuoteItem):
        who = item.speaker or (item.anonymous.description if item.anonymous else "nobody named")
        what, words = f"{item.kind}, {who}, {item.cue or 'no cue'}", " … ".join(part.exact for part in item.content)
    else:
        what, words = "claim" if isinstance(item, ClaimItem) else "mention", item.exact
    doubt = (
        [item.suggestion.confidence, *([item.suggestion.note] if item.suggestion.note else [])]
        if item.suggestion
        else []
    )
    return one_line(f"{', '.join([what, *doubt])}: {shown(words)}")


def _chosen(opened: Opened, names: Sequence[str]) -> list[Waiting]:
    """The marked items with these names: all of a name. Raises CannotDecideError."""
    marked = list(_marked(opened))
    known = list(dict.fromkeys(one.name for one in marked))
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else f"see  newsgloss accept {opened.article.id}"
            raise CannotDecideError(f"there is no suggestion {shown(name)} in {opened.path}: {hint}")
    return [one for one in marked if one.name in names]


def _write(opened: Opened, changes: dict[At, str | None]) -> None:
    try:
        text = (opened.root / opened.path).read_text(encoding="utf-8")
        change = patch(opened.root, opened.path, edited(Source(opened.path, text), changes))
        refuse_faults(opened, change)
    except (CannotEditError, CannotAddError, ValueError) as error:
        raise CannotDecideError(str(error)) from error
    write(opened.root, [change])
