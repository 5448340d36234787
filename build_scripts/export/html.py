"""Markdown of our own making to XHTML, for what is no page: books and feeds.

In: what the weaver writes. Out: what Python-Markdown, the library of the site's renderer, makes of it; by the compiled parser, in a
small part of the time, where that gives the same bytes.
"""

from __future__ import annotations

import re
from functools import cache

import pyromark
from markdown import Markdown

from build_scripts.accelerator.markdown import render

_WRITTEN_OTHERWISE = ("![", "&#")
"""Pictures, of whose attributes the two write another one first; signs that one of them leaves as references."""
_OPENS_OTHER = re.compile(r"\n(?:[ >-]|<!--|\d+\. )")
"""A line that is neither a paragraph nor a heading, of which the weaver writes nothing but what means the same to both."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufdd0]")
_OPTIONS = pyromark.Options.ENABLE_HEADING_ATTRIBUTES


def as_html(text: str) -> str:
    """The XHTML; everything in ``text`` that others wrote is escaped."""
    if any(sign in text for sign in _WRITTEN_OTHERWISE):
        return by_the_library(text)
    if _is_plain(text):
        return pyromark.html(text, options=_OPTIONS).strip()
    made = render(text, list)
    return made.html if made else by_the_library(text)


def by_the_library(text: str) -> str:
    """The same by Python-Markdown alone."""
    return _library().reset().convert(text)


def _is_plain(text: str) -> bool:
    return not (_OPENS_OTHER.search(f"\n{text}") or _CONTROL.search(text) or "]:" in text)


@cache
def _library() -> Markdown:
    """Put together once: that takes as long as a short text."""
    return Markdown(extensions=["attr_list", "sane_lists"], output_format="xhtml")
