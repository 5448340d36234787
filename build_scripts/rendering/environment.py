"""Templates to Markdown, with every value escaped unless it is Markdown already.

In: a template's name and values. Out: a page. The only module that knows Jinja2.
"""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import regex
from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined

from build_scripts import addresses
from build_scripts.rendering.escape import Md, escape

_BLANK_LINES = regex.compile(r"\n{3,}")
_REORDERS = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\u202a-\u202e\u2066-\u2069]")


def render(template: str, **values: Any) -> str:
    """The page that ``template`` makes of ``values``; ends with one LF."""
    page = _environment().get_template(template).render(**values)
    return _BLANK_LINES.sub("\n\n", page).strip("\n") + "\n"


def text(value: Any) -> Md:
    """Any value as Markdown that shows it; text that could reorder its neighbours is isolated."""
    if isinstance(value, Md):
        return value
    if value is None:
        return Md("")
    escaped = escape(str(value))
    return Md(f"<bdi>{escaped}</bdi>") if _REORDERS.search(escaped) else escaped


def day(value: dt.date | str | None) -> str:
    """A date in words: 5 June 2024, June 2024, 2024."""
    if value is None:
        return ""
    parts = str(value).split("-")
    when = dt.date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    pattern = {1: "y", 2: "MMMM y", 3: "d MMMM y"}[len(parts)]
    return str(format_date(when, pattern, locale="en"))


def month(date: str) -> str:
    """The short name of a date's month: Jun for 2024-06 or a day in it."""
    return str(format_date(dt.date.fromisoformat(f"{date[:7]}-01"), "MMM", locale="en"))


def joined(parts: Iterable[Any], separator: str = ", ") -> Md:
    """``parts`` as Markdown, with ``separator`` between."""
    return Md(separator.join(text(part) for part in parts))


def count(number: int, one: str, many: str = "") -> str:
    """``1 check``, ``2 checks``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def number(value: int) -> Md:
    """The marker of item ``value`` of a numbered list."""
    return Md(f"{value}.".ljust(4))


def front_matter(**values: Any) -> Md:
    """YAML that MkDocs reads; text is HTML-escaped, because themes put it into pages as it is. JSON texts are YAML."""
    lines = [
        f"{key}: {json.dumps(html.escape(value) if isinstance(value, str) else value, ensure_ascii=False)}"
        for key, value in values.items()
        if value not in (None, "")
    ]
    return Md("\n".join(["---", *lines, "---"]).replace("\u2028", " ").replace("\u2029", " "))


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 -- HTML is not what comes out: `finalize` escapes for Markdown
        loader=PackageLoader("build_scripts.rendering"),
        finalize=text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"day": day, "joined": joined}
    environment.globals |= {
        "count": count,
        "embed": addresses.embed,
        "front_matter": front_matter,
        "number": number,
        "oembed": addresses.oembed,
        "picture": addresses.picture,
        "shared_article": addresses.shared_article,
        "shared_claim": addresses.shared_claim,
        "shared_quote": addresses.shared_quote,
        "site_name": addresses.site_name,
        "speaker": addresses.speaker,
    }
    return environment
