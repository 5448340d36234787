"""Where words stand in the articles, with the selector that would anchor an annotation there.

In: a root and words. Out: every place where they stand as they are given, else where they stand in other glyphs, case or white
space. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.anchoring.anchor import Selector, Span, alike, candidates, describe
from build_scripts.editing.findings import as_fields, written
from build_scripts.reading.load import load
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.source import Place

AROUND = 40
"""Code points shown on either side."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Words of an article: ``before`` and ``after`` on the same line, and the shortest selector of just these words."""

    article: str
    place: Place
    before: str
    words: str
    after: str
    selector: Selector


def find(root: Path, words: str, articles: Sequence[str] = ()) -> list[Occurrence]:
    """Every occurrence of ``words`` in the articles, all but those taken back if none is named, in their order."""
    found = []
    for files in load(root)[0].articles:
        is_gone = files.facts is not None and files.facts.facts.withdrawn is not None
        if files.text and not is_gone and (not articles or files.id in articles):
            prose, _problems = read_prose(files.text.source, files.text.body)
            found += [occurrence(files.id, prose, span) for span in _spans(prose.text, words)]
    return found


def as_text(found: Iterable[Occurrence]) -> str:
    """Two lines or more a place: what stands around it, then the selector as it is written in annotations.yml."""
    return "".join(
        f"{one.place}: {one.before}[{one.words}]{one.after}\n"
        + "".join(f"    {line}\n" for line in written(one.selector))
        for one in found
    )


def as_json(found: Iterable[Occurrence]) -> list[dict[str, Any]]:
    """One object a place; line and column from 1."""
    return [
        {
            "article": one.article,
            "path": one.place.path,
            "line": one.place.line,
            "column": one.place.column,
            "words": one.words,
            "selector": as_fields(one.selector),
        }
        for one in found
    ]


def _spans(text: str, words: str) -> Iterator[Span]:
    exact = candidates(text, Selector(words)) if words.strip() else []
    yield from exact or alike(text, words)


def occurrence(article: str, prose: Prose, span: Span) -> Occurrence:
    """One place, with what stands around it."""
    before = prose.text[: span.start].rpartition("\n")[2]
    after = prose.text[span.end :].partition("\n")[0]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    words = prose.text[slice(*span)]
    return Occurrence(article, prose.place(span.start), before, words, after, describe(prose.text, span))
