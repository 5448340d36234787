"""Suggestions to read: as YAML to paste, as JSON for programs, as text for people.

In: suggestions. Out: text. Every place is given in code points of the article's canonical text, and as path:line:column.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from build_scripts.anchoring.anchor import Span
from build_scripts.editing.suggest import Suggestions, confidence, name_rule, selector
from build_scripts.problems import one_line, shown
from build_scripts.reading.edits import extended
from build_scripts.source import Source
from build_scripts.suggesting.dates import Dated
from build_scripts.suggesting.draft import Quotation
from build_scripts.suggesting.measures import Measure


def as_yaml(proposed: Suggestions) -> str:
    """The items for annotations.yml, then the new files, each behind a line with its path."""
    path = f"sources/articles/{proposed.article.id}/annotations.yml"
    parts = (
        [f"# {path}: to be added\n{extended(Source(path, ''), proposed.items)}"] if any(proposed.items.values()) else []
    )
    parts += [f"# --- {entry.path}\n{entry.text}" for entry in proposed.new_entities]
    worth = [
        f"# {proposed.prose.place(one.span.start)}: {one_line(_words(proposed, one.span))} ({', '.join(one.reasons)})\n"
        for one in proposed.found.claims
    ]
    parts += ["# --- worth checking\n" + "".join(worth)] if worth else []
    return "\n".join([*(f"# {note}\n" for note in proposed.notes), *parts]) or "# nothing to add\n"


def as_json(proposed: Suggestions) -> dict[str, Any]:
    """Everything that was found, what is covered already too; ``items`` and ``files`` are what would be written."""
    by_thing = {entry.thing.name: entry for entry in proposed.entries}
    return {
        "article": proposed.article.id,
        "notes": list(proposed.notes),
        "entities": [
            {
                "id": one.id,
                "type": one.thing.type,
                "name": one.thing.name,
                "aliases": [form for form in one.thing.forms if form != one.thing.name],
                "new": one.is_new,
            }
            for one in proposed.entries
        ],
        "mentions": sorted(
            (_mention(proposed, entry, name) for entry in proposed.entries for name in entry.thing.names),
            key=lambda one: one["start"],
        ),
        "quotes": [_quotation(proposed, one, by_thing) for one in proposed.found.quotations],
        "dates": [_dated(proposed, one) for one in proposed.found.dates],
        "measurements": [_measure(proposed, one) for one in proposed.found.measures],
        "checkworthy": [
            {**_at(proposed, one.span), "rule": "checkworthy", "confidence": "medium", "reasons": list(one.reasons)}
            for one in proposed.found.claims
        ],
        "items": {key: list(items) for key, items in proposed.items.items()},
        "files": {entry.path: entry.text for entry in proposed.new_entities},
    }


def as_text(proposed: Suggestions) -> str:
    """For people: what would be added, and what is worth a look."""
    return "\n".join(_lines(proposed)) + "\n"


def _lines(proposed: Suggestions) -> Iterator[str]:
    found = proposed.found
    yield from proposed.notes
    yield f"{len(proposed.new_entities)} new entities"
    yield from (f"  {one.id}: {one.thing.type}, {', '.join(one.thing.forms)}" for one in proposed.new_entities)
    yield f"{len(proposed.items['mentions'])} mentions to add"
    yield f"{len(proposed.items['quotes'])} quotations to add, of {len(found.quotations)}"
    for one in found.quotations:
        who = (
            one.speaker.name if one.speaker else _words(proposed, one.described) if one.described else f"? ({one.note})"
        )
        yield f"  {proposed.prose.place(one.content[0].start)}: {one.kind}, {who}, {one.rule}, {one.confidence}: {shown(_words(proposed, one.content[0]))}"
    yield f"{len(found.dates)} dates"
    yield from (
        f"  {proposed.prose.place(one.span.start)}: {shown(_words(proposed, one.span))} {_meaning(one)}"
        for one in found.dates
    )
    yield f"{len(found.measures)} measurements"
    yield from (
        f"  {proposed.prose.place(one.span.start)}: {_amount(one)}{f' = {_amount(one.same_as)}' if one.same_as else ''}"
        for one in found.measures
    )
    yield f"{len(found.claims)} sentences worth checking"
    yield from (
        f"  {proposed.prose.place(one.span.start)}: {', '.join(one.reasons)}: {shown(_words(proposed, one.span))}"
        for one in found.claims
    )


def _words(proposed: Suggestions, span: Span) -> str:
    return proposed.prose.text[span.start : span.end]


def _at(proposed: Suggestions, span: Span) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "place": str(proposed.prose.place(span.start)),
        **selector(proposed.words, span),
        "status": "suggested",
    }


def _mention(proposed: Suggestions, entry: Any, name: Any) -> dict[str, Any]:
    origin = {"rule": name_rule(entry, name), "confidence": confidence(entry, name)}
    return {
        **_at(proposed, name.span),
        "entity": entry.id,
        "type": entry.thing.type,
        **({"title": name.title} if name.title else {}),
        **origin,
    }


def _quotation(proposed: Suggestions, one: Quotation, by_thing: Any) -> dict[str, Any]:
    entry = by_thing.get(one.speaker.name) if one.speaker else None
    return {
        "kind": one.kind,
        "speaker": entry.id if entry else None,
        "speaker_name": one.speaker.name if one.speaker else None,
        "described": _words(proposed, one.described) if one.described else None,
        "source": _at(proposed, one.source) if one.source else None,
        "cue": _at(proposed, one.cue) if one.cue else None,
        "content": [_at(proposed, span) for span in one.content],
        "passages": [_at(proposed, span) for span in one.passages],
        "date": one.date or None,
        "status": "suggested",
        "rule": one.rule,
        "confidence": str(one.confidence),
        "note": one.note or None,
    }


def _dated(proposed: Suggestions, one: Dated) -> dict[str, Any]:
    days = {"from": one.start.isoformat() if one.start else None, "to": one.end.isoformat() if one.end else None}
    sure = "medium" if one.value else "low"
    return {
        **_at(proposed, one.span),
        "value": one.value or None,
        **days,
        "vague": one.is_vague,
        "rule": one.rule,
        "confidence": sure,
        "note": one.note or None,
    }


def _measure(proposed: Suggestions, one: Measure) -> dict[str, Any]:
    origin = {"rule": "number-unit", "confidence": "high" if one.same_as else "medium"}
    same = _measure(proposed, one.same_as) if one.same_as else None
    return {**_at(proposed, one.span), "value": one.value, "unit": one.unit, "same_as": same, **origin}


def _amount(one: Measure) -> str:
    return f"{one.value:g} {one.unit}"


def _meaning(one: Dated) -> str:
    if one.note:
        return f"({one.note})"
    return one.value or f"{one.start} to {one.end}{', vague' if one.is_vague else ''}"
