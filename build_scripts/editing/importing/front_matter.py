"""The facts of an article as front matter, for a person to complete.

In: facts. Out: YAML between two lines ``---``; what only a person can say stands there empty, with a comment.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from build_scripts.editing.importing.found import CannotImportError, Facts
from build_scripts.reading.records import to_record
from build_scripts.reading.scalars import fresh
from build_scripts.reading.schema import ArticleFile
from build_scripts.reading.values import read_values
from build_scripts.source import Source


def front_matter(facts: Facts, rights: Literal["open", "digest"], licence: str = "") -> str:
    """The front matter; ``licence`` is that of an open text. Raises CannotImportError where a fact is none that an article can have."""
    lines = [
        *_entry("headline", facts.headline),
        *_entry("publisher", facts.publisher),
        *(
            ["byline:", *(f"  - {fresh(name, 2, 4, is_in_flow=False)}" for name in facts.byline)]
            if facts.byline
            else []
        ),
        *_entry("dateline", facts.dateline),
        *_entry("published", facts.published),
        *_entry("url", facts.url),
        *_entry("language", facts.language),
        "summary:              # one sentence, for lists and search results",
        "rights:",
        f"  text: {rights}",
        *_entry("holder", facts.publisher, 2),
        *(
            _entry("licence", licence, 2)
            if rights == "open"
            else ["  basis:              # why summarising and quoting is lawful here"]
        ),
    ]
    text = "\n".join(lines) + "\n"
    _refuse_wrong(text)
    return f"---\n{text}---\n"


def _entry(key: str, value: str | dt.date | None, indent: int = 0) -> list[str]:
    if not value:
        return []
    text = (
        value.isoformat()
        if isinstance(value, dt.date)
        else fresh(value, indent, indent + len(key) + 2, is_in_flow=False)
    )
    return [f"{' ' * indent}{key}: {text}"]


def _refuse_wrong(text: str) -> None:
    values, problems = read_values(Source("article.md", text))
    if values and isinstance(values.data, dict):
        # What a person fills in later is not wrong yet.
        values.data["summary"] = "-"
        values.data["rights"].update({"basis": "-"} if values.data["rights"]["text"] == "digest" else {})
        problems = [*problems, *to_record(values, ArticleFile)[1]]
    if problems:
        raise CannotImportError("; ".join(f"{problem.message} ({problem.hint})" for problem in problems))
